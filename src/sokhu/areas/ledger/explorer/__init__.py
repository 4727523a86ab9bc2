"""The explorer: what was chosen and its address, the questions it makes, the table on screen and in files."""

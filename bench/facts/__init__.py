"""Ten million cells on our engine and on others: the same questions, equal answers, times side by side."""

"""The illustrative book: a whole country of invented zones, projects and reports, made from a seed number."""

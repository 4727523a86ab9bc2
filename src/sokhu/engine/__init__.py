"""The columnar engine: every total of a book, made once from what stands, on whatever SQL engine a site has."""

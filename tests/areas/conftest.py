from book_fixtures import book, catalogue, scratch_book

__all__ = ["book", "catalogue", "scratch_book"]

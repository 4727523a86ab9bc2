from book_fixtures import book, catalogue, own_folder, scratch_book

__all__ = ["book", "catalogue", "own_folder", "scratch_book"]

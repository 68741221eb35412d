"""Pure arithmetic on a book: no screen, no text for people."""

"""Which figure stands for what, over a checked book: baseline, tables, health, consistency, search. Pure."""

"""Reads: the classes of a term, one class, one of its students, who sits."""

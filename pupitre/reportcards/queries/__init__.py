"""Reads: who is in a class or a course in a term, what is written, what misses, the facts of a bulletin."""

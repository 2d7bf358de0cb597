"""Writes: a file made and kept, what the school chooses, the end of a cycle, what is forgotten."""

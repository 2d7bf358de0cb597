"""Writes of the directory, by gesture."""

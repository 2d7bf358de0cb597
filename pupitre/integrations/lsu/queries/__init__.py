"""Reads: everything of a term in one statement, the files given, the ends of cycles."""

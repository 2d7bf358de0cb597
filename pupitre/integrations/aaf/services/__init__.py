"""Receiving an archive, reading it, comparing it school by school, applying it."""

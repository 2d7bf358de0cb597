"""Portraits: the small photograph of a student, with the family's word that it may be shown."""

"""Invented people: names, families, staff."""

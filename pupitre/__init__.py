"""Pupitre, the one digital desk of a whole French school region."""

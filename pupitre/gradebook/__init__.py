"""Marks: assessments, averages that explain themselves, and when students and families see them."""

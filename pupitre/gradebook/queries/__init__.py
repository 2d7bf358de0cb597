"""Reads: the grid of a service, the services of a teacher, the marks of a student, the terms of the year."""

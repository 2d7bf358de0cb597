"""Reads: lessons, sessions, homework, copies handed in."""

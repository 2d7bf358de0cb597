"""Discipline: incidents, punishments that staff give, sanctions that the head or the council decides, and their erasure."""

"""Attendance: roll calls, absences and lateness, half-days, and what the law asks."""

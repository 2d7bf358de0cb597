"""Attendance: roll calls, absences and lateness, half-days, what the law asks, punishments and incidents."""

"""Writes: a sitting opened and closed, its texts, who sits, what the council says of a student, reminders."""

"""Tables that schools fill in themselves, in Pupitre's own columns: guardians, where there is no SIECLE; the timetable."""

from pupitre.integrations.tabular.guardians import read, recognises
from pupitre.integrations.tabular.lessons import read as read_lessons
from pupitre.integrations.tabular.lessons import recognises as recognises_lessons

__all__ = ["read", "read_lessons", "recognises", "recognises_lessons"]

"""Facts of the room: sessions of the cahier de textes, homework, what students say and hand in, progressions, visas."""

from pupitre.textbook.models.archives import Visa
from pupitre.textbook.models.entries import SessionDraft, TextbookEntry
from pupitre.textbook.models.hand_in import Correction, Extension, Submission
from pupitre.textbook.models.homework import Homework, HomeworkMark, HomeworkStudent
from pupitre.textbook.models.progressions import Progression, ProgressionStep

__all__ = [
    "Correction",
    "Extension",
    "Homework",
    "HomeworkMark",
    "HomeworkStudent",
    "Progression",
    "ProgressionStep",
    "SessionDraft",
    "Submission",
    "TextbookEntry",
    "Visa",
]

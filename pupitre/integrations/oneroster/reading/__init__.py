"""The files of OneRoster, 1.1 and 1.2, as other software exports them: read as neutral records, without Django."""

from pupitre.integrations.oneroster.reading.archive import read_archive, recognises, refuse_alone

__all__ = ["read_archive", "recognises", "refuse_alone"]

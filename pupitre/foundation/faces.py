"""The photographs of students, wherever they are kept: a page of any room shows them, and initials when there is none."""

from collections.abc import Collection

from pupitre.foundation.registry import Faces, offered


def faces_of(uai: str, students: Collection[int]) -> dict[int, str]:
    """The addresses of the photographs of these students, by schooling; one statement, none for nobody."""
    found: dict[int, str] = {}
    if students:
        for each in offered(Faces):
            found |= each.find(uai, students)
    return found

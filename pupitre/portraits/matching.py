"""Whose photograph a file is, by its name: INE, number in a national base, or « NOM Prénom ». Pure; no Django."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from pupitre.directory.names import fold

_SEPARATORS = re.compile(r"[_.,;()\[\]]+")
_NUMBERED = re.compile(r"(^\d{1,3} )|( \d{1,2}$)")


class Unmatched(StrEnum):
    """Why a file is nobody's."""

    UNKNOWN = "unknown"
    SEVERAL = "several"


@dataclass(frozen=True, slots=True)
class Pupil:
    """A student to be recognised: `numbers` are their INE and national numbers, `names` each as « nom prénom ».

    `shown`: how a report names them.
    """

    pk: int
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    division: str = ""
    shown: str = ""


@dataclass(slots=True)
class Pupils:
    """The students of a school, ready to be looked for."""

    by_number: dict[str, set[int]] = field(default_factory=dict)
    by_name: dict[tuple[str, ...], set[int]] = field(default_factory=dict)
    divisions: dict[int, str] = field(default_factory=dict)
    shown: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, pupils: Iterable[Pupil]) -> "Pupils":
        """Index students by all that names them."""
        made = cls()
        for pupil in pupils:
            made.divisions[pupil.pk] = _plain(pupil.division)
            made.shown[pupil.pk] = pupil.shown
            for number in pupil.numbers:
                made.by_number.setdefault(number.casefold(), set()).add(pupil.pk)
            for name in pupil.names:
                made.by_name.setdefault(_words(name), set()).add(pupil.pk)
        return made

    def match(self, path: str) -> int | Unmatched:
        """The student a file names, whatever the order of name and first name; its folder tells namesakes apart."""
        name = PurePosixPath(path.replace("\\", "/"))
        found = self.by_number.get(name.stem.strip().casefold()) or self.by_name.get(_words(name.stem))
        if found is None:
            found = self.by_name.get(_words(_NUMBERED.sub("", _plain(name.stem))))
        if not found:
            return Unmatched.UNKNOWN
        if len(found) > 1:
            folders = {_plain(part) for part in name.parts[:-1]}
            found = {pk for pk in found if self.divisions[pk] in folders} or found
        return next(iter(found)) if len(found) == 1 else Unmatched.SEVERAL


def _words(name: str) -> tuple[str, ...]:
    return tuple(sorted(_plain(name).split()))


def _plain(text: str) -> str:
    return fold(_SEPARATORS.sub(" ", text))

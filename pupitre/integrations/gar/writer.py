"""The files of a delivery: nodes go to a spool each as they come, then to documents in the order of the schema.

A document holds 10 000 nodes at most. Only the keys of one school are held in memory, whatever the number of schools.
"""

import itertools
from collections.abc import Hashable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO

from pupitre.integrations.gar.records import Degree

MOST_NODES = 10_000
NAMESPACES = {Degree.FIRST: "http://data.education.fr/ns/gar/1d", Degree.SECOND: "http://data.education.fr/ns/gar"}
DOCUMENTS: dict[str, tuple[str, ...]] = {
    "Eleve": ("GAREleve", "GARPersonMEF", "GARPersonMEFSTAT4", "GAREleveEnseignement"),
    "Enseignant": ("GAREnseignant", "GARTeacherMEF", "GARTeacherMEFSTAT4"),
    "Etab": ("GAREtab", "GARMEF", "GARMatiere"),
    "Groupe": ("GARGroupe", "GARPersonGroupe", "GAREnsGroupeMatiere", "GAREnsClasseMatiere"),
    "RespAff": ("GARRespAff",),
}
"""The five documents, and the spools whose nodes they hold. Those of teachers' programmes and levels are nodes `GARPersonMEF` and
`GARPersonMEFSTAT4` too."""
_LEVELS = {"GARPersonMEFSTAT4", "GARTeacherMEFSTAT4"}
_FIRST_DEGREE = _LEVELS | {"GAREleve", "GAREnseignant", "GAREtab", "GARGroupe", "GARPersonGroupe", "GARRespAff"}


class Duplicate(ValueError):
    """Two nodes with one key: the GAR would refuse the whole file."""


class Spools:
    """Where nodes wait, one spool a kind. Used as a context: what was not written out is forgotten."""

    def __init__(self, folder: Path, degree: Degree) -> None:
        self._folder, self.degree = folder, degree
        self._open: dict[str, IO[str]] = {}
        self._keys: dict[str, set[Hashable]] = {}
        self.counts: dict[str, int] = {}

    def __enter__(self) -> "Spools":
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        for spool in self._open.values():
            spool.close()

    def add(self, kind: str, key: Hashable, line: str) -> None:
        """Add a node. Raises Duplicate. The kinds that are of the other degree are passed over."""
        if kind not in _FIRST_DEGREE if self.degree == Degree.FIRST else kind in _LEVELS:
            return
        known = self._keys.setdefault(kind, set())
        if key in known:
            raise Duplicate(f"{kind} {key}")
        known.add(key)
        self._spool(kind).write(f"{line}\n")
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def forget_keys(self, *kinds: str) -> None:
        """Keys name their school: once it is written, they cannot come again."""
        for kind in kinds or tuple(self._keys):
            self._keys.pop(kind, None)

    def write_out(self, prefix: str) -> list[Path]:
        """Write the five documents, in as many files as they need; at least one each."""
        written = []
        for document, kinds in DOCUMENTS.items():
            lines = itertools.chain.from_iterable(self._lines(kind) for kind in kinds)
            for number in itertools.count():
                some = itertools.islice(lines, MOST_NODES)
                first = next(some, None)
                if first is None and number:
                    break
                path = self._folder / f"{prefix}_{self.degree}_{document}_{number:04d}.xml"
                _write(path, document, self.degree, itertools.chain([first] if first else [], some))
                written.append(path)
        return written

    def _spool(self, kind: str) -> IO[str]:
        if kind not in self._open:
            self._open[kind] = (self._folder / f"{self.degree}_{kind}.spool").open("w+", encoding="utf-8")
        return self._open[kind]

    def _lines(self, kind: str) -> Iterator[str]:
        spool = self._open.get(kind)
        if spool is not None:
            spool.seek(0)
            yield from spool


def _write(path: Path, document: str, degree: Degree, lines: Iterator[str]) -> None:
    with path.open("w", encoding="utf-8") as out:
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        out.write(f'<men:GAR-ENT-{document} xmlns:men="{NAMESPACES[degree]}" Version="1.0">\n')
        out.writelines(lines)
        out.write(f"</men:GAR-ENT-{document}>\n")

"""What all the exports share: one pass over the file, its header, and what is told on the way."""

from collections.abc import Collection, Iterator
from typing import Any

from lxml.etree import _Element

from pupitre.integrations.exchange.encoding import WHOLE_FILE
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.text import clean
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.exchange.xml import attribute, elements
from pupitre.integrations.siecle.header import Header, read_header

CORRECT = "Corrigez la fiche dans SIECLE puis refaites l’export."
_MOST_TAGS = 50  # told of: more say nothing more
_HEADER_TAGS = frozenset({"UAJ", "ANNEE_SCOLAIRE", "DATE_EXPORT", "HORODATAGE"})


class Export:
    """An export being read. `uai`: the school whose ids these are; `findings`: what is told of the file and its records."""

    def __init__(self, opened: Opened, *, uai: str) -> None:
        self.uai = uai
        self.header = Header()
        self.findings: list[Finding] = []
        self._opened = opened
        self._told_tags: set[str] = set()

    def items(self, wanted: Collection[str], *, blocks: Collection[str]) -> Iterator[_Element]:
        """The wanted elements; the header is kept aside. `blocks`: the tags expected under DONNEES.

        Raises Rejected for an unreadable file, and for one that does not say whose it is.
        """
        seen: set[str] = set()
        for element in elements(self._opened, {"PARAMETRES", *wanted}, findings=self.findings, blocks=seen):
            if element.tag == "PARAMETRES":
                self.header = read_header(element)
            else:
                yield element
        if not self.header.uai:
            raise Rejected(
                "Ce fichier ne dit pas de quel établissement il vient (balise UAJ). Déposez l’export tel que SIECLE le donne."
            )
        for tag in sorted(seen - _HEADER_TAGS - set(blocks)):
            self.note_tag(tag, known=False)
        if self.header.year is None:
            reason = "Le fichier ne dit pas son année scolaire. Vérifiez que c’est bien celui de cette année."
            self.findings.append(Finding(Severity.NOTICE, "no_year", WHOLE_FILE, reason))

    def fields(self, element: _Element, known: Collection[str]) -> dict[str, str]:
        """The attributes and direct children of an element: other exports nest the same tags deeper, with another meaning."""
        said: dict[str, str] = {}
        for each in element:
            tag = str(each.tag)
            self.note_tag(tag, known=tag in known)
            if not len(each):
                said.setdefault(tag, clean(each.text))
        return {**said, **{str(name): attribute(element, str(name)) for name in element.attrib}}

    def note_tag(self, tag: str, *, known: bool) -> None:
        """Tell once of a tag that is not in the specification."""
        if known or tag in self._told_tags or len(self._told_tags) >= _MOST_TAGS:
            return
        self._told_tags.add(tag)
        told = f"SIECLE écrit une information nouvelle, « {tag[:60]} », qui n’est pas lue."
        self.findings.append(Finding(Severity.NOTICE, "unknown_tag", tag[:60], f"{told} Il n’y a rien à corriger."))

    def tell(self, severity: Severity, code: str, record: str, told: str, **values: str) -> None:
        """Note something about a record; where to correct it is added."""
        self.findings.append(Finding(severity, code, record, f"{told} {CORRECT}", **values))

    def refuse_if_empty(self, rows: Collection[Any], told: str) -> None:
        """SIECLE writes no file without at least one of each: an empty list is a damaged file. Raises Rejected."""
        if not rows:
            raise Rejected(f"Ce fichier ne contient {told} : il est incomplet. Refaites l’export dans SIECLE.")

    def reading(self, kind: str, **lists: Any) -> Reading:
        """What was read, with the header and the findings."""
        return Reading(
            kind=kind, name=self._opened.name, digest=self._opened.digest, uai=self.header.uai, year=self.header.year,
            produced_at=self.header.produced_at, findings=self.findings, **lists,
        )  # fmt: skip

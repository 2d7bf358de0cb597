"""What the entries of a report mean: accepted or not, how many, and each thing that is refused with what it is about."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from pupitre.integrations.gar.reports.entries import Entry, entries_of
from pupitre.integrations.gar.reports.marks import (
    code_in,
    document_in,
    figures_in,
    group_in,
    kind_in,
    level_in,
    message_in,
    numbers_in,
    school_in,
    verdict_in,
)  # fmt: skip
from pupitre.integrations.gar.reports.unpacking import files_of

MOST_SAID = 3000


class Level(StrEnum):
    """How the GAR took something, unless it took it without a word."""

    REFUSED = "refused"
    WARNED = "warned"


class Verdict(StrEnum):
    """How it took the whole."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Said:
    """What a report says of one thing. `numbers` may be those of people: whether they are is for the database to tell."""

    level: str
    numbers: tuple[str, ...]
    uai: str
    group: str
    kind: str
    document: str
    code: str
    message: str


@dataclass(slots=True)
class Read:
    """A report, read. `figures`: (what, how many) as the report words them; `forms`: of each of its files."""

    verdict: str = Verdict.UNKNOWN
    figures: list[tuple[str, int]] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    # Names of deliveries that it speaks of.
    deliveries: set[str] = field(default_factory=set)
    is_cut: bool = False


_DELIVERY = re.compile(r"[A-Za-z0-9-]{2,40}_GAR-ENT_Complet_\d{8}_\d{6}")


def read_report(name: str, data: bytes) -> Read:
    """Read a report. Raises Damaged when its archive cannot be opened; whatever else it holds is read as it can be."""
    read = Read()
    verdicts = []
    read.deliveries.update(_DELIVERY.findall(name))
    for file, content in files_of(name, data):
        form, entries = entries_of(content)
        read.forms.append(form)
        read.deliveries.update(_DELIVERY.findall(file))
        for entry in entries:
            read.deliveries.update(_DELIVERY.findall(entry.text))
            read.figures += figures_in(entry)
            verdicts.append("" if _is_about_one(entry) else verdict_in(entry))
        read.said += _said(entries, file)
        # « …_Erreurs.csv » holds what is refused, and says nothing of the rest.
        named = verdict_in(Entry("", (("nom", file),)))
        verdicts.append(Verdict.PARTLY if named == Verdict.REFUSED else named)
    read.is_cut = len(read.said) > MOST_SAID
    del read.said[MOST_SAID:], read.figures[60:]
    read.verdict = _whole(read, verdicts)
    return read


def _said(entries: Iterable[Entry], file: str) -> Iterator[Said]:
    for entry in entries:
        level = level_in(entry) or level_in(Entry(file, ()))
        if level in (Level.REFUSED, Level.WARNED) and (_is_about_one(entry) or _is_a_word(entry)):
            yield Said(
                level, numbers_in(entry), school_in(entry), group_in(entry), kind_in(entry), document_in(entry, file),
                code_in(entry), message_in(entry),
            )  # fmt: skip


def _is_a_word(entry: Entry) -> bool:
    return bool(message_in(entry)) and not figures_in(entry)


def _is_about_one(entry: Entry) -> bool:
    return bool(numbers_in(entry) or group_in(entry) or (school_in(entry) and not figures_in(entry)))


_REFUSED_FIGURE = re.compile(r"rejet|refus|erreur|error|\bko\b", re.IGNORECASE)
_TAKEN_FIGURE = re.compile(r"integr|accept|charg|\bok\b|valid|insér|inser", re.IGNORECASE)


def _whole(read: Read, verdicts: list[str]) -> str:
    """What was said of the whole, unless what is refused says otherwise."""
    refused = any(each.level == Level.REFUSED for each in read.said)
    refused = refused or any(number and _REFUSED_FIGURE.search(what) for what, number in read.figures)
    taken = any(number and _TAKEN_FIGURE.search(what.replace("é", "e")) for what, number in read.figures)
    if Verdict.REFUSED in verdicts and not taken:
        return Verdict.REFUSED
    if refused or Verdict.PARTLY in verdicts or Verdict.REFUSED in verdicts:
        return Verdict.PARTLY
    return Verdict.ACCEPTED if taken or Verdict.ACCEPTED in verdicts else Verdict.UNKNOWN

"""What waits for some schools of an academy, read at once: a dozen statements, whatever the number of schools and of people."""

import datetime as dt
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F, Q

from pupitre.integrations.aaf import sql
from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.models import Feed, Placement, Record
from pupitre.integrations.aaf.places import adults_of
from pupitre.integrations.aaf.requests import Values
from pupitre.integrations.aaf.staging import decode

Taken = tuple[int, str, int | None]
"""Category, key and digest of what a reading says; no digest: that they are gone."""
_MANY = 5_000


@dataclass(slots=True)
class Waiting:
    """What waits for a structure: who changed and who is gone, by category; `with_adults`: the others whose adults changed."""

    changed: dict[int, list[str]] = field(default_factory=dict)
    gone: dict[int, list[str]] = field(default_factory=dict)
    taking: list[Taken] = field(default_factory=list)
    with_adults: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Said:
    """What waits for some structures, and what the academy says of the people concerned, as it is kept."""

    feed: Feed
    waiting: dict[str, Waiting]
    records: dict[tuple[int, str], bytes] = field(default_factory=dict)

    def values(self, category: Category, keys: Collection[str]) -> dict[str, Values]:
        """The records of these keys that the academy still names."""
        known = ((key, self.records.get((category, key))) for key in sorted(set(keys)))
        return {key: decode(data) for key, data in known if data is not None}


def read_waiting(feed: Feed, structures: Collection[str], today: dt.date) -> Said:
    """What waits for these structures. All of it is held in memory: ask for few schools when many people changed."""
    said = Said(feed, {structure: Waiting() for structure in structures})
    waits = Q(wanted=None) | Q(taken=None) | ~Q(wanted=F("taken"))
    due = Q(wanted__isnull=False) | Q(due_on=None) | Q(due_on__lte=today)
    rows = Placement.objects.filter(waits & due, feed=feed, structure__in=structures)
    for structure, category, key, wanted in rows.order_by("structure", "category", "key").values_list(
        "structure", "category", "key", "wanted"
    ):
        school = said.waiting[structure]
        (school.gone if wanted is None else school.changed).setdefault(category, []).append(key)
        school.taking.append((category, key, wanted))
    _find_children(said)
    _read(said, Category.SCHOOL, structures)
    _read(said, Category.STAFF, _changed(said, Category.STAFF))
    children = (key for school in said.waiting.values() for key in school.with_adults)
    students = _read(said, Category.STUDENT, {*_changed(said, Category.STUDENT), *children})
    _read(said, Category.GUARDIAN, {key for each in students for key in adults_of(Category.STUDENT, each)})
    _read(said, Category.PROGRAMME, {mef for each in students for mef in each.get("ENTEleveMEF", ())[:1]})
    _read(said, Category.SUBJECT, {code for each in students for code in subjects_of(each)})
    return said


def subjects_of(values: Values) -> list[str]:
    """The codes of the subjects that a student is taught."""
    return [code for code in values.get("ENTEleveCodeEnseignements", ()) if len(code) <= 6]


def _find_children(said: Said) -> None:
    """The other students of the adults who changed, in the structures where these wait."""
    waiting = {structure: adults for structure, school in said.waiting.items()
               if (adults := school.changed.get(Category.GUARDIAN))}  # fmt: skip
    if not waiting:
        return
    adults = [json.dumps(dict.fromkeys(each)) for each in waiting.values()]
    with connection.cursor() as cursor:
        cursor.execute(sql.CHILDREN, {"feed": said.feed.pk, "structures": [*waiting], "adults": adults})
        for structure, key in cursor.fetchall():
            said.waiting[structure].with_adults.add(key)


def _changed(said: Said, category: Category) -> Iterator[str]:
    return (key for school in said.waiting.values() for key in school.changed.get(category, ()))


def _read(said: Said, category: Category, keys: Iterable[str]) -> list[Values]:
    """Read the records of these keys; what they say."""
    told, read = sorted(set(keys)), list[Values]()
    for start in range(0, len(told), _MANY):
        rows = Record.objects.filter(
            feed=said.feed, category=category, key__in=told[start : start + _MANY], gone_on=None
        )
        for key, data in rows.values_list("key", "data"):
            said.records[category, key] = bytes(data)
            read.append(decode(data))
    return read

"""The path of a student, gathered: what rooms below know in one statement, what was written of them in another."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

import msgspec
from django.db import connection
from django.db.models import CharField, DateField, F, IntegerField, Value
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext as _

from pupitre.attendance.half_days import Standing
from pupitre.directory.models import Student
from pupitre.discipline.models import Incident, Punishment
from pupitre.discipline.queries.incidents import incidents_seen
from pupitre.discipline.queries.punishments import punishments_seen
from pupitre.discipline.queries.sanctions import sanctions_seen
from pupitre.discipline.scale import Kind as SanctionKind
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import MONTHS
from pupitre.gradebook.mastery import Mode, mastery, positioning
from pupitre.gradebook.socle import LETTERS, Domain, Level
from pupitre.pathway.models import FollowUpNote
from pupitre.pathway.sql import FACTS
from pupitre.reportcards.queries.past import PastTold

MOST_WRITTEN = 60


class _Read(msgspec.Struct, frozen=True, gc=False):
    half_days: list[tuple[str, int, Decimal]]
    lateness: list[str]
    work: list[tuple[str, bool, bool, bool, bool]]
    levels: list[tuple[str, str, int]]
    modes: list[tuple[str, str, int]]
    past: list[PastTold]


_decode = msgspec.json.Decoder(_Read, strict=False).decode


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the year: half-days by what the school makes of them, latenesses, work given, done and handed in."""

    first: dt.date
    justified: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    unjustified: Decimal = Decimal(0)
    lateness: int = 0
    given: int = 0
    done: int = 0
    online: int = 0
    handed: int = 0
    late: int = 0

    @property
    def name(self) -> str:
        """« Novembre »."""
        return MONTHS[self.first.month - 1].capitalize()

    @property
    def half_days(self) -> Decimal:
        """Those that count, whatever became of them."""
        return self.justified + self.pending + self.unjustified


@dataclass(frozen=True, slots=True)
class MasteredDomain:
    """A component of the base and its level, None when nothing of it was assessed."""

    domain: Domain
    level: int | None

    @property
    def letter(self) -> str:
        """« S », or a dash."""
        return LETTERS.get(self.level or 0, "–")

    @property
    def words(self) -> str:
        """« Maîtrise satisfaisante »."""
        return str(Level(self.level).label) if self.level else _("pas encore évaluée")


@dataclass(frozen=True, slots=True)
class Facts:
    """What rooms below know of the year, month by month, the eight components of the base, and what another tool had given."""

    months: Sequence[Month]
    domains: Sequence[MasteredDomain]
    past: Sequence[PastTold] = ()

    @property
    def total(self) -> Month:
        """The whole year."""
        return _added(self.months[0].first if self.months else clock.today(), self.months)


def facts_of(student: Student) -> Facts:
    """One statement."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, {
            "school": current_establishment_id(), "student": student.pk, "today": clock.today(), "now": clock.now(),
        })  # fmt: skip
        read = _decode(cursor.fetchone()[0])
    return Facts(_months(read), _domains(read), read.past)


def _months(read: _Read) -> list[Month]:
    held: dict[str, _Sums] = defaultdict(_Sums)
    for month, standing, worth in read.half_days:
        held[month].half_days[Standing(standing)] += worth
    for month in read.lateness:
        held[month].lateness += 1
    for month, *work in read.work:
        held[month].work.append(work)
    return [each.month(dt.date.fromisoformat(f"{month}-01")) for month, each in sorted(held.items())]


@dataclass(slots=True)
class _Sums:
    """A month while it is added up; `work`: handed in here, handed in, late, said to be done."""

    half_days: dict[Standing, Decimal] = field(default_factory=lambda: dict.fromkeys(Standing, Decimal(0)))
    lateness: int = 0
    work: list[list[bool]] = field(default_factory=list)

    def month(self, first: dt.date) -> Month:
        """The sums, frozen."""
        return Month(
            first,
            justified=self.half_days[Standing.JUSTIFIED],
            pending=self.half_days[Standing.PENDING],
            unjustified=self.half_days[Standing.UNJUSTIFIED],
            lateness=self.lateness,
            given=len(self.work),
            done=sum(is_handed or is_done for _online, is_handed, _late, is_done in self.work),
            online=sum(is_online for is_online, _handed, _late, _done in self.work),
            handed=sum(is_online and is_handed for is_online, is_handed, _late, _done in self.work),
            late=sum(is_late for _online, _handed, is_late, _done in self.work),
        )


def _added(first: dt.date, months: Sequence[Month]) -> Month:
    numbers = [each.name for each in fields(Month) if each.name != "first"]
    return Month(first, **{name: sum(getattr(each, name) for each in months) for name in numbers})


def _domains(read: _Read) -> list[MasteredDomain]:
    modes = {skill: (Mode(mode), count) for skill, mode, count in read.modes}
    given: dict[tuple[str, str], list[int]] = defaultdict(list)
    for skill, domain, level in read.levels:
        given[domain, skill].append(level)
    held: dict[str, list[int | None]] = defaultdict(list)
    for (domain, skill), levels in given.items():
        held[domain].append(mastery(levels, *modes.get(skill, (Mode.LAST, 3))))
    return [MasteredDomain(domain, positioning(held[domain.value])) for domain in Domain]


@dataclass(frozen=True, slots=True)
class Written:
    """Something written of the student: a note of follow-up, an incident, a punishment, a sanction."""

    source: str
    pk: int
    on: dt.date
    title: str
    text: str
    by: str
    may_erase: bool

    @property
    def is_note(self) -> bool:
        """Whether it was written on this page."""
        return self.source == "note"


def written_of(student: Student, actor: Actor, *, erases_all: bool) -> list[Written]:
    """What this reader may know of what was written, the last first; one statement, each room saying who sees what."""
    notes = allowed(actor, "pathway.view_note", FollowUpNote.objects.filter(student=student))
    rows = _lines(notes, "note", TruncDate("written_at"), F("audience"), F("text"), F("author_name"), F("author_id")).union(
        _lines(
            incidents_seen(actor).filter(people__student=student), "incident", F("happened_on"), F("kind"), F("place"),
            F("author_name"), F("author_id"),
        ),
        _lines(
            punishments_seen(actor).filter(student=student).exclude(state=Punishment.State.CANCELLED), "punishment",
            F("happened_on"), F("kind"), F("motive"), F("author_name"), F("author_id"),
        ),
        _lines(
            sanctions_seen(actor).filter(student=student), "sanction", F("decided_on"), F("kind"), F("motive"),
            F("decided_by_name"), F("decided_by_id"),
        ),
    )  # fmt: skip
    found = rows.order_by("-on", "-row")[:MOST_WRITTEN]
    return [
        Written(source, pk, on, _TITLES[source](title), text, by, source == "note" and (erases_all or author == actor.person_id))
        for source, pk, on, title, text, by, author in found
    ]  # fmt: skip


def _lines(rows: Any, source: str, on: Any, title: Any, text: Any, by: Any, author: Any) -> Any:
    """Rows of one table as lines, alike in every room; only which ones comes from the room's own rule."""
    plain = rows.model.objects.filter(pk__in=rows.order_by().values("pk")).select_related(None)
    return plain.annotate(
        source=Value(source), row=F("pk"), on=Cast(on, DateField()), title=Cast(title, CharField()),
        words=Cast(text, CharField()), by=Cast(by, CharField()), who=Cast(author, IntegerField()),
    ).values_list("source", "row", "on", "title", "words", "by", "who")  # fmt: skip


def _named(choices: Iterable[tuple[Any, Any]]) -> Callable[[str], str]:
    names = dict(choices)
    return lambda value: str(names.get(value, value))


_TITLES = {
    "note": _named(FollowUpNote.Audience.choices),
    "incident": _named(Incident.Kind.choices),
    "punishment": _named(Punishment.Kind.choices),
    "sanction": _named(SanctionKind.choices),
}

"""Dossiers as the office lists them, with what the family said and how many half-days; a few statements a page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from django.contrib.postgres.aggregates import StringAgg
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import (
    AbsenceCase,
    AbsenceEntry,
    AttendanceRules,
    CaseEvent,
    CountedHalfDay,
    FamilyContact,
    Justification,
)
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.transitions import RESHAPED, WITHOUT_REASON, State
from pupitre.directory.models import Group, Membership, Person
from pupitre.directory.names import capitalise
from pupitre.directory.periods import held_on
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

A_PAGE = 25
TO_SETTLE = frozenset({*WITHOUT_REASON, State.ANSWERED, State.PLANNED, State.EXEMPTION_ASKED})
FILTERS: dict[str, frozenset[str]] = {
    "a-regulariser": TO_SETTLE,
    "reponses": frozenset({State.ANSWERED}),
    "sans-nouvelle": WITHOUT_REASON,
    "prevues": frozenset({State.PLANNED, State.CONFIRMED, State.EXEMPTION_ASKED, State.EXEMPT}),
    "regularisees": frozenset({State.REASONED, State.ACCEPTED, State.REFUSED, State.SETTLED, State.LOCKED}),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A dossier of the list. `month` counts the student's unjustified half-days of that month, this one among them."""

    case: AbsenceCase
    division: str
    half_days: Fraction
    month: Fraction
    said: Justification | None
    files: Sequence[StoredFile]

    @property
    def name(self) -> str:
        """« Belkacem Inès », as in a list."""
        person = self.case.student.person
        return f"{capitalise(person.usage_name or person.last_name)} {capitalise(person.first_name)}"


@dataclass(slots=True)
class CaseList:
    """A page of dossiers, and how many each filter holds."""

    page: "Page[AbsenceCase]"
    rows: list[CaseRow]
    counts: dict[str, int]
    to_tell: int
    lateness: int


@dataclass(slots=True)
class CaseFile:
    """Everything a dossier holds, in the order in which it happened."""

    case: AbsenceCase
    division: str
    entries: list[AbsenceEntry]
    events: list[tuple[CaseEvent, str]]
    contacts: list[tuple[FamilyContact, str]]
    said: list[tuple[Justification, Sequence[StoredFile]]]
    half_days: list[CountedHalfDay] = field(default_factory=list)


def cases_seen(actor: Actor) -> QuerySet[AbsenceCase]:
    """Dossiers that the actor may see, with `division`, the student's class today."""
    rows = allowed(actor, "attendance.view_case", AbsenceCase.objects.all())
    return rows.select_related("student__person", "reason").annotate(division=division_of("student"))


def division_of(student: str) -> Subquery:
    """The label of the class of a student today, as an annotation; `student` is the name of the link."""
    classes = Membership.objects.filter(
        held_on(clock.today()), student=OuterRef(student), group__kind=Group.Kind.DIVISION
    )
    return Subquery(classes.values("student").annotate(label=StringAgg("group__label", ", ")).values("label"))


def list_cases(actor: Actor, *, filtered: str, division: int | None, since: dt.date | None, number: int) -> CaseList:
    """A page of the dossiers of one filter, the last first; about nine statements whatever their number."""
    rows = cases_seen(actor)
    if division:
        here = Membership.objects.filter(held_on(clock.today()), group=division).values("student")
        rows = rows.filter(student__in=here)
    if since:
        rows = rows.filter(ends_on__gte=since)
    counts = _counts(rows)
    chosen = rows.filter(state__in=FILTERS[filtered]).order_by(
        "-ends_on", "-ends_at", "student__person__sort_key", "pk"
    )
    page = Paginator(chosen, A_PAGE).get_page(number)
    cases = list(page.object_list)
    return CaseList(page, case_rows(cases), counts, counts["to_tell"], lateness_today())


def case_rows(cases: Sequence[AbsenceCase]) -> list[CaseRow]:
    """Dossiers with what goes beside them; five statements."""
    if not cases:
        return []
    rules, said = rules_of_school(), last_words(cases)
    files = files_of([each for each in said.values() if each])
    half_days = _half_days(cases, rules)
    months = _months(cases, rules)
    return [
        CaseRow(
            case,
            getattr(case, "division", "") or "",
            half_days[case.pk],
            months[case.student_id, case.ends_on.replace(day=1)],
            said.get(case.pk),
            files.get(said[case.pk].pk, []) if case.pk in said else [],
        )
        for case in cases
    ]


def last_words(cases: Sequence[AbsenceCase]) -> dict[int, Justification]:
    """What each family said last."""
    rows = Justification.objects.filter(case__in=cases).select_related("reason").order_by("said_at", "pk")
    return {row.case_id: row for row in rows}


def file_of_case(case: AbsenceCase, actor: Actor) -> CaseFile:
    """A dossier whole; eight statements."""
    entries = AbsenceEntry.objects.filter(case=case).select_related("roll_call__group").order_by("away_on", "starts_at")
    said = list(
        allowed(actor, "attendance.view_justification", Justification.objects.filter(case=case))
        .select_related("reason").order_by("said_at", "pk")
    )  # fmt: skip
    events = list(CaseEvent.objects.filter(case=case).order_by("at", "pk"))
    contacts = list(FamilyContact.objects.filter(case=case).order_by("at", "pk"))
    names = names_of([each.author_id for each in [*events, *contacts]])
    files = files_of(said)
    half_days = CountedHalfDay.objects.filter(
        student=case.student_id, missed_on__range=(case.starts_on, case.ends_on)
    ).order_by("missed_on", "half")
    return CaseFile(
        case,
        getattr(case, "division", "") or "",
        list(entries),
        [(each, names.get(each.author_id or 0, "")) for each in events],
        [(each, names.get(each.author_id or 0, "")) for each in contacts],
        [(each, files.get(each.pk, [])) for each in said],
        list(half_days),
    )


def cases_beside_case(case: AbsenceCase) -> list[AbsenceCase]:
    """The other dossiers of a student within two weeks, with which this one may be put together; one statement."""
    near = dt.timedelta(days=14)
    rows = AbsenceCase.objects.filter(
        student=case.student_id, kind=case.kind, state__in=RESHAPED, starts_on__lte=case.ends_on + near,
        ends_on__gte=case.starts_on - near,
    )  # fmt: skip
    return list(rows.exclude(pk=case.pk).select_related("reason").order_by("starts_on", "starts_at"))


def names_of(ids: Sequence[int | None]) -> dict[int, str]:
    """How people are called, by number."""
    return dict(Person.objects.filter(pk__in={pk for pk in ids if pk}).values_list("pk", "formal_name"))


def lateness_today() -> int:
    """How many students came late today."""
    found: int = AbsenceEntry.objects.filter(
        away_on=clock.today(), kind=AbsenceEntry.Kind.LATENESS, cancelled_at=None
    ).count()
    return found


def _counts(rows: QuerySet[AbsenceCase]) -> dict[str, int]:
    counted = {name.replace("-", "_"): Count("pk", filter=Q(state__in=states)) for name, states in FILTERS.items()}
    to_tell = Count("pk", filter=Q(state__in=(State.REPORTED, State.TO_CONTACT), starts_on__lte=clock.today()))
    # The subquery of the class is of no use to a count.
    bare = rows.model.objects.filter(pk__in=rows.values("pk"))
    found = bare.aggregate(to_tell=to_tell, **counted)
    return {name.replace("_", "-") if name != "to_tell" else name: number for name, number in found.items()}


def _half_days(cases: Sequence[AbsenceCase], rules: AttendanceRules) -> dict[int, Fraction]:
    method = Method(rules.method).value
    rows = CountedHalfDay.objects.filter(
        student__in={case.student_id for case in cases},
        missed_on__range=(min(case.starts_on for case in cases), max(case.ends_on for case in cases)),
    ).values_list("student_id", "missed_on", method)
    by_student: dict[int, list[tuple[dt.date, Fraction]]] = defaultdict(list)
    for student, on, count in rows:
        by_student[student].append((on, Fraction(count)))
    return {
        case.pk: sum(
            (count for on, count in by_student[case.student_id] if case.starts_on <= on <= case.ends_on), Fraction(0)
        )
        for case in cases
    }


def _months(cases: Sequence[AbsenceCase], rules: AttendanceRules) -> dict[tuple[int, dt.date], Fraction]:
    method = Method(rules.method).value
    first = min(case.ends_on for case in cases).replace(day=1)
    rows = CountedHalfDay.objects.filter(
        student__in={case.student_id for case in cases},
        missed_on__gte=first,
        standing=Standing.UNJUSTIFIED.value,
    ).values_list("student_id", "missed_on", method)
    found: dict[tuple[int, dt.date], Fraction] = defaultdict(Fraction)
    for student, on, count in rows:
        found[student, on.replace(day=1)] += Fraction(count)
    return found

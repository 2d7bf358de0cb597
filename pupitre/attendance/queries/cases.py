"""Dossiers as the office lists them, with what the family said and how many half-days; a few statements a page."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.contrib.postgres.aggregates import BoolOr, StringAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

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
from pupitre.attendance.policies import judges
from pupitre.attendance.queries.naming import name_in
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.transitions import RESHAPED, WITHOUT_REASON, State
from pupitre.directory.models import Group, Membership, Person
from pupitre.directory.names import capitalise
from pupitre.directory.periods import held_on
from pupitre.files.models import StoredFile
from pupitre.files.queries import files_of
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404, may
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
    may_decide: bool


@dataclass(frozen=True, slots=True)
class Step:
    """An act on a dossier: what was done, when, by whom."""

    act: str
    at: dt.datetime
    comment: str
    by: str


@dataclass(frozen=True, slots=True)
class Told:
    """What was told to the family, or tried."""

    kind: str
    at: dt.datetime
    note: str
    reached: bool
    by: str

    @property
    def label(self) -> str:
        """« Appel passé »."""
        return str(FamilyContact.Kind(self.kind).label)


@dataclass(slots=True)
class CaseFile:
    """Everything a dossier holds, in the order in which it happened; `steps` and `contacts` are for the office."""

    case: AbsenceCase
    division: str
    entries: list[AbsenceEntry]
    steps: list[Step]
    contacts: list[Told]
    said: list[tuple[Justification, Sequence[StoredFile]]]
    decides: bool
    manages: bool


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
    """A page of the dossiers of one filter, the last first; seven statements whatever their number."""
    rows = cases_seen(actor)
    if division:
        here = Membership.objects.filter(held_on(clock.today()), group=division).values("student")
        rows = rows.filter(student__in=here)
    if since:
        rows = rows.filter(ends_on__gte=since)
    counts, may_decide = _counts(rows, actor)
    chosen = rows.filter(state__in=FILTERS[filtered]).order_by(
        "-ends_on", "-ends_at", "student__person__sort_key", "pk"
    )
    pages = Paginator(chosen, A_PAGE)
    # Counted already, with the other filters.
    pages.count = counts[filtered]
    page = pages.get_page(number)
    cases = list(page.object_list)
    return CaseList(page, case_rows(cases), counts, counts["to_tell"], may_decide)


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


def case_whole(actor: Actor, pk: int) -> AbsenceCase:
    """A dossier that the actor may see, with what only the office reads of it, and whether they may decide; one statement.

    Raises Http404.
    """
    events = CaseEvent.objects.filter(case=OuterRef("pk")).annotate(by=name_in("author_id")).order_by("at", "pk")
    told = FamilyContact.objects.filter(case=OuterRef("pk")).annotate(by=name_in("author_id")).order_by("at", "pk")
    rows = cases_seen(actor).annotate(
        decides=may(actor, "attendance.decide_case"),
        manages=may(actor, "attendance.manage_case"),
        steps=ArraySubquery(events.values(step=JSONObject(act="act", at="at", comment="comment", by="by"))),
        told=ArraySubquery(told.values(each=JSONObject(kind="kind", at="at", note="note", reached="reached", by="by"))),
    )
    return get_allowed_or_404(actor, "attendance.view_case", rows, pk=pk)


def file_of_case(case: AbsenceCase, actor: Actor) -> CaseFile:
    """A dossier read by `case_whole`, with its entries and what the family said; two statements, one more for documents."""
    entries = AbsenceEntry.objects.filter(case=case).select_related("roll_call__group").order_by("away_on", "starts_at")
    said = list(
        allowed(actor, "attendance.view_justification", Justification.objects.filter(case=case))
        .select_related("reason").order_by("said_at", "pk")
    )  # fmt: skip
    files, facts = files_of(said), vars(case)
    return CaseFile(
        case,
        facts["division"] or "",
        list(entries),
        [Step(**each | {"at": dt.datetime.fromisoformat(each["at"])}) for each in facts["steps"]],
        [Told(**each | {"at": dt.datetime.fromisoformat(each["at"])}) for each in facts["told"]],
        [(each, files.get(each.pk, [])) for each in said],
        bool(facts["decides"]),
        bool(facts["manages"]),
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


def _counts(rows: QuerySet[AbsenceCase], actor: Actor) -> tuple[dict[str, int], bool]:
    """How many dossiers each filter holds, how many families are to be told, and whether the actor judges reasons."""
    counted = {name.replace("-", "_"): Count("pk", filter=Q(state__in=states)) for name, states in FILTERS.items()}
    to_tell = Count("pk", filter=Q(state__in=(State.REPORTED, State.TO_CONTACT), starts_on__lte=clock.today()))
    # The subquery of the class is of no use to a count.
    bare = rows.model.objects.filter(pk__in=rows.values("pk"))
    found = bare.aggregate(judges=BoolOr(judges(actor)), to_tell=to_tell, **counted)
    decides = bool(found.pop("judges"))
    return {name.replace("_", "-") if name != "to_tell" else name: number for name, number in found.items()}, decides


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

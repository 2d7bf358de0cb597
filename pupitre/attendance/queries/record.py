"""« Pourquoi 3 ? »: the half-days of one student, each with its lessons, its entries and the rule that was applied."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Count, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AttendanceRules, CountedHalfDay, RollCall
from pupitre.attendance.queries.lessons import HeldLesson, lessons_of
from pupitre.attendance.queries.registers import MISSING_AFTER
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.totals import Total
from pupitre.attendance.transitions import State
from pupitre.directory.models import Student
from pupitre.foundation.access import get_allowed_or_404, may
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Why:
    """One half-day and why it counts as it does."""

    count: CountedHalfDay
    worth: Fraction
    lessons: Sequence[HeldLesson]
    entries: Sequence[AbsenceEntry]

    @property
    def is_strictest(self) -> bool:
        """Whether absences of different worth met in it, the strictest having won."""
        return len({entry.case.standing for entry in self.entries if entry.case and entry.counts}) > 1


@dataclass(frozen=True, slots=True)
class Record:
    """The absences of a student over a period: totals by the school's rule, half-days, latenesses, what does not count."""

    student: Student
    first: dt.date
    last: dt.date
    method: Method
    total: Total
    half_days: Sequence[Why]
    lateness: Sequence[AbsenceEntry]
    aside: Sequence[AbsenceEntry]
    cases: Sequence[AbsenceCase]


def student_whole(actor: Actor, pk: int, first: dt.date, last: dt.date) -> Student:
    """A student whose absences the actor may see, with what pages count by; one statement. Raises Http404."""
    rules = AttendanceRules.objects.values("method")[:1]
    rows = Student.objects.select_related("person").annotate(
        cut=F("establishment__half_day_cut"),
        method=Subquery(rules),
        missing=_missing(first, last),
        may_announce=may(actor, "attendance.announce_absence"),
    )
    return get_allowed_or_404(actor, "attendance.view_record", rows, pk=pk)


def record_of(student: Student, actor: Actor, first: dt.date, last: dt.date) -> Record:
    """Everything about the absences between two days of a student read by `student_whole`; four statements."""
    facts = vars(student)
    method = Method(facts["method"] or AttendanceRules().method)
    counts = list(
        CountedHalfDay.objects.filter(student=student, missed_on__range=(first, last)).order_by("-missed_on", "-half")
    )
    entries = list(
        AbsenceEntry.objects.filter(student=student, away_on__range=(first, last), cancelled_at=None)
        .select_related("case__reason", "roll_call").order_by("away_on", "starts_at")
    )  # fmt: skip
    cases = AbsenceCase.objects.filter(student=student, ends_on__gte=first, starts_on__lte=last).exclude(
        state=State.MERGED
    )
    half_days = _explained(counts, entries, method, facts["cut"])
    return Record(
        student=student,
        first=first,
        last=last,
        method=method,
        total=_total(half_days, facts["missing"]),
        half_days=half_days,
        lateness=[each for each in entries if each.kind == AbsenceEntry.Kind.LATENESS],
        aside=[each for each in entries if not each.counts and each.kind != AbsenceEntry.Kind.LATENESS],
        cases=list(
            cases.annotate(answerable=may(actor, "attendance.answer_case"))
            .select_related("reason").order_by("-starts_on", "-starts_at")
        ),
    )  # fmt: skip


def _missing(first: dt.date, last: dt.date) -> Coalesce:
    """How many registers of the student's lessons were never taken: the count is then incomplete (ATT-21)."""
    now = local_now() - MISSING_AFTER
    past = Q(held_on__lt=now.date()) | Q(held_on=now.date(), starts_at__lte=now.time())
    rows = RollCall.objects.filter(
        past, held_on__range=(first, last), state=RollCall.State.PREPARED, student_ids__contains=[OuterRef("pk")]
    )
    counted = rows.order_by().values("establishment").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), Value(0))


def _explained(
    counts: Sequence[CountedHalfDay], entries: Sequence[AbsenceEntry], method: Method, cut: dt.time
) -> list[Why]:
    lessons = lessons_of((count.student_id, count.missed_on) for count in counts)
    by_day: dict[dt.date, list[AbsenceEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.away_on].append(entry)
    return [
        Why(
            count,
            Fraction(getattr(count, method.value)),
            [
                each
                for each in lessons[count.student_id, count.missed_on]
                if (each.starts_at < cut) == (count.half == "am")
            ],
            [
                entry
                for entry in by_day[count.missed_on]
                if (entry.starts_at < cut if count.half == "am" else entry.ends_at > cut)
            ],
        )
        for count in counts
    ]


def _total(half_days: Sequence[Why], missing: int) -> Total:
    sums = dict.fromkeys(Standing, Fraction(0))
    full = 0
    for why in half_days:
        standing = Standing(why.count.standing)
        sums[standing] += why.worth
        full += why.count.is_full and standing is Standing.UNJUSTIFIED
    return Total(sums[Standing.JUSTIFIED], sums[Standing.PENDING], sums[Standing.UNJUSTIFIED], full, missing)

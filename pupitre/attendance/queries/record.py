"""« Pourquoi 3 ? »: the half-days of one student, each with its lessons, its entries and the rule that was applied."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import Q

from pupitre.attendance.half_days import Method, Standing
from pupitre.attendance.models import AbsenceCase, AbsenceEntry, AttendanceRules, CountedHalfDay, RollCall
from pupitre.attendance.queries.lessons import HeldLesson, lessons_of
from pupitre.attendance.queries.registers import MISSING_AFTER
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.totals import Total
from pupitre.attendance.transitions import State
from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id


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
    rules: AttendanceRules
    total: Total
    half_days: Sequence[Why]
    lateness: Sequence[AbsenceEntry]
    aside: Sequence[AbsenceEntry]
    cases: Sequence[AbsenceCase]

    @property
    def method(self) -> Method:
        """The rule of the school."""
        return Method(self.rules.method)


def record_of(student: Student, first: dt.date, last: dt.date) -> Record:
    """Everything about the absences of a student between two days; about ten statements."""
    rules = rules_of_school()
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
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=current_establishment_id())
    half_days = _explained(counts, entries, rules, cut)
    return Record(
        student=student,
        first=first,
        last=last,
        rules=rules,
        total=_total(half_days, missing_of(student, first, last)),
        half_days=half_days,
        lateness=[each for each in entries if each.kind == AbsenceEntry.Kind.LATENESS],
        aside=[each for each in entries if not each.counts and each.kind != AbsenceEntry.Kind.LATENESS],
        cases=list(cases.select_related("reason").order_by("-starts_on", "-starts_at")),
    )


def missing_of(student: Student, first: dt.date, last: dt.date) -> int:
    """How many registers of the student's lessons were never taken: the count is then incomplete (ATT-21)."""
    now = local_now() - MISSING_AFTER
    past = Q(held_on__lt=now.date()) | Q(held_on=now.date(), starts_at__lte=now.time())
    found: int = RollCall.objects.filter(
        past, held_on__range=(first, last), state=RollCall.State.PREPARED, student_ids__contains=[student.pk]
    ).count()
    return found


def _explained(
    counts: Sequence[CountedHalfDay], entries: Sequence[AbsenceEntry], rules: AttendanceRules, cut: dt.time
) -> list[Why]:
    lessons = lessons_of((count.student_id, count.missed_on) for count in counts)
    by_day: dict[dt.date, list[AbsenceEntry]] = defaultdict(list)
    for entry in entries:
        by_day[entry.away_on].append(entry)
    method = Method(rules.method).value
    return [
        Why(
            count,
            Fraction(getattr(count, method)),
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

"""« Où est l’élève ? »: what is known of where students are at this minute, and whom to call."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from pupitre.attendance.models import AbsenceEntry, OutsideRegister, RollCall, RollMark
from pupitre.attendance.queries.outside import seen_outside_now
from pupitre.attendance.queries.roll_call import local_now
from pupitre.attendance.queries.students import StudentFound, students_found
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Person
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A student now: the lesson where they are expected, how they stand in its register, what the office knows.

    `seen`: the last register of today in which they were there; `outside`: where they were seen out of lessons.
    """

    found: StudentFound
    lesson: RollCall | None
    teachers: str
    mark: RollMark | None
    entry: AbsenceEntry | None
    seen: RollCall | None
    outside: OutsideRegister | None
    guardians: Sequence[Person]


def where_now(text: str, *, with_contacts: bool) -> list[Whereabouts]:
    """The students of that name, and where they are; nine statements at most, whatever their number."""
    found = students_found(text=text)[:20]
    ids = [each.student.pk for each in found]
    if not ids:
        return []
    now = local_now()
    today = list(
        RollCall.objects.filter(held_on=now.date(), starts_at__lte=now.time(), student_ids__overlap=ids)
        .exclude(state=RollCall.State.CANCELLED).select_related("group").order_by("starts_at")
    )  # fmt: skip
    marks = {
        (each.roll_call_id, each.student_id): each
        for each in RollMark.objects.filter(roll_call__in=today, student__in=ids)
    }
    entries = {
        each.student_id: each
        for each in AbsenceEntry.objects.filter(
            ~Q(kind=AbsenceEntry.Kind.LATENESS), student__in=ids, away_on=now.date(), roll_call=None,
            cancelled_at=None, starts_at__lte=now.time(), ends_at__gt=now.time(),
        )
    }  # fmt: skip
    names = dict(
        Person.objects.filter(pk__in={pk for each in today for pk in each.teacher_ids}).values_list("pk", "formal_name")
    )
    outside = seen_outside_now(now, ids)
    guardians = guardians_of([each.student.person_id for each in found]) if with_contacts else {}
    return [_of(each, today, marks, entries, names, guardians, outside) for each in found]


def _of(
    found: StudentFound,
    today: Sequence[RollCall],
    marks: dict[tuple[int, int], RollMark],
    entries: dict[int, AbsenceEntry],
    names: dict[int, str],
    guardians: dict[int, list[Person]],
    outside: dict[int, OutsideRegister],
) -> Whereabouts:
    pk, now = found.student.pk, local_now().time()
    own = [each for each in today if pk in each.student_ids]
    lesson = next((each for each in own if each.ends_at > now), None)
    here = [
        each
        for each in own
        if each.state == RollCall.State.DONE
        and ((mark := marks.get((each.pk, pk))) is None or mark.state in ("present", "late", "exempt_here"))
    ]
    return Whereabouts(
        found=found,
        lesson=lesson,
        teachers=", ".join(names[each] for each in lesson.teacher_ids if each in names) if lesson else "",
        mark=marks.get((lesson.pk, pk)) if lesson else None,
        entry=entries.get(pk),
        seen=here[-1] if here else None,
        outside=outside.get(pk),
        guardians=guardians.get(found.student.person_id, []),
    )


def guardians_of(students: Sequence[int]) -> dict[int, list[Person]]:
    """Whom to call, by student (person ids): legal or in charge, not shut out, the one to call first before; one statement."""
    links = Guardianship.objects.filter(
        open_on(clock.today()),
        establishment=current_establishment_id(),
        student__in=students,
    ).select_related("guardian")
    found: dict[int, list[Person]] = {}
    for link in links.order_by("-contact_first", "level", "guardian_id"):
        found.setdefault(link.student_id, []).append(link.guardian)
    return found

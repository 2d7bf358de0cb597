"""Writing what the booklet of the lycée says of the year of students in a subject."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.text import plain
from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.models import LyceeSubject
from pupitre.timetable.models import Course


@transaction.atomic
def write_appreciations(
    *, course: Course, told: Mapping[int, tuple[str, int]], actor: Actor
) -> dict[int, tuple[str, int]]:  # fmt: skip
    """Keep the appreciations of the year, by student: a text and the version that was on the screen. What is not kept, and why: by
    student, a sentence and the version to write over.

    Whoever calls has checked that the actor marks the course and that the students are of it.
    """
    year, now = course.group.school_year_id, clock.now()
    rows = LyceeSubject.objects.filter(student__in=told, school_year=year, subject=course.subject_id)
    held = {each.student_id: each for each in rows.select_for_update(of=("self",))}
    refused, kept = dict[int, tuple[str, int]](), list[LyceeSubject]()
    for student, (typed, version) in told.items():
        text, row = plain(typed), held.get(student)
        here, at = (row.text, row.version) if row else ("", 0)
        if text == here:
            continue
        if len(text) > limits.APPRECIATION:
            refused[student] = (_too_long(len(text)), version)
        elif at != version:
            refused[student] = (_("Quelqu’un a écrit entre-temps : « %(text)s »") % {"text": here or "–"}, at)
        else:
            kept.append(
                LyceeSubject(
                    establishment_id=course.establishment_id, student_id=student, school_year_id=year,
                    subject_id=course.subject_id, text=text, version=at + 1, written_by_id=actor.person_id,
                    written_at=now,
                )
            )  # fmt: skip
    LyceeSubject.objects.bulk_create(
        kept, update_conflicts=True, unique_fields=["establishment", "student", "school_year", "subject"],
        update_fields=["text", "version", "written_by_id", "written_at"],
    )  # fmt: skip
    if kept:
        audit.record(actor, "lsu.write_appreciations", course, students=len(kept))
    return refused


def _too_long(count: int) -> str:
    return _("Ce texte fait %(n)s caractères, %(most)s au plus.") % {"n": count, "most": limits.APPRECIATION}

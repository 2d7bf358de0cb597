"""The level of a student in a discipline (positionnement), set by hand in the place of that of the skills."""

from collections.abc import Mapping

from django.db import transaction

from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.reportcards.models import ReportCard, SubjectReport
from pupitre.reportcards.policies import MANAGE
from pupitre.reportcards.queries.places import standings_of, students_in
from pupitre.timetable.models import Course


@transaction.atomic
def set_levels(*, course: Course, term: Term, levels: Mapping[int, int | None], actor: Actor) -> int:
    """Set, or take back, the level of some students; how many changed. What is closed for them stays as it is."""
    if not levels:
        return 0
    people = list(students_in(course.group_id, term).filter(pk__in=levels).values_list("pk", flat=True))
    standings = standings_of(people, term)
    held = dict(SubjectReport.objects.filter(course=course, term=term).values_list("student_id", "positioning"))
    changed = 0
    for pk in people:
        standing = standings[pk]
        is_open = standing.status == ReportCard.Status.DRAFT and not standing.is_late
        may = is_open or (actor.has(MANAGE) and standing.status != ReportCard.Status.PUBLISHED)
        if may and held.get(pk) != levels[pk]:
            SubjectReport.objects.update_or_create(
                establishment_id=current_establishment_id(), student_id=pk, course=course, term=term,
                defaults={"positioning": levels[pk]},
            )  # fmt: skip
            changed += 1
    if changed:
        audit.record(actor, "reportcards.set_levels", course, term=term.pk, students=changed)
    return changed

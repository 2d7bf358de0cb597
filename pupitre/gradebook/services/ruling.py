"""What the school chooses, and an average set by hand."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from pupitre.directory.models import Student
from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.gradebook.models import FinalAverage, GradingRules
from pupitre.gradebook.services.closing import refuse_closed_student
from pupitre.gradebook.services.publishing import shown_from
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.timetable.models import Course


@transaction.atomic
def set_rules(*, facts: dict[str, Any], actor: Actor) -> GradingRules:
    """Keep what the school chose; every page that shows an average is made again."""
    school = current_establishment_id()
    rules: GradingRules = GradingRules.objects.update_or_create(establishment_id=school, defaults=facts)[0]
    audit.record(actor, "gradebook.set_rules", rules)
    raise_stamps([school_audience(school)])
    return rules


@transaction.atomic
def set_final(*, course: Course, term: Term, student: Student, value: Decimal | None, actor: Actor) -> None:
    """Set an average in the place of the computed one, or give the computed one back. Raises Refusal when it is closed.

    Families see it as a mark that is shown now: the student first, guardians after the delay; what corrects it, at once.
    """
    refuse_closed_student(student, term)
    held = FinalAverage.objects.filter(course=course, term=term, student=student)
    if value is None:
        held.delete()
    else:
        student_sees_at, guardian_sees_at = shown_from()
        facts = {"value": value, "set_by_id": actor.person_id, "set_at": clock.now()}
        FinalAverage.objects.update_or_create(
            establishment_id=current_establishment_id(), course=course, term=term, student=student, defaults=facts,
            create_defaults=facts | {"student_sees_at": student_sees_at, "guardian_sees_at": guardian_sees_at},
        )  # fmt: skip
    audit.record(actor, "gradebook.set_final", student, course=course.pk, term=term.pk)
    see_marks_again([student.pk])

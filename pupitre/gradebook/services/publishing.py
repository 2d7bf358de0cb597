"""When marks are seen: by students when the teacher says so, by guardians after the delay, never outside the school's hours."""

import datetime as dt

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, GradingRules, StudentMark
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import opens_at
from pupitre.notifications.services.posting import Recipient, notify

NEW_MARK = "gradebook.mark"
FARTHEST = dt.timedelta(days=60)


@transaction.atomic
def publish(*, assessment: Assessment, at: dt.datetime | None, actor: Actor) -> Assessment:
    """Have students see the marks from `at` on (now when None), guardians after the delay, in the open hours of the school.

    Both are told that there is a mark, never which. Raises Refusal without a mark, or for a day too far away.
    """
    now = clock.now()
    if at is not None and at > now + FARTHEST:
        raise Refusal(_("Choisissez un jour dans les deux mois qui viennent."))
    marks = StudentMark.objects.filter(assessment=assessment).exclude(points=None, annotation="")
    students = dict(marks.values_list("student_id", "student__person_id"))
    if not students:
        raise Refusal(_("Aucune note n’est écrite : il n’y a encore rien à montrer."))
    hours = hours_of(current_establishment_id())
    assessment.student_sees_at = opens_at(hours, max(at or now, now))
    assessment.guardian_sees_at = opens_at(hours, assessment.student_sees_at + _delay(assessment))
    assessment.save(update_fields=["student_sees_at", "guardian_sees_at"])
    audit.record(actor, "gradebook.publish", assessment)
    see_marks_again(students)
    _announce(assessment, list(students.values()))
    return assessment


@transaction.atomic
def withdraw(*, assessment: Assessment, actor: Actor) -> None:
    """Hide marks that were published; whoever has read them has read them."""
    students = list(StudentMark.objects.filter(assessment=assessment).values_list("student_id", flat=True))
    assessment.student_sees_at = assessment.guardian_sees_at = None
    assessment.save(update_fields=["student_sees_at", "guardian_sees_at"])
    audit.record(actor, "gradebook.withdraw", assessment)
    see_marks_again(students)


def shown_from(assessment: Assessment | None = None) -> tuple[dt.datetime, dt.datetime]:
    """From when students, then guardians, see what is shown now, by the rules of the assessment, else of the school; two
    statements.
    """
    hours = hours_of(current_establishment_id())
    student_sees_at = opens_at(hours, clock.now())
    return student_sees_at, opens_at(hours, student_sees_at + _delay(assessment or Assessment()))


def _delay(assessment: Assessment) -> dt.timedelta:
    hours = assessment.guardian_delay_hours
    if hours is None:
        rules = GradingRules.objects.first() or GradingRules()
        hours = rules.guardian_delay_hours
    return dt.timedelta(hours=hours)


def _announce(assessment: Assessment, persons: list[int]) -> None:
    school = current_establishment_id()
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=school)
    links = Guardianship.objects.filter(
        open_on(clock.today()), establishment=school, student__in=persons, guardian__is_organisation=False
    ).values_list("guardian_id", "student_id")
    told = {
        assessment.student_sees_at: [Recipient(person) for person in persons],
        assessment.guardian_sees_at: [Recipient(guardian, student) for guardian, student in links],
    }
    for visible_at, people in told.items():
        notify(
            NEW_MARK,
            people,
            establishment_id=school,
            title=_("Nouvelle note"),
            url=reverse("gradebook:home", args=[uai]),
            visible_at=visible_at,
            group_key=NEW_MARK,
            collapse=("%(count)s nouvelle note", "%(count)s nouvelles notes"),
        )

"""Making, changing and removing what is marked, and the parts of a service."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from pupitre.establishments.models import Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.files.queries import files_of
from pupitre.files.services.attaching import attach, detach, detach_all
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, ServicePart, ServiceWeight, SkillLevel, StudentMark
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.closing import refuse_closed_course, refuse_closed_everywhere, terms_counted
from pupitre.gradebook.services.stamping import see_marks_again
from pupitre.timetable.models import Course


@transaction.atomic
def create_assessment(*, assessment: Assessment, actor: Actor, uploads: Sequence[int] = ()) -> Assessment:
    """Save a new assessment, with the text of the test. Raises Refusal (of files too) when a term where it counts is closed."""
    refuse_closed_everywhere(assessment.course, terms_counted(assessment))
    _fit(assessment)
    assessment.establishment_id = current_establishment_id()
    assessment.created_by_id, assessment.created_at = actor.person_id, clock.now()
    assessment.save()
    attach(upload_ids=list(uploads), target=assessment, actor=actor)
    audit.record(actor, "gradebook.create_assessment", assessment)
    return assessment


@transaction.atomic
def change_assessment(
    *, assessment: Assessment, actor: Actor, uploads: Sequence[int] = (), keep: Sequence[int] | None = None
) -> Assessment:
    """Save what was changed. Raises Refusal: closed term (one it leaves too), a mark above a scale made smaller.

    `uploads`: files to attach; `keep`: of those attached, the ones that stay (None: all).
    """
    _refuse_closed(assessment)
    _fit(assessment)
    above = StudentMark.objects.filter(assessment=assessment, points__gt=assessment.scale).count()
    if above:
        raise Refusal(
            _("Le barème ne peut pas descendre à %(scale)s : %(n)s notes le dépassent. Corrigez-les d’abord.")
            % {"scale": assessment.scale, "n": above}
        )
    assessment.save()
    if keep is not None:
        for file in files_of([assessment])[assessment.pk]:
            if file.pk not in keep and file.pk not in uploads:
                detach(file=file, target=assessment)
    attach(upload_ids=list(uploads), target=assessment, actor=actor)
    audit.record(actor, "gradebook.change_assessment", assessment)
    _tell(assessment)
    return assessment


@transaction.atomic
def delete_assessment(*, assessment: Assessment, actor: Actor) -> None:
    """Remove an assessment that holds no mark. Raises Refusal."""
    _refuse_closed(assessment)
    if _written(assessment).exists():
        raise Refusal(_("Des notes y sont écrites. Effacez-les d’abord, ou mettez le coefficient à 0."))
    audit.record(actor, "gradebook.delete_assessment", assessment)
    detach_all(target=assessment)
    assessment.delete()


@transaction.atomic
def add_part(*, course: Course, label: str, coefficient: Decimal, actor: Actor) -> ServicePart:
    """Add a part to a service; the first one takes the assessments that were there. Raises Refusal."""
    label = label.strip()
    if not label:
        raise Refusal(_("Donnez un nom à la sous-matière : « Oral », « Écrit »."))
    if ServicePart.objects.filter(course=course, label=label).exists():
        raise Refusal(_("La sous-matière « %(label)s » existe déjà.") % {"label": label})
    position = ServicePart.objects.filter(course=course).count()
    if not position and not coefficient and Assessment.objects.filter(course=course).exists():
        raise Refusal(
            _(
                "La première sous-matière reprend les évaluations qui existent : avec le coefficient 0, elles ne compteraient plus."
            )
        )
    part = ServicePart(course=course, label=label, coefficient=coefficient, position=position)
    part.save()
    if not position:
        # Otherwise their marks would weigh nothing, without anybody having said so.
        Assessment.objects.filter(course=course, part=None).update(part=part)
    audit.record(actor, "gradebook.add_part", part)
    return part


@transaction.atomic
def weigh_service(*, course: Course, term: Term, coefficient: Decimal, actor: Actor) -> None:
    """Say what a service weighs in the general average of a term. Raises Refusal when it is closed."""
    refuse_closed_course(course, [term.pk])
    ServiceWeight.objects.update_or_create(
        establishment_id=current_establishment_id(), course=course, term=term, defaults={"coefficient": coefficient}
    )
    audit.record(actor, "gradebook.weigh_service", course, term=term.pk)


def _refuse_closed(assessment: Assessment) -> None:
    """Closed by one class once something is written there; until then as a new one is. Raises Refusal."""
    is_empty = not _written(assessment).exists() and not SkillLevel.objects.filter(assessment=assessment).exists()
    refuse = refuse_closed_everywhere if is_empty else refuse_closed_course
    refuse(assessment.course, terms_counted(assessment))


def _written(assessment: Assessment) -> QuerySet[StudentMark]:
    """The cells that hold something."""
    rows: QuerySet[StudentMark] = StudentMark.objects.filter(assessment=assessment).exclude(points=None, annotation="")
    return rows


def _fit(assessment: Assessment) -> None:
    """What hangs together. Raises Refusal."""
    parts = ServicePart.objects.filter(course=assessment.course).order_by("position", "pk")
    if assessment.part is None:
        assessment.part = parts.first()
    term = assessment.term
    if not term.school_year.starts_on <= assessment.held_on <= term.school_year.ends_on:
        raise Refusal(_("Cette date n’est pas dans l’année scolaire."))
    if assessment.other_term_id == assessment.term_id:
        assessment.other_term = None


def _tell(assessment: Assessment) -> None:
    if assessment.student_sees_at is not None:
        see_marks_again(StudentMark.objects.filter(assessment=assessment).values_list("student_id", flat=True))

"""The reasons of a school: the starter set on first use; what was used is hidden, never reworded."""

from dataclasses import asdict

from django.db import transaction

from pupitre.attendance.models import AbsenceReason
from pupitre.attendance.queries.reasons import active_reasons
from pupitre.attendance.reasons import first_degree, second_degree
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor


def reasons_of_school() -> list[AbsenceReason]:
    """The reasons in use, made from the starter set the first time; one statement afterwards."""
    found = active_reasons()
    if found or AbsenceReason.objects.exists():
        return found
    kind = Establishment.objects.values_list("kind", flat=True).get(pk=current_establishment_id())
    starters = first_degree() if kind == Establishment.Kind.ECOLE else second_degree()
    AbsenceReason.objects.bulk_create(
        [
            AbsenceReason(establishment_id=current_establishment_id(), position=place, **asdict(each))
            for place, each in enumerate(starters, 1)
        ],
        ignore_conflicts=True,
    )
    return active_reasons()


@transaction.atomic
def hide_reason(*, reason: AbsenceReason, actor: Actor) -> None:
    """Propose a reason no longer; past absences keep it."""
    reason.is_active = False
    reason.save(update_fields=["is_active"])
    audit.record(actor, "attendance.hide_reason", reason)


@transaction.atomic
def rename_reason(*, reason: AbsenceReason, label: str, actor: Actor) -> AbsenceReason:
    """Give a reason another name: a new one takes its place, so that past absences keep their meaning."""
    hide_reason(reason=reason, actor=actor)
    copy = AbsenceReason.objects.get(pk=reason.pk)
    copy.pk, copy.label, copy.is_active = None, label, True
    copy._state.adding = True
    copy.code = _next_code(reason.code)
    copy.save()
    audit.record(actor, "attendance.rename_reason", copy, former=reason.pk)
    return copy


def _next_code(code: str) -> str:
    stem = code.rpartition("~")[0] or code
    number = AbsenceReason.objects.filter(code__startswith=stem).count() + 1
    return f"{stem[:24]}~{number}"

"""The reasons of a school: the starter set on first use; what was used is hidden, never reworded."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceCase, AbsenceReason, Justification
from pupitre.attendance.queries.reasons import active_reasons
from pupitre.attendance.reasons import first_degree, second_degree
from pupitre.attendance.refusals import Refusal
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
def show_reason(*, reason: AbsenceReason, actor: Actor) -> None:
    """Propose a hidden reason again. Raises Refusal when another one has taken its name."""
    _check_label(reason.label, reason)
    reason.is_active = True
    reason.save(update_fields=["is_active"])
    audit.record(actor, "attendance.show_reason", reason)


@transaction.atomic
def change_reason(*, reason: AbsenceReason | None, facts: Mapping[str, Any], actor: Actor) -> AbsenceReason:
    """Make a reason, or change one: in its place while nobody used it, else by a new one that takes its place (ATT-13).

    Raises Refusal when another one has its name.
    """
    _check_label(facts["label"], reason)
    if reason is None:
        code = slugify(facts["label"]).replace("-", "_")[:24] or "motif"
        written = AbsenceReason(code=_next_code(code))
    elif not _is_used(reason):
        written = reason
    else:
        return rename_reason(reason=reason, label=facts["label"], actor=actor, facts=facts)
    for name, value in facts.items():
        setattr(written, name, value)
    written.save()
    audit.record(actor, "attendance.change_reason", written)
    return written


def _is_used(reason: AbsenceReason) -> bool:
    return bool(
        AbsenceCase.objects.filter(reason=reason).exists() or Justification.objects.filter(reason=reason).exists()
    )


def _check_label(label: str, reason: AbsenceReason | None) -> None:
    others = AbsenceReason.objects.filter(is_active=True, label__iexact=label).exclude(pk=reason.pk if reason else None)
    if others.exists():
        raise Refusal(_("Un autre motif porte déjà ce nom. Choisissez-en un autre, ou modifiez celui-là."))


@transaction.atomic
def rename_reason(
    *, reason: AbsenceReason, label: str, actor: Actor, facts: Mapping[str, Any] | None = None
) -> AbsenceReason:
    """Give a reason another name, or another sense: a new one takes its place, so that past absences keep their meaning."""
    hide_reason(reason=reason, actor=actor)
    copy = AbsenceReason.objects.get(pk=reason.pk)
    for name, value in (facts or {}).items():
        setattr(copy, name, value)
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

"""The exit regimes of a school, and which one each student has: what families choose is entered by the office."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.attendance.exit_starters import starters_for
from pupitre.attendance.models import ExitRegime, StudentExit
from pupitre.attendance.queries.exits import active_regimes
from pupitre.attendance.refusals import Refusal
from pupitre.directory.models import Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import plural

MOST_REGIMES = 10


def regimes_of_school() -> list[ExitRegime]:
    """The regimes in use, made from a starter set the first time; one statement afterwards."""
    found = active_regimes()
    if found or ExitRegime.objects.exists():
        return found
    here = current_establishment_id()
    kind = Establishment.objects.values_list("kind", flat=True).get(pk=here)
    rows = [
        ExitRegime(establishment_id=here, position=place, **each) for place, each in enumerate(starters_for(kind), 1)
    ]
    ExitRegime.objects.bulk_create(rows, ignore_conflicts=True)
    return active_regimes()


@transaction.atomic
def write_regime(*, regime: ExitRegime | None, facts: Mapping[str, Any], actor: Actor) -> ExitRegime:
    """Make a regime, or change one. Raises Refusal beyond ten, or when another has the same letter."""
    others = ExitRegime.objects.exclude(pk=regime.pk if regime else None)
    if others.filter(code__iexact=facts["code"]).exists():
        raise Refusal(
            _("Un autre régime porte déjà ce repère, peut-être parmi ceux qui sont retirés. Choisissez-en un autre.")
        )
    if regime is None and others.filter(is_active=True).count() >= MOST_REGIMES:
        raise Refusal(_("Un établissement a dix régimes au plus. Retirez-en un d’abord."))
    written = regime or ExitRegime(establishment_id=current_establishment_id())
    for name, value in facts.items():
        setattr(written, name, value)
    written.save()
    audit.record(actor, "attendance.write_regime", written)
    return written


@transaction.atomic
def retire_regime(*, regime: ExitRegime, actor: Actor) -> None:
    """Propose a regime no longer. Raises Refusal while students have it: they would be stopped at the gate."""
    count = StudentExit.objects.filter(regime=regime).count()
    if count:
        held = plural(count, _("élève a ce régime"), _("élèves ont ce régime"))
        raise Refusal(_("%(held)s. Donnez-en d’abord un autre.") % {"held": held})
    regime.is_active = False
    regime.save(update_fields=["is_active"])
    audit.record(actor, "attendance.retire_regime", regime)


@transaction.atomic
def set_exits(*, chosen: Mapping[int, ExitRegime | None], actor: Actor) -> int:
    """Give each of these students a regime, or none of their own; how many changed. Six statements, whatever their number."""
    students = set(Student.objects.filter(pk__in=chosen).values_list("pk", flat=True))
    known = {each.student_id: each for each in StudentExit.objects.filter(student__in=students)}
    today, written, gone, changes = clock.today(), [], [], {}
    for pk in sorted(students):
        regime, held = chosen[pk], known.get(pk)
        if regime is None and held:
            gone.append(held.pk)
        elif regime and (held is None or held.regime_id != regime.pk):
            written.append(
                StudentExit(
                    establishment_id=current_establishment_id(), student_id=pk, regime=regime, chosen_on=today,
                    written_by_id=actor.person_id,
                )
            )  # fmt: skip
        else:
            continue
        changes[str(pk)] = [held.regime_id if held else None, regime.pk if regime else None]
    StudentExit.objects.filter(pk__in=gone).delete()
    StudentExit.objects.bulk_create(
        written, update_conflicts=True, unique_fields=["establishment", "student"],
        update_fields=["regime", "chosen_on", "written_by_id"],
    )  # fmt: skip
    if changes:
        audit.record(actor, "attendance.set_exits", None, students=changes)
    return len(changes)

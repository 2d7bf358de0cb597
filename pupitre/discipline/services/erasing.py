"""Erasing sanctions from files: when they are due, every day; before, when the law lets somebody ask or decide it.

The row is deleted with what was said to have been read; the incident keeps the facts, the register a line without a name.
"""

import datetime as dt

from django.db import models, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.attendance.services.entering import withdraw_entries
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person
from pupitre.discipline.erasure import delay_for
from pupitre.discipline.models import ErasureRule, Sanction
from pupitre.discipline.queries.delays import delays_of_school, erasure_day
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.scale import Kind
from pupitre.discipline.services.telling import tell_family, tell_head
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id, scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor

ERASURE, ERASED = "discipline.erasure", "discipline.erased"


class Reason(models.TextChoices):
    """Why a sanction leaves the file before its day, when the head decides it."""

    ASKED = "asked", gettext_lazy("Demandé à l’occasion d’un changement d’établissement")
    ANNULLED = "annulled", gettext_lazy("Annulée par une décision de justice ou sur recours")
    AMNESTY = "amnesty", gettext_lazy("Amnistie")
    LEFT = "left", gettext_lazy("Fin de la scolarité dans le second degré")
    MISTAKE = "mistake", gettext_lazy("Saisie par erreur")


UNDONE = frozenset({Reason.ANNULLED, Reason.MISTAKE})
"""The sanction should never have been: what is left of the exclusion falls, and the register says so."""


@transaction.atomic
def ask_erasure(*, sanction: Sanction, why: str, actor: Actor) -> None:
    """A student who changes schools, or their guardian, asks that a sanction be erased (R511-13, IV). Raises Refusal."""
    if sanction.kind == Kind.EXPULSION:
        raise Refusal(_("L’effacement d’une exclusion définitive ne peut pas être demandé (R511-13)."))
    if sanction.erasure_asked_at and not sanction.erasure_refused_at:
        raise Refusal(_("Votre demande est déjà entre les mains de la direction."))
    sanction.erasure_asked_at, sanction.erasure_asked_why = clock.now(), why[:300]
    sanction.erasure_asked_by = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    sanction.erasure_refused_at, sanction.erasure_refusal = None, ""
    sanction.save()
    # A family's line would tell, once the sanction is erased, whose it was.
    audit.record(actor, "discipline.ask_erasure", None)
    tell_head(ERASURE, title=_("Un effacement de sanction demandé"), route="discipline:sanction", pk=sanction.pk)
    see_again(students=[sanction.student_id])


@transaction.atomic
def refuse_erasure(*, sanction: Sanction, why: str, actor: Actor) -> None:
    """Answer no, and say why: the family reads it. Raises Refusal."""
    if sanction.erasure_asked_at is None:
        raise Refusal(_("Personne n’a demandé l’effacement de cette sanction."))
    if not why.strip():
        raise Refusal(_("Dites pourquoi vous refusez : la famille lira cette phrase."))
    sanction.erasure_refused_at, sanction.erasure_refusal = clock.now(), why.strip()[:300]
    sanction.save(update_fields=["erasure_refused_at", "erasure_refusal"])
    audit.record(actor, "discipline.refuse_erasure", sanction)
    title = _("réponse à votre demande d’effacement")
    tell_family(ERASED, sanction.student, title=title, route="discipline:sanction", pk=sanction.pk)
    see_again(students=[sanction.student_id])


@transaction.atomic
def erase(*, sanction: Sanction, reason: str, actor: Actor) -> None:
    """Erase a sanction before its day, for a reason of the law; what remains of its exclusion falls if it never was.

    Raises Refusal. The caller has checked `discipline.handle_sanction`.
    """
    if reason not in Reason.values:
        raise Refusal(_("Choisissez la raison de l’effacement."))
    if reason == Reason.ASKED and (sanction.kind == Kind.EXPULSION or sanction.erasure_asked_at is None):
        raise Refusal(_("Personne n’a demandé l’effacement de cette sanction."))
    if reason in UNDONE:
        since = clock.today() if reason == Reason.ANNULLED else None
        withdraw_entries(sanction.entry_ids, actor=actor, since=since)
        line = sanction.line
        line.measure = f"{line.measure}, {_('annulée')}".strip(", ")[:120]
        line.save(update_fields=["measure"])
    audit.record(actor, "discipline.erase_sanction", None, kind=sanction.kind, reason=reason)
    student = sanction.student
    sanction.delete()
    title = _("une sanction est effacée du dossier")
    tell_family(ERASED, student, title=title, route="discipline:record", pk=student.pk)
    see_again(students=[student.pk])


def erase_due() -> int:
    """Erase the sanctions of the open school whose day has come; how many. Twice the same day, none the second time."""
    _date_expulsions()
    due = list(Sanction.objects.filter(erases_on__lte=clock.today()).values_list("pk", "kind", "student_id"))
    for _pk, kind, _student in due:
        school = current_establishment_id()
        audit.record(None, "discipline.erase_sanction", None, establishment_id=school, kind=kind, reason="due")
    Sanction.objects.filter(pk__in=[pk for pk, _kind, _student in due]).delete()
    if due:
        see_again(students={student for _pk, _kind, student in due})
    return len(due)


def _date_expulsions() -> None:
    """Give a day to expulsions that have none; a year more to those of students who are still here: it is not over."""
    today = clock.today()
    here = models.Q(student__left_on=None) | models.Q(student__left_on__gte=today)
    undated, early = models.Q(erases_on=None), models.Q(erases_on__lte=today) & here
    for each in Sanction.objects.filter(undated | early, kind=Kind.EXPULSION).select_related("student__person"):
        if each.erases_on is None:
            each.erases_on = erasure_day(each.kind, each.decided_on, each.student.person.birth_date)
        else:
            each.erases_on = dt.date(today.year + (today >= dt.date(today.year, 9, 1)), 9, 1)
        each.save(update_fields=["erases_on"])


def erase_everywhere() -> int:
    """Erase what is due in every school, each in its own transaction; how many."""
    count = 0
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            count += erase_due()
    return count


@transaction.atomic
def write_delay(*, kind: str, applies_from_on: dt.date, years: int, reason: str, actor: Actor) -> ErasureRule:
    """Write another delay for what will be decided from a day on; what is written already keeps its own. Raises Refusal.

    A delay shorter than the one in force is possible only when a text says so: the reason names it, and stands on the page.
    """
    if kind == Kind.EXPULSION:
        raise Refusal(_("Une exclusion définitive reste jusqu’à la fin de la scolarité dans le second degré."))
    if applies_from_on < clock.today():
        raise Refusal(_("Un délai ne change rien au passé : choisissez aujourd’hui ou un jour à venir."))
    if len(reason.strip()) < 10:
        raise Refusal(_("Citez le texte qui change ce délai : il reste écrit sur cette page."))
    if ErasureRule.objects.filter(kind=kind, applies_from_on=applies_from_on).exists():
        raise Refusal(_("Un délai est déjà écrit pour ce jour-là."))
    before = delay_for(kind, applies_from_on, delays_of_school())
    row: ErasureRule = ErasureRule.objects.create(
        kind=kind,
        applies_from_on=applies_from_on,
        years=years,
        reason=reason.strip()[:300],
        author_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        written_at=clock.now(),
    )
    audit.record(actor, "discipline.write_delay", row, kind=kind, years=years, before=before.years)
    return row

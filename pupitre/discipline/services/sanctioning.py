"""Deciding a sanction, and what follows from it: the register, the exclusion that registers show, the family told."""

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceEntry
from pupitre.attendance.refusals import Refusal as AttendanceRefusal
from pupitre.attendance.services.entering import Entered, enter
from pupitre.attendance.stamping import see_again
from pupitre.directory.models import Person, Student
from pupitre.discipline.models import Incident, RegisterEntry, Sanction
from pupitre.discipline.queries.delays import erasure_day, suspension_bounds
from pupitre.discipline.refusals import Refusal
from pupitre.discipline.scale import (
    DAYS_TO_SUMMON,
    MOST_DAYS,
    MOST_HOURS,
    SUSPENDABLE,
    TEMPORARY,
    Kind,
    earliest_decision,
    length_in_days,
)
from pupitre.discipline.services.naming import names_in
from pupitre.discipline.services.telling import tell_family
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import day_year, plural

SANCTION = "discipline.sanction"
_WHOLE_DAY = (dt.time(0), dt.time(23, 59))


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided. `facts` is for the register: nobody's name. `days` alone when an exclusion is suspended."""

    kind: str
    motive: str
    facts: str
    heard_on: dt.date
    decided_on: dt.date
    by_council: bool = False
    summoned_on: dt.date | None = None
    council_members: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    days: int | None = None
    hours: int | None = None
    activity: str = ""
    service: str = Sanction.Service.SCHOOL
    suspended_until_on: dt.date | None = None


@transaction.atomic
def decide(*, student: Student, decision: Decision, actor: Actor, incident: Incident | None = None) -> Sanction:
    """Write a sanction in a student's file, and a line without a name in the register. Raises Refusal.

    The caller has checked `discipline.sanction_student`. Sources: see `scale.py` and `erasure.py`.
    """
    check(decision)
    check_names(decision.facts, student, incident)
    days = _days(decision)
    row: Sanction = Sanction.objects.create(
        student=student,
        incident=incident,
        line=_line(decision, days),
        kind=decision.kind,
        motive=decision.motive,
        by_council=decision.by_council,
        summoned_on=decision.summoned_on if decision.by_council else None,
        council_members=decision.council_members if decision.by_council else "",
        heard_on=decision.heard_on,
        decided_on=decision.decided_on,
        decided_by_id=actor.person_id,
        decided_by_name=Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id),
        noted_at=clock.now(),
        starts_on=decision.starts_on if not decision.suspended_until_on else None,
        ends_on=decision.ends_on if not decision.suspended_until_on else None,
        days=days,
        hours=decision.hours if decision.kind == Kind.RESPONSIBILITY else None,
        activity=decision.activity if decision.kind == Kind.RESPONSIBILITY else "",
        service=decision.service,
        suspended_until_on=decision.suspended_until_on,
        erases_on=erasure_day(decision.kind, decision.decided_on, student.person.birth_date),
    )
    if row.starts_on:
        exclude(row, actor)
    audit.record(actor, "discipline.decide_sanction", row, kind=row.kind)
    # Its kind is not said: the notice outlives the sanction.
    title = _("une décision de la direction à lire")
    tell_family(SANCTION, student, title=title, route="discipline:sanction", pk=row.pk)
    see_again(students=[student.pk], people=[actor.person_id])
    return row


@transaction.atomic
def note_notification(*, sanction: Sanction, on: dt.date, actor: Actor) -> None:
    """Keep the day when the family was notified in writing: delays of appeal are counted from it. Raises Refusal."""
    if on < sanction.decided_on:
        raise Refusal(_("Une décision se notifie le jour où elle est prise, ou après."))
    if on > clock.today():
        raise Refusal(_("Ce jour n’est pas encore venu : notez la notification une fois qu’elle est faite."))
    sanction.notified_on = on
    sanction.save(update_fields=["notified_on"])
    audit.record(actor, "discipline.notify_sanction", sanction)
    see_again(students=[sanction.student_id], people=[actor.person_id])


@transaction.atomic
def revoke_suspension(
    *,
    sanction: Sanction,
    on: dt.date,
    by_council: bool,
    starts_on: dt.date | None,
    ends_on: dt.date | None,
    actor: Actor,
) -> None:
    """Carry out a sanction that was suspended (révocation du sursis, R511-13-1). Raises Refusal."""
    if sanction.suspended_until_on is None or sanction.revoked_on:
        raise Refusal(_("Cette sanction n’est pas, ou n’est plus, assortie du sursis."))
    if on > sanction.suspended_until_on:
        raise Refusal(_("Le sursis a pris fin le %(day)s.") % {"day": day_year(sanction.suspended_until_on)})
    if sanction.kind == Kind.EXPULSION and not by_council:
        raise Refusal(_("Seul le conseil de discipline révoque le sursis d’une exclusion définitive."))
    if sanction.kind in TEMPORARY:
        if starts_on is None or ends_on is None:
            raise Refusal(_("Il manque le premier ou le dernier jour de l’exclusion."))
        if length_in_days(starts_on, ends_on) > (sanction.days or MOST_DAYS):
            text = _("Le sursis portait sur %(days)s : l’exclusion ne peut pas durer plus.")
            raise Refusal(text % {"days": plural(sanction.days or MOST_DAYS, _("jour"), _("jours"))})
        _in_order(starts_on, ends_on, on)
        sanction.starts_on, sanction.ends_on = starts_on, ends_on
    sanction.revoked_on = on
    sanction.save(update_fields=["revoked_on", "starts_on", "ends_on"])
    if sanction.starts_on:
        exclude(sanction, actor)
    line = sanction.line
    line.measure = f"{line.measure}, {_('sursis révoqué')}"[:120]
    line.save(update_fields=["measure"])
    audit.record(actor, "discipline.revoke_suspension", sanction)
    title = _("une décision de la direction à lire")
    tell_family(SANCTION, sanction.student, title=title, route="discipline:sanction", pk=sanction.pk)
    see_again(students=[sanction.student_id], people=[actor.person_id])


def exclude(sanction: Sanction, actor: Actor) -> None:
    """Enter the exclusion in attendance, so that registers show it; it makes no half-day. Raises Refusal.

    From a service alone (canteen, boarding), lessons go on: nothing is entered.
    """
    if sanction.service != Sanction.Service.SCHOOL or sanction.kind not in TEMPORARY:
        return
    is_inside = sanction.kind == Kind.CLASS_EXCLUSION
    assert sanction.starts_on is not None and sanction.ends_on is not None  # noqa: S101, PT018 # nosec B101 - typing
    entered = Entered(
        kind=AbsenceEntry.Kind.EXCLUSION,
        starts_on=sanction.starts_on,
        ends_on=sanction.ends_on,
        starts_at=_WHOLE_DAY[0],
        ends_at=_WHOLE_DAY[1],
        place=_("Exclu de la classe, accueilli à la vie scolaire") if is_inside else _("Exclu de l’établissement"),
    )
    try:
        entries = enter(entered, [sanction.student_id], actor=actor)
    except AttendanceRefusal as no:
        raise Refusal(str(no)) from None
    sanction.entry_ids = [each.pk for each in entries]
    sanction.save(update_fields=["entry_ids"])


def check(decision: Decision) -> None:
    """Whether the law lets this be decided. Raises Refusal, with the rule in a sentence."""
    kind = decision.kind
    if kind == Kind.EXPULSION and not decision.by_council:
        raise Refusal(_("Seul le conseil de discipline prononce une exclusion définitive (R511-14)."))
    if decision.decided_on > clock.today():
        raise Refusal(_("Une sanction s’écrit le jour où elle est décidée, ou après."))
    earliest = earliest_decision(decision.heard_on)
    if not decision.by_council and decision.decided_on < earliest:
        text = _(
            "L’élève dispose d’au moins deux jours ouvrables pour présenter sa défense (R421-10-1) : "
            "vous pourrez décider à partir du %(day)s."
        )
        raise Refusal(text % {"day": day_year(earliest)})
    if decision.by_council and decision.decided_on <= decision.heard_on:
        raise Refusal(_("Le conseil de discipline se tient après que l’élève a été informé des faits."))
    if decision.by_council:
        _check_council(decision)
    if kind == Kind.RESPONSIBILITY and not (decision.hours and 1 <= decision.hours <= MOST_HOURS):
        raise Refusal(_("Une mesure de responsabilisation dure de 1 à 20 heures (R511-13)."))
    if kind == Kind.RESPONSIBILITY and not decision.activity:
        raise Refusal(_("Dites en quoi consiste la mesure de responsabilisation."))
    if kind in TEMPORARY:
        _check_length(decision)
    if decision.suspended_until_on:
        _check_suspension(decision, decision.suspended_until_on)


def _check_council(decision: Decision) -> None:
    """Summoned in time (D511-31), and its members known."""
    if decision.summoned_on is None:
        raise Refusal(
            _("Il manque le jour où l’élève et sa famille ont été convoqués devant le conseil de discipline.")
        )
    if (decision.decided_on - decision.summoned_on).days < DAYS_TO_SUMMON:
        earliest = decision.summoned_on + dt.timedelta(days=DAYS_TO_SUMMON)
        text = _(
            "La convocation part au moins cinq jours avant la séance (D511-31) : avec celle-ci, le conseil de discipline "
            "pouvait se tenir à partir du %(day)s."
        )
        raise Refusal(text % {"day": day_year(earliest)})
    if not decision.council_members.strip():
        raise Refusal(_("Dites qui siégeait au conseil de discipline."))


def _check_length(decision: Decision) -> None:
    if decision.suspended_until_on:
        if not decision.days:
            raise Refusal(_("Dites de combien de jours serait l’exclusion."))
    else:
        if decision.starts_on is None or decision.ends_on is None:
            raise Refusal(_("Il manque le premier ou le dernier jour de l’exclusion."))
        _in_order(decision.starts_on, decision.ends_on, decision.decided_on)
    if (_days(decision) or 0) > MOST_DAYS:
        raise Refusal(_("Une exclusion temporaire dure huit jours au plus, jours fermés compris (R511-13)."))


def _in_order(starts_on: dt.date, ends_on: dt.date, decided_on: dt.date) -> None:
    if ends_on < starts_on:
        raise Refusal(_("Le dernier jour vient avant le premier. Changez l’un des deux."))
    if starts_on < decided_on:
        raise Refusal(_("L’exclusion ne peut pas commencer avant la décision."))


def _check_suspension(decision: Decision, until: dt.date) -> None:
    if decision.kind not in SUSPENDABLE:
        raise Refusal(_("Un avertissement et un blâme ne peuvent pas être assortis du sursis (R511-13)."))
    first, last = suspension_bounds(decision.kind, decision.decided_on)
    if not first <= until <= last:
        text = _("Le sursis court au moins jusqu’au %(first)s et au plus jusqu’au %(last)s (R511-13-1).")
        raise Refusal(text % {"first": day_year(first), "last": day_year(last)})


def check_names(facts: str, student: Student, incident: Incident | None) -> None:
    """The register names nobody: neither the student nor those of the incident. Raises Refusal."""
    if names_in(facts, incident, student.person):
        raise Refusal(_("Le registre des sanctions ne nomme personne : écrivez « un élève de 4e » à la place du nom."))


def _days(decision: Decision) -> int | None:
    if decision.kind not in TEMPORARY:
        return None
    if decision.suspended_until_on or decision.starts_on is None or decision.ends_on is None:
        return decision.days
    return length_in_days(decision.starts_on, decision.ends_on)


def _line(decision: Decision, days: int | None) -> RegisterEntry:
    """One more line of the year, numbered in order."""
    year = year_of(decision.decided_on)
    row: RegisterEntry = RegisterEntry.objects.create(
        year=year,
        number=next_number(year),
        decided_on=decision.decided_on,
        by_council=decision.by_council,
        kind=decision.kind,
        measure=_measure(decision, days),
        facts=decision.facts,
    )
    return row


def year_of(day: dt.date) -> int:
    """The school year of a day, by its first calendar year."""
    return day.year - (day.month < 9)


def next_number(year: int) -> int:
    """The next number of the register of a year, held until the transaction ends; two statements."""
    with connection.cursor() as cursor:
        # Two decisions at once would take the same number.
        cursor.execute(
            "select pg_advisory_xact_lock(hashtext('discipline.register'), %s::int)", [current_establishment_id()]
        )
    return int(RegisterEntry.objects.filter(year=year).aggregate(last=Max("number"))["last"] or 0) + 1


def _measure(decision: Decision, days: int | None) -> str:
    parts = []
    if days:
        parts.append(plural(days, _("jour"), _("jours")))
    if decision.kind == Kind.RESPONSIBILITY and decision.hours:
        parts.append(plural(decision.hours, _("heure"), _("heures")))
    if decision.service != Sanction.Service.SCHOOL:
        parts.append(str(Sanction.Service(decision.service).label))
    if decision.suspended_until_on:
        parts.append(_("avec sursis"))
    return ", ".join(parts)

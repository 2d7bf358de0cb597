"""Absences as people say them: « mardi 24 novembre, de 8 h 05 à 10 h », « 1 demi-journée »."""

import datetime as dt
from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.attendance.models import AbsenceCase, AbsenceEntry
from pupitre.attendance.transitions import Act, State
from pupitre.foundation.ui.french import day, hour

TAKEN_OVER = "take_over"
"""The birth of a dossier that another tool knew: in whatever state it was left there, hence no line of `transitions.py`."""

ACT_LABELS: dict[str, str | Promise] = {
    TAKEN_OVER: gettext_lazy("Reprise de l’ancien outil"),
    Act.MARK_ABSENT: gettext_lazy("Absence notée"),
    Act.ANNOUNCE: gettext_lazy("Absence annoncée"),
    Act.ASK_EXEMPTION: gettext_lazy("Dispense demandée"),
    Act.CONFIRM: gettext_lazy("Absence prévue acceptée"),
    Act.DECLINE: gettext_lazy("Absence prévue refusée"),
    Act.BEGIN: gettext_lazy("Absence annoncée, l’élève n’est pas là"),
    Act.GRANT: gettext_lazy("Dispense accordée"),
    Act.DENY: gettext_lazy("Dispense refusée"),
    Act.ARRIVE_LATE: gettext_lazy("L’élève est arrivé en retard"),
    Act.TELL: gettext_lazy("Famille prévenue"),
    Act.FAIL_TO_TELL: gettext_lazy("Aucun responsable joignable : à appeler"),
    Act.ANSWER: gettext_lazy("Réponse de la famille"),
    Act.ENTER_REASON: gettext_lazy("Motif saisi par la vie scolaire"),
    Act.ACCEPT: gettext_lazy("Motif accepté"),
    Act.REFUSE: gettext_lazy("Motif refusé"),
    Act.SETTLE: gettext_lazy("Absence réglée"),
    Act.LOCK: gettext_lazy("Période close"),
    Act.UNLOCK: gettext_lazy("Dossier rouvert"),
    Act.MERGE: gettext_lazy("Absences réunies"),
    Act.SPLIT: gettext_lazy("Absence séparée en deux"),
    Act.CANCEL: gettext_lazy("Absence annulée"),
}
"""What each step of a dossier is called."""

WHOLE_DAY = (dt.time(0), dt.time(23, 59))
"""The hours of an absence that the office enters for a whole day."""


def absent_on(entries: Sequence[AbsenceEntry]) -> str:
    """« absence mardi 24 novembre, de 8 h 05 à 9 h (Mathématiques) »: entries of one day, by hour."""
    subjects = ", ".join(dict.fromkeys(each.roll_call.subject for each in entries if each.roll_call))
    text = _("absence %(when)s") % {"when": when(entries[0].away_on, entries[0].starts_at, entries[-1].ends_at)}
    return f"{text} ({subjects})" if subjects else text


def told_wrongly(case: AbsenceCase) -> str:
    """What a family reads when an absence was not one."""
    text = (
        _("finalement en retard, et non absent, %(when)s : notre premier message ne compte plus")
        if case.state == State.BECAME_LATE
        else _("bien présent %(when)s : notre premier message a été envoyé par erreur")
    )
    return text % {"when": when(case.starts_on, case.starts_at, case.ends_at)}


def when(on: dt.date, starts_at: dt.time, ends_at: dt.time) -> str:
    """« mardi 24 novembre, de 8 h 05 à 9 h », « mardi 24 novembre, toute la journée »."""
    return f"{day(on)}, {hours(starts_at, ends_at)}"


def hours(starts_at: dt.time, ends_at: dt.time) -> str:
    """« de 8 h 05 à 9 h »."""
    if (starts_at, ends_at) == WHOLE_DAY:
        return _("toute la journée")
    return _("de %(start)s à %(end)s") % {"start": hour(starts_at), "end": hour(ends_at)}


def span_of_case(case: AbsenceCase) -> str:
    """« mardi 24 novembre, de 8 h 05 à 10 h », « du lundi 23 au mardi 24 novembre »."""
    if case.starts_on == case.ends_on:
        return when(case.starts_on, case.starts_at, case.ends_at)
    return _("du %(first)s au %(last)s") % {"first": day(case.starts_on), "last": day(case.ends_on)}


def reason_of(case: AbsenceCase, *, reads_health: bool) -> str:
    """The reason of a dossier, as this reader may know it; empty when there is none."""
    if case.reason is None:
        return ""
    if case.reason.is_health and not reads_health:
        return _("Motif connu de la vie scolaire")
    return case.reason.label

"""How a dated lesson differs from its week, in words: on weeks, homes, notices and the pages of the office."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from pupitre.establishments.room_use import RoomUse
from pupitre.foundation.ui.french import NBSP, day, hour
from pupitre.timetable.queries import Change, Lesson
from pupitre.timetable.queries.office import Clash

Tone = Literal["off", "chg", "due"]
"""Crossed out, changed, to be prepared."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be known of a lesson: an icon and a word, never a colour alone."""

    text: str
    icon: str
    tone: Tone
    short: str = ""
    """The same in a word, where there is little room."""

    @property
    def word(self) -> str:
        return self.short or self.text


def marks_of(lesson: Lesson) -> tuple[Mark, ...]:
    """What changed of a lesson, what matters most first; nothing when it is as its week says."""
    change = lesson.change
    if change is None:
        return ()
    if change.state == "cancelled":
        return (Mark(_("Cours annulé"), "croix", "off"),)
    if change.state == "outing":
        return (Mark(_("Sortie"), "sortir", "off"),)
    if change.state == "internship":
        return (Mark(_("Stage"), "sortir", "off"),)
    if change.place == "away":
        said = _("Déplacé au %(when)s") % {"when": when(change.to_held_on, change.to_starts_at)}
        return (Mark(said, "fleche", "off", _("Déplacé")),)
    if change.is_handed:
        return (Mark(_handed(lesson, change), "echange", "off", _("Remplacé")),)
    return tuple(_details(change))


def is_off(lesson: Lesson) -> bool:
    """Whether it is crossed out."""
    return any(mark.tone == "off" for mark in marks_of(lesson))


def when(on: dt.date, at: dt.time) -> str:
    """« jeudi 26 novembre à 14 h 25 »."""
    return _("%(day)s à %(hour)s") % {"day": day(on), "hour": hour(at)}


def room_name(code: str) -> str:
    """« salle 204 »; « CDI » and « Gymnase » name themselves."""
    return f"{_('salle')}{NBSP}{code}" if code[:1].isdigit() else code


def _handed(lesson: Lesson, change: Change) -> str:
    if change.usual_teachers:
        return _("Remplacé par %(names)s") % {"names": lesson.teachers}
    return _("Déplacé : %(room)s") % {"room": room_name(lesson.room)}


def _details(change: Change) -> list[Mark]:
    found = []
    if change.is_test:
        found.append(Mark(_("Devoir surveillé"), "crayon", "due"))
    if change.is_added:
        found.append(Mark(_("Cours ajouté"), "plus", "chg"))
    if change.place == "here":
        said = _("Déplacé (%(when)s)") % {"when": when(change.held_on, change.starts_at)}
        found.append(Mark(said, "fleche", "chg", _("Déplacé ici")))
    if change.usual_teachers and not change.is_added:
        said = _("Remplace %(names)s") % {"names": change.usual_teachers}
        found.append(Mark(said, "echange", "chg", _("Remplacement")))
    if change.changes_room and not change.is_added:
        found.append(Mark(_("Salle changée"), "lieu", "chg"))
    return found


def described(clash: Clash, names: Mapping[int, str]) -> str:
    """« La classe a Français (4e B) de 10 h 10 à 11 h 05. »."""
    held = clash.held
    facts = {
        "lesson": f"{held.subject} ({held.group})",
        "from": hour(held.starts_at),
        "to": hour(held.ends_at),
        "name": names.get(clash.person_id, ""),
    }
    if clash.what == "class":
        return _("Des élèves du cours ont déjà %(lesson)s de %(from)s à %(to)s.") % facts
    if clash.what == "teacher":
        return _("%(name)s a déjà %(lesson)s de %(from)s à %(to)s.") % facts
    return _("La salle est prise par %(lesson)s de %(from)s à %(to)s.") % facts


def room_taken(use: RoomUse) -> str:
    """« La salle est réservée par Mme Roussel (Exposés) de 10 h 10 à 11 h 05. »."""
    return _("La salle est %(label)s de %(from)s à %(to)s.") % {
        "label": use.label, "from": hour(use.starts_at), "to": hour(use.ends_at)
    }  # fmt: skip


def said(text: str) -> str:
    """What the page that one comes back to says was done."""
    words = {
        "change": _("C’est enregistré."),
        "retabli": _("Le cours a lieu comme d’habitude."),
        "ajoute": _("Le cours est ajouté."),
    }
    return words.get(text, "")

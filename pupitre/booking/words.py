"""What takes a thing, in a sentence."""

from django.utils.translation import gettext as _

from pupitre.booking.models import Booking
from pupitre.booking.queries.resources import Resource
from pupitre.booking.queries.taken import Taken
from pupitre.foundation.ui.french import day, hour, in_paris


def described(taken: Taken, resource: Resource, reader_id: int) -> str:
    """« Salle 204 : cours de Mathématiques, 4e B, de 8 h 05 à 9 h. »"""
    facts = {"name": resource.name, "from": hour(taken.starts_at), "to": hour(taken.ends_at), "lesson": taken.lesson}
    if taken.use:
        return _("%(name)s : %(use)s, de %(from)s à %(to)s.") % (facts | {"use": taken.use})
    if taken.booking is None:
        return _("%(name)s : cours de %(lesson)s, de %(from)s à %(to)s.") % facts
    facts |= {"who": taken.booking.booked_by.formal_name, "purpose": taken.booking.purpose}
    if taken.booking.booked_by_id == reader_id:
        return _("%(name)s : vous l’avez déjà de %(from)s à %(to)s (%(purpose)s).") % facts
    return _("%(name)s : réservation de %(who)s, de %(from)s à %(to)s (%(purpose)s).") % facts


def booked_by(words: list[str]) -> str:
    """« réservée par Mme Roussel (Exposés) », after « La salle est »."""
    return _("réservée par %(who)s (%(purpose)s)") % {"who": words[0], "purpose": words[1]}


def when(row: Booking) -> str:
    """« jeudi 26 novembre, de 10 h 10 à 11 h 05 »."""
    starts, ends = in_paris(row.starts_at), in_paris(row.ends_at)
    return _("%(day)s, de %(from)s à %(to)s") % {"day": day(starts), "from": hour(starts), "to": hour(ends)}


def said(text: str) -> str:
    """What the page that one comes back to says was done."""
    words = {
        "reserve": _("C’est réservé."),
        "annule": _("C’est annulé : l’horaire est de nouveau libre."),
        "materiel": _("C’est enregistré."),
        "retire": _("Ce matériel n’est plus prêté ; ceux qui l’avaient réservé sont prévenus."),
    }
    return words.get(text, "")

"""What cannot be noted, each in a sentence that says what to do."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import day, hour


class Refusal(ValueError):
    """Something asked of the room that it does not do; holds a sentence for whoever asked."""


def too_early(opens_at: dt.time) -> Refusal:
    """The lesson is not about to begin."""
    return Refusal(
        _("Il est trop tôt : cet appel ouvre dix minutes avant le cours, à %(hour)s.") % {"hour": hour(opens_at)}
    )


def another_day(on: dt.date) -> Refusal:
    """A teacher comes back to a register of another day."""
    text = _("L’appel du %(day)s n’est plus ouvert aux enseignants. Dites à la vie scolaire ce qu’il faut corriger.")
    return Refusal(text % {"day": day(on)})


def says_no_reason(on: dt.date) -> Refusal:
    """The office corrects a register of another day without saying why."""
    text = _("Dites pourquoi vous corrigez l’appel du %(day)s : la raison reste dans le dossier.")
    return Refusal(text % {"day": day(on)})


def no_lesson() -> Refusal:
    """The lesson does not take place."""
    return Refusal(_("Ce cours n’a pas lieu : il n’y a pas d’appel à faire."))


def not_expected() -> str:
    """A student who left the class, or never was in it."""
    return _("Cet élève n’est plus attendu à ce cours : rien n’a été noté pour lui.")


def too_old() -> str:
    """A mark that waited on a device for more than a day."""
    return _("Resté plus de 24 heures sur l’appareil : rien n’a été noté. Dites-le à la vie scolaire.")


def unknown_state() -> Refusal:
    """A device sends what we do not know."""
    return Refusal(_("Cet appel n’a pas pu être lu. Rechargez la page, puis recommencez."))


def changed_meanwhile(label: str, by: str) -> str:
    """Somebody else marked the student since the teacher's page was opened."""
    if by:
        return _("%(by)s a noté « %(state)s » entre-temps.") % {"by": by, "state": label}
    return _("« %(state)s » a été noté entre-temps.") % {"state": label}


def clock_is_off(difference: dt.timedelta) -> str:
    """The clock of the device is wrong by some minutes; nothing was lost."""
    minutes = round(abs(difference.total_seconds()) / 60)
    size = (
        f"{minutes // 60}\N{NO-BREAK SPACE}h"
        if minutes >= 60 and minutes % 60 < 5
        else f"{minutes}\N{NO-BREAK SPACE}min"
    )
    text = (
        _("L’horloge de cet appareil avance d’environ %(size)s : les heures notées sont celles du serveur.")
        if difference > dt.timedelta()
        else _("L’horloge de cet appareil retarde d’environ %(size)s : les heures notées sont celles du serveur.")
    )
    return text % {"size": size}

"""Why a change is refused, in the words of the page."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import day, day_year


class Refusal(ValueError):
    """The change cannot be made; its text is a sentence for whoever asks for it."""


def course_ended(on: dt.date) -> Refusal:
    return Refusal(_("Ce cours est terminé depuis le %(day)s.") % {"day": day_year(on)})


def outside_year(on: dt.date) -> Refusal:
    return Refusal(_("Le %(day)s n’est pas dans l’année scolaire.") % {"day": day_year(on)})


def closed(on: dt.date, reason: str) -> Refusal:
    return Refusal(
        _("Il n’y a pas cours le %(day)s\N{NO-BREAK SPACE}: %(reason)s.") % {"day": day(on), "reason": reason}
    )


def out_of_order() -> Refusal:
    return Refusal(_("La fin du cours doit venir après son début."))


def unknown_room() -> Refusal:
    return Refusal(_("Cette salle n’existe pas dans l’établissement."))


def unknown_teacher() -> Refusal:
    return Refusal(_("Cette personne n’enseigne pas dans l’établissement."))


def hour_taken() -> Refusal:
    return Refusal(_("Ce cours a déjà lieu ce jour-là à cette heure."))


def dropped() -> Refusal:
    return Refusal(
        _("Un import a retiré ce cours de l’emploi du temps\N{NO-BREAK SPACE}: il ne peut plus être modifié.")
    )


def nothing_ticked() -> Refusal:
    return Refusal(_("Cochez au moins un cours."))


def absence_out_of_order() -> Refusal:
    return Refusal(_("La fin de l’absence doit venir après son début."))


def not_held() -> Refusal:
    return Refusal(_("Ce cours n’a pas lieu\N{NO-BREAK SPACE}: il n’y a plus personne à remplacer."))


def already_offered() -> Refusal:
    return Refusal(_("Ce cours est déjà proposé à quelqu’un, qui n’a pas encore répondu."))


def already_answered() -> Refusal:
    return Refusal(_("Vous avez déjà répondu, ou la proposition a été retirée."))


def teacher_is_busy(name: str) -> Refusal:
    return Refusal(_("%(name)s a déjà cours à cette heure.") % {"name": name})


def you_are_busy() -> Refusal:
    return Refusal(_("Vous avez déjà cours à cette heure\N{NO-BREAK SPACE}: voyez avec l’établissement."))


def placement_out_of_order() -> Refusal:
    return Refusal(_("Le stage finit avant de commencer. Changez l’un des deux jours."))


def placement_outside_year() -> Refusal:
    return Refusal(_("Ces jours ne sont pas tous dans l’année scolaire. Changez le début ou la fin."))


def signed_with_nobody(name: str) -> Refusal:
    return Refusal(
        _("La convention de %(name)s est signée\N{NO-BREAK SPACE}: écrivez avec quelle entreprise.") % {"name": name}
    )

"""The answer at the gate, as a plain sentence."""

from django.utils.translation import gettext as _

from pupitre.attendance.gate import Verdict, Why
from pupitre.foundation.ui.french import hour


def answer_of(verdict: Verdict) -> str:
    """« Oui, jusqu’à 13 h 30 », « Non, pas avant 16 h 05 »."""
    if verdict.may:
        return _("Oui, jusqu’à %(hour)s") % {"hour": hour(verdict.until)} if verdict.until else _("Oui")
    return _("Non, pas avant %(hour)s") % {"hour": hour(verdict.until)} if verdict.until else _("Non")


def reason_of(verdict: Verdict) -> str:
    """Why, in a sentence."""
    lesson = verdict.lesson
    facts = {
        "lesson": lesson.label if lesson else "",
        "start": hour(lesson.starts_at) if lesson else "",
        "end": hour(lesson.ends_at) if lesson else "",
    }
    return (_yes(verdict) if verdict.may else _no(verdict)) % facts


def _yes(verdict: Verdict) -> str:
    return {
        Why.OFFICE: _("Autorisation de la vie scolaire."),
        Why.NO_LESSON: _("Pas de cours aujourd’hui."),
        Why.CANCELLED: _("Les cours suivants sont supprimés."),
        Why.OVER: _("Les cours sont finis."),
        Why.NOON: _("Pause du repas. Prochain cours à %(start)s : %(lesson)s."),
        Why.GAP: _("Pas de cours en ce moment. Prochain cours à %(start)s : %(lesson)s."),
    }[verdict.why]


def _no(verdict: Verdict) -> str:
    return {
        Why.NO_REGIME: _("Aucun régime de sortie n’est enregistré. Appelez la vie scolaire."),
        Why.NEVER: _("Seulement avec un responsable."),
        Why.IN_LESSON: _("En cours jusqu’à %(end)s : %(lesson)s."),
        Why.RECESS: _("Ce n’est qu’une pause. Prochain cours à %(start)s : %(lesson)s."),
        Why.NOON: _("Le repas se prend dans l’établissement. Prochain cours à %(start)s : %(lesson)s."),
        Why.GAP: _("Pas de sortie entre deux cours. Prochain cours à %(start)s : %(lesson)s."),
        Why.FIXED: _("Les cours sont finis, mais la sortie se fait à heures fixes."),
        Why.CANCELLED: _("Cours supprimé, mais la sortie attend la fin prévue de la journée : %(lesson)s, %(end)s."),
    }[verdict.why]

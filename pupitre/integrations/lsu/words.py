"""Faults in words: what is missing and what to do, for whoever mends it."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.lsu.checking import Code, Fault, Screen

TITLES: dict[Screen, tuple[Text, Text]] = {
    Screen.STUDENTS: (_("Élèves"), _("À corriger dans SIECLE, puis refaire l’import.")),
    Screen.STAFF: (_("Professeurs"), _("À corriger dans STSWeb, puis refaire l’import.")),
    Screen.DISCIPLINES: (_("Disciplines"), _("Un code national de six caractères par matière.")),
    Screen.COURSES: (
        _("Services"),
        _("Chaque service a un professeur : à corriger dans STSWeb, puis refaire l’import."),
    ),
    Screen.DATES: (_("Dates des conseils"), _("À fixer classe par classe, dans les périodes.")),
    Screen.APPRECIATIONS: (_("Appréciations"), _("À écrire par le professeur du service.")),
    Screen.MARKS: (_("Moyennes"), _("Ni moyenne ni positionnement : l’élève part « non noté » dans cette matière.")),
    Screen.SYNTHESES: (_("Synthèses"), _("À écrire par le professeur principal, à arrêter par le conseil.")),
    Screen.PROJECTS: (
        _("Projets"),
        _("Un EPI a deux disciplines, un accompagnement personnalisé une ; sinon ils ne partent pas."),
    ),
    Screen.SCHOOL_LIFE: (_("Vie scolaire"), _("Demi-journées, retards et commentaire de la vie scolaire.")),
}

SAID: dict[Code, Text] = {
    Code.NO_NUMBER: _("sans identifiant SIECLE (ELEVE_ID)"),
    Code.SAME_NUMBER: _("identifiant SIECLE porté par deux élèves"),
    Code.NO_INE: _("sans INE"),
    Code.NO_LINE: _("aucune matière avec une note ou une appréciation"),
    Code.NO_STS: _("sans identifiant STS"),
    Code.BAD_CODE: _("sans code national de six caractères"),
    Code.NO_TEACHER: _("sans professeur"),
    Code.NOTHING_TOLD: _("ni évaluation, ni appréciation : ce service ne part pas"),
    Code.NO_COUNCIL: _("sans date de conseil"),
    Code.NO_APPRECIATION: _("appréciation manquante"),
    Code.LONG_APPRECIATION: _("appréciation de plus de 600 caractères"),
    Code.LONG_ELEMENT: _("élément du programme de plus de 300 caractères"),
    Code.NO_RESULT: _("ni moyenne, ni positionnement"),
    Code.NO_SYNTHESIS: _("synthèse manquante"),
    Code.LONG_SYNTHESIS: _("synthèse de plus de 1 000 caractères"),
    Code.NOT_VALIDATED: _("bulletin non arrêté par le conseil"),
    Code.LONE_PROJECT: _("pas assez de disciplines"),
    Code.LONG_PROJECT: _("intitulé ou texte trop long"),
    Code.TOO_MANY: _("plus de 999 demi-journées ou retards"),
    Code.NO_CYCLE: _("bilan de fin de cycle incomplet"),
    Code.LONG_COMMENT: _("commentaire de plus de 600 caractères"),
    Code.PENDING: _(
        "demi-journées en attente d’un motif : comme sur le bulletin, elles ne partent ni justifiées, ni non justifiées"
    ),
}


def told(faults: Iterable[Fault]) -> list[str]:
    """« Français : appréciation manquante », each once; of somebody who left, nothing more than that."""
    said = [f"{each.label}\N{NO-BREAK SPACE}: {SAID[each.code]}" for each in faults]
    return list(dict.fromkeys(said)) or [str(_("a quitté l’établissement pendant la période"))]

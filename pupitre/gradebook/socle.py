"""The common base (socle): its eight components and what each is judged by at the end of cycle 4.

Codes are those of the LSU. Source: Code de l’éducation, D122-1 and annexe; éduscol, « Évaluation des acquis du socle commun,
éléments pour l’appréciation du niveau de maîtrise satisfaisant en fin de cycle 4 » (2016).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.IntegerChoices):
    """A level of mastery. Shown by its letter and its words, never by a colour alone."""

    INSUFFICIENT = 1, _("Maîtrise insuffisante")
    FRAGILE = 2, _("Maîtrise fragile")
    SATISFYING = 3, _("Maîtrise satisfaisante")
    VERY_GOOD = 4, _("Très bonne maîtrise")


LETTERS = {
    Level.INSUFFICIENT.value: "I",
    Level.FRAGILE.value: "F",
    Level.SATISFYING.value: "S",
    Level.VERY_GOOD.value: "T",
}


class Domain(models.TextChoices):
    """A component of the base."""

    FRENCH = "CPD_FRA", _("Langue française à l’oral et à l’écrit")
    FOREIGN = "CPD_ETR", _("Langues étrangères ou régionales")
    SCIENCE = "CPD_SCI", _("Langages mathématiques, scientifiques et informatiques")
    ARTS = "CPD_ART", _("Langages des arts et du corps")
    METHODS = "MET_APP", _("Méthodes et outils pour apprendre")
    CITIZEN = "FRM_CIT", _("Formation de la personne et du citoyen")
    NATURE = "SYS_NAT", _("Systèmes naturels et systèmes techniques")
    WORLD = "REP_MND", _("Représentations du monde et activité humaine")


@dataclass(frozen=True, slots=True)
class Skill:
    """Something to master. `key` names it for ever: « CPD_FRA.2 » of the base, « E.14 » of the school."""

    key: str
    domain: str
    label: str

    @property
    def is_own(self) -> bool:
        """Whether it is of the school."""
        return self.key.startswith("E.")


_ITEMS = {
    Domain.FRENCH: (
        "S’exprimer à l’oral",
        "Lire et comprendre l’écrit",
        "Écrire",
        "Exploiter les ressources de la langue, réfléchir sur le système linguistique",
    ),
    Domain.FOREIGN: (
        "Lire et comprendre l’écrit",
        "Écrire et réagir à l’écrit",
        "Écouter et comprendre",
        "S’exprimer à l’oral en continu et en interaction",
    ),
    Domain.SCIENCE: (
        "Utiliser les nombres",
        "Utiliser le calcul littéral",
        "Exprimer une grandeur mesurée ou calculée dans une unité adaptée",
        "Passer d’un langage à un autre",
        "Utiliser le langage des probabilités",
        "Utiliser et produire des représentations d’objets",
    ),
    Domain.ARTS: (
        "Pratiquer des activités physiques, sportives et artistiques",
        "Pratiquer les arts en mobilisant divers langages artistiques et leurs ressources expressives",
        "Prendre du recul sur la pratique artistique individuelle et collective",
    ),
    Domain.METHODS: (
        "Organiser son travail personnel",
        "Coopérer et réaliser des projets",
        "Rechercher et traiter l’information et s’initier aux langages des médias",
        "Mobiliser des outils numériques pour apprendre, échanger, communiquer",
    ),
    Domain.CITIZEN: (
        "Maîtriser l’expression de sa sensibilité et de ses opinions, respecter celles des autres",
        "Connaître et comprendre la règle et le droit",
        "Exercer son esprit critique, faire preuve de réflexion et de discernement",
        "Faire preuve de responsabilité, respecter les règles de la vie collective, s’engager et prendre des initiatives",
    ),
    Domain.NATURE: (
        "Mener une démarche scientifique, résoudre un problème",
        "Concevoir des objets et systèmes techniques",
        "Identifier des règles et des principes de responsabilité individuelle et collective dans les domaines de la santé, "
        "de la sécurité, de l’environnement",
    ),
    Domain.WORLD: (
        "Situer et se situer dans le temps et l’espace",
        "Analyser et comprendre les organisations humaines et les représentations du monde",
        "Raisonner, imaginer, élaborer, produire",
    ),
}

SOCLE: Mapping[str, Skill] = {
    f"{domain.value}.{place}": Skill(f"{domain.value}.{place}", domain.value, label)
    for domain, labels in _ITEMS.items()
    for place, label in enumerate(labels, 1)
}
"""The items of the base, by key, in order."""

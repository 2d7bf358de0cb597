"""What a line of another tool may tell, and how its columns are called in the exports we know (PRONOTE, EDT, SIECLE…)."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.takeover.models import Thing

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column may hold. `names`: titles of columns, folded, the surest first."""

    key: str
    label: Text
    names: tuple[str, ...]


FIELDS = (
    Field("ine", _("INE"), ("ine", "numero ine", "n ine", "identifiant national", "id national", "ine rnie")),
    Field("number", _("Numéro interne de l’élève"), (
        "eleve id", "elenoet", "numero interne", "n interne", "numero", "numero eleve", "n eleve", "identifiant eleve",
        "id eleve", "identifiant", "id siecle", "matricule",
    )),
    Field("student", _("Élève (nom et prénom ensemble)"), (
        "eleve", "nom prenom", "nom et prenom", "nom et prenom de l eleve", "identite", "nom complet", "nom de l eleve",
    )),
    Field("last_name", _("Nom"), ("nom", "nom de famille", "nom eleve", "nom d usage", "nom de naissance")),
    Field("first_name", _("Prénom"), ("prenom", "prenoms", "prenom eleve", "prenom 1", "prenom de l eleve")),
    Field("birth_date", _("Date de naissance"), ("ne le", "nee le", "date de naissance", "date naissance", "naissance", "ne e le")),
    Field("division", _("Classe"), ("classe", "division", "classe de l eleve", "code division", "structure")),
    Field("thing", _("Nature (absence, retard…)"), ("nature", "type", "type d evenement", "evenement", "genre", "rubrique")),
    Field("measure", _("Incident, punition ou sanction : laquelle"), (
        "nature de la sanction", "nature de la punition", "type de sanction", "type de punition", "type d incident", "sanction",
        "punition", "mesure", "libelle de la sanction", "libelle de la punition", "categorie",
    )),
    Field("starts_on", _("Jour, ou premier jour"), (
        "date de debut", "date debut", "debut", "du", "date", "jour", "date d absence", "date du retard", "le", "date abs",
    )),
    Field("starts_at", _("Heure, ou heure de début"), (
        "heure de debut", "heure debut", "h debut", "de", "heure", "heure d arrivee", "debut heure", "a partir de",
    )),
    Field("ends_on", _("Dernier jour"), ("date de fin", "date fin", "fin", "au", "jusqu au", "dernier jour")),
    Field("ends_at", _("Heure de fin"), ("heure de fin", "heure fin", "h fin", "a", "fin heure", "jusqu a")),
    Field("half", _("Demi-journée (matin, après-midi)"), (
        "demi journee", "demi journees", "dj", "periode", "matin apres midi", "moment",
    )),
    Field("minutes", _("Durée d’un retard, en minutes"), (
        "duree du retard", "minutes", "duree", "duree min", "nb minutes", "retard",
    )),
    Field("reason", _("Motif"), ("motif", "motifs", "motif d absence", "motif du retard", "libelle motif", "cause", "raison")),
    Field("justified", _("Justifiée ou recevable (oui, non)"), (
        "justifie", "justifiee", "recevable", "motif recevable", "justification", "absence justifiee", "valable",
    )),
    Field("settled", _("Réglée administrativement (oui, non)"), (
        "ra", "reglee", "regle", "reglee administrativement", "regularisee", "regularise", "reglement administratif",
    )),
    Field("gravity", _("Gravité d’un incident (1 à 5)"), ("gravite", "niveau de gravite", "niveau")),
    Field("place", _("Lieu d’un incident"), ("lieu", "lieu de l incident", "endroit")),
    Field("role", _("Rôle dans un incident (auteur, victime, témoin)"), ("role", "implication", "qualite")),
    Field("author", _("Donnée ou décidée par"), (
        "demandeur", "auteur", "donnee par", "decidee par", "decideur", "personnel", "professeur", "declarant", "signalee par",
    )),
    Field("comment", _("Remarque"), ("commentaire", "commentaires", "remarque", "observation", "observations", "complement")),
)  # fmt: skip
NAMED = {field.key: field for field in FIELDS}

NAMES_STUDENT = ({"ine"}, {"number"}, {"student"}, {"last_name", "first_name"})
"""Sets of columns one of which is enough to look for a student."""

THING_WORDS = (
    (Thing.LATENESS, ("retard",)),
    (Thing.INFIRMARY, ("infirm", "soin")),
    (Thing.OTHER, ("dispens", "observation", "defaut", "carnet", "encourag", "convoc")),
    (Thing.INCIDENT, ("incident",)),
    (Thing.SANCTION, ("sanction", "avertissement", "blame", "responsabilisation", "exclusion temporaire", "exclusion definitive",
                      "exclusion de l etab", "exclusion de la classe")),
    (Thing.PUNISHMENT, ("punition", "retenue", "exclu", "devoir sup", "travail sup", "excuse")),
    (Thing.ABSENCE, ("abs",)),
)  # fmt: skip
"""Beginnings of words that tell what a line is, in the order in which they are looked for."""


def thing_of(word: str) -> Thing | None:
    """What a folded word tells of: « retard », « absence cours »; None when it is not known."""
    return next((thing for thing, starts in THING_WORDS if any(start in word for start in starts)), None)

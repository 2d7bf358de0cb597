"""What a line of another tool may tell, and how its columns are called in the exports we know (PRONOTE, EDT, SIECLE…)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.takeover.models import RESULTS, Thing

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a column may hold. `names`: titles of columns, folded, the surest first."""

    key: str
    label: Text
    names: tuple[str, ...]

    def is_named(self, titles: Iterable[str]) -> bool:
        """Whether one of these titles, folded, is one of its names."""
        return any(title in self.names for title in titles)


STUDENT_FIELDS = (
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
)  # fmt: skip
"""Whom a line names, whatever it tells."""

FIELDS = (
    *STUDENT_FIELDS,
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

RESULT_FIELDS = (
    *STUDENT_FIELDS,
    Field("subject", _("Matière"), (
        "matiere", "discipline", "service", "enseignement", "libelle matiere", "libelle de la matiere", "nom de la matiere",
    )),
    Field("teacher", _("Enseignant"), ("professeur", "enseignant", "prof", "nom du professeur", "professeurs", "enseignants")),
    Field("held_on", _("Jour de l’évaluation"), (
        "date", "date du devoir", "date de l evaluation", "date de la note", "date devoir", "le", "jour",
    )),
    Field("title", _("Titre de l’évaluation"), (
        "devoir", "titre", "intitule", "evaluation", "controle", "libelle", "libelle du devoir", "nom du devoir", "sujet", "theme",
    )),
    Field("mark", _("Note"), ("note", "note obtenue", "note eleve", "note de l eleve", "valeur", "resultat")),
    Field("scale", _("Barème (20 si rien ne le dit)"), ("bareme", "sur", "note sur", "notation", "note max")),
    Field("coefficient", _("Coefficient (1 si rien ne le dit)"), ("coefficient", "coef", "coeff")),
    Field("period", _("Période"), ("periode", "periode de notation", "trimestre", "semestre", "trimestre semestre")),
    Field("year", _("Année scolaire"), ("annee scolaire", "annee", "millesime")),
    Field("average", _("Moyenne de l’élève"), (
        "moyenne", "moyenne eleve", "moyenne de l eleve", "moy", "moy eleve", "moyenne generale", "moyenne generale de l eleve",
    )),
    Field("class_average", _("Moyenne de la classe"), (
        "moyenne classe", "moyenne de la classe", "moy classe", "moyenne generale de la classe", "moyenne generale classe",
    )),
    Field("text", _("Appréciation"), (
        "appreciation", "appreciations", "appreciation du professeur", "appreciation generale", "appreciation globale", "synthese",
        "appreciation du conseil de classe", "bilan",
    )),
    Field("mention", _("Mention du conseil"), ("mention", "mentions", "avis du conseil", "avis", "distinction", "recompense")),
    Field("half_days", _("Demi-journées d’absence"), (
        "demi journees d absence", "demi journees", "absences", "nb demi journees", "nombre de demi journees",
        "demi journees absence",
    )),
    Field("unjustified", _("dont non justifiées"), (
        "non justifiees", "dont non justifiees", "demi journees non justifiees", "absences non justifiees", "injustifiees",
    )),
    Field("lates", _("Retards"), ("retards", "nb retards", "nombre de retards")),
    Field("remark", _("Remarque"), ("remarque", "commentaire", "annotation", "observation")),
)  # fmt: skip
"""What a line of results may tell: a mark, an average, or a whole bulletin."""

NAMED_RESULTS = {field.key: field for field in RESULT_FIELDS}
_OF_A_MARK = ("subject", "teacher", "held_on", "title", "mark", "scale", "coefficient", "period", "year", "remark")
_OF_AN_AVERAGE = ("subject", "teacher", "period", "year", "average", "class_average", "text")
_OF_A_BULLETIN = (
    "period", "year", "average", "class_average", "text", "mention", "half_days", "unjustified", "lates",
)  # fmt: skip
_OF = {Thing.MARK: _OF_A_MARK, Thing.AVERAGE: _OF_AN_AVERAGE, Thing.BULLETIN: _OF_A_BULLETIN}


def fields_of(thing: str) -> tuple[Field, ...]:
    """What a line of this kind may tell."""
    if thing not in RESULTS:
        return FIELDS
    keys = {field.key for field in STUDENT_FIELDS} | set(_OF[Thing(thing)])
    return tuple(field for field in RESULT_FIELDS if field.key in keys)


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
    (Thing.BULLETIN, ("bulletin",)),
    (Thing.AVERAGE, ("moyenne", "appreciation")),
    (Thing.MARK, ("note", "devoir", "evaluation")),
)  # fmt: skip
"""Beginnings of words that tell what a line is, in the order in which they are looked for."""


def thing_of(word: str) -> Thing | None:
    """What a folded word tells of: « retard », « absence cours »; None when it is not known."""
    return next((thing for thing, starts in THING_WORDS if any(start in word for start in starts)), None)

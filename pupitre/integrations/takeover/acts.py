"""How other tools call what students did and what was decided: their words → our kinds. Pure."""

import re
from collections.abc import Sequence

from pupitre.discipline.models import Incident, IncidentPerson, Punishment
from pupitre.discipline.scale import Kind
from pupitre.integrations.takeover.models import Thing

Words = Sequence[tuple[str, tuple[str, ...]]]

SANCTIONS: Words = (
    (Kind.EXPULSION, ("definitive",)),
    (Kind.CLASS_EXCLUSION, ("exclusion temporaire de la classe", "exclusion de la classe", "exclusion inclusion",
                            "exclusion interne", "exclusion temporaire de classe")),
    (Kind.SCHOOL_EXCLUSION, ("exclusion temporaire", "exclusion de l etab", "exclusion etab", "exclusion externe")),
    (Kind.RESPONSIBILITY, ("responsabilisation",)),
    (Kind.REPRIMAND, ("blame",)),
    (Kind.WARNING, ("avertissement",)),
)  # fmt: skip
PUNISHMENTS: Words = (
    (Punishment.Kind.LESSON_EXCLUSION, ("exclusion de cours", "exclusion du cours", "exclu de cours", "exclusion d un cours",
                                        "exclusion cours", "exclusion ponctuelle")),
    (Punishment.Kind.DETENTION, ("retenue", "colle")),
    (Punishment.Kind.EXTRA_WORK, ("devoir", "travail", "lecon", "copie")),
    (Punishment.Kind.EXCUSE, ("excuse", "lettre")),
)  # fmt: skip
INCIDENTS: Words = (
    (Incident.Kind.HARASSMENT, ("harcel",)),
    (Incident.Kind.SEXUAL, ("sexuel", "sexist")),
    (Incident.Kind.DISCRIMINATION, ("racis", "discrimin", "homophob", "antisemit")),
    (Incident.Kind.SECULARISM, ("laicite",)),
    (Incident.Kind.VERBAL, ("insult", "injur", "menac", "verbal")),
    (Incident.Kind.PHYSICAL, ("physique", "bagarre", "coup", "violence", "agress", "bouscul")),
    (Incident.Kind.THEFT, ("vol", "racket")),
    (Incident.Kind.DAMAGE, ("degrad", "casse", "tag")),
    (Incident.Kind.DRUGS, ("tabac", "cigarette", "alcool", "stup", "drogue", "vapot", "puff")),
    (Incident.Kind.OBJECT, ("arme", "couteau", "objet", "telephone", "portable")),
    (Incident.Kind.INTRUSION, ("intrusion", "sortie sans", "fugue")),
    (Incident.Kind.INSOLENCE, ("insolen", "refus", "provoc")),
    (Incident.Kind.DISRUPTION, ("perturb", "bavard", "comportement", "chahut", "agit")),
)
ROLES: Words = (
    (IncidentPerson.Role.VICTIM, ("victime",)),
    (IncidentPerson.Role.WITNESS, ("temoin",)),
    (IncidentPerson.Role.OFFENDER, ("",)),
)
OF_THING: dict[str, Words] = {Thing.SANCTION: SANCTIONS, Thing.PUNISHMENT: PUNISHMENTS, Thing.INCIDENT: INCIDENTS}
_SIGNS = re.compile(r"[^\w]+")


def kind_in(words: Words, *texts: str) -> str:
    """The first kind that one of these folded texts names, the first text that says one; empty when none does."""
    for text in texts:
        plain = f" {_SIGNS.sub(' ', text)} "
        found = next((str(kind) for kind, starts in words if any(f" {start}" in plain for start in starts)), "")
        if found:
            return found
    return ""

"""The cast: the same people in the demo, the tests, the documentation and the screenshots.

They live in the national files like anybody else; `Identifier` says by which number an import knows them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from demo.identifiers import (
    ACADEMY,
    COLLEGE,
    EMPTY_COLLEGE,
    LYCEE,
    LYCEE_AGRICOLE,
    ine,
    person_id,
    staff_id,
    student_id,
)
from demo.people.contacts import fold

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Identifier:
    """A number given by an outside system; `namespace` is where it is unique (UAI, academy)."""

    source: str
    namespace: str
    value: str


@dataclass(frozen=True, slots=True)
class CastMember:
    """Someone to sign in as. `profile` and `post` are set for the roles that no national file tells."""

    slug: str
    first_name: str
    last_name: str
    role: StrOrPromise
    to_try: StrOrPromise
    uais: tuple[str, ...]
    identifiers: tuple[Identifier, ...] = ()
    profile: str = ""
    post: str = ""
    sex: str = "2"

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    @property
    def email(self) -> str:
        """Of those who have no number: a guardian of a table, and the roles that no file tells."""
        return f"{fold(self.first_name)}.{fold(self.last_name)}@exemple.invalid"


def _student(uai: str, rank: int, key: int) -> Identifier:
    return Identifier("siecle_student", uai, str(student_id(rank, key)))


def _ine(key: int) -> Identifier:
    return Identifier("ine", "national", ine(key))


def _guardian(uai: str, rank: int, key: int) -> Identifier:
    return Identifier("siecle_person", uai, str(person_id(rank, key)))


def _staff(key: int) -> Identifier:
    return Identifier("sts_epp", ACADEMY, str(staff_id(key)))


# Keys of the cast in the region: the first numbers of each series.
INES, ELIAS, SARAH, LUCIE = 1, 2, 3, 4
NADIA, MOURAD, BRUNO = 1, 2, 3
HELENE, COLLEAGUE, CPE, PRINCIPAL, NEIGHBOUR = 1, 2, 3, 4, 5

CAST: tuple[CastMember, ...] = (
    CastMember(
        "eleve", "Inès", "Belkacem", _("Élève de 4e B"),
        _("Regarde ta journée, puis ta semaine : latin, espagnol et demi-groupes compris."),
        (COLLEGE,), (_student(COLLEGE, 0, INES),),
    ),
    CastMember(
        "frere", "Elias", "Belkacem", _("Élève de 6e C, le frère d’Inès"),
        _("Regarde si tu as cours cet après-midi, et dans quelle salle."),
        (COLLEGE,), (_student(COLLEGE, 0, ELIAS),), sex="1",
    ),
    CastMember(
        "soeur", "Sarah", "Belkacem", _("Élève de 2de 4 au lycée, la sœur d’Inès"),
        _("Regarde ta semaine au lycée : semaines A et B, groupes de langue."),
        (LYCEE,), (_student(LYCEE, 1, SARAH),),
    ),
    CastMember(
        "parent", "Nadia", "Belkacem", _("Mère d’Inès (4e B), d’Elias (6e C) et de Sarah (2de 4)"),
        _("Suivez vos trois enfants, au collège et au lycée, sur une seule page."),
        (COLLEGE, LYCEE), (_guardian(COLLEGE, 0, NADIA), _guardian(LYCEE, 1, NADIA)),
    ),
    CastMember(
        "enseignante", "Hélène", "Roussel", _("Professeure de mathématiques, professeure principale de la 4e B"),
        _("Passez du collège au lycée sans vous reconnecter et ouvrez la liste de la 4e B."),
        (COLLEGE, LYCEE), (_staff(HELENE),),
    ),
    CastMember(
        "collegue", "Antoine", "Delmas", _("Professeur de français au collège"),
        _("Consultez l’emploi du temps de la 6e C, que vous suivez avec Mme Roussel."),
        (COLLEGE,), (_staff(COLLEAGUE),), sex="1",
    ),
    CastMember(
        "cpe", "Karim", "Bensaïd", _("Conseiller principal d’éducation du collège"),
        _("Cherchez un élève et trouvez qui appeler, et dans quelle salle il se trouve."),
        (COLLEGE,), (_staff(CPE),), sex="1",
    ),
    CastMember(
        "principal", "Claire", "Fontanel", _("Principale du collège"),
        _("Voyez votre établissement d’un coup d’œil et les comptes déjà activés."),
        (COLLEGE,), (_staff(PRINCIPAL),),
    ),
    CastMember(
        "secretaire", "Sylvie", "Marchal", _("Secrétaire de direction du collège"),
        _("Déposez un export SIECLE et lisez ce qu’il changerait avant de l’appliquer."),
        (COLLEGE,), profile="administrative", post="Secrétariat de direction",
    ),
    CastMember(
        "referent", "Aurélie", "Castaing", _("Référente numérique du collège"),
        _("Imprimez les codes d’une classe, ou importez la rentrée du collège encore vide."),
        (COLLEGE, EMPTY_COLLEGE), profile="local_admin", post="Référente numérique",
    ),
    CastMember(
        "academie", "Denis", "Le Goff", _("Référent de l’académie"),
        _("Comparez les imports des quatre établissements, sans voir les élèves."),
        (COLLEGE, LYCEE, LYCEE_AGRICOLE, EMPTY_COLLEGE), profile="academy_admin", post="Académie", sex="1",
    ),
    CastMember(
        "parent-voisin", "Bruno", "Castelnau", _("Père de Lucie (1re CGEA, lycée agricole)"),
        _("Vérifiez que rien du collège ni du lycée des Deux-Rives ne vous parvient."),
        (LYCEE_AGRICOLE,), sex="1",
    ),
    CastMember(
        "eleve-voisin", "Lucie", "Castelnau", _("Élève de 1re CGEA au lycée agricole"),
        _("Regarde ta semaine, travaux pratiques à l’étable compris."),
        (LYCEE_AGRICOLE,), (_ine(LUCIE),),
    ),
    CastMember(
        "enseignante-voisine", "Maëlle", "Kerjean", _("Professeure de français au lycée agricole"),
        _("Ouvrez votre semaine, puis essayez l’adresse d’une classe du collège."),
        (LYCEE_AGRICOLE,), (_staff(NEIGHBOUR),),
    ),
)  # fmt: skip


CIRCLES = (
    (_("Une famille"), ("eleve", "frere", "soeur", "parent")),
    (
        _("Celles et ceux qui travaillent au collège"),
        ("enseignante", "collegue", "cpe", "principal", "secretaire", "referent", "academie"),
    ),
    (_("Les voisins, qui ne doivent rien voir du collège"), ("parent-voisin", "eleve-voisin", "enseignante-voisine")),
)
"""The cast as /demo/ presents it: everybody, once."""


def member(slug: str) -> CastMember:
    """A member of the cast by slug. Raises KeyError."""
    return {one.slug: one for one in CAST}[slug]

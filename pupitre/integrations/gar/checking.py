"""What a school should mend before its people find their resources, in words, under the page where it is mended."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.gar.records import Human, Structure, is_level


class Screen(StrEnum):
    """The page where something is mended."""

    IMPORTS = "imports"
    DIRECTORY = "directory"
    ASSIGNERS = "assigners"


class Code(StrEnum):
    """What is wrong, or worth knowing."""

    NO_FIRST_NAME = "no_first_name"
    NO_MAIL = "no_mail"
    GONE = "gone"
    NOBODY_ASSIGNS = "nobody_assigns"
    NO_CLASS = "no_class"
    NO_PROGRAMME = "no_programme"
    NO_LEVEL = "no_level"
    NO_BIRTH_DATE = "no_birth_date"
    UNNAMED_PROGRAMME = "unnamed_programme"
    NO_TEACHING = "no_teaching"


BLOCKING = {Code.NO_FIRST_NAME, Code.NO_MAIL, Code.GONE}
SAID: dict[Code, Text] = {
    Code.NO_FIRST_NAME: _("Sans prénom : le GAR en demande un, la personne n’est pas transmise."),
    Code.NO_MAIL: _(
        "Responsable d’affectation sans adresse professionnelle : le GAR "
        "en demande une, la personne n’est pas transmise comme telle."
    ),
    Code.GONE: _("Responsable d’affectation qui ne fait plus partie des personnels : retirez son nom."),
    Code.NOBODY_ASSIGNS: _(
        "Aucun responsable d’affectation : personne ne pourra donner les ressources aux élèves et aux professeurs."
    ),
    Code.NO_CLASS: _("Élève sans classe aujourd’hui : les ressources données à une classe ne lui viendront pas."),
    Code.NO_PROGRAMME: _("Élève sans formation (MEF) : les ressources données à un niveau ne lui viendront pas."),
    Code.NO_LEVEL: _(
        "Élève dont le niveau n’a pas de code national (l’annuaire fédérateur le donne, ONDE non) : "
        "les ressources données à un niveau ne lui viendront pas."
    ),
    Code.NO_BIRTH_DATE: _("Élève sans date de naissance : le GAR s’en sert pour reconnaître les doublons."),
    Code.UNNAMED_PROGRAMME: _("Formation sans libellé : son code en tient lieu."),
    Code.NO_TEACHING: _("Aucun enseignement connu : les ressources données à une matière ne viendront à personne."),
}
TITLES: dict[Screen, tuple[Text, Text]] = {
    Screen.ASSIGNERS: (_("Responsables d’affectation"), _("Se corrige plus bas, sur cette page.")),
    Screen.DIRECTORY: (_("Comptes et adresses"), _("Se corrige dans l’annuaire, ou dans l’import qui l’a écrit.")),
    Screen.IMPORTS: (_("Imports"), _("Se corrige dans SIECLE, ONDE ou STSWEB, puis par un nouvel import.")),
}
_AT = {
    Code.NO_FIRST_NAME: Screen.IMPORTS, Code.NO_CLASS: Screen.IMPORTS, Code.NO_PROGRAMME: Screen.IMPORTS,
    Code.NO_LEVEL: Screen.IMPORTS,
    Code.NO_BIRTH_DATE: Screen.IMPORTS, Code.UNNAMED_PROGRAMME: Screen.IMPORTS, Code.NO_TEACHING: Screen.IMPORTS,
    Code.NO_MAIL: Screen.DIRECTORY, Code.GONE: Screen.ASSIGNERS, Code.NOBODY_ASSIGNS: Screen.ASSIGNERS,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend, and whom or what it is about."""

    code: Code
    about: tuple[str, ...] = ()

    @property
    def is_blocking(self) -> bool:
        """Whether somebody is left out because of it."""
        return self.code in BLOCKING

    @property
    def said(self) -> Text:
        """In words."""
        return SAID[self.code]


def check(
    structure: Structure,
    students: list[Human],
    staff: list[Human],
    assigners: list[tuple[str, Human | None]],
    *,
    has_mefs: bool,
) -> dict[Screen, list[Fault]]:
    """What is to be mended, by page, what blocks first. `assigners`: a name, and the person if they still work there."""
    in_class = {number for number, code in structure.members if code in _divisions(structure)}
    levelled = {number for number, mef in structure.student_programmes if has_mefs or is_level(mef)}
    nameless = [each for each in (*students, *staff) if not each.first_name]
    sent = [each for each in students if each.first_name]
    found = [
        (Code.NO_FIRST_NAME, [each.last_name for each in nameless]),
        (Code.GONE, [name for name, human in assigners if human is None]),
        (Code.NO_MAIL, [name for name, human in assigners if human is not None and not human.mails]),
        (Code.NO_CLASS, [_name(each) for each in sent if _key(each) not in in_class]),
        (
            Code.NO_PROGRAMME if has_mefs else Code.NO_LEVEL,
            [_name(each) for each in sent if _key(each) not in levelled],
        ),
        (Code.NO_BIRTH_DATE, [_name(each) for each in sent if each.birth_date is None]),
        (Code.UNNAMED_PROGRAMME, _unnamed(structure) if has_mefs else []),
    ]
    faults = [Fault(code, tuple(about)) for code, about in found if about]
    if not assigners:
        faults.append(Fault(Code.NOBODY_ASSIGNS))
    if students and has_mefs and not structure.teachings:
        faults.append(Fault(Code.NO_TEACHING))
    by_page: dict[Screen, list[Fault]] = {}
    for fault in sorted(faults, key=lambda each: not each.is_blocking):
        by_page.setdefault(_AT[fault.code], []).append(fault)
    return by_page


def _unnamed(structure: Structure) -> list[str]:
    return [mef for mef, (label, _stat) in structure.programmes.items() if not label]


def _divisions(structure: Structure) -> set[str]:
    return {team.code for team in structure.teams if team.is_division}


def _key(human: Human) -> str:
    # One who only looks draws no number: the record stands for it.
    return str(human.person)


def _name(human: Human) -> str:
    return f"{human.last_name} {human.first_name}"

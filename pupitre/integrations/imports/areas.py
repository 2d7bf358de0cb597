"""Who decides of what (SIE-3): the parts of the school that a source owns, and which files speak of them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.integrations.exchange.records import Kind
from pupitre.integrations.imports.words import CONTENTS

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Area:
    """A part of what is known here. `keys`: first words of the keys of its differences; `codes`: findings that are only its own."""

    label: Text
    owner: Text
    contents: frozenset[str]
    keys: frozenset[str]
    codes: frozenset[str]

    def read_in(self, contents: list[str]) -> frozenset[str]:
        """The files of an import that speak of it."""
        return self.contents & set(contents)

    def source(self, contents: list[str]) -> str:
        """The software that decides, as an import says it; the usual one when none ever did."""
        names = [str(CONTENTS[kind][0]) for kind in contents if kind in self.contents]
        return names[0] if names else str(self.owner)


STUDENTS = Area(
    _("Élèves : identité, classe, régime, formation"),
    _("SIECLE"),
    frozenset({Kind.STUDENTS, Kind.FREGATA, Kind.ONDE_STUDENTS, Kind.ONEROSTER}),
    frozenset({"student"}),
    frozenset(
        {
            *("ine_twice", "left_before_known", "same_student", "no_class", "two_divisions", "unknown_student"),
            *("bad_ine", "no_ine", "bad_mef", "no_mef", "bad_status", "unknown_regime", "no_birth_town"),
            *("not_come", "two_numbers"),
        }
    ),
)
GUARDIANS = Area(
    _("Responsables : liens, autorité, coordonnées"),
    _("SIECLE"),
    frozenset({Kind.GUARDIANS, Kind.FREGATA, Kind.ONDE_GUARDIANS, Kind.CSV_GUARDIANS, Kind.ONEROSTER}),
    frozenset({"guardian", "link"}),
    frozenset(
        {
            *("no_contact", "no_legal_guardian", "link_without_student", "guardian_without_student", "same_link"),
            *("unknown_relation", "unknown_end", "bad_level", "level_to_confirm", "no_child", "no_child_name"),
            *("no_student", "two_links"),
        }
    ),
)
STAFF = Area(
    _("Personnels et professeurs principaux"),
    _("STS"),
    frozenset({Kind.STAFF, Kind.ONDE_STAFF, Kind.ONEROSTER}),
    frozenset({"staff", "head"}),
    frozenset({"vacant_post"}),
)
STRUCTURES = Area(
    _("Classes, groupes, matières, calendrier"),
    _("SIECLE"),
    frozenset({Kind.COMMONS, Kind.NOMENCLATURE, Kind.STRUCTURES}),
    frozenset({"group", "subject", "programme", "term", "closure", "year"}),
    frozenset({"same_code", "bad_code", "unknown_division", "bad_closure", "bad_term"}),
)
TIMETABLE = Area(
    _("Emploi du temps : services, enseignants, horaires"),
    _("STS"),
    frozenset({Kind.TIMETABLE, Kind.STAFF, Kind.EDT, Kind.UDT, Kind.ICS, Kind.CSV_TIMETABLE}),
    frozenset({"course", "lesson"}),
    frozenset(
        {
            "course_without_teacher",
            "unknown_teacher",
            "bad_lesson",
            "bad_week",
            "to_match",
            "overlap",
            "unplaced",
            "presumed_weeks",
            "waiting_lessons",
            "not_weekly",
        }
    ),
)
AREAS = (STUDENTS, GUARDIANS, STAFF, STRUCTURES, TIMETABLE)
_BY_KEY = {word: area for area in AREAS for word in area.keys}
_BY_CODE = {code: area for area in AREAS for code in area.codes}


def area_of_key(key: str) -> Area | None:
    """The area of a difference."""
    return _BY_KEY.get(key.partition(":")[0])


def area_of_code(code: str) -> Area | None:
    """The area of a finding; None when a file of any area may say it (« fiche sans identifiant »)."""
    return _BY_CODE.get(code)

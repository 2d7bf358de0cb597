"""Imports in the words of the office: what files hold, what was found in them, what happened."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.integrations.exchange.records import Kind

Text = str | Promise

CONTENTS: dict[str, tuple[str, Text]] = {
    Kind.COMMONS: ("SIECLE", gettext_lazy("établissement")),
    Kind.NOMENCLATURE: ("SIECLE", gettext_lazy("nomenclatures")),
    Kind.STRUCTURES: ("SIECLE", gettext_lazy("structures")),
    Kind.STUDENTS: ("SIECLE", gettext_lazy("élèves")),
    Kind.GUARDIANS: ("SIECLE", gettext_lazy("responsables")),
    Kind.STAFF: ("STS", gettext_lazy("personnels et services")),
    Kind.TIMETABLE: ("STS", gettext_lazy("emploi du temps")),
    Kind.FREGATA: ("Fregata", gettext_lazy("élèves et responsables")),
    Kind.ONDE_STUDENTS: ("ONDE", gettext_lazy("élèves")),
    Kind.ONDE_GUARDIANS: ("ONDE", gettext_lazy("responsables")),
    Kind.ONDE_STAFF: ("ONDE", gettext_lazy("enseignants")),
    Kind.CSV_GUARDIANS: (gettext_lazy("CSV"), gettext_lazy("responsables")),
}  # type: ignore[dict-item]
"""Each kind of file: the software it comes from, and what it speaks of."""

TITLES: dict[str, Text] = {
    "two_people_one_id": gettext_lazy("Un identifiant pour deux personnes"),
    "ine_twice": gettext_lazy("Un INE porté par plusieurs élèves"),
    "same_id": gettext_lazy("Deux fiches avec le même identifiant"),
    "same_names": gettext_lazy("Deux fiches avec les mêmes noms"),
    "same_student": gettext_lazy("Deux fiches pour le même élève"),
    "no_id": gettext_lazy("Fiche sans identifiant"),
    "no_name": gettext_lazy("Fiche sans nom"),
    "no_contact": gettext_lazy("Responsable sans moyen de contact"),
    "no_legal_guardian": gettext_lazy("Élève sans responsable légal"),
    "no_class": gettext_lazy("Élève sans classe"),
    "two_divisions": gettext_lazy("Élève dans deux classes"),
    "unknown_group": gettext_lazy("Classe ou groupe inconnu"),
    "unknown_mef": gettext_lazy("Formation (MEF) inconnue"),
    "unknown_subject": gettext_lazy("Matière inconnue"),
    "link_without_student": gettext_lazy("Responsable d’un élève inconnu"),
    "guardian_without_student": gettext_lazy("Responsable sans élève"),
    "left_before_known": gettext_lazy("Élève déjà sorti"),
    "course_without_teacher": gettext_lazy("Cours sans enseignant"),
    "vacant_post": gettext_lazy("Poste sans enseignant"),
    "bad_birth_date": gettext_lazy("Date de naissance à vérifier"),
    "bad_phone": gettext_lazy("Téléphone à vérifier"),
    "bad_email": gettext_lazy("Adresse électronique à vérifier"),
    "bad_width": gettext_lazy("Ligne illisible"),
    "bad_lesson": gettext_lazy("Cours illisible"),
    "bad_week": gettext_lazy("Semaine illisible"),
    "short_time": gettext_lazy("Heure écrite en raccourci"),
}

_COUNTS: dict[str, tuple[Text, Text]] = {
    "students": (gettext_lazy("élève"), gettext_lazy("élèves")),
    "guardians": (gettext_lazy("responsable"), gettext_lazy("responsables")),
    "staff": (gettext_lazy("personnel"), gettext_lazy("personnels")),
    "divisions": (gettext_lazy("classe"), gettext_lazy("classes")),
    "lessons": (gettext_lazy("cours de la semaine"), gettext_lazy("cours de la semaine")),
    "subjects": (gettext_lazy("matière"), gettext_lazy("matières")),
}


def origin(contents: Iterable[str]) -> str:
    """The software files come from, « SIECLE » or « SIECLE et STS »; empty when nothing was read."""
    names = list(dict.fromkeys(str(CONTENTS[each][0]) for each in sorted(contents, key=_rank) if each in CONTENTS))
    return _(" et ").join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def contents_text(contents: Iterable[str]) -> str:
    """What files hold: « SIECLE : élèves, responsables · STS : emploi du temps »."""
    by_origin: dict[str, list[str]] = {}
    for each in sorted(contents, key=_rank):
        if each in CONTENTS:
            name, what = CONTENTS[each]
            by_origin.setdefault(str(name), []).append(str(what))
    return " · ".join(f"{name}\N{NO-BREAK SPACE}: {', '.join(what)}" for name, what in by_origin.items())


def content_text(content: str) -> str:
    """One kind of file: « SIECLE, élèves »."""
    name, what = CONTENTS.get(content, (content, ""))
    return f"{name}, {what}" if what else str(name)


def count_words(name: str) -> tuple[Text, Text] | None:
    """How a count of `ImportJob.counts` is said, singular and plural; None for those nobody asks about."""
    return _COUNTS.get(name)


def title_of(code: str) -> str:
    """What a finding is, in three words; one that has no name yet is « À vérifier »."""
    return str(TITLES.get(code) or _("À vérifier"))


def _rank(content: str) -> int:
    return list(CONTENTS).index(content) if content in CONTENTS else len(CONTENTS)

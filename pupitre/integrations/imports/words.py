"""Imports in the words of the office: what files hold, what was found in them, what happened."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.integrations.exchange.records import Kind
from pupitre.integrations.imports.kinds import Kind as ChangeKind

Text = str | Promise

CONTENTS: dict[str, tuple[Text, Text]] = {
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
    Kind.EDT: ("EDT", gettext_lazy("emploi du temps")),
    Kind.EDT_STUDENTS: ("EDT", gettext_lazy("élèves des groupes")),
    Kind.UDT: ("UDT", gettext_lazy("emploi du temps")),
    Kind.ICS: (gettext_lazy("Agenda (ICS)"), gettext_lazy("emploi du temps")),
    Kind.CSV_TIMETABLE: (gettext_lazy("CSV"), gettext_lazy("emploi du temps")),
    Kind.ONEROSTER: ("OneRoster", gettext_lazy("classes et personnes")),
    Kind.AAF: ("AAF", gettext_lazy("annuaire de l’académie")),
}
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
    "bad_mail": gettext_lazy("Adresse électronique à vérifier"),
    "bad_structure": gettext_lazy("Classe ou groupe à vérifier"),
    "bad_code": gettext_lazy("Code à vérifier"),
    "same_code": gettext_lazy("Deux fois le même code"),
    "unknown_division": gettext_lazy("Classe inconnue"),
    "unknown_student": gettext_lazy("Élève inconnu"),
    "unknown_relation": gettext_lazy("Lien de parenté inconnu"),
    "unknown_end": gettext_lazy("Lien vers une fiche absente"),
    "same_link": gettext_lazy("Deux fois le même lien"),
    "bad_level": gettext_lazy("Niveau de responsabilité à vérifier"),
    "level_to_confirm": gettext_lazy("Niveau de responsabilité à confirmer"),
    "no_child": gettext_lazy("Responsable sans enfant"),
    "no_child_name": gettext_lazy("Responsable d’un enfant sans nom"),
    "long_name": gettext_lazy("Nom trop long"),
    "lost_letters": gettext_lazy("Lettres perdues dans un nom"),
    "bad_term": gettext_lazy("Période à vérifier"),
    "bad_closure": gettext_lazy("Fermeture à vérifier"),
    "bad_date": gettext_lazy("Date à vérifier"),
    "bad_identifier": gettext_lazy("Identifiant à vérifier"),
    "bad_ine": gettext_lazy("INE à vérifier"),
    "no_ine": gettext_lazy("Élève sans INE"),
    "bad_mef": gettext_lazy("Formation (MEF) à vérifier"),
    "no_mef": gettext_lazy("Élève sans formation (MEF)"),
    "no_previous_mef": gettext_lazy("Formation (MEF) de l’an dernier absente"),
    "bad_status": gettext_lazy("Statut à vérifier"),
    "unknown_regime": gettext_lazy("Régime inconnu"),
    "no_birth_town": gettext_lazy("Commune de naissance absente"),
    "no_first_name": gettext_lazy("Fiche sans prénom"),
    "no_code": gettext_lazy("Classe ou groupe sans code"),
    "no_subject": gettext_lazy("Enseignement sans matière"),
    "no_student": gettext_lazy("Lien sans élève"),
    "not_come": gettext_lazy("Élève qui n’est pas venu"),
    "two_links": gettext_lazy("Deux liens pour le même élève"),
    "two_numbers": gettext_lazy("Deux numéros pour le même élève"),
    "controls": gettext_lazy("Caractères retirés du fichier"),
    "entities": gettext_lazy("Lettres rétablies dans le fichier"),
    "encoding": gettext_lazy("Lettres accentuées à vérifier"),
    "not_needed": gettext_lazy("Fichier dont l’import n’a pas besoin"),
    "unknown_tag": gettext_lazy("Rubrique inconnue"),
    "not_whole": gettext_lazy("Fichier incomplet"),
    "weeks_out_of_year": gettext_lazy("Semaines hors de l’année"),
    "unknown_teacher": gettext_lazy("Enseignant inconnu"),
    "week_not_monday": gettext_lazy("Semaine qui ne commence pas un lundi"),
    "no_year": gettext_lazy("Année scolaire absente du fichier"),
    "bad_width": gettext_lazy("Ligne illisible"),
    "bad_lesson": gettext_lazy("Cours illisible"),
    "bad_week": gettext_lazy("Semaine illisible"),
    "no_end": gettext_lazy("Cours sans fin"),
    "no_sts_id": gettext_lazy("Enseignant sans identifiant STS"),
    "to_match": gettext_lazy("Nom à reconnaître"),
    "presumed_weeks": gettext_lazy("Semaines à vérifier"),
    "unplaced": gettext_lazy("Cours sans heure"),
    "overlap": gettext_lazy("Deux cours à la même heure"),
    "waiting_lessons": gettext_lazy("Cours en attente"),
    "not_weekly": gettext_lazy("Rendez-vous isolé"),
    "short_time": gettext_lazy("Heure écrite en raccourci"),
    "short_link": gettext_lazy("Lien de responsabilité incomplet"),
    "adult_unknown": gettext_lazy("Responsable attendu de l’annuaire"),
    "no_key": gettext_lazy("Fiche sans numéro"),
    "unknown_id": gettext_lazy("Changement d’une fiche inconnue"),
    "complete_modifies": gettext_lazy("Archive complète qui demande des changements"),
    "french_date": gettext_lazy("Date à vérifier"),
    "long_subject": gettext_lazy("Matière au code trop long"),
    "misspelt_column": gettext_lazy("Colonne au nom mal écrit"),
    "no_manifest": gettext_lazy("Archive sans manifeste"),
    "not_declared": gettext_lazy("Fichier que le manifeste dit absent"),
    "other_version": gettext_lazy("Version inconnue"),
    "role_to_give": gettext_lazy("Rôle à donner à la main"),
    "school_without_code": gettext_lazy("Établissement sans code UAI"),
    "unknown_reference": gettext_lazy("Renvoi à une fiche absente"),
    "unopened": gettext_lazy("Établissement qui n’est pas ouvert ici"),
}

_COUNTS: dict[str, tuple[Text, Text]] = {
    "students": (gettext_lazy("élève"), gettext_lazy("élèves")),
    "guardians": (gettext_lazy("responsable"), gettext_lazy("responsables")),
    "staff": (gettext_lazy("personnel"), gettext_lazy("personnels")),
    "divisions": (gettext_lazy("classe"), gettext_lazy("classes")),
    "lessons": (gettext_lazy("cours de la semaine"), gettext_lazy("cours de la semaine")),
    "subjects": (gettext_lazy("matière"), gettext_lazy("matières")),
}

_KINDS: dict[str, tuple[Text, Text]] = {
    ChangeKind.NEW_STUDENT: (gettext_lazy("élève"), gettext_lazy("élèves")),
    ChangeKind.NEW_GUARDIAN: (gettext_lazy("responsable"), gettext_lazy("responsables")),
    ChangeKind.NEW_STAFF: (gettext_lazy("personnel"), gettext_lazy("personnels")),
    ChangeKind.SAME_PERSON: (gettext_lazy("personne à reconnaître"), gettext_lazy("personnes à reconnaître")),
    ChangeKind.CHANGED_CLASS: (gettext_lazy("changement de classe"), gettext_lazy("changements de classe")),
    ChangeKind.CHANGED_GROUPS: (gettext_lazy("changement de groupe"), gettext_lazy("changements de groupe")),
    ChangeKind.CHANGED_REGIME: (gettext_lazy("régime"), gettext_lazy("régimes")),
    ChangeKind.CHANGED_IDENTITY: (gettext_lazy("identité"), gettext_lazy("identités")),
    ChangeKind.CHANGED_SCHOOLING: (gettext_lazy("scolarité"), gettext_lazy("scolarités")),
    ChangeKind.CHANGED_CONTACT: (gettext_lazy("coordonnée"), gettext_lazy("coordonnées")),
    ChangeKind.CHANGED_ID: (gettext_lazy("identifiant"), gettext_lazy("identifiants")),
    ChangeKind.NEW_LINK: (gettext_lazy("responsable ajouté"), gettext_lazy("responsables ajoutés")),
    ChangeKind.CHANGED_LINK: (gettext_lazy("responsabilité"), gettext_lazy("responsabilités")),
    ChangeKind.REMOVED_LINK: (gettext_lazy("responsable retiré"), gettext_lazy("responsables retirés")),
    ChangeKind.CHANGED_STAFF: (gettext_lazy("fonction"), gettext_lazy("fonctions")),
    ChangeKind.FORM_TEACHER: (gettext_lazy("professeur principal"), gettext_lazy("professeurs principaux")),
    ChangeKind.NEW_GROUP: (gettext_lazy("classe ou groupe"), gettext_lazy("classes et groupes")),
    ChangeKind.CHANGED_GROUP: (gettext_lazy("groupe renommé"), gettext_lazy("groupes renommés")),
    ChangeKind.ENDED_GROUP: (gettext_lazy("groupe supprimé"), gettext_lazy("groupes supprimés")),
    ChangeKind.SUBJECT: (gettext_lazy("matière"), gettext_lazy("matières")),
    ChangeKind.PROGRAMME: (gettext_lazy("formation"), gettext_lazy("formations")),
    ChangeKind.CALENDAR: (gettext_lazy("date du calendrier"), gettext_lazy("dates du calendrier")),
    ChangeKind.NEW_COURSE: (gettext_lazy("enseignement nouveau"), gettext_lazy("enseignements nouveaux")),
    ChangeKind.CHANGED_COURSE: (gettext_lazy("changement d’enseignant"), gettext_lazy("changements d’enseignant")),
    ChangeKind.ENDED_COURSE: (gettext_lazy("enseignement supprimé"), gettext_lazy("enseignements supprimés")),
    ChangeKind.NEW_LESSON: (gettext_lazy("cours ajouté"), gettext_lazy("cours ajoutés")),
    ChangeKind.MOVED_LESSON: (gettext_lazy("cours déplacé"), gettext_lazy("cours déplacés")),
    ChangeKind.CHANGED_LESSON: (gettext_lazy("cours modifié"), gettext_lazy("cours modifiés")),
    ChangeKind.REMOVED_LESSON: (gettext_lazy("cours retiré"), gettext_lazy("cours retirés")),
    ChangeKind.CHANGED_TIMETABLE: (gettext_lazy("changement d’horaires"), gettext_lazy("changements d’horaires")),
}


_SOURCES: dict[str, Text] = {
    "edt": "EDT", "udt": "UDT", "ics": gettext_lazy("Agenda (ICS)"), "csv": gettext_lazy("CSV"), "sts": "STS",
}  # fmt: skip


def source_name(source: str) -> str:
    """The software that a correspondence is of, « EDT »."""
    return str(_SOURCES.get(source, source))


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


def kind_words(kind: str) -> tuple[Text, Text] | None:
    """How a number of changes of a kind is said, singular and plural; None for those who leave, whose part says it."""
    return _KINDS.get(kind)


def title_of(code: str) -> str:
    """What a finding is, in three words; one that has no name yet is « À vérifier »."""
    return str(TITLES.get(code) or _("À vérifier"))


def _rank(content: str) -> int:
    return list(CONTENTS).index(content) if content in CONTENTS else len(CONTENTS)

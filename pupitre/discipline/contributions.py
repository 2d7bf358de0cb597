from django.utils.translation import gettext_lazy as _

from pupitre.attendance.models import Indicator
from pupitre.attendance.watch_sources import watch_source
from pupitre.directory.profiles import Profile
from pupitre.discipline.models import (
    Acknowledgement,
    Detention,
    Incident,
    IncidentPerson,
    Punishment,
    Sanction,
)
from pupitre.discipline.policies import DECIDE, GIVERS, HOLDERS, PUNISH, VIEW
from pupitre.discipline.waiting import (
    OF_CHILDREN,
    OF_HEAD,
    OF_OFFICE,
    OF_STUDENT,
    TO_REPORT,
    of_children,
    of_head,
    of_office,
    of_student,
    to_report,
)
from pupitre.discipline.watching import incidents_since
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    MenuEntry,
    NotificationKind,
    PageLink,
    PersonalData,
    contribute,
)

watch_source(Indicator.INCIDENTS, incidents_since)
_GROUP = _("Incidents, punitions et sanctions")
_FAMILY: dict[str, str] = {Profile.STUDENT: "immediate", Profile.GUARDIAN: "immediate"}
_YEAR = _("L’année scolaire en cours, puis un an.")
_FACTS = _("Le temps de la scolarité dans l’établissement : l’effacement d’une sanction n’efface pas les faits.")
_ERASED = _("Jusqu’au jour où elle est effacée du dossier (Code de l’éducation, R511-13).")

contribute(
    Capability(PUNISH, _("Donner une punition et signaler un incident"), _GROUP),
    Capability(VIEW, _("Voir toutes les punitions, tous les incidents et toutes les sanctions"), _GROUP),
    Capability(DECIDE, _("Écrire une sanction décidée par la direction ou le conseil de discipline"), _GROUP),
    NotificationKind("discipline.punishment", _("Punition"), defaults=_FAMILY),
    NotificationKind("discipline.detention", _("Retenue : jour, report, absence"), defaults=_FAMILY),
    NotificationKind("discipline.sanction", _("Décision de la direction"), defaults=_FAMILY),
    NotificationKind(
        "discipline.erased", _("Sanction effacée, ou réponse à une demande d’effacement"), defaults=_FAMILY
    ),
    NotificationKind("discipline.incident_shown", _("Incident qui concerne mon enfant"), defaults=_FAMILY),
    NotificationKind(
        "discipline.incident",
        _("Incident signalé"),
        defaults={Profile.SCHOOL_LIFE: "immediate", Profile.HEAD: "daily"},
    ),
    NotificationKind(
        "discipline.report",
        _("Exclusion de cours : rapport"),
        defaults={Profile.SCHOOL_LIFE: "immediate", Profile.HEAD: "daily"},
    ),
    NotificationKind("discipline.plan", _("Retenue à planifier"), defaults={Profile.SCHOOL_LIFE: "daily"}),
    NotificationKind("discipline.erasure", _("Effacement de sanction demandé"), defaults={Profile.HEAD: "immediate"}),
    MenuEntry(
        "discipline.week",
        _("Incidents et suivis"),
        "drapeau",
        "discipline:week",
        17,
        profiles=HOLDERS,
        capability=VIEW,
        group="school_life",
    ),
    MenuEntry(
        "discipline.sanctions",
        _("Sanctions"),
        "balance",
        "discipline:sanctions",
        18,
        capability=DECIDE,
        group="school_life",
    ),
    MenuEntry(
        "discipline.punishments",
        _("Punitions"),
        "drapeau",
        "discipline:punishments",
        45,
        profiles=frozenset({Profile.TEACHER}),
        capability=PUNISH,
        group="teaching",
    ),
    MenuEntry(
        "discipline.mine",
        _("Vie scolaire"),
        "drapeau",
        "discipline:mine",
        42,
        profiles=frozenset({Profile.STUDENT}),
        group="schooling",
    ),
    MenuEntry(
        "discipline.children",
        _("Vie scolaire"),
        "drapeau",
        "discipline:children",
        42,
        profiles=frozenset({Profile.GUARDIAN}),
        group="schooling",
    ),
    PageLink(
        "discipline.record", _("Suivi"), "drapeau", "discipline:record", "student", 10, profiles=GIVERS, capability=VIEW
    ),
    PageLink(
        "discipline.give", _("Punir"), "crayon", "discipline:give", "student", 20, profiles=GIVERS, capability=PUNISH
    ),
    PageLink("discipline.class", _("Punir un élève"), "crayon", "discipline:choose_in_class", "group", profiles=GIVERS),
    PageLink(
        "discipline.mark",
        _("Écrire le rapport d’exclusion"),
        "crayon",
        "discipline:give",
        "mark",
        profiles=GIVERS,
        state="excluded",
    ),
    ActionSource("discipline.of_children", OF_CHILDREN, of_children, profiles=frozenset({Profile.GUARDIAN})),
    ActionSource("discipline.of_student", OF_STUDENT, of_student, profiles=frozenset({Profile.STUDENT})),
    ActionSource("discipline.to_report", TO_REPORT, to_report, profiles=frozenset({Profile.TEACHER})),
    ActionSource("discipline.of_office", OF_OFFICE, of_office, profiles=frozenset({Profile.SCHOOL_LIFE})),
    ActionSource("discipline.of_head", OF_HEAD, of_head, capability=DECIDE),
    PersonalData(Punishment, "student", _("Suivre les punitions données par les personnels."), _YEAR),
    PersonalData(Detention, "punishment", _("Organiser les retenues."), _YEAR),
    PersonalData(Acknowledgement, "person", _("Savoir que la famille a lu une punition ou une sanction."), _YEAR),
    PersonalData(Incident, "people", _("Garder les faits, leur suite et les partenaires prévenus."), _FACTS),
    PersonalData(IncidentPerson, "student", _("Savoir qui a pris part à un incident."), _FACTS),
    PersonalData(Sanction, "student", _("Tenir le dossier administratif de l’élève."), _ERASED),
)

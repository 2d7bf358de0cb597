from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import (
    ActionSource,
    Capability,
    FileOwner,
    MenuEntry,
    NotificationKind,
    PageLink,
    PersonalData,
    contribute,
)
from pupitre.reportcards.models import (
    Acknowledgement,
    PastCard,
    PastResult,
    PastWhole,
    ProjectReport,
    ReportCard,
    ReportVersion,
    SubjectReport,
    TextVersion,
)
from pupitre.reportcards.policies import MANAGE, SCHOOL_LIFE, VIEW
from pupitre.reportcards.services.publishing import GIVEN, PURPOSE
from pupitre.reportcards.waiting import TO_ACKNOWLEDGE, TO_WRITE, to_acknowledge, to_write

_GROUP = _("Bulletins")
_PURPOSE = _("Rendre compte aux familles des acquis de l’élève (Code de l’éducation, D311-7 et R421-1).")
_KEEP = _("Le temps de la scolarité dans l’établissement ; les bulletins sont remis à la famille au départ.")

contribute(
    Capability(VIEW, _("Lire tous les bulletins"), _GROUP),
    Capability(MANAGE, _("Arrêter, publier et rouvrir les bulletins, choisir ce qu’ils montrent"), _GROUP),
    Capability(SCHOOL_LIFE, _("Écrire la ligne de vie scolaire des bulletins"), _GROUP),
    MenuEntry(
        "reportcards.staff",
        _("Bulletins"),
        "livre",
        "reportcards:home",
        42,
        profiles=frozenset({Profile.TEACHER}),
        capability=VIEW,
        group="teaching",
    ),
    MenuEntry(
        "reportcards.mine",
        _("Mes bulletins"),
        "livre",
        "reportcards:home",
        41,
        profiles=frozenset({Profile.STUDENT}),
        group="schooling",
    ),
    MenuEntry(
        "reportcards.family",
        _("Notes et bulletins"),
        "notes",
        "family_results:children",
        28,
        profiles=frozenset({Profile.GUARDIAN}),
        in_school=False,
        tab=True,
        short=_("Résultats"),
        group="schooling",
    ),
    PageLink("reportcards.student", _("Bulletins"), "livre", "reportcards:listed", "student", 32, capability=VIEW),
    PageLink(
        "reportcards.marks",
        _("Bulletins"),
        "livre",
        "reportcards:listed",
        "marks",
        40,
        profiles=frozenset({Profile.STUDENT, Profile.GUARDIAN}),
        capability=VIEW,
    ),
    NotificationKind(GIVEN, _("Bulletin à lire"), defaults={Profile.STUDENT: "daily", Profile.GUARDIAN: "immediate"}),
    ActionSource("reportcards.to_acknowledge", TO_ACKNOWLEDGE, to_acknowledge, profiles=frozenset({Profile.GUARDIAN})),
    ActionSource("reportcards.to_write", TO_WRITE, to_write, profiles=frozenset({Profile.TEACHER})),
    # Whoever sees a bulletin sees its PDF.
    FileOwner(PURPOSE, "reportcards.reportversion", "reportcards.view_version", largest_mb=5, most=1),
    PersonalData(ReportCard, "student", _PURPOSE, _KEEP),
    PersonalData(SubjectReport, "student", _PURPOSE, _KEEP),
    PersonalData(TextVersion, "student", _("Savoir qui a écrit une appréciation, et ne rien perdre à deux."), _KEEP),
    PersonalData(ProjectReport, "student", _PURPOSE, _KEEP),
    PersonalData(ReportVersion, "card", _("Garder chaque bulletin tel qu’il a été remis."), _KEEP),
    PersonalData(PastCard, "student", _("Garder les bulletins que l’ancien outil avait remis."), _KEEP),
    PersonalData(
        PastResult, "card", _("Garder les moyennes et appréciations que l’ancien outil avait remises."), _KEEP
    ),
    PersonalData(PastWhole, "card", _("Garder l’appréciation générale que l’ancien outil avait remise."), _KEEP),
    PersonalData(Acknowledgement, "guardian", _("Savoir que chaque responsable a reçu le bulletin."), _KEEP),
)

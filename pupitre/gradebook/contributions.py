from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.directory.watching import tell_watched
from pupitre.foundation.registry import (
    Capability,
    FileOwner,
    HomePart,
    MenuEntry,
    NotificationKind,
    PageLink,
    PersonalData,
    contribute,
)
from pupitre.gradebook.falling import falls_since
from pupitre.gradebook.latest import LATEST_OF_CHILDREN, LATEST_OF_STUDENT, decode_children, decode_latest
from pupitre.gradebook.models import FinalAverage, IncomingMark, MarkVersion, StudentMark, TakenAverage
from pupitre.gradebook.policies import MANAGE, VIEW
from pupitre.gradebook.services.publishing import NEW_MARK

_GROUP = _("Notes")
_PURPOSE = _("Évaluer les acquis de l’élève et en rendre compte aux familles (Code de l’éducation, D311-7).")
_KEEP = _("Le temps de la scolarité dans l’établissement.")

tell_watched("marks", falls_since, capability=VIEW)
contribute(
    Capability(VIEW, _("Lire toutes les notes"), _GROUP),
    Capability(MANAGE, _("Fixer les périodes et les règles des notes, rouvrir une classe, noter partout"), _GROUP),
    # Nothing of a mark is ever in a notice: « 3 nouvelles notes ».
    NotificationKind(NEW_MARK, _("Nouvelle note"), defaults={Profile.STUDENT: "daily", Profile.GUARDIAN: "daily"}),
    MenuEntry(
        "gradebook.services",
        _("Notes"),
        "notes",
        "gradebook:home",
        # Before the week, which the home shows: marks have their place in the bar of a teacher's phone.
        19,
        profiles=frozenset({Profile.TEACHER}),
        capability=VIEW,
        tab=True,
        group="teaching",
    ),
    MenuEntry(
        "gradebook.family",
        _("Notes"),
        "notes",
        "gradebook:home",
        30,
        # Guardians have those of all their children, of every school, beside the bulletins (`reportcards.family`).
        profiles=frozenset({Profile.STUDENT}),
        tab=True,
        group="schooling",
    ),
    PageLink("gradebook.student", _("Notes"), "notes", "gradebook:student", "student", 30, capability=VIEW),
    HomePart("gradebook.latest", LATEST_OF_STUDENT, decode_latest, frozenset({Profile.STUDENT})),
    HomePart("gradebook.children", LATEST_OF_CHILDREN, decode_children, frozenset({Profile.GUARDIAN})),
    FileOwner("gradebook.assessment", "gradebook.assessment", "gradebook.view_assessment", most=5),
    PersonalData(StudentMark, "student", _PURPOSE, _KEEP),
    PersonalData(MarkVersion, "mark", _("Savoir qui a écrit une note, et ne rien perdre à deux."), _KEEP),
    PersonalData(FinalAverage, "student", _PURPOSE, _KEEP),
    PersonalData(TakenAverage, "student", _PURPOSE, _KEEP),
    PersonalData(
        IncomingMark, "student", _("Proposer à l’enseignant la note qu’un outil extérieur a donnée à l’élève."), _KEEP
    ),
)

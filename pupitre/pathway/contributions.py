from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, Chore, PageLink, PersonalData, contribute
from pupitre.pathway.models import FollowUpNote
from pupitre.pathway.policies import VIEW
from pupitre.pathway.services import erase_old_notes

contribute(
    Capability(VIEW, _("Suivre le parcours de tous les élèves"), _("Suivi des élèves")),
    PageLink("pathway.student", _("Parcours"), "jalon", "pathway:student", "student", 20, capability=VIEW),
    # Who reads the marks of a student as a teacher is their form teacher.
    PageLink(
        "pathway.marks", _("Parcours"), "jalon", "pathway:student", "marks", 20, frozenset({Profile.TEACHER}), VIEW
    ),
    Chore("pathway.erase", erase_old_notes),
    PersonalData(
        FollowUpNote,
        "student",
        _("Suivre le parcours de l’élève et l’aider (Code de l’éducation, D331-23 et suivants)."),
        _("Jusqu’au dernier jour de l’année scolaire où la note est écrite."),
    ),
)

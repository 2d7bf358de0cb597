from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import PageLink, contribute

_WHO = frozenset({Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER})

# On the marks of the students of 3e: « 103 » is how their MEF begins.
contribute(
    PageLink(
        "dnb.student", _("Brevet (DNB)"), "cible", "dnb:student", "marks", 40, profiles=_WHO,
        capability="gradebook.view_all", state="103",
    ),
)  # fmt: skip

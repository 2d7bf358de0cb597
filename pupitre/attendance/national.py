"""What the ministry's surveys found, to read a school's figures beside; each with its year and its note.

The survey asks the share of students with four unjustified half-days or more in a month (DEPP, notes 17.06 and 23.14).
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pupitre.establishments.models import Establishment

Kind = Establishment.Kind


@dataclass(frozen=True, slots=True)
class Reference:
    """A share of students (in hundredths), the schools it is of, its year and where it was published."""

    share: float
    of: str | Promise
    year: str
    source: str


_COLLEGE, _LYCEE, _PRO = _("collèges"), _("lycées généraux et technologiques"), _("lycées professionnels")
_REFERENCES: dict[str, tuple[Reference, ...]] = {
    Kind.COLLEGE: (
        Reference(4.2, _COLLEGE, "2021-2022", "DEPP 23.14"),
        Reference(2.8, _COLLEGE, "2015-2016", "DEPP 17.06"),
    ),
    Kind.LYCEE: (
        Reference(5.9, _LYCEE, "2021-2022", "DEPP 23.14"),
        Reference(5.1, _LYCEE, "2015-2016", "DEPP 17.06"),
    ),
    Kind.LYCEE_PRO: (
        Reference(12.9, _PRO, "2021-2022", "DEPP 23.14"),
        Reference(13.8, _PRO, "2015-2016", "DEPP 17.06"),
    ),
}


def references_for(kind: str) -> tuple[Reference, ...]:
    """The references of schools of a kind, the newest first; none for those that the survey leaves out."""
    return _REFERENCES.get(kind, ())

"""Who counsels in the open school: a CPE is one by the function of their role, an assistant is not."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import COUNSELLOR_WORDS, Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock


def counsellors() -> QuerySet[Affiliation]:
    """The roles of the counsellors (CPE) of the open school today."""
    return roles_here().filter(
        reduce(or_, (Q(function__istartswith=word) for word in COUNSELLOR_WORDS)), profile=Profile.SCHOOL_LIFE
    )


def roles_here() -> QuerySet[Affiliation]:
    """The roles that people hold in the open school today."""
    return Affiliation.objects.filter(held_on(clock.today()), establishment=current_establishment_id())

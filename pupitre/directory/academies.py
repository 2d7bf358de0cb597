"""Which academies a person looks after: those of the schools where they are of the academy today."""

from pupitre.directory.identity import Identity
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment


def academies_of(identity: Identity) -> list[str]:
    """The numbers of the academies, in order; none for anybody else. One statement for the academy's people."""
    schools = {role.establishment for role in identity.roles or () if role.profile == Profile.ACADEMY_ADMIN}
    if not schools:
        return []
    found = Establishment.objects.filter(pk__in=schools).exclude(academy="")
    return sorted(set(found.values_list("academy", flat=True)))

"""What people may do in the open school: the rights that come with their profile, and those given for a time (IDN-2)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from pupitre.directory.activation import NOT_STAFF
from pupitre.directory.models import Affiliation, Grant, Person
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import CAPABILITIES, Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.registry import Capability, offered

FOUND = 20
"""People shown for one search."""


@dataclass(frozen=True, slots=True)
class Right:
    """A right, the profiles that have it of themselves, and how many people were given it today."""

    key: str
    label: str
    group: str
    profiles: tuple[str, ...]
    given: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """A right given to somebody. `state`: now, coming or ended."""

    grant: Grant
    label: str

    @property
    def state(self) -> str:
        today = clock.today()
        if self.grant.ends_on is not None and self.grant.ends_on < today:
            return "ended"
        return "coming" if self.grant.starts_on > today else "now"


@dataclass(frozen=True, slots=True)
class RightsOfPerson:
    """The rights of somebody here: `held` come with what they are (right, profiles), `given` and `ended` were given."""

    held: tuple[Right, ...]
    given: tuple[Given, ...]
    ended: tuple[Given, ...]


def rights() -> dict[str, Right]:
    """Every right that rooms offer, by key: group by group, then by name. No statement."""
    found = [
        Right(each.key, str(each.label), str(each.group) or _("Autres"), _profiles_with(each.key))
        for each in offered(Capability)
    ]
    return {right.key: right for right in sorted(found, key=lambda right: (fold(right.group), fold(right.label)))}


def rights_of_school() -> dict[str, list[Right]]:
    """Every right by group, with how many people were given it today; one statement."""
    given = Counter(each.grant.capability for each in given_in_school() if each.state == "now")
    groups: dict[str, list[Right]] = {}
    for right in rights().values():
        counted = Right(right.key, right.label, right.group, right.profiles, given[right.key])
        groups.setdefault(right.group, []).append(counted)
    return groups


def rights_of_profiles() -> list[tuple[str, list[Right]]]:
    """What each profile may do of itself, by profile; those that may do nothing come with an empty list."""
    known = rights()
    return [
        (str(Profile(profile).label), [right for right in known.values() if right.key in CAPABILITIES[profile]])
        for profile in Profile
    ]


def given_in_school(capability: str = "") -> list[Given]:
    """The rights given in the school, today's and those to come, by name then by right; one statement."""
    working = Exists(people_who_work().filter(pk=OuterRef("person")))
    grants = _grants().filter(Q(ends_on=None) | Q(ends_on__gte=clock.today()), working).select_related("person")
    if capability:
        grants = grants.filter(capability=capability)
    return _named(grants.order_by("person__sort_key", "person_id", "capability"))


def rights_of(person: Person) -> RightsOfPerson:
    """The rights of somebody who works here; two statements."""
    here = Affiliation.objects.filter(held_on(clock.today()), establishment=current_establishment_id())
    profiles = set(here.filter(person=person).values_list("profile", flat=True))
    held = tuple(
        Right(
            right.key, right.label, right.group, tuple(str(Profile(name).label) for name in Profile if name in having)
        )
        for right in rights().values()
        if (having := {name for name in profiles if right.key in CAPABILITIES[name]})
    )
    given = _named(_grants().filter(person=person).order_by("-ends_on", "capability"))
    return RightsOfPerson(
        held,
        tuple(each for each in given if each.state != "ended"),
        tuple(each for each in given if each.state == "ended"),
    )


def people_who_work(text: str = "") -> QuerySet[Person]:
    """Who works in the school, or soon will, guests included; those whose name holds every word of `text`, by name."""
    matching = Q()
    for word in fold(text).split():
        matching &= Q(sort_key__contains=word)
    roles = Affiliation.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=clock.today()), person=OuterRef("pk"), establishment=current_establishment_id()
    )
    return Person.objects.filter(matching, Exists(roles.exclude(profile__in=NOT_STAFF))).order_by("sort_key")


def _profiles_with(capability: str) -> tuple[str, ...]:
    return tuple(str(Profile(profile).label) for profile in Profile if capability in CAPABILITIES[profile])


def _grants() -> QuerySet[Grant]:
    return Grant.objects.filter(establishment=current_establishment_id())


def _named(grants: QuerySet[Grant]) -> list[Given]:
    labels = rights()
    return [Given(grant, labels[grant.capability].label) for grant in grants if grant.capability in labels]

"""Roles given by hand: people whom no national file tells. Who may give which, and which of them the school holds."""

from dataclasses import dataclass

from django.db.models import QuerySet

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import CAPABILITIES, Profile, given_by
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

TYPED, JOINED = "pupitre", "joined"
"""`Affiliation.source` of a role typed here: of somebody first written here, or already known in another school."""
BY_HAND = (TYPED, JOINED)

TYPED_PROFILES = (
    Profile.TEACHER,
    Profile.SCHOOL_LIFE,
    Profile.SUPPORT,
    Profile.HEALTH,
    Profile.ADMINISTRATIVE,
    Profile.LOCAL_ADMIN,
    Profile.HEAD,
    Profile.GUEST,
)
"""What a school may make of somebody: students and families come from its base, the academy's people from the academy."""


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role in the open school. `state`: now, coming or ended; `may_manage` whether the actor may end or prolong it."""

    affiliation: Affiliation
    may_manage: bool

    @property
    def label(self) -> str:
        return str(Profile(self.affiliation.profile).label)

    @property
    def state(self) -> str:
        today = clock.today()
        if self.affiliation.ends_on is not None and self.affiliation.ends_on < today:
            return "ended"
        return "coming" if self.affiliation.starts_on > today else "now"

    @property
    def is_by_hand(self) -> bool:
        return self.affiliation.source in BY_HAND


def givable_profiles(actor: Actor) -> tuple[Profile, ...]:
    """What the actor may make of somebody: a role is given by whoever holds every right that comes with it.

    Whoever may give rights gives any role but the head's: a digital referent hires the school-life office, whose contacts
    of families they do not read themselves.
    """
    if not actor.has("directory.manage_people"):
        return ()
    hires = actor.has("directory.grant")
    return tuple(
        profile
        for profile in TYPED_PROFILES
        if CAPABILITIES[profile] <= actor.capabilities or (hires and profile != Profile.HEAD)
    )


def may_give(actor: Actor, profile: str, function: str) -> bool:
    """Whether the actor may make that of somebody: what comes with the function counts, whoever types it."""
    return profile in givable_profiles(actor) and (
        actor.has("directory.grant") or given_by(profile, function) <= actor.capabilities
    )


def roles_of(person: Person, actor: Actor) -> list[HeldRole]:
    """What somebody is, will be and was in the open school, the last first; two statements."""
    return _held(_here().filter(person=person).exclude(profile=Profile.ACADEMY_ADMIN), actor)


def typed_roles(actor: Actor) -> list[HeldRole]:
    """The roles given by hand in the open school that the actor may manage, those that end first at the head; one statement."""
    roles = allowed(actor, "directory.manage_role", _here()).select_related("person__user")
    return [HeldRole(role, may_manage=True) for role in roles.order_by("ends_on", "person__sort_key")]


def _here() -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(establishment=current_establishment_id())


def _held(roles: QuerySet[Affiliation], actor: Actor) -> list[HeldRole]:
    mine = set(allowed(actor, "directory.manage_role", roles).values_list("pk", flat=True))
    return [HeldRole(role, role.pk in mine) for role in roles.order_by("-starts_on", "profile")]

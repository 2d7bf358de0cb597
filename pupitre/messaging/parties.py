"""The parties who write to each other, and how far one may write to another."""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile


class Party(models.TextChoices):
    """Profiles that the rules of writing treat alike."""

    STUDENT = "student", _("Élèves")
    GUARDIAN = "guardian", _("Responsables")
    TEACHER = "teacher", _("Professeurs et AESH")
    SCHOOL_LIFE = "school_life", _("Vie scolaire")
    HEAD = "head", _("Direction")
    OFFICE = "office", _("Administration")
    HEALTH = "health", _("Santé et social")


class Scope(models.TextChoices):
    """How far one party may write to another, the narrowest first."""

    NONE = "none", _("seulement pour répondre")
    DELEGATE = "delegate", _("les délégués, dans leur classe")
    CLASS = "class", _("dans leurs classes")
    ANY = "any", _("dans tout l’établissement")


FAMILIES = frozenset({Party.STUDENT, Party.GUARDIAN})
"""Whom quiet hours protect."""
STAFF_PARTIES = frozenset(Party) - FAMILIES

PARTY_OF_PROFILE: dict[str, Party] = {
    Profile.STUDENT: Party.STUDENT,
    Profile.GUARDIAN: Party.GUARDIAN,
    Profile.TEACHER: Party.TEACHER,
    Profile.SUPPORT: Party.TEACHER,
    Profile.SCHOOL_LIFE: Party.SCHOOL_LIFE,
    Profile.HEAD: Party.HEAD,
    Profile.ADMINISTRATIVE: Party.OFFICE,
    Profile.LOCAL_ADMIN: Party.OFFICE,
    Profile.HEALTH: Party.HEALTH,
}
"""Guests and the academy's people take no part."""

# Whom somebody speaks as when nothing says otherwise: their task before their family.
_WEIGHT = (
    *(Party.HEAD, Party.SCHOOL_LIFE, Party.HEALTH, Party.OFFICE, Party.TEACHER),
    *(Party.GUARDIAN, Party.STUDENT),
)


def parties_of(profiles: Iterable[str]) -> list[Party]:
    """The parties of somebody who holds these profiles, the one they speak as first."""
    held = {PARTY_OF_PROFILE[profile] for profile in profiles if profile in PARTY_OF_PROFILE}
    return [party for party in _WEIGHT if party in held]


def profiles_of(party: Party) -> list[str]:
    """The profiles that make a party."""
    return [str(profile) for profile, name in PARTY_OF_PROFILE.items() if name == party]

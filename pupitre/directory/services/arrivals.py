"""Adding the people whom no national file tells, and giving their roles an end."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from pupitre.accounts.models import User
from pupitre.accounts.services.closing import open_again
from pupitre.accounts.services.creation import NewAccount, create_accounts
from pupitre.directory import names
from pupitre.directory.duplicates import Typed
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import STAFF
from pupitre.directory.roles import JOINED, TYPED, may_give
from pupitre.directory.years import last_day_to_give
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience


class NotGivable(ValueError):
    """The actor may not give this role."""


class AlreadyHeld(ValueError):
    """The person is this in the school already."""


@dataclass(frozen=True, slots=True)
class NewRole:
    """What somebody becomes, from a day to another, both included. A role given by hand always has an end (IDN-8)."""

    profile: str
    function: str
    starts_on: dt.date
    ends_on: dt.date


@transaction.atomic
def add_person(typed: Typed, role: NewRole, *, actor: Actor) -> Person:
    """Write somebody new, with a role in the open school and an account to be activated. Raises NotGivable."""
    _check(role, actor)
    parts = {"last_name": typed.last_name, "usage_name": typed.usage_name, "first_name": typed.first_name}
    person = Person.objects.create(
        **parts,
        sex=typed.sex,
        birth_date=typed.birth_date,
        email=typed.email,
        display_name=names.display_name(**parts),
        formal_name=names.formal_name(**parts, sex=typed.sex),
        sort_key=names.sort_key(**parts),
    )
    _give(person, role, TYPED, actor)
    return person


@transaction.atomic
def join_person(person: Person, role: NewRole, *, actor: Actor) -> Person:
    """Give a role in the open school to somebody who is known already, here or elsewhere; their account stays theirs.

    What another school holds of them is neither read nor changed. Raises NotGivable, and AlreadyHeld when they are this
    here today or later.
    """
    _check(role, actor)
    here = Affiliation.objects.filter(person=person, establishment=current_establishment_id())
    if any(each.ends_on is None or each.ends_on >= clock.today() for each in here.filter(profile=role.profile)):
        raise AlreadyHeld(role.profile)
    # Whoever was first written here, or was told by a file of the school, is the school's own.
    is_own = here.exclude(source=JOINED).exists()
    _give(person, role, TYPED if is_own else JOINED, actor)
    return person


@transaction.atomic
def end_role(role: Affiliation, *, last_day: dt.date, actor: Actor) -> None:
    """Change the last day of a role given by hand: sooner to end it, later to prolong it. Access follows at once."""
    role.ends_on = last_day
    role.save(update_fields=["ends_on"])
    _reopen(role.person)
    raise_stamps([person_audience(role.person_id), school_audience(role.establishment_id)])
    audit.record(actor, "directory.end_role", role.person, profile=role.profile, ends_on=last_day.isoformat())


@transaction.atomic
def renew_roles(roles: Iterable[Affiliation], *, actor: Actor) -> int:
    """Prolong roles given by hand to the end of the year, of the next one once it is near; how many were (IDN-8)."""
    until = last_day_to_give(clock.today())
    late = [role for role in roles if role.ends_on is not None and role.ends_on < until]
    for role in late:
        end_role(role, last_day=until, actor=actor)
    return len(late)


def _check(role: NewRole, actor: Actor) -> None:
    if not may_give(actor, role.profile, role.function):
        raise NotGivable(role.profile)


def _give(person: Person, role: NewRole, source: str, actor: Actor) -> None:
    school = current_establishment_id()
    Affiliation.objects.update_or_create(
        person=person,
        establishment_id=school,
        profile=role.profile,
        defaults={
            "function": role.function,
            "source": source,
            "starts_on": role.starts_on,
            "ends_on": role.ends_on,
        },
    )
    _open_account(person, is_staff=role.profile in STAFF)
    raise_stamps([person_audience(person.pk), school_audience(school)])
    audit.record(
        actor, "directory.give_role", person, profile=role.profile, source=source, ends_on=role.ends_on.isoformat()
    )


def _open_account(person: Person, *, is_staff: bool) -> None:
    if person.user is None:
        account = NewAccount(
            person_id=person.pk,
            display_name=person.display_name,
            first_name=person.first_name,
            last_name=person.usage_name or person.last_name,
            email=person.email,
            is_staff=is_staff,
        )
        person.user = create_accounts([account])[person.pk]
        person.save(update_fields=["user"])
        return
    _reopen(person)
    if is_staff and not person.user.is_staff_account:
        # From the next password on, twelve characters are asked.
        person.user.is_staff_account = True
        person.user.save(update_fields=["is_staff_account"])


def _reopen(person: Person) -> None:
    """An account that was closed for want of a role is given back."""
    if person.user is not None and person.user.state == User.State.CLOSED:
        open_again([person.user])

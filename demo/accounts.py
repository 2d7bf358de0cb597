"""The cast in the directory: who they are there, and their accounts."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Mod

from demo.calendar import school_year_of
from demo.cast import CAST, CastMember
from pupitre.accounts.models import User
from pupitre.accounts.services.creation import NewAccount, create_accounts
from pupitre.directory import names
from pupitre.directory.models import Person
from pupitre.directory.services.affiliations import affiliate
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock

PASSWORD = "demo-pupitre-2026"  # noqa: S105 # nosec B105 - told to everyone on /demo/
_SEX = {"1": "M", "2": "F"}
# Of ten accounts, how many were opened already: (staff, students and guardians).
_OPENED_OF_TEN = {True: 9, False: 7}


def person_of(member: CastMember) -> Person | None:
    """The record of a member of the cast, with the account; None while the region is not built."""
    people = Person.objects.select_related("user")
    for known_by in member.identifiers[:1]:
        return people.filter(
            external_ids__source=known_by.source,
            external_ids__namespace=known_by.namespace,
            external_ids__value=known_by.value,
        ).first()
    return people.filter(email=member.email).order_by("pk").first()


def hire_office(schools: dict[str, Establishment]) -> None:
    """The roles that no national file tells, given by hand as an administrator would, at the beginning of the year."""
    since = dt.date(school_year_of(clock.today()), 9, 1)
    for member in CAST:
        if member.profile:
            person = person_of(member) or _new_person(member)
            for uai in member.uais:
                affiliate(
                    person=person,
                    establishment=schools[uai],
                    profile=member.profile,
                    function=member.post,
                    starts_on=since,
                )


def _new_person(member: CastMember) -> Person:
    last, first, sex = member.last_name.upper(), member.first_name, _SEX[member.sex]
    person = Person.objects.create(
        last_name=last,
        first_name=first,
        sex=sex,
        email=member.email,
        display_name=names.display_name(last_name=last, usage_name="", first_name=first),
        formal_name=names.formal_name(last_name=last, usage_name="", first_name=first, sex=sex),
        sort_key=names.sort_key(last_name=last, usage_name="", first_name=first),
    )
    account = NewAccount(
        person_id=person.pk,
        display_name=person.display_name,
        first_name=first,
        last_name=last,
        email=person.email,
        is_staff=True,
    )
    person.user = create_accounts([account])[person.pk]
    person.save(update_fields=["user"])
    return person


def open_accounts(cast: Iterable[CastMember] = CAST) -> None:
    """Give each of the cast an active account with the password of the demonstration; most other people opened theirs."""
    now = clock.now()
    for is_staff, opened in _OPENED_OF_TEN.items():
        drawn = User.objects.annotate(draw=Mod(F("pk") * 7, 10)).filter(draw__lt=opened, is_staff_account=is_staff)
        drawn.update(state=User.State.ACTIVE, activated_at=now)
    for member in cast:
        person = person_of(member)
        if person is None or person.user is None:
            raise LookupError(f"{member.slug} is not in the directory")
        user = person.user
        user.set_password(PASSWORD)
        user.state, user.activated_at = User.State.ACTIVE, now
        user.save()

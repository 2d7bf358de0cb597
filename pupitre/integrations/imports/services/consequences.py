"""What follows from the rows of an import: shown names, accounts that greet, roles that nothing holds any more."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, Guardianship, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.ledger import Update, Write
from pupitre.foundation import clock
from pupitre.integrations.imports.mapping import shown_names

_NAMES = ("last_name", "usage_name", "first_name", "sex")


def of_changed_people(writes: Iterable[Write]) -> list[Update]:
    """The rows that bring shown names and accounts in line with what will be written of people.

    An address that its owner has confirmed is theirs: only accounts still to be activated follow the source.
    """
    changed: dict[int, dict[str, Any]] = defaultdict(dict)
    for each in writes:
        if isinstance(each, Update) and each.model is Person:
            changed[each.pk] |= each.after
    people = Person.objects.select_related("user").in_bulk([*changed]) if changed else {}
    return [row for pk, person in people.items() for row in _of_person(person, changed[pk])]


def _of_person(person: Person, after: dict[str, Any]) -> list[Update]:
    rows: list[Update] = []
    account: dict[str, Any] = {}
    if after.keys() & set(_NAMES):
        shown = shown_names(**{name: after.get(name, getattr(person, name)) for name in _NAMES})
        rows.append(Update(Person, person.pk, {name: getattr(person, name) for name in shown}, shown))
        account["display_name"] = shown["display_name"]
    user = person.user
    if user is None:
        return rows
    if after.get("email") and user.state == User.State.CREATED:
        account["email"] = after["email"]
    account = {name: value for name, value in account.items() if getattr(user, name) != value}
    if account:
        rows.append(Update(User, user.pk, {name: getattr(user, name) for name in account}, account))
    return rows


def of_closed_links(establishment_id: int) -> Sequence[Write]:
    """The rows that end the role of guardians whose last child here has left or is no longer theirs."""
    today = clock.today()
    links = Guardianship.objects.filter(guardian=OuterRef("person"), establishment=establishment_id)
    idle = (
        Affiliation.objects.filter(establishment=establishment_id, profile=Profile.GUARDIAN, ends_on=None)
        .filter(Exists(links))
        .exclude(Exists(links.filter(Q(ends_on=None) | Q(ends_on__gte=today))))
    )
    yesterday = today - dt.timedelta(days=1)
    return [
        Update(Affiliation, pk, {"ends_on": None}, {"ends_on": yesterday}) for pk in idle.values_list("pk", flat=True)
    ]

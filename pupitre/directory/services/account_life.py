"""The end of an account's life (IDN-4, IDN-8): closed when its owner has no role any more, deleted later. Every night.

Done twice, it changes nothing the second time. Delays are in `accounts/lifetimes.py`. Nothing of the history of a school is
deleted: who was whose student, guardian, teacher, in which class, from when to when.
"""

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from pupitre.accounts.lifetimes import (
    DAYS_BEFORE_CLOSING_UNOPENED,
    MONTHS_BEFORE_CLOSING,
    MONTHS_BEFORE_CLOSING_BY_HAND,
    MONTHS_BEFORE_DELETING,
    months_before,
)
from pupitre.accounts.models import User
from pupitre.accounts.services.closing import close_accounts, delete_accounts, forget_expired, open_again
from pupitre.directory.models import Affiliation, Grant, Person
from pupitre.directory.profiles import Profile
from pupitre.directory.roles import BY_HAND
from pupitre.foundation import audit, clock
from pupitre.foundation.stamps import raise_stamps, school_audience

_BATCH = 1000
_NO_CONTACT = {"email": "", "mobile": "", "phone": "", "accepts_sms": False}


def housekeep() -> dict[str, int]:
    """Everything that is due, in an order that loses nobody who came back; how many rows by what was done to them."""
    today = clock.today()
    done = {
        "reopened": _reopen(today),
        "closed": _close(today),
        "deleted": _delete(today),
        "contacts": _forget_contacts(today),
        "rights": _end_rights(today),
    }
    old = forget_expired()
    done |= {"sessions": old.sessions, "codes": old.codes, "links": old.links, "counters": old.counters}
    if any(done.values()):
        audit.record(None, "directory.housekeep", None, **done)
    return done


def _reopen(today: dt.date) -> int:
    """Whoever has a role again finds their account again."""
    back = User.objects.filter(_lasting(today), state=User.State.CLOSED)
    reopened = 0
    for ids in _batches(back):
        with transaction.atomic():
            reopened += open_again(User.objects.filter(pk__in=ids))
            schools = Affiliation.objects.filter(person__user__in=ids).values_list("establishment", flat=True)
            raise_stamps(map(school_audience, schools.distinct()))
    return reopened


def _close(today: dt.date) -> int:
    """A suspended account waits for its deletion as it is: closing it would let it be given back."""
    living = User.objects.exclude(state__in=(User.State.CLOSED, User.State.SUSPENDED)).filter(person__isnull=False)
    left = months_before(today, MONTHS_BEFORE_CLOSING)
    unopened = today - dt.timedelta(days=DAYS_BEFORE_CLOSING_UNOPENED)
    by_hand = months_before(today, MONTHS_BEFORE_CLOSING_BY_HAND)
    told_by_files = Exists(_roles().exclude(source__in=BY_HAND))
    due = (
        living.filter(_over(left)),
        living.filter(_over(unopened), state=User.State.CREATED),
        living.filter(_over(by_hand), Exists(_roles()), ~told_by_files),
    )
    return sum(close_accounts(ids) for users in due for ids in _batches(users))


def _delete(today: dt.date) -> int:
    limit = months_before(today, MONTHS_BEFORE_DELETING)
    # Those that were closed before their date was kept begin to wait today.
    User.objects.filter(state=User.State.CLOSED, closed_at=None).update(closed_at=clock.now())
    closed = User.objects.filter(state=User.State.CLOSED, closed_at__date__lt=limit)
    long_gone = months_before(today, MONTHS_BEFORE_CLOSING + MONTHS_BEFORE_DELETING)
    suspended = User.objects.filter(_over(long_gone), state=User.State.SUSPENDED, person__isnull=False)
    deleted = 0
    for users in (closed, suspended):
        for ids in _batches(users):
            with transaction.atomic():
                Person.objects.filter(user__in=ids).update(**_NO_CONTACT)
                deleted += delete_accounts(ids)
    return deleted


def _forget_contacts(today: dt.date) -> int:
    """The contacts of people who never had an account leave them when an account would have been deleted."""
    limit = months_before(today, MONTHS_BEFORE_CLOSING + MONTHS_BEFORE_DELETING)
    roles = Affiliation.objects.filter(person=OuterRef("pk"))
    reachable = ~Q(email="") | ~Q(mobile="") | ~Q(phone="")
    gone = Person.objects.filter(reachable, Exists(roles), ~Exists(roles.filter(_not_ended(limit))), user=None)
    return gone.update(**_NO_CONTACT)


def _end_rights(today: dt.date) -> int:
    """Rights given to those who stopped working in a school: they would come back with them."""
    work = Affiliation.objects.filter(
        _not_ended(today), person=OuterRef("person"), establishment=OuterRef("establishment")
    ).exclude(profile__in=(Profile.STUDENT, Profile.GUARDIAN))
    return Grant.objects.filter(_not_ended(today), ~Exists(work)).update(ends_on=today - dt.timedelta(days=1))


def _roles() -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(person__user=OuterRef("pk"))


def _not_ended(day: dt.date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gte=day)


def _lasting(day: dt.date) -> Exists:
    """Accounts whose owner has a role on that day or later, in any school."""
    return Exists(_roles().filter(_not_ended(day)))


def _over(day: dt.date) -> Q:
    """Accounts whose every role ended before that day; those who never had one count from when they were created."""
    return ~Q(_lasting(day)) & (Q(Exists(_roles())) | Q(created_at__date__lt=day))


def _batches(users: QuerySet[User]) -> Iterator[list[int]]:
    """The ids of accounts, some at a time, until what is done to them leaves none."""
    while ids := list(users.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        yield ids

"""Two records that are one human being: a human decides it, and it cannot be undone."""

import datetime as dt

from django.db import transaction
from django.db.models import Q

from pupitre.accounts.services.closing import close_accounts
from pupitre.directory.events import PeopleMerged
from pupitre.directory.models import Affiliation, ExternalId, Grant, Guardianship, Person, Student
from pupitre.directory.profiles import STAFF
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, events
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience

_CONTACT = ("usage_name", "sex", "birth_date", "email", "mobile", "phone")


class NotMergeable(ValueError):
    """Two records that cannot be one person; holds why, for whoever decided it."""


@transaction.atomic
def merge_people(keep: Person, absorb: Person, *, actor: Actor | None = None) -> Person:
    """Give `keep` everything `absorb` is and has in every school, then delete `absorb`; returns `keep`, up to date.

    Names stay those of `keep`; of its other details, only the missing ones are filled in. `keep` keeps its account, or
    takes that of `absorb` when it has none. The rooms above move what they hold.

    Raises NotMergeable for one record twice, for an absorbed member of staff (rooms above hold what they teach: keep that
    record and absorb the other), for a guardian and their own child, and for two schoolings in one school.
    """
    locked = {
        person.pk: person
        for person in Person.objects.select_for_update().filter(pk__in=(keep.pk, absorb.pk)).order_by("pk")
    }
    _check(keep.pk, absorb.pk)
    keep, absorb = locked[keep.pk], locked[absorb.pk]
    schools = set(Affiliation.objects.filter(person__in=locked).values_list("establishment_id", flat=True))
    _move_schoolings(keep, absorb, schools)
    _move_guardianships(keep, absorb)
    _move_affiliations(keep, absorb)
    _move_ids_and_grants(keep, absorb)
    _move_account(keep, absorb)
    absorbed = absorb.pk
    events.carry_out(PeopleMerged(keep.pk, absorbed, tuple(sorted(schools))))
    absorb.delete()
    raise_stamps([person_audience(keep.pk), person_audience(absorbed), *map(school_audience, schools)])
    audit.record(actor, "directory.merge_people", keep, absorbed=absorbed)
    return keep


def _check(keep: int, absorb: int) -> None:
    if keep == absorb:
        raise NotMergeable("one record, twice")
    if Affiliation.objects.filter(person=absorb, profile__in=STAFF).exists():
        raise NotMergeable("the absorbed record works in a school: keep that one")
    if Guardianship.objects.filter(Q(student=keep, guardian=absorb) | Q(student=absorb, guardian=keep)).exists():
        raise NotMergeable("a guardian and their child are two people")


def _move_schoolings(keep: Person, absorb: Person, schools: set[int]) -> None:
    # Schoolings stand behind the wall: each school is opened in turn.
    for establishment_id in schools:
        with scope(establishment_id):
            if Student.objects.filter(person__in=(keep, absorb)).count() == 2:
                raise NotMergeable("both are students of one school")
            Student.objects.filter(person=absorb).update(person=keep)


def _move_guardianships(keep: Person, absorb: Person) -> None:
    """Every link of the absorbed record, as guardian and as student; of two links between the same people, one stays."""
    for side, other in (("guardian_id", "student_id"), ("student_id", "guardian_id")):
        held = {
            (link.establishment_id, getattr(link, other)): link
            for link in Guardianship.objects.filter(**{side: keep.pk})
        }
        for link in Guardianship.objects.filter(**{side: absorb.pk}):
            twin = held.get((link.establishment_id, getattr(link, other)))
            if twin is None:
                Guardianship.objects.filter(pk=link.pk).update(**{side: keep.pk})
                continue
            twin.starts_on, twin.ends_on = _joined(twin, link)
            twin.level = min(twin.level, link.level)
            # Access that a head of school has shut stays shut.
            twin.is_restricted = twin.is_restricted or link.is_restricted
            twin.relation = twin.relation or link.relation
            twin.save()


def _move_affiliations(keep: Person, absorb: Person) -> None:
    held = {(row.establishment_id, row.profile): row for row in keep.affiliations.all()}
    for row in absorb.affiliations.all():
        twin = held.get((row.establishment_id, row.profile))
        if twin is None:
            Affiliation.objects.filter(pk=row.pk).update(person=keep)
            continue
        twin.starts_on, twin.ends_on = _joined(twin, row)
        twin.function = twin.function or row.function
        twin.save()


def _joined(one: Affiliation | Guardianship, other: Affiliation | Guardianship) -> tuple[dt.date, dt.date | None]:
    """The days on which one or the other holds, as one period."""
    ends = (one.ends_on, other.ends_on)
    return min(one.starts_on, other.starts_on), None if None in ends else max(day for day in ends if day)


def _move_ids_and_grants(keep: Person, absorb: Person) -> None:
    held = set(keep.external_ids.values_list("source", "namespace", "value"))
    for row in absorb.external_ids.all():
        if (row.source, row.namespace, row.value) not in held:
            ExternalId.objects.filter(pk=row.pk).update(person=keep)
    granted = set(keep.grants.values_list("establishment_id", "capability"))
    for grant in absorb.grants.all():
        if (grant.establishment_id, grant.capability) not in granted:
            Grant.objects.filter(pk=grant.pk).update(person=keep)


def _move_account(keep: Person, absorb: Person) -> None:
    """One account for one person; the other one is closed and signed out everywhere."""
    for name in _CONTACT:
        setattr(keep, name, getattr(keep, name) or getattr(absorb, name))
    spare = absorb.user_id
    Person.objects.filter(pk=absorb.pk).update(user=None)
    if keep.user_id is None:
        keep.user_id = spare
    elif spare is not None:
        close_accounts([spare])
    keep.save()

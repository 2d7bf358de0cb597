"""Who is in the school: search, groups, the students of a group."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from pupitre.directory.models import Affiliation, Group, Membership, Person, Student
from pupitre.directory.names import fold
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor

SHOWN = 40
"""People shown for one search: beyond, a longer name narrows better than a second page."""
_LIKENESS = 0.45


@dataclass(frozen=True, slots=True)
class PersonFound:
    """A person found, with what they are in this school: « Élève · 4e B »."""

    person: Person
    roles: tuple[str, ...]


def search_people(actor: Actor, text: str, profile: str = "") -> list[PersonFound]:
    """The people of the school whose name resembles `text`, best first; two statements. Accents and case never matter."""
    words = fold(text)
    people = allowed(actor, "directory.view_person", Person.objects.all())
    if profile:
        people = people.filter(Exists(_affiliations().filter(person=OuterRef("pk"), profile=profile)))
    elif not words:
        return []
    if words:
        every_word = Q()
        for word in words.split():
            every_word &= Q(sort_key__contains=word)
        likeness = TrigramWordSimilarity(words, "sort_key")
        people = people.annotate(likeness=likeness).filter(every_word | Q(likeness__gt=_LIKENESS)).order_by("-likeness")
    found = list(people.order_by(*(["-likeness", "sort_key"] if words else ["sort_key"]))[:SHOWN])
    return _with_roles(found)


def _affiliations() -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(held_on(clock.today()), establishment=current_establishment_id())


def _with_roles(people: Iterable[Person]) -> list[PersonFound]:
    roles: dict[int, list[str]] = {}
    for affiliation in _affiliations().filter(person__in=people):
        roles.setdefault(affiliation.person_id, []).append(role_label(affiliation))
    return [PersonFound(person, tuple(roles.get(person.pk, ()))) for person in people]


def role_label(affiliation: Affiliation) -> str:
    """« Élève · 4e B »."""
    label = str(Profile(affiliation.profile).label)
    return f"{label} · {affiliation.function}" if affiliation.function else label


def groups_with_counts(actor: Actor) -> QuerySet[Group]:
    """The groups of the current year that the actor may see, with `student_count`; one statement."""
    today = clock.today()
    present = Q(memberships__starts_on__lte=today) & (Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=today))
    groups = allowed(actor, "directory.view_group", Group.objects.all())
    return (
        groups.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today, ends_on=None)
        .annotate(student_count=Count("memberships", filter=present))
        .order_by("kind", "label")
    )


def groups_of(person: Person) -> QuerySet[Group]:
    """The class then the groups of a student today, in the current year; one statement, none of them for others."""
    today = clock.today()
    held = Membership.objects.filter(held_on(today), group=OuterRef("pk"), student__person=person)
    return Group.objects.filter(
        Exists(held), school_year__starts_on__lte=today, school_year__ends_on__gte=today, ends_on=None
    ).order_by("kind", "label")


def roles_here(person: Person) -> list[Affiliation]:
    """What somebody is in this school today; one statement."""
    return list(_affiliations().filter(person=person).order_by("profile"))


def students_of(group: Group) -> QuerySet[Student]:
    """The students of a group today, by family name; one statement."""
    here = Membership.objects.filter(held_on(clock.today()), group=group, student=OuterRef("pk"))
    return Student.objects.filter(Exists(here)).select_related("person").order_by("person__sort_key")

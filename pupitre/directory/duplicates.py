"""Is somebody whom the school types already known? Candidates are proposed, never taken without a choice (IDN-5)."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.names import fold, sort_key
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id

_NAME, _DATE, _EMAIL = 1, 1, 2
_HERE, _ELSEWHERE = 2, 3
"""Points from which somebody is proposed: known in this school, or in another one only."""
_MOST = 5


@dataclass(frozen=True, slots=True)
class Typed:
    """Somebody as the school types them."""

    last_name: str
    first_name: str
    usage_name: str = ""
    sex: str = ""
    birth_date: dt.date | None = None
    email: str = ""

    @property
    def family_names(self) -> set[str]:
        return {fold(self.last_name), fold(self.usage_name)} - {""}


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be the one typed, and what agrees. `roles`: what they are or were here; empty for somebody of
    another school only, of whom nothing is told but that they exist.
    """

    person: Person
    score: int
    agrees: tuple[str, ...]
    is_here: bool
    roles: tuple[str, ...] = ()


def look_alikes(typed: Typed) -> list[Candidate]:
    """The people who may be the one typed, the likeliest first; three statements.

    One point for each same name and for the birth date, two for the e-mail. Somebody of another school is proposed only
    when both names and either of the others agree: whoever types must know all of it already, and learns nothing more.
    """
    here = Affiliation.objects.filter(person=OuterRef("pk"), establishment=current_establishment_id())
    ours = Person.objects.filter(Exists(here.exclude(profile=Profile.ACADEMY_ADMIN))).filter(_resembling(typed))
    likely = _likely(typed, ours, _HERE, is_here=True)
    roles = _roles(each.person for each in likely)
    return [replace(each, roles=tuple(roles.get(each.person.pk, ()))) for each in likely] + _elsewhere(typed)


def _resembling(typed: Typed) -> Q:
    """Wider than what is kept: the score is counted once they are read."""
    resembling = Q(sort_key__contains=fold(typed.first_name))
    for name in typed.family_names:
        resembling |= Q(sort_key__contains=name)
    if typed.email:
        resembling |= Q(email__iexact=typed.email)
    return resembling


def _elsewhere(typed: Typed) -> list[Candidate]:
    if not typed.birth_date and not typed.email:
        return []
    names = {typed.last_name, typed.usage_name} - {""}
    keys = [sort_key(last_name=name, usage_name="", first_name=typed.first_name) for name in names]
    anywhere = Affiliation.objects.filter(person=OuterRef("pk"))
    people = Person.objects.filter(Exists(anywhere), sort_key__in=keys, is_organisation=False).exclude(
        Exists(anywhere.filter(establishment=current_establishment_id()))
    )
    return _likely(typed, people, _ELSEWHERE, is_here=False)


def _likely(typed: Typed, people: Iterable[Person], least: int, *, is_here: bool) -> list[Candidate]:
    """Those of these people who have enough points, the likeliest first."""
    found = []
    for person in people:
        agreeing = list(_agreeing(typed, person))
        score = sum(points for points, _word in agreeing)
        if score >= least:
            found.append(Candidate(person, score, tuple(word for _points, word in agreeing), is_here))
    return sorted(found, key=lambda each: (-each.score, each.person.sort_key))[:_MOST]


def _agreeing(typed: Typed, person: Person) -> Iterator[tuple[int, str]]:
    if {fold(person.last_name), fold(person.usage_name)} & typed.family_names:
        yield _NAME, _("nom")
    if fold(person.first_name) == fold(typed.first_name):
        yield _NAME, _("prénom")
    if typed.birth_date and person.birth_date == typed.birth_date:
        yield _DATE, _("date de naissance")
    if typed.email and person.email.casefold() == typed.email.casefold():
        yield _EMAIL, _("adresse électronique")


def _roles(people: Iterable[Person]) -> dict[int, list[str]]:
    roles: dict[int, list[str]] = {}
    held = Affiliation.objects.filter(establishment=current_establishment_id(), person__in=list(people))
    for each in held.exclude(profile=Profile.ACADEMY_ADMIN).order_by("profile"):
        label = str(Profile(each.profile).label)
        roles.setdefault(each.person_id, []).append(f"{label} · {each.function}" if each.function else label)
    return roles

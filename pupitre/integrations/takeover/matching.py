"""Which of our students a line names: never on a name alone.

In order: the INE with the birth date or the names; the internal number, unless the names say otherwise; the names with the
birth date; the names with the class. Two students that a line may name: it waits for a human.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.directory.models import ExternalId, Guardianship, Membership, Student
from pupitre.directory.names import fold
from pupitre.integrations.takeover.mapping import Named

_AFTER_LEVEL = re.compile(r"(?<=\d)\s*(?:eme|ieme|nde|ere|e|er|de)\b")


class Doubtful(ValueError):
    """The line may name several students, or says too little; holds a sentence."""


class Unknown(ValueError):
    """The line names nobody here; holds a sentence."""


@dataclass(slots=True)
class Schooling:
    """A student as lines may name them."""

    pk: int
    person_id: int
    birth_date: dt.date | None
    words: tuple[tuple[str, ...], ...]
    divisions: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Students:
    """The students of the open school, by whatever names them."""

    by_ine: dict[str, list[Schooling]]
    by_number: dict[str, list[Schooling]]
    by_words: dict[tuple[str, ...], list[Schooling]]
    wards: frozenset[int]

    def find(self, who: Named) -> Schooling:
        """The one student that a line names. Raises Doubtful, Unknown."""
        if not (who.ine or who.number or who.words):
            raise Unknown(_("Cette ligne ne nomme aucun élève."))
        for named in (self.by_ine.get(who.ine, []), self.by_number.get(who.number, [])):
            agreed = [each for each in named if _agrees(each, who)]
            if len(agreed) == 1:
                return agreed[0]
            if named and not agreed and _says_names(who):
                raise Doubtful(
                    _("Le numéro est celui d’un élève, le nom ou la naissance ceux d’un autre. Corrigez la ligne.")
                )
            if len(named) == 1 and not _says_names(who) and named is self.by_number.get(who.number):
                return named[0]
        return self._by_name(who)

    def _by_name(self, who: Named) -> Schooling:
        alike = self.by_words.get(who.words, []) if who.words else []
        if not alike:
            if not who.words and who.ine in self.by_ine:
                raise Doubtful(_("L’INE seul ne suffit pas : ajoutez le nom ou la date de naissance à l’export."))
            raise Unknown(_("Aucun élève de ce nom, ni de ce numéro, n’est connu ici."))
        if who.birth_date:
            born = [each for each in alike if each.birth_date == who.birth_date]
            if len(born) == 1:
                return born[0]
            if any(each.birth_date for each in alike):
                raise Doubtful(_("Un élève porte ce nom, avec une autre date de naissance."))
        if who.division:
            there = [each for each in alike if division_key(who.division) in each.divisions]
            if len(there) == 1:
                return there[0]
        if len(alike) > 1:
            raise Doubtful(_("Plusieurs élèves portent ce nom : ajoutez l’INE ou la date de naissance à l’export."))
        raise Doubtful(
            _("Un élève porte ce nom, mais dans une autre classe. Ajoutez l’INE ou la date de naissance à l’export.")
            if who.division
            else _("Le nom seul ne suffit pas : ajoutez la classe, l’INE ou la date de naissance à l’export.")
        )


def _says_names(who: Named) -> bool:
    return bool(who.words or who.birth_date)


def _agrees(student: Schooling, who: Named) -> bool:
    """Whether the identity of a line says what ours does: the names, or the birth date, and never another date."""
    if who.birth_date and student.birth_date and who.birth_date != student.birth_date:
        return False
    return who.words in student.words or bool(who.birth_date and who.birth_date == student.birth_date)


def division_key(text: str) -> str:
    """« 4e B », « 4EME B » and « 4B » are one class."""
    return _AFTER_LEVEL.sub("", fold(text)).replace(" ", "")


def students_of_school(actor_person: int | None) -> Students:
    """The students of the open school; four statements."""
    found: dict[int, Schooling] = {}
    by_person: dict[int, Schooling] = {}
    by_ine: dict[str, list[Schooling]] = defaultdict(list)
    by_number: dict[str, list[Schooling]] = defaultdict(list)
    by_words: dict[tuple[str, ...], list[Schooling]] = defaultdict(list)
    for row in Student.objects.select_related("person"):
        person = row.person
        names = [name for name in (person.last_name, person.usage_name) if name]
        words = tuple(dict.fromkeys(tuple(sorted(fold(f"{name} {person.first_name}").split())) for name in names))
        one = Schooling(row.pk, person.pk, person.birth_date, words)
        found[row.pk] = by_person[person.pk] = one
        if row.ine:
            by_ine[row.ine.upper()].append(one)
        for each in words:
            by_words[each].append(one)
    for person_id, source, value in _numbers(by_person):
        target = by_ine if source == ExternalId.Source.INE else by_number
        if by_person[person_id] not in target[value.upper()]:
            target[value.upper()].append(by_person[person_id])
    for student, code, label in Membership.objects.filter(group__kind="division").values_list(
        "student_id", "group__code", "group__label"
    ):
        if student in found:
            found[student].divisions |= {division_key(code), division_key(label)}
    return Students(dict(by_ine), dict(by_number), dict(by_words), _wards(actor_person))


def _numbers(people: Iterable[int]) -> Iterable[tuple[int, str, str]]:
    rows = ExternalId.objects.filter(person__in=list(people)).values_list("person_id", "source", "value")
    return list(rows)


def _wards(actor_person: int | None) -> frozenset[int]:
    """The children of whoever takes over: nobody judges their own child."""
    if actor_person is None:
        return frozenset()
    return frozenset(Guardianship.objects.filter(guardian=actor_person).values_list("student_id", flat=True))

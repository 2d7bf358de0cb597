"""The booklet of the lycée: the paths and their subjects, the classes and what is written of each student."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Group, Membership, Programme, Student, Subject
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.lsu.models import BookletSubject, LyceeYear


@dataclass(frozen=True, slots=True)
class Path:
    """A path that students follow today: its MEF and its name."""

    mef: str
    label: str


@dataclass(frozen=True, slots=True)
class PathSubject:
    """A subject that students of a path have, and that of the booklet; `is_common` when it is said for every path."""

    subject: Subject
    label: str
    is_common: bool


class Matches:
    """The subject of the booklet of each subject, by path."""

    def __init__(self, rows: Iterable[BookletSubject]) -> None:
        self._held = {(each.subject_id, each.mef): each.label for each in rows}

    def label(self, subject: int, mef: str) -> str:
        """That of the path, else that of every path; nothing when nobody said it."""
        return self._held.get((subject, mef)) or self._held.get((subject, ""), "")

    def is_common(self, subject: int, mef: str) -> bool:
        """Whether what holds is what was said for every path."""
        return (subject, mef) not in self._held and (subject, "") in self._held


def paths_of_school() -> list[Path]:
    """The paths of the students of today, by name; two statements."""
    here = Membership.objects.filter(held_on(clock.today()), group__in=divisions_of_today()).exclude(student__mef="")
    mefs = set(here.values_list("student__mef", flat=True))
    names = dict(Programme.objects.filter(mef__in=mefs).values_list("mef", "label"))
    return sorted((Path(mef, names.get(mef, mef)) for mef in mefs), key=lambda each: each.label)


def subjects_of_path(mef: str) -> list[PathSubject]:
    """The subjects that the students of a path have this year, those without a match first; two statements."""
    today = clock.today()
    theirs = Membership.objects.filter(held_on(today), student__mef=mef)
    rows = Subject.objects.filter(courses__ends_on=None, courses__group__in=theirs.values("group"))
    matches = Matches(BookletSubject.objects.all())
    found = [
        PathSubject(each, matches.label(each.pk, mef), matches.is_common(each.pk, mef))
        for each in rows.distinct().order_by("label")
    ]
    return sorted(found, key=lambda each: bool(each.label))


@dataclass(frozen=True, slots=True)
class LyceeClass:
    """A class of the lycée, and its students by name with what is written of their year."""

    division: Group
    rows: Sequence[tuple[Student, LyceeYear | None]]

    @property
    def written(self) -> int:
        """Of how many something is written."""
        return sum(year is not None for _student, year in self.rows)


def classes_of_lycee(actor: Actor, verb: str = "lsu.view_cycle") -> list[LyceeClass]:
    """The classes that the actor follows, or writes, by name; three statements."""
    today = clock.today()
    found: list[Group] = list(
        allowed(actor, verb, divisions_of_today().select_related("school_year")).order_by("label")
    )
    members: dict[int, list[Student]] = {}
    there = Membership.objects.filter(held_on(today), group__in=found).select_related("student__person")
    for each in there.order_by("student__person__sort_key"):
        members.setdefault(each.group_id, []).append(each.student)
    held = years_of({each.school_year_id for each in found})
    return [LyceeClass(each, [(one, held.get(one.pk)) for one in members.get(each.pk, ())]) for each in found]


def years_of(years: Iterable[int]) -> Mapping[int, LyceeYear]:
    """By student, what is written of these school years; one statement."""
    return {each.student_id: each for each in LyceeYear.objects.filter(school_year__in=list(years))}

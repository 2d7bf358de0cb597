"""The subjects of a student in the year, as one reader sees them."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from pupitre.directory.models import Group, Membership, Student
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.gradebook.averages import Part, mean_of
from pupitre.gradebook.queries.student import marks_of
from pupitre.gradebook.queries.terms import terms_of_year
from pupitre.integrations.dnb.result import Continuous, Subject, continuous
from pupitre.integrations.lsu.cycles import cycle_of
from pupitre.integrations.lsu.queries.disciplines import optional_codes

IN_3E = 4
"""The cycle that a 3e ends."""


@dataclass(frozen=True, slots=True)
class Year:
    """The year of a student for the DNB. `terms` are the labels of those that have begun."""

    subjects: list[Subject]
    terms: list[str]
    whole: Continuous | None


def is_in_3e(student: Student) -> bool:
    """Whether a student prepares the DNB here today; one statement."""
    place = Membership.objects.filter(held_on(clock.today()), student=student, group__kind=Group.Kind.DIVISION)
    found = place.filter(establishment__kind=Establishment.Kind.COLLEGE).values_list("group__label", flat=True).first()
    return found is not None and cycle_of(student.mef, found) == IN_3E


def year_of(student: Student, seen: str) -> Year:
    """The annual averages of a student; a statement for each term that has begun, and three more."""
    terms = [each for each in terms_of_year() if each.starts_on <= clock.today()]
    optional = optional_codes()
    labels: dict[str, str] = {}
    origins: dict[tuple[str, int], str] = {}
    held: dict[str, dict[int, list[Fraction | None]]] = defaultdict(lambda: defaultdict(list))
    for place, term in enumerate(terms):
        for each in marks_of(student, term, seen).services:
            labels[each.service.code] = each.service.subject
            held[each.service.code][place].append(each.value)
            if each.taken is not None and each.value == each.taken:
                origins[each.service.code, place] = each.origin
    places = range(len(terms))
    subjects = [
        Subject(
            labels[code], [_mean(values.get(place, [])) for place in places], code in optional,
            [origins.get((code, place), "") for place in places],
        )
        for code, values in held.items()
    ]  # fmt: skip
    subjects.sort(key=lambda each: (each.is_optional, each.label))
    return Year(subjects, [each.label for each in terms], continuous(subjects))


def _mean(values: list[Fraction | None]) -> Fraction | None:
    return mean_of(Part(each) for each in values)

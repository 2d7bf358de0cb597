"""What must be typed beside a printed code: a birth date that its owner knows and that a finder does not."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pupitre.directory.activation import class_labels
from pupitre.directory.models import Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock


@dataclass(frozen=True, slots=True)
class Child:
    """A child that a guardian's sheet names, with the class of today (empty when there is none)."""

    name: str
    class_label: str
    birth_date: dt.date | None
    is_open: bool
    """Whether the guardian will see this child: a contact (level 3) will not."""


@dataclass(frozen=True, slots=True)
class Proof:
    """Dates of which one must be typed, empty when none is known; `is_child` when they are those of children."""

    dates: tuple[dt.date, ...] = ()
    is_child: bool = False


def children_of(guardians: Sequence[Person]) -> dict[int, list[Child]]:
    """By guardian, their children in the open school today, by name; two statements.

    A child from whom the head has shut the guardian out is not named: the sheet would tell their class.
    """
    links = list(
        Guardianship.objects.filter(
            held_on(clock.today()),
            establishment=current_establishment_id(),
            guardian__in=guardians,
            is_restricted=False,
        )
        .select_related("student")
        .order_by("student__sort_key", "pk")
    )
    labels = class_labels({link.student_id for link in links})
    children: dict[int, list[Child]] = {}
    for link in links:
        is_open = link.level < Guardianship.Level.CONTACT
        # What a contact may not see on the site, the paper does not tell either.
        label = labels.get(link.student_id, "") if is_open else ""
        child = Child(link.student.display_name, label, link.student.birth_date, is_open)
        children.setdefault(link.guardian_id, []).append(child)
    return children


def proof_of_guardian(children: Sequence[Child]) -> Proof:
    """The birth date of one of the children named on the sheet."""
    dates = sorted({child.birth_date for child in children if child.birth_date})
    return Proof(tuple(dates), is_child=bool(dates))


def proof_of_self(person: Person) -> Proof:
    """The person's own birth date: a student's always, a member of staff's when the source gives it."""
    return Proof((person.birth_date,) if person.birth_date else ())

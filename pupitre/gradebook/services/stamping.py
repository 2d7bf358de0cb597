"""Whose pages must be made again when published marks change: the students and their guardians."""

from collections.abc import Iterable

from pupitre.directory.models import Guardianship, Student
from pupitre.directory.periods import held_on
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.stamps import person_audience, raise_stamps


def see_marks_again(students: Iterable[int]) -> None:
    """Have the pages of these students and of their guardians made again; three statements."""
    persons = list(Student.objects.filter(pk__in=list(students)).values_list("person_id", flat=True))
    links = Guardianship.objects.filter(
        held_on(clock.today()), establishment=current_establishment_id(), student__in=persons
    )
    raise_stamps(map(person_audience, {*persons, *links.values_list("guardian_id", flat=True)}))

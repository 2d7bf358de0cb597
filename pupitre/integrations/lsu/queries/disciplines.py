"""How each subject that is taught is followed, and under which code the LSU knows it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from pupitre.directory.models import Subject
from pupitre.foundation import clock
from pupitre.integrations.lsu.checking import is_code
from pupitre.integrations.lsu.models import Discipline
from pupitre.integrations.lsu.modes import supposed_mode
from pupitre.timetable.models import Course


@dataclass(frozen=True, slots=True)
class DisciplineRow:
    """A subject as the LSU gets it; `is_supposed` when the school said nothing of it."""

    subject: Subject
    mode: str
    code: str
    is_supposed: bool

    @property
    def has_code(self) -> bool:
        """Whether the code is one of the national nomenclature."""
        return is_code(self.code)


def disciplines_of_school() -> list[DisciplineRow]:
    """The subjects taught this year, by label; two statements."""
    held = {each.subject_id: each for each in Discipline.objects.all()}
    taught = Course.objects.filter(subject=OuterRef("pk"), group__school_year__ends_on__gte=clock.today())
    rows = []
    for subject in Subject.objects.filter(Exists(taught)).order_by("label"):
        said = held.get(subject.pk)
        code = said.code if said and said.code else subject.code
        rows.append(DisciplineRow(subject, said.mode if said else supposed_mode(code), code, said is None))
    return rows


def optional_codes() -> set[str]:
    """The codes of the subjects that are optional (facultatifs), by the school’s word or by what is supposed; two statements."""
    return {each.subject.code for each in disciplines_of_school() if each.mode == "F"}

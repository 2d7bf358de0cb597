"""Which of our courses and terms a line of marks is about: by subject, student, teacher and day. About eight statements."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from pupitre.directory.models import Group, Membership, Subject
from pupitre.directory.names import fold
from pupitre.establishments.models import SchoolYear, Term
from pupitre.foundation import clock
from pupitre.gradebook.queries.known import closed_classes
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.matching import Doubtful
from pupitre.integrations.takeover.records import CardLine, MarkLine
from pupitre.timetable.models import Course, CourseTeacher

Span = tuple[int, dt.date, dt.date | None]
_WHOLE_CLASS = ("", "CG")
"""How STS writes the modality of a course that gathers everybody."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A course: its modality, the names of those who teach it, folded."""

    pk: int
    modality: str
    teachers: frozenset[str]


@dataclass(slots=True)
class Teaching:
    """The courses of the school, by group and subject; who is in which group; the terms and where they are closed."""

    subjects: Mapping[str, int]
    courses: Mapping[tuple[int, int], list[Taught]]
    groups: Mapping[int, list[Span]]
    divisions: Mapping[int, list[tuple[Span, str]]]
    terms: list[Term]
    years: list[SchoolYear]
    closed: Mapping[tuple[int, int], dt.date] = field(default_factory=dict)

    def term_of(self, line: MarkLine) -> Term:
        """The term of a mark: the one it names, else that of its day. Raises Unreadable."""
        year = next((each for each in self.years if each.starts_on <= line.held_on <= each.ends_on), None)
        if year is None or (line.year is not None and line.year != year.year):
            raise Unreadable(
                _(
                    "Cette date n’est dans aucune année scolaire connue ici. "
                    "D’une année passée, reprenez les moyennes ou les bulletins."
                )
                if year is None
                else _("Cette date n’est pas dans l’année scolaire que dit la ligne.")
            )
        own = [each for each in self.terms if each.school_year_id == year.pk]
        if line.period:
            found = next((each for each in own if each.code == line.period), None)
        else:
            found = next((each for each in own if each.starts_on <= line.held_on <= each.ends_on), None)
        if found is None:
            codes = ", ".join(each.code for each in own) or _("aucune")
            raise Unreadable(
                _(
                    "La période de cette ligne n’existe pas ici (%(codes)s). Ouvrez-la dans « Notes », « Périodes », "
                    "ou corrigez la ligne."
                )
                % {"codes": codes}
            )
        return found

    def course_of(self, line: MarkLine | CardLine, student: int, subject: int, term: Term) -> int:
        """The course in which a student had a mark, or an average of a term. Raises Doubtful, Unreadable."""
        day = line.held_on if isinstance(line, MarkLine) else term.ends_on
        there = [group for group, first, last in self.groups.get(student, ()) if _holds(first, last, day)]
        later = [
            group for group, first, last in self.groups.get(student, ())
            if first <= term.ends_on and (last is None or last >= term.starts_on)
        ]  # fmt: skip
        found = self._courses(there, subject) or self._courses(later, subject)
        if not found:
            raise Unreadable(
                _("Aucun service d’enseignement n’unit cet élève à « %(subject)s » cette année.")
                % {"subject": line.subject}
            )
        if len(found) > 1:
            found = _narrowed(found, line.teacher)
        if len(found) > 1:
            raise Doubtful(_("Cet élève a plusieurs services de cette matière : ajoutez l’enseignant à l’export."))
        return found[0].pk

    def refuse_closed(self, student: int, term: Term) -> None:
        """Raises Unreadable when marks of the student's class are no longer entered in a term."""
        for (group, first, last), label in self.divisions.get(student, ()):
            day = self.closed.get((term.pk, group))
            if day and first <= term.ends_on and (last is None or last >= term.starts_on):
                raise Unreadable(
                    _(
                        "%(term)s, %(group)s : la saisie est close depuis le %(day)s. "
                        "La direction peut la rouvrir dans « Périodes »."
                    )
                    % {"term": term.label, "group": label, "day": f"{day:%d/%m/%Y}"}
                )

    def _courses(self, groups: Iterable[int], subject: int) -> list[Taught]:
        return [each for group in dict.fromkeys(groups) for each in self.courses.get((group, subject), ())]


def _holds(first: dt.date, last: dt.date | None, day: dt.date) -> bool:
    return first <= day and (last is None or day <= last)


def _narrowed(found: list[Taught], teacher: str) -> list[Taught]:
    """Those of the teacher that the line names, then those of the whole class."""
    words = set(fold(teacher).split())
    named = [each for each in found if any(set(name.split()) <= words for name in each.teachers)] if words else []
    found = named or found
    whole = [each for each in found if each.modality in _WHOLE_CLASS]
    return whole if len(whole) == 1 else found


def teaching_of_school() -> Teaching:
    """The courses of the open school; eight statements."""
    teachers: dict[int, set[str]] = defaultdict(set)
    for course, last, usage in CourseTeacher.objects.values_list(
        "course_id", "person__last_name", "person__usage_name"
    ):
        teachers[course] |= {fold(name) for name in (last, usage) if name}
    courses: dict[tuple[int, int], list[Taught]] = defaultdict(list)
    for pk, group, subject, modality in Course.objects.order_by("pk").values_list(
        "pk", "group_id", "subject_id", "modality"
    ):
        courses[group, subject].append(Taught(pk, modality, frozenset(teachers[pk])))
    groups: dict[int, list[Span]] = defaultdict(list)
    divisions: dict[int, list[tuple[Span, str]]] = defaultdict(list)
    rows = Membership.objects.values_list(
        "student_id", "group_id", "starts_on", "ends_on", "group__kind", "group__label"
    )
    for student, group, first, last, kind, label in rows:
        groups[student].append((group, first, last))
        if kind == Group.Kind.DIVISION:
            divisions[student].append(((group, first, last), label))
    return Teaching(
        subject_names(), courses, groups, divisions, list(Term.objects.order_by("starts_on")),
        list(SchoolYear.objects.order_by("starts_on")), closed_classes(clock.today()),
    )  # fmt: skip


def subject_names() -> dict[str, int]:
    """Our subjects by every name that says one alone, folded: label, short label, short code, national code; one statement."""
    found: dict[str, set[int]] = defaultdict(set)
    for pk, *names in Subject.objects.values_list("pk", "label", "short_label", "short_code", "code"):
        for name in names:
            if name:
                found[fold(name)].add(pk)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}

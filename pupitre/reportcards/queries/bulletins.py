"""The bulletins of a class in a term, or of one student, made of what is written now."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from pupitre.directory.models import Group, Student
from pupitre.directory.names import capitalise
from pupitre.establishments.models import Term
from pupitre.foundation.ui.french import capfirst
from pupitre.gradebook.rounding import Rounding, written
from pupitre.gradebook.statistics import Spread
from pupitre.gradebook.words import rounding_rule
from pupitre.reportcards.document import Bulletin, Line, ProjectLine, SchoolLife
from pupitre.reportcards.models import Project, Support
from pupitre.reportcards.queries.averages import Averages
from pupitre.reportcards.queries.facts import CardRow, CourseRow, Facts, MarkRules, ShownRules, facts_of
from pupitre.reportcards.queries.places import students_in
from pupitre.reportcards.queries.school_life import Missed, missed_by
from pupitre.timetable.display import subject_colour


def bulletins_of(
    division: Group, term: Term, only: Collection[int] | None = None, people: Sequence[Student] | None = None
) -> list[Bulletin]:
    """The bulletins of the students of a class, by family name; three statements. `only`: those to make, of the
    same class; `people`: the class, when it was read already.
    """
    people = list(students_in(division.pk, term)) if people is None else people
    facts = facts_of(division.pk, term, [each.pk for each in people])
    shown = [each for each in people if only is None or each.pk in only]
    missed = missed_by([each.pk for each in shown], term)
    maker = _Maker(facts, division, term, people)
    return [maker.made(each, missed[each.pk]) for each in shown]


class _Maker:
    """Bulletins of what was read."""

    def __init__(self, facts: Facts, division: Group, term: Term, people: Sequence[Student]) -> None:
        self.facts, self.division, self.term, self.people = facts, division, term, people
        self.averages = Averages(facts)
        self.rules = facts.rules or MarkRules()
        self.shown = facts.report_rules or ShownRules()
        self.rounding = Rounding(self.rules.direction, self.rules.step)
        self.cards = {each.student: each for each in facts.cards}
        self.texts = {(course, student): (text, level) for course, student, text, level in facts.texts}
        self.elements: dict[int, list[str]] = defaultdict(list)
        for course, label in facts.elements:
            self.elements[course].append(label)
        self.own = {(project, student): text for project, student, text in facts.project_texts}
        self.before = [each for each in facts.terms if each.id != term.pk] if self.shown.shows_previous else []
        self.levels = _levels(facts)
        generals = [value for each in people if (value := self.averages.general(each.pk, term.pk)) is not None]
        self.mean = sum(generals, Fraction()) / len(generals) if generals else None

    def made(self, student: Student, missed: Missed) -> Bulletin:
        """The bulletin of one of them."""
        card = self.cards.get(student.pk, CardRow(student.pk))
        person, facts, head = student.person, self.facts, self.facts.head or ("", "")
        return Bulletin(
            school=facts.school.name, town=facts.school.town, uai=facts.school.uai,
            year=f"{facts.year}-{facts.year + 1}", term=capfirst(self.term.label.lower()), term_code=self.term.code,
            student=student.pk, last_name=capitalise(person.usage_name or person.last_name),
            first_name=capitalise(person.first_name), sex=person.sex, born_on=person.birth_date,
            division=self.division.label, size=len(self.people), form_teachers=", ".join(facts.form_teachers),
            lines=self._lines(student.pk), value=self._write(self.averages.general(student.pk, self.term.pk)),
            mean=self._write(self.mean) if self.rules.shows_class else "",
            previous_terms=[each.code for each in self.before],
            previous=[self._write(self.averages.general(student.pk, each.id)) for each in self.before],
            shows_class=self.rules.shows_class, shows_spread=self.rules.shows_class and self.shown.shows_spread,
            rule=rounding_rule(self.rounding),
            school_life=SchoolLife(
                float(missed.justified), float(missed.unjustified), float(missed.pending), missed.lates,
                card.school_life, card.school_life_by,
            ),
            synthesis=card.synthesis, synthesis_by=card.synthesis_by, mention=card.mention,
            supports=[str(Support(each).label) for each in card.supports], wishes=card.wishes, decision=card.decision,
            projects=self._projects(student.pk), signed_by=head[0], signed_as=head[1],
            value_origin=self.averages.general_origin(student.pk, self.term.pk),
        )  # fmt: skip

    def _lines(self, student: int) -> list[Line]:
        """A line a course that has something to tell. Half a group where nothing was marked nor written tells what it worked
        on beside the whole class, in the line of the same subject.
        """
        own = [each for each in self.facts.courses if self.averages.takes(student, each.group)]
        told = [each for each in own if self._is_told(each, student)]
        subjects = {each.code for each in told}
        silent = [each for each in own if each not in told and self.elements[each.id]]
        alone = [each for each in silent if each.code not in subjects]
        beside: dict[str, list[str]] = defaultdict(list)
        for each in silent:
            beside[each.code] += self.elements[each.id]
        lines = []
        for each in own:
            if each in told or each in alone:
                lines.append(self._line(each, student, beside.pop(each.code, []) if each in told else []))
        return lines

    def _is_told(self, course: CourseRow, student: int) -> bool:
        """Whether something was marked or written: an hour of class life has neither."""
        marked = (course.id, self.term.pk) in self.averages.marked
        return marked or bool(self.texts.get((course.id, student), ("", None))[0])

    def _line(self, course: CourseRow, student: int, beside: Sequence[str]) -> Line:
        averages, term = self.averages, self.term.pk
        text, level = self.texts.get((course.id, student), ("", None))
        spread = averages.spread(course.id, term)
        origin = averages.origin(course.id, term, student)
        computed = averages.computed(course.id, term, student)
        # What is taken over has often no mark here: nothing then is said of them.
        is_told = (course.id, term, student) in averages.finals or (bool(origin) and computed is not None)
        return Line(
            course=course.id, code=course.code, subject=course.subject, group=course.group_label,
            teachers=course.teachers, colour=subject_colour(course.code, course.subject),
            value=self._write(averages.value(course.id, term, student)),
            computed=self._write(computed) if is_told else "",
            previous=[self._write(averages.value(course.id, each.id, student)) for each in self.before],
            **self._class(spread), positioning=level or self.levels.get((student, course.id)),
            elements=list(dict.fromkeys([*self.elements[course.id], *beside])), text=text, origin=origin,
        )  # fmt: skip

    def _class(self, spread: Spread | None) -> dict[str, str]:
        shows = self.rules.shows_class and spread is not None
        spreads = shows and self.shown.shows_spread
        return {
            "mean": self._write(spread.mean) if shows and spread else "",
            "least": self._write(spread.least) if spreads and spread else "",
            "most": self._write(spread.most) if spreads and spread else "",
        }

    def _projects(self, student: int) -> list[ProjectLine]:
        return [
            ProjectLine(
                each.kind, str(Project.Kind(each.kind).label), each.title, each.subjects, each.text,
                self.own.get((each.id, student), ""),
            )
            for each in self.facts.projects
        ]  # fmt: skip

    def _write(self, value: Fraction | None) -> str:
        return written(value, self.rounding)


def _levels(facts: Facts) -> Mapping[tuple[int, int], int]:
    """By student and course, the level that the skills assessed in the term make."""
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0])
    for student, course, total, count in facts.levels:
        sums[student, course][0] += total
        sums[student, course][1] += count
    return {key: _nearest(total, count) for key, (total, count) in sums.items()}


def _nearest(total: int, count: int) -> int:
    # A half goes up, as `gradebook.mastery` does.
    return (2 * total + count) // (2 * count)

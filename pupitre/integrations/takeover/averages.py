"""The averages of the year under way that count here: those of a student in a course of ours, and the general ones."""

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from functools import cached_property

from django.utils.translation import gettext as _

from pupitre.establishments.models import Term
from pupitre.gradebook.queries.known import averages_known
from pupitre.gradebook.services.taking_averages import PastAverage
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.matching import Doubtful
from pupitre.integrations.takeover.models import Fate, Thing
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.records import CardLine
from pupitre.integrations.takeover.subjects import subject_of
from pupitre.integrations.takeover.teaching import Teaching, teaching_of_school


class Counting:
    """Which lines of averages count, and those that wait for a human; a statement, eight more for the first one of the year."""

    def __init__(
        self, thing: Thing, plan: Plan, subjects: Mapping[str, int | None], lines: Sequence[tuple[CardLine, int]],
        terms: Mapping[str, Term],
    ) -> None:  # fmt: skip
        self.thing, self.plan, self.subjects = thing, plan, subjects
        self.seen = averages_known({student for _line, student in lines}, [each.pk for each in terms.values()])

    @cached_property
    def teaching(self) -> Teaching:
        """Read for the first line that needs it."""
        return teaching_of_school()

    def enters(self, line: CardLine, student: int, term: Term | None) -> bool:
        """Have its average count, if it has one that does; False when the line waits for a human or is refused, which is noted."""
        value = _number(line.value)
        if term is None or value is None:
            return True
        try:
            course = None if self.thing is Thing.BULLETIN else self._course(line, student, term)
        except Unreadable:
            # Nothing of ours: the bulletin keeps it as it is written, and it counts nowhere.
            return True
        except Doubtful as no:
            self.plan.leave(line.number, self.thing, Fate.HELD, line.told, str(no))
            return False
        average = PastAverage(student, term.pk, course, value)
        if average.key in self.seen:
            told = _("Une autre ligne donne déjà la moyenne de ce service : gardez l’une des deux.")
            self.plan.leave(line.number, self.thing, Fate.HELD, line.told, told)
            return False
        try:
            # It would replace what is computed here, in a class whose averages are settled.
            self.teaching.refuse_closed(student, term)
        except Unreadable as no:
            self.plan.leave(line.number, self.thing, Fate.REFUSED, line.told, str(no))
            return False
        self.seen.add(average.key)
        self.plan.averages.append(average)
        return True

    def _course(self, line: CardLine, student: int, term: Term) -> int:
        subject = subject_of(line.subject, self.plan, self.teaching, self.subjects)
        return self.teaching.course_of(line, student, subject, term)


def _number(value: str) -> Decimal | None:
    """« 13,42 » as a number; None for a word."""
    try:
        return Decimal(value.replace(",", "."))
    except InvalidOperation:
        return None

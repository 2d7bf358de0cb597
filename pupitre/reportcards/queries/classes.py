"""A class in a term, for those who make its bulletins: student by student, and course by course what misses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery

from pupitre.directory.models import Group
from pupitre.establishments.models import Term
from pupitre.gradebook.models import ClassTerm
from pupitre.reportcards.document import Bulletin, Line
from pupitre.reportcards.models import PrintRun, ReportCard
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.queries.cards import Receipt, receipts_of


@dataclass(frozen=True, slots=True)
class StudentLine:
    """A student of the class: their bulletin as it is written now, where it stands, who received it."""

    bulletin: Bulletin
    card: ReportCard | None
    receipts: Sequence[Receipt]

    @property
    def silent(self) -> list[str]:
        """The guardians who did not say that they received it."""
        return [each.guardian for each in self.receipts if each.row is None]


@dataclass(frozen=True, slots=True)
class Missing:
    """A course, and the students of the class of whom nothing is said in it."""

    line: Line
    students: Sequence[str]
    of: int


@dataclass(frozen=True, slots=True)
class ClassView:
    """Everyone, and what misses by course, the most first."""

    students: Sequence[StudentLine]
    missing: Sequence[Missing]
    mean: str

    def count(self, status: str) -> int:
        """How many bulletins stand there."""
        return sum((each.card.status if each.card else ReportCard.Status.DRAFT) == status for each in self.students)

    @property
    def unsaid(self) -> int:
        """Bulletins without a synthesis."""
        return sum(not each.bulletin.synthesis for each in self.students)

    @property
    def silent(self) -> list[StudentLine]:
        """Those whose bulletin was given and that a guardian did not acknowledge."""
        return [each for each in self.students if each.card and each.card.published_at and each.silent]


def class_of_term(division: Group, term: Term) -> ClassView:
    """Everything of a class in a term; six statements at most, whatever its size."""
    made = bulletins_of(division, term)
    rows = ReportCard.objects.filter(term=term, student__in=[each.student for each in made])
    cards: Mapping[int, ReportCard] = {row.student_id: row for row in rows.select_related("student")}
    given = [row for row in cards.values() if row.published_at is not None]
    receipts = receipts_of(given) if given else {}
    students = [StudentLine(each, cards.get(each.student), receipts.get(each.student, ())) for each in made]
    return ClassView(students, _missing(made), next((each.mean for each in made), ""))


def standing_of_class(term: Term | None) -> dict[str, Subquery]:
    """What a class is annotated with: `comments_end_on` and `council_on` in a term, `running`, the publication going on."""
    dates = ClassTerm.objects.filter(term=term, division=OuterRef("pk"))
    runs = PrintRun.objects.filter(
        Q(division=OuterRef("pk")) | Q(division=None),
        term=term,
        state__in=(PrintRun.State.WAITING, PrintRun.State.RUNNING),
    )
    return {
        "comments_end_on": Subquery(dates.values("comments_end_on")[:1]),
        "council_on": Subquery(dates.values("council_on")[:1]),
        "running": Subquery(runs.order_by("-pk").values("pk")[:1]),
    }


def _missing(made: Sequence[Bulletin]) -> list[Missing]:
    lines: dict[int, Line] = {}
    students: dict[int, list[str]] = {}
    totals: dict[int, int] = {}
    for bulletin in made:
        for line in bulletin.lines:
            lines[line.course] = line
            totals[line.course] = totals.get(line.course, 0) + 1
            if not line.text:
                students.setdefault(line.course, []).append(bulletin.name)
    found = [Missing(lines[course], names, totals[course]) for course, names in students.items()]
    return sorted(found, key=lambda each: (-len(each.students), each.line.subject))

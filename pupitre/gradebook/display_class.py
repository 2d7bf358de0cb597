"""The results of a class ready to draw: each service and the general average in a few numbers. No query, no rule."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from pupitre.gradebook.charts import Strip, strip_of
from pupitre.gradebook.queries.results import ClassResults, ClassService, ClassStudent
from pupitre.gradebook.statistics import Spread, Trend, trend_of


@dataclass(frozen=True, slots=True)
class Numbers:
    """A service, or the general average when `service` is None: its spread written, its strip, and how many did what."""

    service: ClassService | None
    spread: Spread
    strip: Strip
    mean: str
    median: str
    least: str
    most: str
    first_quartile: str
    third_quartile: str
    up: int
    same: int
    down: int

    @property
    def has_trend(self) -> bool:
        """Whether there is a term before to compare with."""
        return bool(self.up or self.same or self.down)


@dataclass(frozen=True, slots=True)
class StudentNumbers:
    """A student: the general average of each term, that of the year, and what it did since the term before."""

    student: ClassStudent
    path: Sequence[str]
    annual: str
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class ClassNumbers:
    """Context `page` of `gradebook/results.html`. `general` and `students` are there for whoever reads the whole class."""

    general: Numbers | None
    services: Sequence[Numbers]
    students: Sequence[StudentNumbers]
    size: int

    @property
    def lines(self) -> Sequence[Numbers]:
        """The general average first."""
        return [*([self.general] if self.general else []), *self.services]


def class_numbers(results: ClassResults, own: Collection[int] | None = None) -> ClassNumbers:
    """The class of a term. `own`: the courses of a reader who sees theirs alone, None for whoever reads everything."""
    everyone = [each.id for each in results.students]
    services = []
    for each in results.services:
        spread = results.spread_in(each.course)
        if spread and (own is None or each.course in own):
            changes = (results.progress_in(student, each.course) for student in everyone)
            services.append(_numbers(results, each, spread, changes))
    if own is not None:
        return ClassNumbers(None, services, (), len(everyone))
    general = results.spread
    changes = (results.progress(student) for student in everyone)
    return ClassNumbers(
        _numbers(results, None, general, changes) if general else None,
        services,
        [_student(results, each) for each in results.students],
        len(everyone),
    )


def _numbers(
    results: ClassResults, service: ClassService | None, spread: Spread, changes: Iterable[Fraction | None]
) -> Numbers:
    trends = Counter(trend_of(each) for each in changes)
    return Numbers(
        service=service,
        spread=spread,
        strip=strip_of(spread),
        mean=results.write(spread.mean),
        median=results.write(spread.median),
        least=results.write(spread.least),
        most=results.write(spread.most),
        first_quartile=results.write(spread.first_quartile),
        third_quartile=results.write(spread.third_quartile),
        up=trends[Trend.UP],
        same=trends[Trend.SAME],
        down=trends[Trend.DOWN],
    )


def _student(results: ClassResults, student: ClassStudent) -> StudentNumbers:
    return StudentNumbers(
        student,
        [results.write(value) for _label, value in results.path(student.id)],
        results.write(results.annual(student.id)),
        trend_of(results.progress(student.id)),
    )

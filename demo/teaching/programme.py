"""The weekly hours of a level, in lessons of fifty-five minutes, as the ministry's grids give them.

A half hour is a lesson every other week. Lessons that share a slot (one in week A, the other in week B; two half-classes;
parallel groups) are said together, since they are placed together.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Track:
    """One of the parallel groups of a line: suffix of the group's code, subject, words of its label."""

    suffix: str
    subject: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """Parallel groups drawn from `span` neighbouring divisions, taught at the same time.

    `singles` and `doubles` count the weekly lessons of one and two slots. `alternate` is the subject the whole divisions
    have in week A in one more slot, whose week B belongs to the line. In a facultative line only some students come.
    """

    key: str
    span: int
    tracks: tuple[Track, ...]
    singles: int = 0
    doubles: int = 0
    alternate: str = ""
    facultative: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a school: its divisions, its programme (MEF) and what is taught there."""

    code: str
    label: str
    mef: str
    mefstat: str
    formation: str
    age: int
    divisions: tuple[str, ...]
    size: int
    singles: dict[str, int]
    doubles: dict[str, int] = field(default_factory=dict)
    alternates: tuple[tuple[str, str], ...] = ()  # (week A, week B); « » leaves the week free
    halves: tuple[str, str] | None = None  # half-classes that swap these two subjects every week
    lines: tuple[Line, ...] = ()
    # What students combine in the lines (subjects), with weights.
    choices: tuple[tuple[int, tuple[str, ...]], ...] = ((1, ()),)
    status: str = "ST"

    def tail(self, division: str) -> str:
        """What distinguishes a division inside its level: B for 4B."""
        return division.removeprefix(self.code)

    def division_label(self, division: str) -> str:
        return f"{self.label} {self.tail(division)}".strip()

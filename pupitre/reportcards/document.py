"""A bulletin as facts and words, ready to be shown: what the page draws, the PDF prints and a version keeps. Nothing of Django.

Averages are written already, by the rule of the school; what is exact stays with the marks.
"""

import datetime as dt

import msgspec

NOT_MARKED = "NN"
"""No mark counts: never a zero."""


class Line(msgspec.Struct, frozen=True):
    """A course. `previous`: its averages of the terms before, as `Bulletin.previous_terms` names them."""

    course: int
    code: str
    subject: str
    group: str
    teachers: str
    colour: str
    value: str
    computed: str
    previous: list[str]
    mean: str
    least: str
    most: str
    positioning: int | None
    elements: list[str]
    text: str
    # The tool that the average is taken over from, if it is.
    origin: str = ""


class ProjectLine(msgspec.Struct, frozen=True):
    """Something done across subjects: what is said of the class, and of this student."""

    kind: str
    kind_label: str
    title: str
    subjects: list[str]
    text: str
    own_text: str


class SchoolLife(msgspec.Struct, frozen=True):
    """Half-days by standing, latenesses, and the line of the CPE. `missing`: registers of lessons that nobody took."""

    justified: float
    unjustified: float
    pending: float
    lates: int
    text: str
    by: str


class Bulletin(msgspec.Struct, frozen=True):
    """Everything that a bulletin says."""

    school: str
    town: str
    uai: str
    year: str
    term: str
    term_code: str
    student: int
    last_name: str
    first_name: str
    sex: str
    born_on: dt.date | None
    division: str
    size: int
    form_teachers: str
    lines: list[Line]
    value: str
    mean: str
    previous_terms: list[str]
    previous: list[str]
    shows_class: bool
    shows_spread: bool
    rule: str
    school_life: SchoolLife
    synthesis: str
    synthesis_by: str
    mention: str
    supports: list[str]
    wishes: str
    decision: str
    projects: list[ProjectLine]
    signed_by: str
    signed_as: str
    # The tool that the general average is taken over from, if it is.
    value_origin: str = ""

    @property
    def name(self) -> str:
        """« Belkacem Inès », as a register writes it."""
        return f"{self.last_name} {self.first_name}".strip()

    @property
    def has_positioning(self) -> bool:
        """Whether a level of mastery is told in a subject."""
        return any(line.positioning for line in self.lines)

    @property
    def missing(self) -> list[Line]:
        """The courses without an appreciation."""
        return [line for line in self.lines if not line.text]


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Bulletin)


def frozen(bulletin: Bulletin) -> dict[str, object]:
    """As a version keeps it."""
    kept: dict[str, object] = msgspec.to_builtins(bulletin)
    return kept


def thawed(kept: object) -> Bulletin:
    """What a version kept."""
    return msgspec.convert(kept, Bulletin)


def as_json(bulletin: Bulletin) -> bytes:
    """For whatever draws it."""
    return _encoder.encode(bulletin)

"""Charts of the annual report as numbers to draw: where each bar stands, and what is written beside it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 250
_LEFT, _BOTTOM, _TOP = 46, 214, 24
_WIDEST = 64


@dataclass(frozen=True, slots=True)
class Part:
    """A rectangle, and the class of the stylesheet that fills it."""

    y: float
    height: float
    fill: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A column: its parts from the bottom, its name under it, its value above."""

    label: str
    value: float
    x: float
    width: float
    parts: tuple[Part, ...]
    top: float

    @property
    def middle(self) -> float:
        """Where its words are centred."""
        return self.x + self.width / 2


@dataclass(frozen=True, slots=True)
class Columns:
    """A chart of columns: the bars, the lines of its scale (height, value), and a level to compare with."""

    bars: tuple[Bar, ...]
    grid: tuple[tuple[float, float], ...]
    reference: float | None


def columns(
    values: Sequence[tuple[str, tuple[float, ...]]], fills: Sequence[str], *, reference: float | None = None
) -> Columns:
    """Stacked columns. `values`: a name, and its parts from the bottom, filled in the order of `fills`."""
    most = max([sum(parts) for _label, parts in values] + [reference or 0, 1])
    step = _step(most)
    ceiling = step * -(-most // step)
    slot = (WIDTH - _LEFT - 16) / max(len(values), 1)
    scale = (_BOTTOM - _TOP) / ceiling
    bars = []
    for place, (label, parts) in enumerate(values):
        drawn, at = [], float(_BOTTOM)
        for value, fill in zip(parts, fills, strict=True):
            at -= value * scale
            drawn.append(Part(round(at, 1), round(value * scale, 1), fill))
        width = min(slot * 0.6, _WIDEST)
        x = round(_LEFT + slot * (place + 0.5) - width / 2, 1)
        bars.append(Bar(label, sum(parts), x, round(width, 1), tuple(drawn), round(at, 1)))
    lines = int(ceiling / step)
    grid = tuple((round(_BOTTOM - n * step * scale, 1), round(n * step, 2)) for n in range(lines + 1))
    return Columns(tuple(bars), grid, None if reference is None else round(_BOTTOM - reference * scale, 1))


def _step(most: float) -> float:
    """A round step that gives three to six lines."""
    for step in (0.5, 1, 2, 5, 10, 20):
        if most / step <= 6:
            return step
    return 50


@dataclass(frozen=True, slots=True)
class Line:
    """A horizontal bar: its name, how long it is, whether it goes past the level compared with."""

    label: str
    value: float
    y: int
    width: float
    is_above: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """A chart of horizontal bars, and where the level compared with stands."""

    lines: tuple[Line, ...]
    height: int
    reference: float


def lines(values: Sequence[tuple[str, float]], reference: float) -> Lines:
    """Horizontal bars in the order given, with a level to compare with."""
    most = max([value for _label, value in values] + [reference, 1])
    scale = 190 / most
    drawn = tuple(
        Line(label, value, 30 + 26 * place, round(value * scale, 1), value > reference)
        for place, (label, value) in enumerate(values)
    )
    return Lines(drawn, 40 + 26 * len(values), round(120 + reference * scale, 1))

"""The arrangement that applies to a home: the school's over Pupitre's, the person's over the school's, imposed blocks last."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import msgspec

from pupitre.portal.models import Window

_DAYS = {Window.WEEK: 7, Window.FORTNIGHT: 14, Window.MONTH: 30}


class SchoolRow(msgspec.Struct, frozen=True):
    """What a school decided for a profile (`SchoolLayout`)."""

    blocks: list[str]
    hidden: list[str]
    locked: list[str]


class OwnRow(msgspec.Struct, frozen=True):
    """What a person decided for themself (`PersonLayout`)."""

    blocks: list[str]
    hidden: list[str]
    imports_window: str
    visited_on: dt.date | None
    previous_visit_on: dt.date | None

    def imports_since(self, today: dt.date) -> dt.date | None:
        """The first day whose imports are shown; None for the latest, whenever they were."""
        if self.imports_window == Window.VISIT:
            return self.previous_visit_on if self.visited_on == today else self.visited_on
        days = _DAYS.get(Window(self.imports_window))
        return today - dt.timedelta(days=days) if days else None

    def is_to_note(self, today: dt.date) -> bool:
        """Whether the visit of today must still be written down, for « since my last visit »."""
        return self.imports_window == Window.VISIT and self.visited_on != today


class Layouts(msgspec.Struct, frozen=True):
    """Both, as the home asks for them."""

    own: OwnRow | None = None
    school: SchoolRow | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """Every block of a home in order; those `hidden` are left out, those `locked` stay where they are."""

    order: tuple[str, ...]
    hidden: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()

    @property
    def shown(self) -> tuple[str, ...]:
        """What is drawn, in order."""
        return tuple(block for block in self.order if block not in self.hidden)

    def imposing(self, locked: Iterable[str]) -> "Layout":
        """The same arrangement with these blocks imposed, hence shown."""
        kept = frozenset(locked) & set(self.order)
        return replace(self, locked=kept, hidden=self.hidden - kept)

    def can_move(self, block: str, step: int) -> bool:
        """Whether a free block has another one to change places with, before it (-1) or after it (1)."""
        free = self._free()
        return block in free and 0 <= free.index(block) + step < len(free)

    def moved(self, block: str, step: int) -> "Layout":
        """The block having changed places with the free one before it (-1) or after it (1); imposed ones stay."""
        if not self.can_move(block, step):
            return self
        free = self._free()
        at = free.index(block)
        free[at], free[at + step] = free[at + step], free[at]
        return replace(self, order=_around(self.order, self.locked, free))

    def _free(self) -> list[str]:
        return [block for block in self.order if block not in self.locked]


def school_layout(blocks: Sequence[str], rows: Iterable[SchoolRow | None]) -> Layout:
    """The arrangement of the school over Pupitre's; of several schools, the first that has one, and what any imposes."""
    decided = [row for row in rows if row is not None]
    if not decided:
        return Layout(tuple(blocks))
    known = frozenset(blocks)
    first = Layout(_completed(decided[0].blocks, blocks), known.intersection(decided[0].hidden))
    return first.imposing(block for row in decided for block in row.locked)


def own_layout(base: Layout, own: OwnRow | None) -> Layout:
    """The arrangement of a person over their school's."""
    return rearranged(base, own.blocks, own.hidden) if own and own.blocks else base


def rearranged(base: Layout, blocks: Sequence[str], hidden: Iterable[str]) -> Layout:
    """Another order and other blocks left out: those that `base` imposes keep their place and stay shown."""
    free = [block for block in _completed(blocks, base.order) if block not in base.locked]
    left_out = frozenset(hidden).intersection(base.order) - base.locked
    return replace(base, order=_around(base.order, base.locked, free), hidden=left_out)


def _completed(kept: Sequence[str], known: Sequence[str]) -> tuple[str, ...]:
    """An order kept earlier, without the blocks that are gone; those that came since are where they would be by default."""
    order = [block for block in dict.fromkeys(kept) if block in known]
    for at, block in enumerate(known):
        if block not in order:
            order.insert(at, block)
    return tuple(order)


def _around(order: Sequence[str], locked: frozenset[str], free: Iterable[str]) -> tuple[str, ...]:
    following = iter(free)
    return tuple(block if block in locked else next(following) for block in order)

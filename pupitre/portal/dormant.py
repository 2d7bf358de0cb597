"""Parts that say nothing in a whole school (`HomePart.dormant`): found once, then left out of the statement of its homes."""

from collections.abc import Iterable, Mapping

import msgspec

from pupitre.foundation.registry import ActionSource, HomePart

_NOTHING = b"null"


class Sleepers:
    """By part and school, the stamp of the school at which there was nothing: one number each, in the memory of a process."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, int], int] = {}

    def awake(
        self, parts: Iterable[HomePart | ActionSource], establishment_id: int, stamp: int
    ) -> tuple[HomePart | ActionSource, ...]:
        """The parts that are to be asked for."""
        return tuple(
            part for part in parts if not (_is_dormant(part) and self._found.get((part.key, establishment_id)) == stamp)
        )

    def notice(
        self,
        parts: Iterable[HomePart | ActionSource],
        raw: Mapping[str, msgspec.Raw],
        establishment_id: int,
        stamp: int,
    ) -> None:
        """Remember those that had nothing to say."""
        for part in parts:
            if _is_dormant(part) and part.key in raw and bytes(raw[part.key]) == _NOTHING:
                self._found[part.key, establishment_id] = stamp

    def cache_clear(self) -> None:
        """Forget everything, as the caches of this house do."""
        self._found.clear()


def _is_dormant(part: HomePart | ActionSource) -> bool:
    return isinstance(part, HomePart) and part.dormant

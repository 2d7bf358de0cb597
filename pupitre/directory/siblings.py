"""A colour for each child of a guardian, the same on every page: from the eldest on."""

import datetime as dt
from collections.abc import Mapping

COLOURS = ("m-bleu", "m-vert", "m-orange", "m-violet", "m-turquoise", "m-rose")


def colours_of(births: Mapping[int, dt.date | None]) -> dict[int, str]:
    """By child, a class of the stylesheet, from the birth dates of all the children of every school.

    The colour tells nothing that the name beside it does not: the seventh child takes that of the first.
    """
    eldest_first = sorted(births, key=lambda child: (births[child] or dt.date.max, child))
    return {child: COLOURS[place % len(COLOURS)] for place, child in enumerate(eldest_first)}

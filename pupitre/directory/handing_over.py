"""Rows of one record that become another's, for the rooms above."""

from collections.abc import Sequence
from typing import Any

from pupitre.directory.events import PeopleMerged


def hand_over(rows: Any, field: str, event: PeopleMerged, *, unlike: Sequence[str] = ()) -> None:
    """Give the kept record what `field` says is the absorbed one's; two statements.

    `unlike`: the fields that must differ between two rows of one person. Of two that would be alike, the kept record's
    stays. `rows` is a queryset of one table; a walled one is asked in each school.
    """
    theirs = rows.filter(**{field: event.absorbed_id})
    if unlike:
        held = set(rows.filter(**{field: event.keep_id}).values_list(*unlike))
        twins = [pk for pk, *key in theirs.values_list("pk", *unlike) if tuple(key) in held]
        rows.filter(pk__in=twins).delete()
    theirs.update(**{field: event.keep_id})

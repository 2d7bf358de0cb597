"""The students of a group, for whoever chooses among them."""

from pupitre.directory.models import Membership
from pupitre.directory.periods import held_on
from pupitre.foundation import clock


def students_to_choose(group_id: int) -> list[tuple[int, str]]:
    """The students of a group today, by name: number of the schooling, name; one statement."""
    rows = Membership.objects.filter(held_on(clock.today()), group=group_id).order_by("student__person__sort_key")
    return list(rows.values_list("student", "student__person__display_name"))

"""Classes and groups that changed code: one is gone, another comes, with nearly the same students."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.directory.models import Group
from pupitre.establishments.ledger import Bind, Update
from pupitre.integrations.exchange.records import StudentRecord
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.plan import Change

_ALIKE, _FEWEST = 0.8, 3  # share of the students of both that are the same; students at least


def propose_renames(context: Context, students: Iterable[StudentRecord]) -> None:
    """Propose that a new group is one that ends; the school says so, for its courses and history then stay."""
    if not context.describes_groups:
        return
    known = context.known
    ending = {code: _members(context, held) for code, held in known.groups.items()
              if held.ends_on is None and code not in context.coming}  # fmt: skip
    coming = _coming_members(context, students)
    for code, people in coming.items():
        if code in known.groups:
            continue
        alike = max(ending, key=lambda old: _share(ending[old], people), default="")
        if not alike or len(people & ending[alike]) < _FEWEST or _share(ending[alike], people) < _ALIKE:
            continue
        held, label = known.groups[alike], context.group_label(code)[:60]
        after = {"code": code, "label": label, "ends_on": None}
        context.plan.changes.append(
            Change(f"group:{code}:renamed", Kind.CHANGED_GROUP, code,
                   [Bind(f"group:{code}", held.pk), Update(Group, held.pk, {name: getattr(held, name) for name in after}, after)],
                   str(_("Code")), alike, code,
                   str(_("Presque les mêmes élèves : si c’est la même classe qui change de code, ses cours et son "
                         "histoire sont gardés.")), proposed=False)
        )  # fmt: skip


def _members(context: Context, held: Group) -> set[int]:
    return {
        schooling.person_id
        for schooling in context.known.schoolings.values()
        for each in context.known.memberships.get(schooling.pk, ())
        if each.group_id == held.pk and each.ends_on is None
    }


def _coming_members(context: Context, students: Iterable[StudentRecord]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = defaultdict(set)
    for record in students:
        person = context.students.get(record.key)
        if isinstance(person, int):
            for code in filter(None, (record.division, *record.groups)):
                if code in context.coming:
                    found[code].add(person)
    return found


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one and other else 0.0

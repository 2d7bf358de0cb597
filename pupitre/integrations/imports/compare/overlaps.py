"""Lessons that cannot both take place: told, and kept as the file has them."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import capfirst
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.compare.context import Context
from pupitre.integrations.imports.compare.slots import brief
from pupitre.integrations.imports.compare.wanted import Key, Wanted

_MOST = 40  # findings: a file whose hours are all wrong would give thousands
_Lesson = tuple[Key, Wanted]


def tell_overlaps(context: Context, lessons: Iterable[_Lesson]) -> None:
    """Note a class or a teacher who would be in two lessons at once, in weeks that both have."""
    by_whom: dict[tuple[str, int], list[_Lesson]] = defaultdict(list)
    for key, lesson in lessons:
        by_whom[context.group_label(key[0]), lesson.weekday].append((key, lesson))
        for teacher in lesson.teachers or ():
            by_whom[context.staff_names.get(teacher, teacher), lesson.weekday].append((key, lesson))
    told: dict[tuple[str, str], str] = {}
    for (whom, weekday), found in by_whom.items():
        found.sort(key=lambda each: (each[1].starts_at, each[1].ends_at))
        for number, first in enumerate(found):
            for second in found[number + 1 :]:
                if second[1].starts_at >= first[1].ends_at:
                    break
                if _cannot_be(first, second):
                    subjects = sorted({context.subject_label(first[0][1]), context.subject_label(second[0][1])})
                    told.setdefault((whom, brief(weekday, second[1].starts_at)), _(" et ").join(subjects))
    for (whom, when), both in sorted(told.items())[:_MOST]:
        context.plan.find(
            Severity.NOTICE, "overlap", f"{capfirst(whom)}, {when}",
            _("Deux cours se chevauchent : %(subjects)s. Les deux sont gardés ; corrigez l’un d’eux dans votre logiciel "
              "d’emploi du temps.") % {"subjects": both},
        )  # fmt: skip


def _cannot_be(first: _Lesson, second: _Lesson) -> bool:
    """Of the same weeks; one lesson told for several groups at once is one lesson."""
    (one, here), (other, there) = first, second
    if not here.weeks & there.weeks:
        return False
    is_one = (
        one[1] == other[1]
        and one[0] != other[0]
        and here.starts_at == there.starts_at
        and here.ends_at == there.ends_at
    )
    return not is_one and first != second

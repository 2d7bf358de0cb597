"""Which of our subjects a line is about: of the same name, else the one that the school said once."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from pupitre.directory.names import fold
from pupitre.integrations.takeover.mapping import Unreadable
from pupitre.integrations.takeover.matching import Doubtful
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.teaching import Teaching


def subject_of(name: str, plan: Plan, teaching: Teaching, subjects: Mapping[str, int | None]) -> int:
    """Our subject of a name that a file writes; one that is not called so here is noted in the plan, for the school to say.

    Raises Doubtful while nobody said it, Unreadable when it is none of ours.
    """
    if not name:
        raise Unreadable(_("Il manque la matière."))
    key = fold(name)
    if key in teaching.subjects:
        return teaching.subjects[key]
    ours = subjects.get(key)
    chosen = None if key not in subjects else ours or 0
    told = plan.subjects.setdefault(key, {"key": key, "text": name, "lines": 0, "subject": chosen})
    told["lines"] += 1
    if key not in subjects:
        raise Doubtful(
            _("La matière « %(name)s » attend que vous disiez laquelle des vôtres elle est.") % {"name": name[:60]}
        )
    if ours is None:
        raise Unreadable(_("La matière « %(name)s » n’est aucune des vôtres.") % {"name": name[:60]})
    return ours

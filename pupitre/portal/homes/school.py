"""The home of those who run the school: school life, head, office, digital referent."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.directory.identity import Identity
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import capfirst, day, number, plural
from pupitre.portal.cards import Day, Home, Kpi, LessonLine
from pupitre.portal.homes.day import room
from pupitre.portal.homes.moment import Moment
from pupitre.portal.homes.needs import needs_me
from pupitre.portal.queries import HomeRows
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import Lesson


def school_home(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    waiting = len(rows.actions)
    lede = (
        ngettext("Bonjour {}. <b>Une chose vous attend</b>.", "Bonjour {}. <b>{} choses vous attendent</b>.", waiting)
        if waiting
        else _("Bonjour {}. Rien ne vous attend.")
    )
    return Home(
        title=capfirst(day(moment.now)),
        lede=format_html(lede, identity.formal_name, waiting),
        now=None,
        day=_going_on(rows, moment, actor.uai),
        needs_me=needs_me(rows.actions),
        kpis=_kpis(rows),
        imports=rows.parts.get("imports.health", ()),
        imports_url=reverse("imports:jobs", args=[actor.uai]) if actor.has("imports.view") else "",
    )


def _going_on(rows: HomeRows, moment: Moment, uai: str) -> Day | None:
    if "timetable.going_on" not in rows.parts:
        return None
    lessons: list[Lesson] = rows.parts["timetable.going_on"] if moment.is_today else []
    lines = [
        LessonLine(
            each.starts_at,
            each.ends_at,
            f"{each.group} · {each.subject}",
            " · ".join(part for part in (each.teachers, room(each)) if part),
            subject_colour(each.code),
            "now",
        )
        for each in lessons
    ]
    return Day(
        _("En cours en ce moment"), reverse("directory:groups", args=[uai]), lines, _("Aucun cours en ce moment.")
    )


def _kpis(rows: HomeRows) -> list[Kpi]:
    figures = rows.parts.get("directory.figures")
    if figures is None:
        return []
    return [
        Kpi(_("Élèves"), number(figures.students), detail=plural(figures.divisions, _("classe"), _("classes"))),
        Kpi(_("Personnels"), number(figures.staff)),
        Kpi(
            _("Familles connectées"),
            _share(figures.guardians_active, figures.guardians),
            "%",
            _("%(count)s comptes ouverts sur %(total)s")
            % {"count": number(figures.guardians_active), "total": number(figures.guardians)},
        ),
        Kpi(
            _("Élèves connectés"),
            _share(figures.students_active, figures.students),
            "%",
            _("%(count)s comptes ouverts sur %(total)s")
            % {"count": number(figures.students_active), "total": number(figures.students)},
        ),
    ]


def _share(part: int, whole: int) -> str:
    return number(round(100 * part / whole)) if whole else "0"

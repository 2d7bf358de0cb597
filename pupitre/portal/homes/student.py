"""A student's home: what is left of the day."""

from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import capfirst, day, day_month, hour, plural
from pupitre.portal.cards import Home, MarkLine
from pupitre.portal.homes.day import day_of_student
from pupitre.portal.homes.moment import Moment
from pupitre.portal.homes.needs import needs_me
from pupitre.portal.homes.work import left_to_do, next_day, work_card
from pupitre.portal.queries import HomeRows
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import Lesson


def student_home(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    # None when they could not be read: the page then says nothing of the day.
    lessons: list[Lesson] | None = rows.parts.get("timetable.my_lessons")
    week = reverse("timetable:week", args=[actor.uai]) + moment.week_query
    due = next_day(rows, actor.person_id, moment)
    return Home(
        title=capfirst(day(moment.now)),
        lede=_lede(capfirst(identity.first_name), lessons, moment) + left_to_do(due, moment),
        day=None if lessons is None else day_of_student(lessons, moment, week),
        work=work_card(due, moment, actor.uai),
        needs_me=needs_me(rows.actions),
        marks=[_mark(each) for each in rows.parts.get("gradebook.latest") or ()],
        marks_url=reverse("gradebook:home", args=[actor.uai]),
    )


def _mark(latest: Any) -> MarkLine:
    """A mark as the room of marks tells it: subject, day and coefficient under its title."""
    detail = f"{latest.subject} · {day_month(latest.held_on)} · {_('coefficient %(n)s') % {'n': latest.weight}}"
    scale = str(latest.scale) if latest.points is not None else ""
    return MarkLine(latest.title, detail, subject_colour(latest.code, latest.subject), latest.text, scale)


def _lede(name: str, lessons: list[Lesson] | None, moment: Moment) -> SafeString:
    if lessons is None:
        return format_html(_("Bonjour {}."), name)
    if not lessons:
        when = _("aujourd’hui") if moment.is_today else day(moment.day)
        return format_html(_("Bonjour {}. Tu n’as pas cours {}."), name, when)
    if not moment.is_today:
        return format_html(_("Bonjour {}. Voici ta prochaine journée de cours, {}."), name, day(moment.day))
    left = [each for each in lessons if each.is_held and each.ends_at > moment.now.time()]
    if not left:
        return format_html(_("Bonjour {}. Tes cours sont finis pour aujourd’hui."), name)
    return format_html(
        _("Bonjour {}. Il te reste <b>{}</b> aujourd’hui. Tu finis à <b>{}</b>."),
        name,
        plural(len(left), _("cours"), _("cours")),
        hour(max(each.ends_at for each in left)),
    )

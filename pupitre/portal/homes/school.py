"""The home of those who run the school: school life, head, office, digital referent."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import capfirst, day
from pupitre.portal.cards import Day, Home, LessonLine
from pupitre.portal.homes.day import room
from pupitre.portal.homes.figures import common_blocks
from pupitre.portal.homes.moment import Moment
from pupitre.portal.homes.needs import greeted, needs_me, waiting
from pupitre.portal.homes.teacher import class_covers, day_taught, now_card
from pupitre.portal.queries import HomeRows
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import Lesson


def school_home(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    lede = format_html(
        _("Bonjour {}. {}"), greeted(identity.formal_name), waiting(len(rows.actions), is_sure=rows.knows_actions)
    )
    home = Home(
        title=capfirst(day(moment.now)),
        lede=lede,
        # Many of them teach as well.
        now=now_card(rows, moment, actor.uai),
        day=_going_on(rows, moment, actor.uai) or day_taught(rows, moment, actor.uai),
        needs_me=needs_me(rows.actions),
        classes=class_covers(rows, actor.uai),
        classes_url=reverse("directory:groups", args=[actor.uai]),
    )
    return common_blocks(home, actor, rows)


def _going_on(rows: HomeRows, moment: Moment, uai: str) -> Day | None:
    if "timetable.going_on" not in rows.parts:
        return None
    taught: list[Lesson] = rows.parts["timetable.going_on"] if moment.is_today else []
    time = moment.now.time()
    lessons = [each for each in taught if each.is_held and each.starts_at <= time]
    lines = [
        LessonLine(
            each.starts_at,
            each.ends_at,
            f"{each.group} · {each.subject}",
            " · ".join(part for part in (each.teachers, room(each)) if part),
            subject_colour(each.code, each.subject),
            "now",
        )
        for each in lessons
    ]
    return Day(
        _("En cours en ce moment"),
        reverse("directory:groups", args=[uai]),
        lines,
        _("Aucun cours en ce moment"),
        link=_("Toutes les classes"),
    )

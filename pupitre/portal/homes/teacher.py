"""A teacher's home: the lesson going on, the day, the classes."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import LessonAction, offered
from pupitre.foundation.ui.french import capfirst, day, hour, plural
from pupitre.portal.cards import Action, ClassCover, Day, Home, NowCard
from pupitre.portal.homes.day import day_of_teacher, room
from pupitre.portal.homes.figures import common_blocks
from pupitre.portal.homes.moment import Moment, current, upcoming
from pupitre.portal.homes.needs import greeted, needs_me
from pupitre.portal.queries import HomeRows
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import NextLesson, TaughtDay, TaughtGroup

_DAY, _GROUPS = "timetable.my_teaching", "timetable.my_groups"


def teacher_home(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    home = Home(
        title=capfirst(day(moment.now)),
        lede=_lede(greeted(identity.formal_name), rows, moment),
        now=now_card(rows, moment, actor.uai),
        day=day_taught(rows, moment, actor.uai),
        needs_me=needs_me(rows.actions),
        classes=class_covers(rows, actor.uai),
        classes_url=reverse("directory:groups", args=[actor.uai]),
    )
    return common_blocks(home, actor, rows)


def day_taught(rows: HomeRows, moment: Moment, uai: str) -> Day | None:
    """What this person teaches on the day shown; None for who teaches nothing, or when it could not be read."""
    taught: TaughtDay | None = rows.parts.get(_DAY)
    if taught is None:
        return None
    week = reverse("timetable:week", args=[uai]) + moment.week_query
    return day_of_teacher(taught.lessons, moment, week, _next(taught.following))


def now_card(rows: HomeRows, moment: Moment, uai: str) -> NowCard | None:
    """The lesson this person gives now, or gives next today."""
    taught: TaughtDay | None = rows.parts.get(_DAY)
    lessons = taught.lessons if taught else []
    groups: list[TaughtGroup] = rows.parts.get(_GROUPS, [])
    now = current(lessons, moment)
    lesson = now or (upcoming(lessons, moment) if moment.is_today else None)
    if lesson is None:
        return None
    students = {group.id: group.students for group in groups}.get(lesson.group_id, 0)
    return NowCard(
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        title=lesson.group,
        detail=plural(students, _("élève"), _("élèves")) if students else "",
        room=room(lesson),
        colour=subject_colour(lesson.code, lesson.subject),
        is_next=now is None,
        actions=[
            *_lesson_actions(uai),
            Action(_("Voir la classe"), reverse("directory:group", args=[uai, lesson.group_id]), "groupe"),
        ],
    )


def _lesson_actions(uai: str) -> list[Action]:
    """What rooms offer to do in a lesson: the first stands out."""
    offers = sorted(offered(LessonAction), key=lambda each: each.order)
    return [Action(str(each.label), reverse(each.route, args=[uai]), each.icon) for each in offers]


def class_covers(rows: HomeRows, uai: str) -> list[ClassCover]:
    """The classes and groups this person teaches."""
    groups: list[TaughtGroup] = rows.parts.get(_GROUPS, [])
    return [_class_cover(group, uai) for group in groups]


def _lede(name: str, rows: HomeRows, moment: Moment) -> SafeString:
    taught: TaughtDay | None = rows.parts.get(_DAY)
    if taught is None:
        return format_html(_("Bonjour {}."), name)
    lessons = taught.lessons
    if not moment.is_today:
        text = _("Bonjour {}. Prochaine journée de cours : {}.") if lessons else _("Bonjour {}. Pas de cours {}.")
        return format_html(text, name, day(moment.day))
    lessons = [each for each in lessons if each.is_held]
    if not lessons:
        return format_html(_("Bonjour {}. Vous n’avez pas cours aujourd’hui."), name)
    ends_at = max(each.ends_at for each in lessons)
    if ends_at <= moment.now.time():
        return format_html(_("Bonjour {}. Vos cours sont finis pour aujourd’hui."), name)
    return format_html(
        _("Bonjour {}. <b>{}</b> aujourd’hui, fin à {}."),
        name,
        plural(len(lessons), _("cours"), _("cours")),
        hour(ends_at),
    )


def _next(lesson: NextLesson | None) -> str:
    """« Prochain cours : jeudi 26 novembre à 8 h 05, 4e B. »."""
    if lesson is None:
        return ""
    return _("Prochain cours : %(day)s à %(hour)s, %(group)s.") % {
        "day": day(lesson.on),
        "hour": hour(lesson.starts_at),
        "group": lesson.group,
    }


def _class_cover(group: TaughtGroup, uai: str) -> ClassCover:
    detail = f"{group.subjects} · {plural(group.students, _('élève'), _('élèves'))}"
    return ClassCover(
        group.label, detail, subject_colour(group.label), reverse("directory:group", args=[uai, group.id])
    )

"""A teacher's home: the lesson going on, the day, the classes."""

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pupitre.directory.identity import Identity
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import capfirst, day, hour, plural
from pupitre.portal.cards import Action, ClassCover, Home, NowCard
from pupitre.portal.homes.day import day_of_teacher, room
from pupitre.portal.homes.moment import Moment, current, upcoming
from pupitre.portal.homes.needs import needs_me
from pupitre.portal.queries import HomeRows
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import Lesson, TaughtGroup


def teacher_home(identity: Identity, actor: Actor, rows: HomeRows, moment: Moment) -> Home:
    lessons: list[Lesson] = rows.parts.get("timetable.my_teaching", [])
    groups: list[TaughtGroup] = rows.parts.get("timetable.my_groups", [])
    return Home(
        title=capfirst(day(moment.now)),
        lede=_lede(identity.formal_name, lessons, moment),
        now=_now_card(lessons, groups, moment, actor.uai),
        day=day_of_teacher(lessons, moment, reverse("timetable:week", args=[actor.uai])),
        needs_me=needs_me(rows.actions),
        classes=[_class_cover(group, actor.uai) for group in groups],
        classes_url=reverse("directory:groups", args=[actor.uai]),
    )


def _lede(name: str, lessons: list[Lesson], moment: Moment) -> SafeString:
    if not moment.is_today:
        return format_html(_("Bonjour {}. Prochaine journée de cours : {}."), name, day(moment.day))
    if not lessons:
        return format_html(_("Bonjour {}. Vous n’avez pas cours aujourd’hui."), name)
    return format_html(
        _("Bonjour {}. <b>{}</b> aujourd’hui, fin à {}."),
        name,
        plural(len(lessons), _("cours"), _("cours")),
        hour(max(each.ends_at for each in lessons)),
    )


def _now_card(lessons: list[Lesson], groups: list[TaughtGroup], moment: Moment, uai: str) -> NowCard | None:
    lesson = current(lessons, moment) or (upcoming(lessons, moment) if moment.is_today else None)
    if lesson is None:
        return None
    students = {group.id: group.students for group in groups}.get(lesson.group_id, 0)
    return NowCard(
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        title=lesson.group,
        detail=plural(students, _("élève"), _("élèves")) if students else "",
        room=room(lesson),
        colour=subject_colour(lesson.code),
        is_next=current(lessons, moment) is None,
        actions=[Action(_("Voir la classe"), reverse("directory:group", args=[uai, lesson.group_id]), "groupe")],
    )


def _class_cover(group: TaughtGroup, uai: str) -> ClassCover:
    detail = f"{group.subjects} · {plural(group.students, _('élève'), _('élèves'))}"
    return ClassCover(group.label, detail, subject_colour(group.code), reverse("directory:group", args=[uai, group.id]))

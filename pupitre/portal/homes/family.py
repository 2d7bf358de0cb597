"""A guardian's home: every child of every school, each named."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.directory.identity import Identity
from pupitre.directory.siblings import colours_of
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import capfirst, day, hour
from pupitre.portal.cards import ChildCover, Home
from pupitre.portal.homes.day import room
from pupitre.portal.homes.moment import Moment, current, upcoming
from pupitre.portal.homes.needs import greeted, needs_me, waiting
from pupitre.portal.homes.work import CHILDREN, DEADLINES, cover_work
from pupitre.portal.queries import HomeRows
from pupitre.timetable.queries import Child, Lesson
from pupitre.timetable.words import marks_of


def family_home(identity: Identity, schools: list[tuple[Actor, HomeRows, Moment]]) -> Home:
    """The home of a guardian: one line of covers, whatever the schools."""
    moment = schools[0][2]
    actions = [action for _actor, rows, _moment in schools for action in rows.actions]
    covers = list(_covers(identity, schools))
    is_sure = all(rows.knows_actions for _actor, rows, _moment in schools)
    is_whole = all("timetable.children" in rows.parts for _actor, rows, _moment in schools)
    return Home(
        title=_("Bonjour %(name)s") % {"name": greeted(identity.formal_name)},
        lede=_lede(moment, len(actions), has_children=bool(covers) or not is_whole, is_sure=is_sure, is_whole=is_whole),
        needs_me=needs_me(actions),
        children=covers,
    )


def _lede(moment: Moment, count: int, *, has_children: bool, is_sure: bool, is_whole: bool) -> SafeString:
    today = capfirst(day(moment.now))
    if not has_children:
        return format_html(
            _("{}. Aucun enfant ne vous est rattaché : le secrétariat de l’établissement peut le vérifier."), today
        )
    if count and is_sure and is_whole:
        text = ngettext(
            "{}. <b>Une chose vous attend</b>, le reste va bien.",
            "{}. <b>{} choses vous attendent</b>, le reste va bien.",
            count,
        )
        return format_html(text, today, count)
    return format_html("{}. {}", today, waiting(count, is_sure=is_sure))


def _covers(identity: Identity, schools: list[tuple[Actor, HomeRows, Moment]]) -> Iterator[ChildCover]:
    colours = colours_of({child.person: child.born_on for _, rows, _ in schools for child in _children(rows)})
    for actor, rows, moment in schools:
        school = identity.roles_in(actor.uai)[0].short_name
        works = {each.person: each for each in rows.parts.get(CHILDREN, ())}
        marks = {each.person: each for each in rows.parts.get("gradebook.children") or ()}
        for child in _children(rows):
            cover = _cover(child, colours[child.person], school, actor.uai, moment)
            cover = cover_work(works.get(child.person), moment, actor.uai, cover, rows.parts.get(DEADLINES, ()))
            yield _with_mark(cover, marks.get(child.person), actor.uai)


def _children(rows: HomeRows) -> list[Child]:
    children: list[Child] = rows.parts.get("timetable.children", [])
    return children


def _cover(child: Child, colour: str, school: str, uai: str, moment: Moment) -> ChildCover:
    now, following = current(child.lessons, moment), upcoming(child.lessons, moment)
    held = [each for each in child.lessons if each.is_held]
    ends_at = max((each.ends_at for each in held), default=None)
    over = moment.is_today and ends_at is not None and ends_at <= moment.now.time()
    again = following if following and not moment.is_today else None
    return ChildCover(
        first_name=child.first_name,
        colour=colour,
        group=child.division,
        school=school,
        week_url=reverse("timetable:child_week", args=[uai, child.person]) + moment.week_query,
        now_line=_where(now) if now else "",
        next_label=_("Premier cours") if [following] == held[:1] else _("Ensuite"),
        next_line="" if now or again or not following else f"{_where(following)}, {hour(following.starts_at)}",
        again_on=f"{_when(moment)}, {hour(again.starts_at)}" if again else "",
        again_with=_where(again) if again else "",
        ends_at=ends_at if moment.is_today and not over else None,
        quiet_line=_quiet(child, moment, over=over),
        changes=_changes(child.lessons),
    )


def _changes(lessons: list[Lesson]) -> list[tuple[str, str, str]]:
    """What a family should know of the day: the first mark of each lesson that has one."""
    marked = [(each, marks_of(each)) for each in lessons]
    return [
        (marks[0].icon, marks[0].word, f"{each.subject}, {hour(each.starts_at)}") for each, marks in marked if marks
    ]


def _with_mark(cover: ChildCover, last: Any, uai: str) -> ChildCover:
    """The cover with the last mark, as the room of marks tells it."""
    if last is None:
        return cover
    url = reverse("gradebook:student", args=[uai, last.url_id])
    scale = str(last.scale) if last.points is not None else ""
    return replace(cover, mark_of=last.subject, mark=last.text, mark_scale=scale, marks_url=url)


def _where(lesson: Lesson) -> str:
    place = room(lesson)
    return f"{lesson.subject}, {place}" if place else lesson.subject


def _when(moment: Moment) -> str:
    """« demain », « lundi 4 janvier »."""
    return _("demain") if moment.is_tomorrow else day(moment.day)


def _quiet(child: Child, moment: Moment, *, over: bool) -> str:
    if not any(each.is_held for each in child.lessons):
        when = _("aujourd’hui") if moment.is_today else _when(moment)
        return _("Pas de cours %(day)s.") % {"day": when}
    return _("Les cours sont finis pour aujourd’hui.") if over else ""

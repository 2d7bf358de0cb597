"""The week page: which week, and its lessons in the reader's own words."""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.foundation.ui.french import capfirst, day_month, day_number, plural
from pupitre.timetable.display import Item, WeekPage
from pupitre.timetable.queries import Lesson, Lessons
from pupitre.timetable.queries.weeks import Placement
from pupitre.timetable.words import marks_of

Link = Callable[[Lesson], str]
"""Where a lesson leads, for whoever may change it."""

_FARTHEST = 60
"""Weeks away from today that can be looked at."""


def monday_of(text: str, today: dt.date) -> dt.date:
    """The Monday of the week asked for (`2026-11-23`); this week when the text is no date or is too far."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = today
    if abs((day - today).days) > 7 * _FARTHEST:
        day = today
    return day - dt.timedelta(days=day.weekday())


def items_for_student(lessons: Iterable[Lesson], url: Link | None = None) -> list[Item]:
    """Subject first, then who and where."""
    return [_item(each, each.subject, (each.teachers, each.room), url) for each in lessons]


def items_for_teacher(lessons: Iterable[Lesson], url: Link | None = None) -> list[Item]:
    """Class first, then the subject and where."""
    return [_item(each, each.group, (each.subject, each.room), url) for each in lessons]


def items_for_room(lessons: Iterable[Lesson], url: Link | None = None) -> list[Item]:
    """Class first, then the subject and with whom."""
    return [_item(each, each.group, (each.subject, each.teachers), url) for each in lessons]


def items_for_group(lessons: Iterable[Lesson], label: str, url: Link | None = None) -> list[Item]:
    """Subject first, then which part of the class (« gr. 1 »: the page's title says the class), who and where."""
    return [_item(each, each.subject, (_part(each.group, label), each.teachers, each.room), url) for each in lessons]


def _part(group: str, label: str) -> str:
    return "" if group == label else group.removeprefix(f"{label} ")


def _item(lesson: Lesson, title: str, details: tuple[str, ...], url: Link | None = None) -> Item:
    return Item(
        weekday=lesson.weekday,
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        title=title,
        detail=" · ".join(detail for detail in details if detail),
        code=lesson.code,
        subject=lesson.subject,
        note=_alternation(lesson.alternation),
        url=url(lesson) if url else "",
        marks=marks_of(lesson),
        reason=lesson.change.reason if lesson.change else "",
        is_held=lesson.is_held,
    )


def _alternation(code: str) -> str:
    """« Une semaine sur deux » is said only of lessons that alternate: H is every week in STS files."""
    return "" if code in ("", "H") else _("une semaine sur deux")


def week_page(
    *,
    title: str,
    monday: dt.date,
    today: dt.date,
    path: str,
    lessons: Lessons | None = None,
    is_class: bool = False,
) -> WeekPage:
    """The words of the page and the ways to the weeks around. `is_class`: it is the week of students, who may be away."""
    lessons = lessons if lessons is not None else Lessons()
    this_monday = today - dt.timedelta(days=today.weekday())
    around = {shift: f"{path}?semaine={monday + dt.timedelta(days=7 * shift)}" for shift in (-1, 1)}
    return WeekPage(
        title=title,
        lede=_with(_lede(monday), _away(lessons) if is_class else changes_of(lessons)),
        previous_url=around[-1],
        next_url=around[1],
        today_url=path,
        empty=_empty(monday, lessons),
        is_this_week=monday == this_monday,
    )


def _with(lede: SafeString, more: SafeString) -> SafeString:
    return format_html("{} {}", lede, more) if more else lede


def _away(lessons: Lessons) -> SafeString:
    """The work placement of the week, in words; else what the week has that others have not."""
    said = [_placement(each) for each in lessons.placements if each.company or each.going]
    if said:
        return format_html("<b>{}</b>", " ".join(said))
    return _internship() if lessons.is_internship else changes_of(lessons)


def _placement(placement: Placement) -> str:
    """« Stage du 23 novembre au 11 décembre : Garage Martin, Nancy. Tuteur : M. Petit. »"""
    facts = {
        "label": placement.label,
        "first": day_month(placement.starts_on),
        "last": day_month(placement.ends_on),
        "where": ", ".join(filter(None, (placement.company, placement.place))),
        "tutor": placement.tutor,
    }
    if placement.going:
        going = plural(placement.going, _("élève en entreprise"), _("élèves en entreprise"))
        return _("%(label)s du %(first)s au %(last)s\N{NO-BREAK SPACE}: %(going)s, les autres ont cours.") % (
            facts | {"going": going}
        )
    where = _("%(label)s du %(first)s au %(last)s\N{NO-BREAK SPACE}: %(where)s.") % facts
    return f"{where} {_('Tuteur : %(tutor)s.') % facts}" if placement.tutor else where


def _internship() -> SafeString:
    return format_html("<b>{}</b>", _("Semaine de stage\N{NO-BREAK SPACE}: les cours n’ont pas lieu."))


def _empty(monday: dt.date, lessons: Lessons) -> str:
    reasons = [lessons.closed.get(monday + dt.timedelta(days=n), "") for n in range(5)]
    if all(reasons):
        return _("%(reason)s : pas de cours.") % {"reason": reasons[0]}
    if any(each.company or each.going for each in lessons.placements):
        return _("Semaine de stage\N{NO-BREAK SPACE}: pas de cours dans l’établissement.")
    if lessons.alternates:
        return _("Semaine en entreprise\N{NO-BREAK SPACE}: la classe est en alternance, sans cours cette semaine-là.")
    return _("Pas de cours cette semaine-là.")


def changes_of(lessons: Iterable[Lesson]) -> SafeString:
    """« <b>Un cours annulé, un cours déplacé</b>, un devoir surveillé. »: what the week has that others have not."""
    every = list(lessons)
    kinds = dict.fromkeys(("off", "moved", "replaced", "room", "test"), 0)
    for lesson in every:
        change = lesson.change
        if change is None or change.place == "here":
            continue
        if change.place == "away":
            kinds["moved"] += 1
        elif not lesson.is_held:
            kinds["off"] += 1
        else:
            kinds["replaced"] += bool(change.usual_teachers)
            kinds["room"] += change.changes_room and not change.is_added
            kinds["test"] += change.is_test
    said = [
        ngettext("un cours n’a pas lieu", "%(n)s cours n’ont pas lieu", kinds["off"]),
        ngettext("un cours déplacé", "%(n)s cours déplacés", kinds["moved"]),
        ngettext("un remplacement", "%(n)s remplacements", kinds["replaced"]),
        ngettext("une salle changée", "%(n)s salles changées", kinds["room"]),
        ngettext("un devoir surveillé", "%(n)s devoirs surveillés", kinds["test"]),
    ]
    told = [text % {"n": n} if n > 1 else text for text, n in zip(said, kinds.values(), strict=True) if n]
    return format_html("<b>{}</b>.", capfirst(", ".join(told))) if told else SafeString("")


def _lede(monday: dt.date) -> SafeString:
    friday = monday + dt.timedelta(days=4)
    # « du 23 au 27 novembre », but « du 30 novembre au 4 décembre ».
    first = day_number(monday) if monday.month == friday.month else day_month(monday)
    return format_html(_("Semaine du {} au {}."), first, day_month(friday))

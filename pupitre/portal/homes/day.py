"""The lessons of a day as lines in the margin."""

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import NBSP, day
from pupitre.portal.cards import Badge, Day, Gap, LessonLine, Level, When
from pupitre.portal.homes.moment import Moment
from pupitre.timetable.display import subject_colour
from pupitre.timetable.queries import Lesson
from pupitre.timetable.words import Mark, is_off, marks_of

_BREAK = dt.timedelta(minutes=30)


def day_of_student(lessons: Sequence[Lesson], moment: Moment, week_url: str) -> Day:
    """The day with subjects first, as a student reads it."""
    lines = [_line(each, moment, each.subject, (each.teachers, room(each))) for each in lessons]
    return Day(moment.day_title, week_url, _with_gaps(lines, lessons), _no_lessons(moment))


def day_of_teacher(lessons: Sequence[Lesson], moment: Moment, week_url: str, following: str = "") -> Day:
    """The day with classes first, as a teacher reads it; `following` says when lessons start again."""
    lines = [_line(each, moment, each.group, (room(each).capitalize(), each.subject)) for each in lessons]
    return Day(_title_taught(moment), week_url, _with_gaps(lines, lessons), _no_lessons(moment), following)


def room(lesson: Lesson) -> str:
    """« salle 204 », or nothing."""
    if not lesson.room:
        return ""
    # « CDI », « Gymnase » name themselves; a number needs the word.
    return _("salle %(code)s").replace(" ", NBSP) % {"code": lesson.room} if lesson.room[:1].isdigit() else lesson.room


def _title_taught(moment: Moment) -> str:
    if moment.is_today:
        return _("Mes cours")
    return _("Mes cours de demain") if moment.is_tomorrow else _("Mes cours du %(day)s") % {"day": day(moment.day)}


def _no_lessons(moment: Moment) -> str:
    if moment.is_today:
        return _("Pas de cours aujourd’hui")
    return _("Pas de cours demain") if moment.is_tomorrow else _("Pas de cours ce jour-là")


def _line(lesson: Lesson, moment: Moment, title: str, details: tuple[str, ...]) -> LessonLine:
    return LessonLine(
        starts_at=lesson.starts_at,
        ends_at=lesson.ends_at,
        title=title,
        subtitle=" · ".join(detail for detail in (*details, *_more(lesson)) if detail),
        colour=subject_colour(lesson.code, lesson.subject),
        state=_state(lesson, moment),
        badge=_badge(marks_of(lesson)),
        is_off=is_off(lesson),
    )


_LEVELS: dict[str, Level] = {"off": "bad", "chg": "warn", "due": "info"}


def _badge(marks: Sequence[Mark]) -> Badge | None:
    """The first thing to know of a lesson; the others stand in its second line."""
    return Badge(marks[0].text, _LEVELS[marks[0].tone], marks[0].icon) if marks else None


def _more(lesson: Lesson) -> list[str]:
    reason = lesson.change.reason if lesson.change else ""
    return [*(mark.text for mark in marks_of(lesson)[1:]), reason]


def _state(lesson: Lesson, moment: Moment) -> When:
    if not moment.is_today:
        return "next"
    time = moment.now.time()
    if lesson.ends_at <= time:
        return "past"
    return "now" if lesson.starts_at <= time and lesson.is_held else "next"


def _with_gaps(lines: Sequence[LessonLine], lessons: Sequence[Lesson]) -> list[LessonLine | Gap]:
    """Free time is shown, so that a morning reads as it will be lived."""
    if not lessons:
        return []
    shown: list[LessonLine | Gap] = []
    for place, (line, lesson) in enumerate(zip(lines, lessons, strict=True)):
        shown.append(line)
        gap = _gap(lesson, lessons[place + 1 :]) if lesson.is_held else None
        if gap:
            shown.append(Gap(lesson.ends_at, gap))
    return shown


def _gap(lesson: Lesson, after: Sequence[Lesson]) -> str:
    """What a lesson is followed by; nothing when the next line, held or crossed out, says it itself."""
    following = next((each for each in after if each.is_held), None)
    if following is None:
        return _("Fin des cours.")
    crossed = any(not each.is_held and each.starts_at < following.starts_at for each in after)
    if crossed or _minutes(following.starts_at) - _minutes(lesson.ends_at) < _BREAK.seconds // 60:
        return ""
    midday = lesson.ends_at <= dt.time(13, 0) <= following.starts_at or dt.time(11, 30) <= lesson.ends_at < dt.time(14)
    return _("Pause de midi.") if midday else _("Heure libre.")


def _minutes(hour: dt.time) -> int:
    return hour.hour * 60 + hour.minute

"""When a home is looked at: the local instant, the day it shows, and until when it stays true."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.foundation import clock
from pupitre.foundation.ui.french import capfirst, day
from pupitre.timetable.queries import EVENING, Lesson


@dataclass(frozen=True, slots=True)
class Moment:
    """`now` is local and without zone; `day` is the day shown, today or the next one with lessons."""

    now: dt.datetime
    day: dt.date

    @property
    def is_today(self) -> bool:
        return self.day == self.now.date()

    @property
    def is_tomorrow(self) -> bool:
        return (self.day - self.now.date()).days == 1

    @property
    def week_query(self) -> str:
        """What the address of a week needs to show the week of `day`: nothing when it is this one."""
        monday, this_monday = (day - dt.timedelta(days=day.weekday()) for day in (self.day, self.now.date()))
        return "" if monday == this_monday else f"?semaine={monday}"

    @property
    def day_title(self) -> str:
        """« Aujourd’hui », « Demain », « Lundi 30 novembre »."""
        if self.is_today:
            return _("Aujourd’hui")
        return _("Demain") if self.is_tomorrow else capfirst(day(self.day))


def local_now() -> dt.datetime:
    """The local instant of schools, without zone."""
    return clock.now().astimezone(clock.PARIS).replace(tzinfo=None)


def current(lessons: Iterable[Lesson], moment: Moment) -> Lesson | None:
    """The lesson going on."""
    time = moment.now.time()
    return next(
        (each for each in lessons if moment.is_today and each.is_held and each.starts_at <= time < each.ends_at), None
    )


def upcoming(lessons: Iterable[Lesson], moment: Moment) -> Lesson | None:
    """The next lesson of the day shown."""
    time = moment.now.time()
    return next((each for each in lessons if each.is_held and (not moment.is_today or each.starts_at > time)), None)


def true_until(lessons: Collection[Lesson], moment: Moment, bells: Collection[dt.time] = ()) -> dt.datetime:
    """When the page changes by itself: the next start or end of a lesson, a bell of the school, the evening, or midnight."""
    today = moment.now.date()
    hours = {EVENING, *bells, *(each.starts_at for each in lessons), *(each.ends_at for each in lessons)}
    ahead = [dt.datetime.combine(today, hour) for hour in hours]
    midnight = dt.datetime.combine(today + dt.timedelta(days=1), dt.time())
    return min((instant for instant in ahead if instant > moment.now), default=midnight)

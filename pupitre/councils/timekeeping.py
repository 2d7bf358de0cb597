"""Who keeps the time of a council: what is left, and what that gives for each student. No query."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.foundation.ui.french import NBSP, duration


@dataclass(frozen=True, slots=True)
class TimeLeft:
    """`minutes` until the end, negative when it is passed; `students` of whom nobody has spoken yet."""

    minutes: int
    students: int

    @property
    def seconds_each(self) -> int:
        """What each of them has, in seconds; nothing once the hour is passed or everyone was seen."""
        return max(0, self.minutes * 60) // self.students if self.students else 0


def time_left(now: dt.datetime, on: dt.date, ends_at: dt.time, students: int) -> TimeLeft:
    """What is left at `now` (the clock of the school, without zone) for so many students."""
    end = dt.datetime.combine(on, ends_at)
    return TimeLeft(int((end - now).total_seconds() // 60), students)


def words_of(left: TimeLeft | None) -> str:
    """« il reste 25 min, 2 min 05 par élève », by steps of five seconds: nobody counts finer."""
    if left is None:
        return ""
    if left.minutes < 0:
        return _("l’heure de fin est passée depuis %(time)s") % {"time": duration(-left.minutes)}
    said = _("il reste %(time)s") % {"time": duration(left.minutes)}
    if not left.students or left.minutes == 0:
        return said
    minutes, seconds = divmod(left.seconds_each, 60)
    seconds = seconds // 5 * 5
    parts = [f"{minutes}{NBSP}min"] if minutes else []
    parts += [f"{seconds:02}{NBSP}s"] if seconds or not minutes else []
    return _("%(left)s, %(each)s par élève") % {"left": said, "each": NBSP.join(parts)}

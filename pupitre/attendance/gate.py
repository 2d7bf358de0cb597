"""May this student leave now? Pure: lessons of a day, a regime and an hour in; yes or no, why and until when out.

A family chose a regime, which says what the school may let their child do: leave after the last lesson (that takes place, or
that was planned), for the meal, between two lessons, at fixed hours, or never alone. What the office allowed for the
hour goes first. Lessons that follow each other within `RECESS` are one stay: nobody leaves at the break.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

RECESS = dt.timedelta(minutes=25)
_DAY = dt.date(2000, 1, 1)


class Leaving(StrEnum):
    """When the day of a student is over."""

    HELD = "held"
    PLANNED = "planned"
    NEVER = "never"


class Why(StrEnum):
    """What the answer stands on."""

    OFFICE = "office"
    NO_REGIME = "no_regime"
    NEVER = "never"
    IN_LESSON = "in_lesson"
    RECESS = "recess"
    NOON = "noon"
    GAP = "gap"
    FIXED = "fixed"
    CANCELLED = "cancelled"
    OVER = "over"
    NO_LESSON = "no_lesson"


@dataclass(frozen=True, slots=True, order=True)
class Lesson:
    """A lesson of the student on that day; `is_held` False when it was cancelled."""

    starts_at: dt.time
    ends_at: dt.time
    label: str = ""
    is_held: bool = True


@dataclass(frozen=True, slots=True)
class Rule:
    """A regime."""

    leaving: Leaving
    at_noon: bool = False
    in_gaps: bool = False
    fixed_hours: Sequence[dt.time] = ()


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the office allows: to be out from an hour to another."""

    starts_at: dt.time
    ends_at: dt.time


@dataclass(frozen=True, slots=True)
class Verdict:
    """Yes or no, why, and until when: a yes holds until the next lesson, a no until they may leave; None, all day.

    `lesson`: the one going on, or the next.
    """

    may: bool
    why: Why
    until: dt.time | None = None
    lesson: Lesson | None = None


def may_leave(
    now: dt.time, lessons: Iterable[Lesson], rule: Rule | None, cut: dt.time, allowed: Iterable[Allowed] = ()
) -> Verdict:
    """The answer at the gate. `cut`: the beginning of the lunch break of the school."""
    day, leaves = sorted(lessons), list(allowed)
    verdict = _at(now, day, rule, cut, leaves)
    if verdict.may or rule is None:
        return verdict
    hours = {each.ends_at for each in day} | set(rule.fixed_hours) | {each.starts_at for each in leaves}
    later = (hour for hour in sorted(hours) if hour > now and _at(hour, day, rule, cut, leaves).may)
    return Verdict(False, verdict.why, next(later, None), verdict.lesson)


def _at(now: dt.time, day: Sequence[Lesson], rule: Rule | None, cut: dt.time, leaves: Sequence[Allowed]) -> Verdict:
    allowed = next((each for each in leaves if each.starts_at <= now < each.ends_at), None)
    held = [each for each in day if each.is_held]
    if allowed:
        return Verdict(True, Why.OFFICE, allowed.ends_at if _before(held, allowed.ends_at) else None)
    if rule is None:
        return Verdict(False, Why.NO_REGIME)
    going_on = next((each for each in held if each.starts_at <= now < each.ends_at), None)
    if rule.leaving is Leaving.NEVER:
        return Verdict(False, Why.NEVER, lesson=going_on)
    if going_on:
        return Verdict(False, Why.IN_LESSON, lesson=going_on)
    # Those who stay until their last planned lesson stay through one that is cancelled.
    kept = list(day) if rule.leaving is Leaving.PLANNED else held
    left = [each for each in kept if each.ends_at > now]
    before = [each for each in kept if each.ends_at <= now]
    return _between(now, before, left, rule, cut) if left else _over(now, day, before, rule)


def _before(lessons: Sequence[Lesson], hour: dt.time) -> bool:
    return any(each.starts_at >= hour for each in lessons)


def _over(now: dt.time, day: Sequence[Lesson], before: Sequence[Lesson], rule: Rule) -> Verdict:
    if not day:
        return Verdict(True, Why.NO_LESSON)
    opens = _opening(before[-1].ends_at if before else dt.time(0), rule)
    if now < opens:
        return Verdict(False, Why.FIXED)
    was_cancelled = any(not each.is_held and each.ends_at > now for each in day)
    return Verdict(True, Why.CANCELLED if was_cancelled else Why.OVER)


def _between(now: dt.time, before: Sequence[Lesson], left: Sequence[Lesson], rule: Rule, cut: dt.time) -> Verdict:
    following = left[0]
    if not following.is_held and following.starts_at <= now:
        return Verdict(False, Why.CANCELLED, lesson=following)
    since = before[-1].ends_at if before else dt.time(0)
    if before and _length(since, following.starts_at) <= RECESS:
        return Verdict(False, Why.RECESS, lesson=following)
    is_noon = bool(before) and before[-1].starts_at < cut <= following.starts_at
    why, may = (Why.NOON, rule.at_noon) if is_noon else (Why.GAP, rule.in_gaps)
    if may and now < _opening(since, rule):
        return Verdict(False, Why.FIXED, lesson=following)
    return Verdict(may, why, following.starts_at if may else None, following)


def _opening(since: dt.time, rule: Rule) -> dt.time:
    """When the gate opens for them after a lesson: at once, or at the first of the fixed hours."""
    return next((hour for hour in sorted(rule.fixed_hours) if hour >= since), since)


def _length(start: dt.time, end: dt.time) -> dt.timedelta:
    return dt.datetime.combine(_DAY, end) - dt.datetime.combine(_DAY, start)

"""When lessons take place: the alternances of an emp_sts file, hours and durations written HHMM."""

import re
from collections.abc import Iterable
from datetime import date, time, timedelta

from pupitre.integrations.exchange.verdicts import Finding, Severity

_HHMM = re.compile(r"(\d{1,2})\s*[:hH]?\s*(\d{2})")
_SUNDAY = 6


def monday_of(day: date) -> date:
    """The Monday of a week dated by any of its days; a Sunday announces the week that follows."""
    if day.weekday() == _SUNDAY:
        return day + timedelta(days=1)
    return day - timedelta(days=day.weekday())


def week_list(code: str, written: Iterable[str]) -> tuple[tuple[date, ...], list[Finding]]:
    """The Mondays of an alternance, in order, each once; findings say what was mended or left out."""
    mondays: set[date] = set()
    mended: list[tuple[date, date]] = []
    unread: list[str] = []
    for text in written:
        try:
            day = date.fromisoformat(text)
            monday = monday_of(day)
        except (ValueError, OverflowError):
            unread.append(text)
            continue
        mondays.add(monday)
        if monday != day:
            mended.append((day, monday))
    return tuple(sorted(mondays)), [*_told_mended(code, mended), *_told_unread(code, unread)]


def hour_and_minute(text: str) -> tuple[int, int] | None:
    """(8, 0) for « 0800 », « 800 » or « 08:00 »; None when it says no time nor duration of less than a day."""
    match = _HHMM.fullmatch(text)
    if match is None:
        return None
    hours, minutes = int(match[1]), int(match[2])
    return (hours, minutes) if hours < 24 and minutes < 60 else None


def is_mended(text: str) -> bool:
    """Whether a time that was read is not written HHMM."""
    return not (len(text) == 4 and text.isdecimal())


def ends_at(starts_at: time, hours: int, minutes: int) -> time | None:
    """The end of a lesson; None when it lasts nothing or goes past midnight."""
    lasts = hours * 60 + minutes
    total = starts_at.hour * 60 + starts_at.minute + lasts
    return time(total // 60, total % 60) if lasts and total < 24 * 60 else None


def _told_mended(code: str, mended: list[tuple[date, date]]) -> Iterable[Finding]:
    if mended:
        day, monday = mended[0]
        told = "La date a été ramenée" if len(mended) == 1 else f"{len(mended)} dates ont été ramenées"
        reason = f"Une semaine commence un lundi. {told} au lundi."
        yield Finding(
            Severity.REPAIR,
            "week_not_monday",
            f"Alternance {code}",
            reason,
            field="DATE_DEBUT_SEMAINE",
            old=f"{day:%d/%m/%Y}",
            new=f"{monday:%d/%m/%Y}",
        )


def _told_unread(code: str, unread: list[str]) -> Iterable[Finding]:
    for text in unread:
        reason = "Cette date de semaine n’est pas lisible. Corrigez l’alternance dans votre logiciel d’emploi du temps."
        yield Finding(
            Severity.QUARANTINE, "bad_week", f"Alternance {code}", reason, field="DATE_DEBUT_SEMAINE", old=text[:40]
        )

"""What Moodle says of somebody: their courses and what is to be done there. Called by a job, kept as an outside copy."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.ui.french import day_hour
from pupitre.integrations.moodle.answers import CourseOf, Deadline, Deadlines
from pupitre.integrations.moodle.client import QUICK, Moodle, MoodleFailure
from pupitre.integrations.moodle.models import Account, Site
from pupitre.integrations.moodle.services.outcomes import moodle_of
from pupitre.integrations.services.addresses import WrongAddress, parse_address
from pupitre.integrations.services.copies import Line, Section
from pupitre.integrations.services.failures import FAILURES
from pupitre.integrations.services.readers import Asked, Found, NoAnswer, Reader

KEY = "moodle"
AHEAD = dt.timedelta(days=45)
_MOST = 20
_LONGEST = 200
_PARIS = ZoneInfo("Europe/Paris")


def fetch(asked: Asked) -> Found:
    """The courses and deadlines of whoever asks. Two calls, two seconds each at most. Raises NoAnswer."""
    person = asked.identity.person
    with scope(asked.connector.establishment_id):
        site = Site.objects.filter(connector=asked.connector).first()
        account = Account.objects.filter(site=site, person=person, is_suspended=False).first() if site else None
    if site is None or account is None:
        raise NoAnswer("nobody", is_ill=False)
    seconds = min(QUICK, asked.seconds)
    try:
        moodle = moodle_of(site)
        deadlines = _deadlines(moodle, account.number, seconds)
        courses = moodle.ask(
            "core_enrol_get_users_courses", list[CourseOf], seconds=seconds, userid=account.number, returnusercount=0
        )
    except MoodleFailure as no:
        # Their own account may be unknown to a Moodle that is well.
        is_ill = no.code not in ("denied", "capability")
        raise NoAnswer(no.code if no.code in FAILURES else "unreadable", is_ill=is_ill) from None
    kept = [_kept(each, site.url) for each in deadlines]
    sections = [Section(str(_("À rendre")), [_line(each) for each in kept])] if kept else []
    shown = [each for each in courses if each.visible and not each.hidden]
    if shown:
        lines = [Line(each.fullname[:_LONGEST], url=f"{site.url}course/view.php?id={each.id}") for each in shown]
        sections.append(Section(str(_("Cours")), lines))
    return Found({person: sections}, {"deadlines": kept})


def _deadlines(moodle: Moodle, number: int, seconds: float) -> list[Deadline]:
    now = clock.now()
    return moodle.ask(
        "core_calendar_get_action_events_by_timesort",
        Deadlines,
        seconds=seconds,
        userid=number,
        timesortfrom=int(now.timestamp()),
        timesortto=int((now + AHEAD).timestamp()),
        limitnum=_MOST,
    ).events


def _kept(each: Deadline, home: str) -> dict[str, Any]:
    """The fields that are kept, of the thirty kilobytes that Moodle sends for each."""
    at = dt.datetime.fromtimestamp(each.timesort, _PARIS)
    return {
        "title": (each.activityname or each.name)[:_LONGEST],
        "course": (each.course.fullname if each.course else "")[:_LONGEST],
        "due_at": at.isoformat(),
        "url": each.url if _is_there(each.url, home) else home,
    }


def _line(kept: dict[str, Any]) -> Line:
    due_at, course = dt.datetime.fromisoformat(kept["due_at"]), kept["course"]
    detail = " · ".join(filter(None, (course, str(day_hour(due_at)))))
    return Line(kept["title"], detail, url=kept["url"], due_at=due_at, subject=course)


def _is_there(url: str, home: str) -> bool:
    """Whether an address is one of that Moodle: what it sends leads people nowhere else."""
    try:
        address, ours = parse_address(url), parse_address(home)
    except WrongAddress:
        return False
    return address.origin == ours.origin and address.lies_under(ours.path)


READER = Reader(KEY, _("Moodle"), fetch)

from dataclasses import dataclass
from hashlib import sha256

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.models import Person
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.timetable.feeds import address_of, read_key
from pupitre.timetable.ical import REFRESHED_EVERY, write_calendar
from pupitre.timetable.models import CalendarFeed
from pupitre.timetable.policies import TEACHING
from pupitre.timetable.queries import feed_still_due, feeds_of
from pupitre.timetable.services.feeds import close_feed, open_feed
from pupitre.timetable.year import year_of


@dataclass(frozen=True, slots=True)
class Line:
    """A week that one may follow, and its address when there is one. `pk` 0: the lessons one teaches."""

    pk: int
    title: str
    feed: CalendarFeed | None
    address: str

    @property
    def webcal(self) -> str:
        """The address under the scheme that opens a calendar application."""
        return f"webcal://{self.address.partition('://')[2]}"


@require_safe
def subscriptions(request: ActorRequest, uai: str) -> HttpResponse:
    """The addresses of one's own calendars."""
    lines = _lines(request)
    if not lines:
        raise Http404
    return render(request, "timetable/subscriptions.html", {"lines": lines, "uai": uai})


@require_POST
def subscribe(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    if pk == 0:
        if not actor.profiles & frozenset(TEACHING):
            raise Http404
        open_feed(student=None, actor=actor)
    else:
        student = get_allowed_or_404(actor, "timetable.subscribe_to_student", Person.objects.all(), pk=pk)
        open_feed(student=student, actor=actor)
    return redirect("timetable:subscriptions", uai)


@require_POST
def unsubscribe(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    feed = get_allowed_or_404(request.actor, "timetable.close_feed", CalendarFeed.objects.all(), pk=pk)
    close_feed(feed=feed, actor=request.actor)
    return redirect("timetable:subscriptions", uai)


@require_safe
def feed(request: HttpRequest, place: str, key: str) -> HttpResponse:
    """The file that a calendar application asks for, without a session: the address is the key."""
    try:
        pk, nonce = read_key(key)
    except (BadSignature, ValueError):
        raise Http404 from None
    school = Establishment.objects.filter(uai=place).first()
    if school is None:
        raise Http404
    with scope(school.pk):
        found = feed_still_due(pk, nonce)
        if found is None:
            raise Http404
        return _answer(request, found, school.uai)


def _answer(request: HttpRequest, found: CalendarFeed, uai: str) -> HttpResponse:
    today = clock.today()
    year, text = year_of(found, today)
    etag = f'"{sha256(f"{found.pk} {today} {text}".encode()).hexdigest()[:32]}"'

    def write() -> HttpResponse:
        content = write_calendar(_name(found), uai, year, today, for_teacher=found.student is None)
        return HttpResponse(content, content_type="text/calendar; charset=utf-8")

    # 304 before the file is written: applications ask every few minutes, all day.
    unchanged = get_conditional_response(request, etag=etag)
    answer = unchanged if unchanged is not None else write()
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={int(REFRESHED_EVERY.total_seconds())}"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _name(found: CalendarFeed) -> str:
    if found.student is None or found.student_id == found.reader_id:
        return _("Mon emploi du temps")
    return _("Emploi du temps de %(name)s") % {"name": found.student.first_name}


def _lines(request: ActorRequest) -> list[Line]:
    actor = request.actor
    feeds = {feed.student_id: feed for feed in feeds_of(actor)}
    rows: list[tuple[int, int | None, str]] = []
    if actor.profiles & frozenset(TEACHING):
        rows.append((0, None, _("Mes cours")))
    students = allowed(actor, "timetable.subscribe_to_student", Person.objects.all())
    for person in students.order_by("birth_date", "pk"):
        mine = person.pk == actor.person_id
        rows.append((person.pk, person.pk, _("Mon emploi du temps") if mine else person.first_name))
    return [
        Line(pk, title, feeds.get(student), address_of(feeds[student], actor.uai) if student in feeds else "")
        for pk, student, title in rows
    ]

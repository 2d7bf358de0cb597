"""What one sees of the calendar, in the calendar of one's telephone."""

import datetime as dt
from hashlib import sha256

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pupitre.agenda.feeds import address_of, read_key
from pupitre.agenda.ical import DAYS_AFTER, DAYS_BEFORE, REFRESHED_EVERY, write_calendar
from pupitre.agenda.models import AgendaFeed
from pupitre.agenda.policies import has_calendar
from pupitre.agenda.queries.calendar import calendar_of
from pupitre.agenda.queries.feeds import feed_of, reader_of_feed
from pupitre.agenda.services.feeds import close_feed, open_feed
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import Actor, ActorRequest


@require_safe
def subscription(request: ActorRequest, uai: str) -> HttpResponse:
    if not has_calendar(request.actor):
        raise Http404
    feed = feed_of(request.actor)
    address = address_of(feed, request.actor.uai) if feed else ""
    webcal = f"webcal://{address.partition('://')[2]}" if address else ""
    return render(request, "agenda/subscription.html", {"uai": uai, "feed": feed, "address": address, "webcal": webcal})


@require_POST
def subscribe(request: ActorRequest, uai: str) -> HttpResponse:
    if not has_calendar(request.actor):
        raise Http404
    open_feed(actor=request.actor)
    return redirect("agenda:subscription", uai)


@require_POST
def unsubscribe(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    close_feed(
        feed=get_allowed_or_404(request.actor, "agenda.close_feed", AgendaFeed.objects.all(), pk=pk),
        actor=request.actor,
    )
    return redirect("agenda:subscription", uai)


@require_safe
def export(request: ActorRequest, uai: str) -> HttpResponse:
    """The same file, once, for whoever has no telephone to subscribe."""
    if not has_calendar(request.actor):
        raise Http404
    response = HttpResponse(_file(request.actor), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response


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
        reader = reader_of_feed(school, pk, nonce)
        if reader is None:
            raise Http404
        content = _file(reader)
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    answer = unchanged or HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag
    answer["Cache-Control"] = f"private, max-age={int(REFRESHED_EVERY.total_seconds())}"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _file(actor: Actor) -> bytes:
    today = clock.today()
    first, last = today - dt.timedelta(days=DAYS_BEFORE), today + dt.timedelta(days=DAYS_AFTER)
    rows = [row for row in calendar_of(actor, first, last).events if not row.is_draft]
    return write_calendar(_("Agenda de l’établissement"), actor.uai, rows)

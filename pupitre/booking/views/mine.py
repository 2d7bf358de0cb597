"""One's own bookings; one booking, and its end."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.booking.models import Booking
from pupitre.booking.policies import BOOK
from pupitre.booking.queries.resources import of_booking
from pupitre.booking.queries.taken import bookings, met_since
from pupitre.booking.refusals import Refusal
from pupitre.booking.services.cancelling import cancel
from pupitre.booking.words import said, when
from pupitre.foundation import clock
from pupitre.foundation.access import allowed, get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.ui.french import in_paris

MOST_LINES = 100


@require_safe
def mine(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, BOOK)
    coming = bookings().filter(booked_by=request.actor.person_id, ends_at__gt=clock.now()).order_by("starts_at")
    rows = list(coming[:MOST_LINES])
    met = met_since(rows)
    lines = [(each, of_booking(each), when(each), met.get(each.pk, "")) for each in rows]
    context = {"uai": uai, "lines": lines, "most": MOST_LINES, "done": said(request.GET.get("dit", ""))}
    return render(request, "booking/mine.html", context)


@require_safe
def detail(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    return _page(request, uai, get_allowed_or_404(request.actor, "booking.view_booking", bookings(), pk=pk))


@require_POST
def cancel_one(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    booking = get_allowed_or_404(request.actor, "booking.cancel_booking", bookings(), pk=pk)
    word = request.POST.get("mot", "").strip()[:200]
    try:
        cancel(booking=booking, actor=request.actor, and_after="suivantes" in request.POST, word=word)
    except Refusal as why:
        return _page(request, uai, booking, str(why))
    is_mine = booking.booked_by_id == request.actor.person_id
    response = redirect("booking:mine" if is_mine else "booking:day", uai=uai)
    kind = "s" if booking.classroom_id else "m"
    response["Location"] += "?dit=annule"
    if not is_mine:
        response["Location"] += f"&genre={kind}&jour={in_paris(booking.starts_at):%Y-%m-%d}"
    return response


def _page(request: ActorRequest, uai: str, booking: Booking, problem: str = "") -> HttpResponse:
    may_cancel = allowed(request.actor, "booking.cancel_booking", Booking.objects.filter(pk=booking.pk)).exists()
    following = 0
    if booking.series:
        following = Booking.objects.filter(series=booking.series, starts_at__gt=booking.starts_at).count()
    context = {
        "uai": uai,
        "booking": booking,
        "resource": of_booking(booking),
        "when": when(booking),
        "is_mine": booking.booked_by_id == request.actor.person_id,
        "may_cancel": may_cancel and booking.ends_at > clock.now(),
        "following": following,
        "met": met_since([booking]).get(booking.pk, ""),
        "problem": problem,
    }
    return render(request, "booking/detail.html", context, status=422 if problem else 200)

"""A booking asked for; one that meets something comes back with what it meets."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.booking.forms import BookingForm
from pupitre.booking.policies import BOOK
from pupitre.booking.queries.resources import lesson_hours, resources
from pupitre.booking.refusals import AlreadyTaken, Refusal
from pupitre.booking.services.reserving import book
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def create(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, BOOK)
    things = [*resources("room"), *resources("equipment")]
    refusal: Refusal | None = None
    if request.method == "POST":
        form = BookingForm(request.POST, things=things)
        if form.is_valid():
            try:
                book(**form.asked(), actor=request.actor, only_free="libres" in request.POST)
            except Refusal as why:
                refusal = why
            else:
                response = redirect("booking:mine", uai=uai)
                response["Location"] += "?dit=reserve"
                return response
    else:
        initial = {"jour": f"{clock.today():%Y-%m-%d}", **request.GET.dict()}
        form = BookingForm(initial=initial, things=things)
    context = {
        "uai": uai,
        "form": form,
        "hours": lesson_hours(),
        "problem": str(refusal) if refusal else "",
        "met": refusal.met if isinstance(refusal, AlreadyTaken) else (),
        "free": refusal.free if isinstance(refusal, AlreadyTaken) else 0,
    }
    return render(request, "booking/create.html", context, status=422 if refusal or form.errors else 200)

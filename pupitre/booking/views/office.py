"""What the office lends."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.booking.forms import EquipmentForm, initial_of
from pupitre.booking.models import Equipment
from pupitre.booking.policies import MANAGE
from pupitre.booking.queries.resources import resources
from pupitre.booking.refusals import Refusal
from pupitre.booking.services.lending import lend, withdraw
from pupitre.booking.words import said
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def equipment(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, MANAGE)
    return _answer(request, uai, None)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    lent = Equipment.objects.filter(is_lent=True)
    return _answer(request, uai, get_allowed_or_404(request.actor, "booking.manage_equipment", lent, pk=pk))


@require_POST
def take_back(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    lent = Equipment.objects.filter(is_lent=True)
    row = get_allowed_or_404(request.actor, "booking.manage_equipment", lent, pk=pk)
    withdraw(equipment=row, actor=request.actor, word=request.POST.get("mot", "").strip()[:200])
    return _back(uai, "retire")


def _answer(request: ActorRequest, uai: str, row: Equipment | None) -> HttpResponse:
    problem = ""
    if request.method == "POST":
        form = EquipmentForm(request.POST)
        if form.is_valid():
            try:
                lend(**form.asked(), actor=request.actor, equipment=row)
            except Refusal as why:
                problem = str(why)
            else:
                return _back(uai, "materiel")
    else:
        form = EquipmentForm(initial=initial_of(row) if row else None)
    context = {
        "uai": uai,
        "equipment": row,
        "form": form,
        "things": [] if row else resources("equipment"),
        "problem": problem,
        "done": said(request.GET.get("dit", "")),
    }
    return render(request, "booking/equipment.html", context, status=422 if problem or form.errors else 200)


def _back(uai: str, word: str) -> HttpResponse:
    response = redirect("booking:equipment", uai=uai)
    response["Location"] += f"?dit={word}"
    return response

"""« Mes fichiers »: what one keeps in this school, the room it takes, what may go."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.files.models import StoredFile
from pupitre.files.picking import Picking, pick
from pupitre.files.queries import mine_of, room_of
from pupitre.files.services.removing import delete_file
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest

FILES_A_PAGE = 50


@require_safe
def mine(request: ActorRequest, uai: str) -> HttpResponse:
    return _page(request, uai, pick(request))


@require_POST
def deposit(request: ActorRequest, uai: str) -> HttpResponse:
    picking = pick(request)
    if picking.problems:
        return _page(request, uai, picking, status=422)
    return redirect("files:mine", uai=uai)


@require_POST
def delete(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    file = get_allowed_or_404(request.actor, "files.delete_file", StoredFile.objects.all(), pk=pk)
    delete_file(file, actor=request.actor)
    return redirect("files:mine", uai=uai)


def _page(request: ActorRequest, uai: str, picking: Picking, status: int = 200) -> HttpResponse:
    page = Paginator(mine_of(request.actor), FILES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "uai": uai,
        "picking": picking,
        "page": page,
        "room": room_of(request.actor),
    }
    return render(request, "files/mine.html", context, status=status)

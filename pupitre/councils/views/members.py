"""Who sits: named, and who came."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.councils.models import Member
from pupitre.councils.queries.members import candidates_of, members_of
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.members import add_member, name_expected, note_presences, remove_member
from pupitre.councils.services.sitting import sitting_of
from pupitre.councils.views.asking import Asked, class_run
from pupitre.foundation.actor import ActorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """The list, the presences, one more delegate."""
    asked = class_run(request.actor, term, pk)
    if request.method != "POST":
        return _page(request, asked)
    sitting = sitting_of(asked.term, asked.division)
    gesture = request.POST.get("geste", "")
    try:
        if gesture == "ajouter":
            person = request.POST.get("personne", "")
            if not person.isdecimal() or len(person) > 15:
                raise Refusal(_("Choisissez quelqu’un dans la liste."))
            add_member(sitting=sitting, person_id=int(person), actor=request.actor)
        elif gesture == "convoquer":
            name_expected(sitting=sitting, actor=request.actor)
        else:
            told = {
                int(key[1:]): str(value)
                for key, value in request.POST.items()
                if key[:1] == "m" and key[1:].isdecimal()
            }
            note_presences(sitting=sitting, told=told, actor=request.actor)
    except Refusal as no:
        return _page(request, asked, refusal=str(no))
    return redirect("councils:members", uai, term, pk)


@require_POST
def remove(request: ActorRequest, uai: str, term: int, pk: int, member: int) -> HttpResponse:
    """Take somebody off the list."""
    asked = class_run(request.actor, term, pk)
    found: Member | None = Member.objects.filter(
        pk=member, sitting__term=asked.term, sitting__division=asked.division
    ).select_related("sitting").first()  # fmt: skip
    if found is None:
        raise Http404
    remove_member(member=found, actor=request.actor)
    return redirect("councils:members", uai, term, pk)


def _page(request: ActorRequest, asked: Asked, refusal: str = "") -> HttpResponse:
    rows = members_of(asked.term.pk, asked.division.pk)
    known = {each.person_id for each in rows}
    candidates = candidates_of(asked.division)
    context = {
        "uai": request.actor.uai,
        "asked": asked,
        "members": rows,
        "presences": Member.Presence.choices,
        "students": [each for each in candidates.students if each.pk not in known],
        "guardians": [each for each in candidates.guardians if each.pk not in known],
        "refusal": refusal,
    }
    return render(request, "councils/members.html", context, status=422 if refusal else 200)

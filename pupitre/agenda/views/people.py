"""Who takes part in an event: found by name, or a whole class; taken off again."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.agenda.models import Event, Participant
from pupitre.agenda.queries.event import page_of
from pupitre.agenda.refusals import Refusal
from pupitre.agenda.services.addressing import groups_to_address
from pupitre.agenda.services.inviting import invite, invite_group, remove
from pupitre.agenda.views.asking import event_edited, must_work_here, number_asked
from pupitre.directory.queries import search_people
from pupitre.foundation.actor import ActorRequest

SHOWN = 12


@require_http_methods(["GET", "HEAD", "POST"])
def people(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    must_work_here(actor)
    event = event_edited(actor, pk)
    refusal = ""
    if request.method == "POST":
        try:
            _act(request, event)
        except Refusal as no:
            refusal = str(no)
        else:
            return redirect("agenda:people", uai, pk)
    page = page_of(event, actor)
    known = {each.participant.person_id for each in page.members}
    words = request.GET.get("q", "")[:80]
    found = [each for each in search_people(actor, words) if each.person.pk not in known][:SHOWN] if words else []
    context = {
        "uai": uai,
        "page": page,
        "event": event,
        "words": words,
        "found": found,
        "groups": groups_to_address(actor) if event.kind == Event.Kind.OUTING else (),
        "refusal": refusal,
    }
    return render(request, "agenda/people.html", context, status=422 if refusal else 200)


def _act(request: ActorRequest, event: Event) -> None:
    """One button of the page: add somebody, add a class, take somebody off. Raises Refusal."""
    posted = request.POST
    if (person := number_asked(posted.get("ajouter", ""))) is not None:
        invite(event=event, person_ids=[person], actor=request.actor)
    elif (group := number_asked(posted.get("classe", ""))) is not None:
        chosen = next((each for each in groups_to_address(request.actor) if each.pk == group), None)
        if chosen is not None:
            invite_group(event=event, group=chosen, actor=request.actor)
    elif (part := number_asked(posted.get("retirer", ""))) is not None:
        row = Participant.objects.filter(event=event, pk=part).select_related("event").first()
        if row is not None:
            remove(participant=row, actor=request.actor)

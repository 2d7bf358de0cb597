"""« Je suis absent »: what whoever writes to somebody who is away reads."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.messaging.forms import AwayForm
from pupitre.messaging.queries.away import auto_answer_of
from pupitre.messaging.services.being_away import say_away, say_back
from pupitre.messaging.views.place import SAID, mine, notice_of, signed_out


@require_http_methods(["GET", "HEAD", "POST"])
def away(request: HttpRequest) -> HttpResponse:
    """For those who work in a school: families are not asked to account for their evenings."""
    me = mine(request)
    if me is None:
        return signed_out(request)
    if not me.works:
        raise Http404
    known = auto_answer_of(me.person_id)
    if request.method == "POST" and "back" in request.POST:
        say_back(me.person_id)
        return _back("retour")
    initial = {name: getattr(known, name) for name in ("starts_on", "ends_on", "text")} if known else {}
    form = AwayForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        say_away(me.person_id, name=me.identity.display_name, **form.cleaned_data)
        return _back("absent")
    context = {"form": form, "known": known, "notice": notice_of(request)}
    return render(request, "messaging/away.html", context, status=422 if form.errors else 200)


def _back(said: str) -> HttpResponse:
    response = redirect("messaging:away")
    response["Location"] += f"?{SAID}={said}"
    return response

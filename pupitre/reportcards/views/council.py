"""What the council says of a student, one page a student."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.foundation.actor import ActorRequest
from pupitre.messaging.words import of_name
from pupitre.reportcards.forms import CouncilForm
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.council import fill_card, mention_called
from pupitre.reportcards.views.reading import may_write, read


@require_http_methods(["GET", "HEAD", "POST"])
def council(request: ActorRequest, uai: str, pk: int, term: int) -> HttpResponse:
    """Mention, supports and orientation of a student; the synthesis is written in the list of the class."""
    found = read(request, pk, term, with_files=False)
    if not may_write(found, request.actor):
        raise Http404
    card = found.card
    held = found.bulletin.mention
    initial: dict[str, object] = {"mention": held}
    if card is not None:
        initial |= {"supports": card.supports, "wishes": card.wishes, "decision": card.decision}
    form = CouncilForm(request.POST if request.method == "POST" else None, initial=initial, held=held)
    problem = ""
    if request.method == "POST" and form.is_valid():
        facts = {**form.cleaned_data, "mention": mention_called(form.cleaned_data["mention"])}
        try:
            fill_card(student=found.student, term=found.term, actor=request.actor, **facts)
            return redirect("reportcards:student", uai=uai, pk=pk, term=term)
        except Refusal as no:
            problem = str(no)
    context = {
        "uai": uai, "found": found, "b": found.bulletin, "form": form, "problem": problem,
        "of_name": of_name(found.bulletin.first_name),
    }  # fmt: skip
    return render(request, "reportcards/council.html", context, status=422 if problem or form.errors else 200)

"""A bulletin that another tool gave, as it was taken over."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Student
from pupitre.foundation import audit
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.messaging.words import of_name
from pupitre.reportcards.models import PastCard
from pupitre.reportcards.queries.past import past_bulletin
from pupitre.timetable.display import subject_colour


@require_safe
def past(request: ActorRequest, uai: str, pk: int, past: int) -> HttpResponse:
    actor = request.actor
    rows = PastCard.objects.filter(student=pk).select_related("student__person", "establishment")
    card = get_allowed_or_404(actor, "reportcards.view_past", rows, pk=past)
    is_family = allowed(actor, "reportcards.read_as_family", Student.objects.filter(pk=pk)).exists()
    if not is_family:
        # RGP-7: every look at a student's file is kept.
        audit.record(actor, "reportcards.view_past", card.student, past=card.pk)
    person = card.student.person
    context = {
        "uai": uai, "card": card, "b": past_bulletin(card), "person": person, "is_own": person.pk == actor.person_id,
        "of_name": of_name(person.display_name), "colour_of": subject_colour,
    }  # fmt: skip
    return render(request, "reportcards/past.html", context)

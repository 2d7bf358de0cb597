"""What is printed after a council: its minutes for the team, its summary for delegates."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.councils.models import Sitting
from pupitre.councils.queries.facts import facts_of
from pupitre.councils.queries.members import members_of
from pupitre.councils.views.asking import class_asked
from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.queries.results import results_of

FEWEST = 5
"""Students under whom the average of a group says too much of each of them to be told to delegates."""


@require_safe
def minutes(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """For those who prepare councils: who came, what was said, what was granted to whom."""
    asked = class_asked(request.actor, term, pk)
    results, facts = results_of(asked.division, asked.term), facts_of(asked.division, asked.term)
    context = {
        "uai": uai,
        "asked": asked,
        "facts": facts,
        "results": results,
        "members": members_of(asked.term.pk, asked.division.pk),
        "rows": [(each, facts.states.get(each.id)) for each in results.students],
        "school": asked.division.establishment,
    }
    return render(request, "councils/minutes.html", context)


@require_safe
def summary(request: ActorRequest, uai: str, term: int, pk: int) -> HttpResponse:
    """For delegates: the class alone, no student in particular."""
    rows = Sitting.objects.select_related("division", "term", "establishment")
    sitting = get_allowed_or_404(request.actor, "councils.read_summary", rows, term=term, division=pk)
    results = results_of(sitting.division, sitting.term)
    context = {
        "uai": uai,
        "sitting": sitting,
        "results": results,
        "subjects": [
            (each, spread)
            for each in results.services
            if (spread := results.spread_in(each.course)) and spread.count >= FEWEST
        ],
        "fewest": FEWEST,
        "members": members_of(term, pk),
        "school": sitting.establishment,
    }
    return render(request, "councils/summary.html", context)

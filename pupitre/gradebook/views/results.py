"""A class in a few numbers, service by service: the head and the form teacher read it whole, a teacher their own services."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Group
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.display_class import class_numbers
from pupitre.gradebook.queries.results import results_of
from pupitre.gradebook.queries.terms import term_asked, terms_of_year


@require_safe
def results(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    divisions = Group.objects.filter(kind=Group.Kind.DIVISION)
    division = get_allowed_or_404(actor, "gradebook.view_class", divisions, pk=pk)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    if term is None:
        return render(request, "gradebook/no_term.html", {"uai": uai, "course": None})
    if term.school_year_id != division.school_year_id:
        raise Http404
    found = results_of(division, term)
    is_whole = allowed(actor, "gradebook.view_whole_class", divisions.filter(pk=pk)).exists()
    own = [each.course for each in found.services if any(person == actor.person_id for person, _name in each.teachers)]
    context = {
        "uai": uai, "division": division, "terms": terms, "term": term, "results": found, "is_whole": is_whole,
        "page": class_numbers(found, None if is_whole else own),
    }  # fmt: skip
    return render(request, "gradebook/results.html", context)

"""The way in: the services of a teacher or of the school, the marks of a student, the children of a guardian."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.policies import MANAGE, VIEW
from pupitre.gradebook.queries.services import services_of
from pupitre.gradebook.queries.terms import term_asked, terms_of_year


@require_safe
def home(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    teaches = Profile.TEACHER in actor.profiles
    if not teaches and not actor.has(VIEW):
        return _family(request)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    only_mine = teaches and request.GET.get("voir") != "toutes"
    context = {
        "uai": uai,
        "terms": terms,
        "term": term,
        "lines": services_of(actor, term, only_mine=only_mine and not actor.has(MANAGE)),
        "only_mine": only_mine,
        "teaches": teaches,
        "may_manage": actor.has(MANAGE),
    }
    return render(request, "gradebook/services.html", context)


def _family(request: ActorRequest) -> HttpResponse:
    """A student's own marks; a guardian's children, straight to the only one."""
    rows = allowed(request.actor, "gradebook.read_as_family", Student.objects.select_related("person"))
    students = list(rows.order_by("person__birth_date", "person__sort_key"))
    if not students and not request.actor.profiles & {Profile.STUDENT, Profile.GUARDIAN}:
        raise Http404
    if len(students) == 1:
        return redirect("gradebook:student", uai=request.actor.uai, pk=students[0].pk)
    return render(request, "gradebook/children.html", {"uai": request.actor.uai, "children": students})

"""The way in: what to write and to follow for those who work there, the bulletins that were given for families."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.foundation.access import allowed, get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.messaging.words import of_name
from pupitre.notifications.services.reading import mark_read
from pupitre.reportcards.policies import MANAGE, VIEW
from pupitre.reportcards.queries.cards import given_to
from pupitre.reportcards.queries.home import classes_to_follow, courses_to_write
from pupitre.reportcards.queries.past import past_of
from pupitre.reportcards.services.publishing import GIVEN


@require_safe
def home(request: ActorRequest, uai: str) -> HttpResponse:
    actor = request.actor
    teaches = Profile.TEACHER in actor.profiles
    if not teaches and not actor.has(VIEW):
        return _family(request)
    terms = terms_of_year()
    term = term_asked(terms, request.GET.get("periode", ""))
    context = {
        "uai": uai, "terms": terms, "term": term, "may_manage": actor.has(MANAGE),
        "courses": courses_to_write(actor, term) if term and teaches else [],
        "classes": classes_to_follow(actor, term) if term else [],
    }  # fmt: skip
    return render(request, "reportcards/home.html", context)


def _family(request: ActorRequest) -> HttpResponse:
    """One's own bulletins; those of each child of a guardian, straight to the only one."""
    actor = request.actor
    rows = allowed(actor, "reportcards.read_as_family", Student.objects.select_related("person"))
    students = list(rows.order_by("person__birth_date", "person__sort_key"))
    if not students and not actor.profiles & {Profile.STUDENT, Profile.GUARDIAN}:
        raise Http404
    if len(students) == 1:
        return redirect("reportcards:listed", uai=actor.uai, pk=students[0].pk)
    return render(request, "reportcards/children.html", {"uai": actor.uai, "children": students})


@require_safe
def listed(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """Every bulletin that was given to a student, of every year."""
    actor = request.actor
    rows = Student.objects.select_related("person")
    student = get_allowed_or_404(actor, "reportcards.view_student", rows, pk=pk)
    is_family = allowed(actor, "reportcards.read_as_family", Student.objects.filter(pk=pk)).exists()
    if is_family:
        # The page shows what the notice told.
        mark_read(person_id=actor.person_id, kind=GIVEN)
    cards = list(given_to(Student.objects.filter(pk=pk)))
    context = {
        "uai": uai, "student": student, "cards": cards, "past": list(past_of(pk)), "is_own": student.person_id == actor.person_id,
        "of_name": of_name(student.person.display_name), "is_family": is_family, "terms": [] if is_family else terms_of_year(),
    }  # fmt: skip
    return render(request, "reportcards/listed.html", context)

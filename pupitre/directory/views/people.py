from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupitre.directory.models import Group
from pupitre.directory.profiles import Profile
from pupitre.directory.queries import groups_with_counts, search_people, students_of
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import ActorRequest

_FILTERS = (Profile.STUDENT, Profile.TEACHER, Profile.GUARDIAN, Profile.SCHOOL_LIFE, Profile.HEAD)


@require_safe
def search(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "directory.search")
    text = request.GET.get("q", "").strip()[:80]
    profile = request.GET.get("profil", "")
    profile = profile if profile in _FILTERS else ""
    context = {
        "text": text,
        "profile": profile,
        "filters": [(filter_.value, filter_.label) for filter_ in _FILTERS],
        "found": search_people(request.actor, text, profile),
        "uai": uai,
    }
    return render(request, "directory/search.html", context)


@require_safe
def groups(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "directory.view_groups")
    rows = list(groups_with_counts(request.actor))
    context = {
        "divisions": [group for group in rows if group.kind == Group.Kind.DIVISION],
        "others": [group for group in rows if group.kind != Group.Kind.DIVISION],
        "uai": uai,
    }
    return render(request, "directory/groups.html", context)


@require_safe
def group(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, "directory.view_groups")
    shown = get_allowed_or_404(request.actor, "directory.view_group", Group.objects.all(), pk=pk)
    context = {"group": shown, "students": list(students_of(shown)), "uai": uai}
    return render(request, "directory/group.html", context)

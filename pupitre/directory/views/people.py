from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from pupitre.directory.families import family_of
from pupitre.directory.models import Group, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.queries import (
    SHOWN,
    groups_of,
    groups_with_counts,
    role_label,
    roles_here,
    search_people,
    students_of,
)
from pupitre.foundation import audit
from pupitre.foundation.access import get_allowed_or_404, require
from pupitre.foundation.actor import Actor, ActorRequest
from pupitre.foundation.faces import faces_of
from pupitre.foundation.links import Button, buttons_at, links_at

_FILTERS = {
    Profile.STUDENT: gettext_lazy("Élèves"),
    Profile.TEACHER: gettext_lazy("Enseignants"),
    Profile.GUARDIAN: gettext_lazy("Responsables"),
    Profile.SCHOOL_LIFE: Profile.SCHOOL_LIFE.label,
    Profile.HEAD: Profile.HEAD.label,
}


@require_safe
def search(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, "directory.search")
    text = request.GET.get("q", "").strip()[:80]
    profile = request.GET.get("profil", "")
    profile = profile if profile in _FILTERS else ""
    context = {
        "text": text,
        "profile": profile,
        "filters": [(filter_.value, label) for filter_, label in _FILTERS.items()],
        "found": search_people(request.actor, text, profile),
        "shown": SHOWN,
        "uai": uai,
    }
    return render(request, "directory/search.html", context)


@require_safe
def person(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    actor = request.actor
    require(actor, "directory.search")
    shown = get_allowed_or_404(actor, "directory.view_person", Person.objects.all(), pk=pk)
    roles, family = roles_here(shown), family_of(shown, actor)
    is_student = any(role.profile == Profile.STUDENT for role in roles)
    shows_contacts = actor.has("directory.view_contacts") and bool(family.guardians or family.children)
    if shows_contacts:
        # RGP-7: every look at a family's contacts is kept.
        audit.record(actor, "directory.view_contacts", shown)
    context = {
        "uai": uai,
        "person": shown,
        "roles": [role_label(role) for role in roles],
        "groups": list(groups_of(shown)) if is_student else [],
        "family": family,
        "is_student": is_student,
        "shows_contacts": shows_contacts,
        "may_see_week": is_student and actor.has("timetable.view_any"),
        "may_see_account": actor.has("accounts.view_activation"),
        "buttons": _buttons(actor, shown) if is_student else [],
    }
    return render(request, "directory/person.html", context)


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
    buttons = buttons_at(request.actor, "group", shown.pk)
    students = list(students_of(shown))
    faces = faces_of(uai, [each.pk for each in students])
    context = {"group": shown, "students": students, "uai": uai, "buttons": buttons, "faces": faces}
    return render(request, "directory/group.html", context)


def _buttons(actor: Actor, shown: Person) -> list[Button]:
    """What rooms offer about a student; one statement, none when nothing is offered to this person."""
    if not links_at(actor, "student"):
        return []
    schooling = Student.objects.filter(person=shown).values_list("pk", flat=True).first()
    return buttons_at(actor, "student", schooling) if schooling else []

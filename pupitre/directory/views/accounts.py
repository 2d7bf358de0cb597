"""The accounts of a school: who opened theirs, one person's account, and why a guardian sees nothing."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from pupitre.accounts.services.factors import has_factor
from pupitre.directory.activation import (
    AccountRow,
    accounts_of_division,
    accounts_of_people,
    accounts_of_staff,
    activation_of_school,
    divisions_of_today,
    find_accounts,
    named,
    person_of_school,
)
from pupitre.directory.child_access import why_not_seen
from pupitre.directory.families import family_of
from pupitre.directory.forms_accounts import OneSheetForm, ResetForm, SheetsForm, SuspensionForm
from pupitre.directory.models import Group, Guardianship, Person
from pupitre.directory.reach import is_kept_elsewhere
from pupitre.directory.roles import roles_of
from pupitre.directory.services.activation import Whom, choose, reached_rows
from pupitre.directory.services.suspension import NotYourAccount, SuspensionReason, reopen, suspend, suspension_of
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest

VIEW, PRINT = "accounts.view_activation", "accounts.print_codes"
MANAGE, RESET = "directory.manage_people", "accounts.reset_second_factor"


@require_safe
def activation(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    text = _asked(request)
    context = {
        "uai": uai,
        "school": activation_of_school(),
        "text": text,
        "found": find_accounts(text),
        "may_add": request.actor.has(MANAGE),
        "may_require": request.actor.has("accounts.require_second_factor"),
        "may_renew": request.actor.has("accounts.renew_passwords"),
    }
    return render(request, "directory/accounts.html", context)


@require_safe
def division(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, VIEW)
    group = get_object_or_404(divisions_of_today(), pk=pk)
    return division_page(request, group, SheetsForm())


def division_page(request: ActorRequest, group: Group, form: SheetsForm, status: int = 200) -> HttpResponse:
    """The accounts of a class, with the form that prints its sheets."""
    context = {"title": group.label, "group": group} | _list_context(request, accounts_of_division(group), form)
    return render(request, "directory/accounts_list.html", context, status=status)


@require_safe
def staff(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    return staff_page(request, SheetsForm())


def staff_page(request: ActorRequest, form: SheetsForm, status: int = 200) -> HttpResponse:
    """The accounts of those who work in the school, with the form that prints their sheets."""
    context = {"title": "", "group": None} | _list_context(request, accounts_of_staff(), form)
    return render(request, "directory/accounts_list.html", context, status=status)


@require_safe
def person(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, VIEW)
    return person_page(request, person_or_404(pk))


def person_page(
    request: ActorRequest,
    shown: Person,
    *,
    sheet_form: OneSheetForm | None = None,
    suspension_form: SuspensionForm | None = None,
    reset_form: ResetForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """One person's account, with what the actor may do to it."""
    actor = request.actor
    [row] = accounts_of_people([shown])
    reached, _beyond = reached_rows(actor, [row])
    acts = actor.has(PRINT) and bool(reached) and row.kind != "former"
    works = row.kind == "staff"
    context = {
        "uai": actor.uai,
        "row": row,
        "acts": acts,
        "is_self": shown.pk == actor.person_id,
        "may_print": acts and bool(choose(reached, Whom.EVERYONE)),
        "is_kept_elsewhere": not reached and is_kept_elsewhere(actor, shown),
        "roles": roles_of(shown, actor),
        "has_rights": works and actor.has("directory.grant"),
        "family": family_of(shown, actor),
        "is_guardian": Guardianship.objects.filter(guardian=shown, establishment=actor.establishment_id).exists(),
        "suspension": suspension_of(row.user) if row.user and row.state == "suspended" else None,
        "sheet_form": sheet_form or OneSheetForm(),
        "may_reset": acts and actor.has(RESET) and row.user is not None and has_factor(row.user),
        "reset_form": reset_form or ResetForm(),
        "suspension_form": suspension_form or SuspensionForm(),
    }
    return render(request, "directory/accounts_person.html", context, status=status)


@require_POST
def suspend_account(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, PRINT)
    shown = person_or_404(pk)
    form = SuspensionForm(request.POST)
    if not form.is_valid():
        return person_page(request, shown, suspension_form=form, status=422)
    try:
        suspend(person=shown, reason=SuspensionReason(form.cleaned_data["raison"]), actor=request.actor)
    except NotYourAccount:
        raise Http404 from None
    return redirect("accounts_of_school:person", uai=uai, pk=pk)


@require_POST
def reopen_account(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, PRINT)
    try:
        reopen(person=person_or_404(pk), actor=request.actor)
    except NotYourAccount:
        raise Http404 from None
    return redirect("accounts_of_school:person", uai=uai, pk=pk)


@require_safe
def child_access(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, VIEW)
    shown, text = person_or_404(pk), _asked(request)
    context = {"uai": uai, "person": shown, "text": text, "check": why_not_seen(shown, student_name=text)}
    return render(request, "directory/accounts_children.html", context)


def person_or_404(pk: int) -> Person:
    """Someone of the open school. Raises Http404."""
    found = person_of_school(pk)
    if found is None:
        raise Http404
    return found


def _list_context(request: ActorRequest, rows: list[AccountRow], form: SheetsForm) -> dict[str, Any]:
    actor = request.actor
    may_print = actor.has(PRINT)
    reached, beyond = reached_rows(actor, rows) if may_print else ([], frozenset[int]())
    text = _asked(request)
    return {
        "uai": actor.uai,
        "rows": named(rows, text),
        "total": len(rows),
        "without_account": sum(row.state == "none" for row in rows),
        "beyond": beyond,
        "may_print": may_print,
        "may_add": actor.has(MANAGE),
        "counts": {whom: len(choose(reached, whom)) for whom in Whom.values},
        "form": form,
        "text": text,
    }


def _asked(request: ActorRequest) -> str:
    return request.GET.get("q", "").strip()[:80]

"""Printing activation sheets: a POST answers the PDF, or the page again with what stands in the way."""

from collections.abc import Callable

from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pupitre.directory.activation import (
    AccountRow,
    accounts_of_division,
    accounts_of_people,
    accounts_of_staff,
    divisions_of_today,
)
from pupitre.directory.forms_accounts import OneSheetForm, SheetsForm
from pupitre.directory.services.activation import NothingToPrint, Whom, choose, print_sheets
from pupitre.directory.views.accounts import PRINT, division_page, person_or_404, person_page, staff_page
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest


@require_POST
def print_division(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, PRINT)
    group = get_object_or_404(divisions_of_today(), pk=pk)
    form = SheetsForm(request.POST)
    if not form.is_valid():
        return division_page(request, group, form, status=422)
    rows = choose(accounts_of_division(group), form.cleaned_data["qui"], form.cleaned_data["public"])
    return _answer(request, rows, form, group.label, group, lambda: division_page(request, group, form, status=422))


@require_POST
def print_staff(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, PRINT)
    form = SheetsForm(request.POST)
    if not form.is_valid():
        return staff_page(request, form, status=422)
    rows = choose(accounts_of_staff(), form.cleaned_data["qui"])
    return _answer(request, rows, form, _("personnels"), None, lambda: staff_page(request, form, status=422))


@require_POST
def print_person(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    require(request.actor, PRINT)
    person = person_or_404(pk)
    form = OneSheetForm(request.POST)
    if not form.is_valid():
        return person_page(request, person, sheet_form=form, status=422)
    rows = choose(accounts_of_people([person]), Whom.EVERYONE)
    name = person.display_name
    return _answer(request, rows, form, name, person, lambda: person_page(request, person, sheet_form=form, status=422))


def _answer(
    request: ActorRequest,
    rows: list[AccountRow],
    form: OneSheetForm,
    name: str,
    target: Model | None,
    again: Callable[[], HttpResponse],
) -> HttpResponse:
    try:
        printed = print_sheets(
            rows,
            actor=request.actor,
            activation_url=request.build_absolute_uri("/activation/"),
            large=form.cleaned_data["grands"],
            target=target,
            title=_("Fiches d’activation · %(name)s") % {"name": name},
        )
    except NothingToPrint:
        form.add_error(None, _("Personne ne reçoit de fiche avec ce choix. Élargissez-le, ou vérifiez les comptes."))
        return again()
    response = HttpResponse(printed.pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="fiches-{slugify(name) or "activation"}.pdf"'
    # Codes open accounts: no copy stays in a cache.
    response["Cache-Control"] = "no-store"
    return response

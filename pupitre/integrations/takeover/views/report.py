"""The lines that are not taken, as a table for whoever mends the export: opened by a spreadsheet, never run by it."""

import csv

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.takeover.models import Fate, TakeOver
from pupitre.integrations.takeover.queries import figures_of, issues_of

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@require_safe
def report(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    rows = TakeOver.objects.defer("data", "entry_ids")
    take = get_allowed_or_404(request.actor, "takeover.manage_file", rows, pk=pk)
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="reprise-{take.pk}.csv"',
            "Cache-Control": "no-store",
        },
    )
    response.write(_BOM)
    table = csv.writer(response, delimiter=";", lineterminator="\r\n")
    table.writerow([_("Objet"), _("Lues"), *(str(fate.label) for fate in Fate)])
    for thing, counts in figures_of(take):
        table.writerow([str(thing.label), counts["read"], *(counts[fate] for fate in Fate.values)])
    table.writerow([])
    table.writerow([_("Ligne"), _("Objet"), _("Sort"), _("Ce que dit le fichier"), _("Pourquoi")])
    for each in issues_of(take).iterator():
        table.writerow(
            [
                each.number,
                str(each.get_thing_display()),
                str(each.get_fate_display()),
                *map(_cell, (each.told, each.reason)),
            ]
        )
    return response


def _cell(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

"""The report of an import as a table for the office: opened by a spreadsheet, never run by it."""

import csv
from collections.abc import Iterator

from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.foundation.access import get_allowed_or_404
from pupitre.foundation.actor import ActorRequest
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.queries import differences_of, findings_of
from pupitre.integrations.imports.words import origin, title_of

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"


@require_safe
def report(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    job = get_allowed_or_404(request.actor, "imports.view_job", ImportJob.objects.defer("readings"), pk=pk)
    name = f"import-{slugify(origin(job.contents)) or 'fichiers'}-{localtime(job.created_at):%Y-%m-%d}.csv"
    response = HttpResponse(
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
    response.write(_BOM)
    table = csv.writer(response, delimiter=";", lineterminator="\r\n")
    table.writerow(
        [_("Rubrique"), _("Nature"), _("Personne ou objet"), _("Champ"), _("Aujourd’hui"), _("Après l’import"),
         _("Que faire"), _("Décision")]
    )  # fmt: skip
    table.writerows([_cell(text) for text in row] for row in _rows(job))
    return response


def _rows(job: ImportJob) -> Iterator[tuple[str, ...]]:
    for left_aside in (True, False):
        for finding in findings_of(job, left_aside=left_aside):
            part = {Severity.QUARANTINE: _("Mise de côté"), Severity.REPAIR: _("Corrigé en lisant")}
            yield (
                part.get(Severity(finding.severity), _("À savoir")), title_of(finding.code), finding.record,
                finding.field, finding.old, finding.new, finding.reason, "",
            )  # fmt: skip
    for each in differences_of(job):
        yield (
            _("Changement"), str(each.get_kind_display()), each.record, each.field, each.old, each.new, each.reason,
            str(each.get_decision_display()),
        )  # fmt: skip


def _cell(text: str) -> str:
    """A cell that a spreadsheet would run as a formula is shown as text."""
    return f"'{text}" if text.startswith(_FORMULAS) else text

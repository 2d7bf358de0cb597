"""The report of the year to the governing board: on the screen, on paper, in a spreadsheet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pupitre.attendance.charts import columns, lines
from pupitre.attendance.models import AlertStep
from pupitre.attendance.policies import VIEW
from pupitre.attendance.queries.annual import Annual, Row, Sums, annual_report
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.foundation.spreadsheets import CSV, ODS, Cell, Sheet, as_csv, as_ods
from pupitre.foundation.ui.french import MONTHS

_SHORT = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
_FILLS = ("bar", "bar--2", "bar--3")


@require_safe
def annual(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, VIEW)
    report = _asked(request)
    context: dict[str, Any] = {"uai": uai, "report": report, "months": MONTHS, "kinds": dict(AlertStep.Kind.choices)}
    if report is not None:
        context["silent"] = ", ".join(f"{MONTHS[month.month - 1]} {month.year}" for month in report.silent)
    if report is not None and report.whole.due:
        context |= _charts(report)
    return render(request, "attendance/annual.html", context)


@require_safe
def annual_csv(request: ActorRequest, uai: str) -> HttpResponse:
    return _table(request, "csv")


@require_safe
def annual_ods(request: ActorRequest, uai: str) -> HttpResponse:
    return _table(request, "ods")


def _table(request: ActorRequest, form: str) -> HttpResponse:
    """The same figures as a file; an empty one before the first day of the first year."""
    require(request.actor, VIEW)
    report = _asked(request)
    sheets = _sheets(report) if report else []
    kind, data = (ODS, as_ods(sheets)) if form == "ods" else (CSV, as_csv(sheets))
    name = f"bilan-absences-{request.actor.uai}-{report.year if report else ''}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(data, content_type=kind, headers=headers)


def _asked(request: ActorRequest) -> Annual | None:
    asked = request.GET.get("annee", "")
    return annual_report(int(asked) if asked.isdecimal() and len(asked) == 4 else None)


def _charts(report: Annual) -> dict[str, Any]:
    by_month = [
        (_short(month.first.month), tuple(month.sums.rate(standing) or 0.0 for standing in (2, 1, 0)))
        for month in report.months
    ]
    shares = [(_short(month.first.month), (month.share or 0.0,)) for month in report.months]
    ordered = sorted(report.divisions, key=lambda row: -(row.sums.rate() or 0))
    return {
        "monthly": columns(by_month, _FILLS),
        "shares": columns(shares, ("bar",), reference=report.references[0].share if report.references else None),
        "by_class": lines([(row.label, row.sums.rate() or 0.0) for row in ordered], report.whole.rate() or 0.0),
    }


def _short(month: int) -> str:
    """« sept. », « mai »."""
    return _SHORT[month - 1]


def _sheets(report: Annual) -> list[Sheet]:
    titles: list[Cell] = [
        _("Élèves"), _("Demi-journées dues"), _("Absences justifiées"), _("Absences en attente"), _("Absences sans motif accepté"),
        _("Taux d’absence (%)"), _("Taux sans motif accepté (%)"),
    ]  # fmt: skip
    months: list[list[Cell]] = [
        [f"{MONTHS[each.first.month - 1]} {each.first.year}", *_figures(each.sums), each.over, each.share]
        for each in report.months
    ]
    steps: list[list[Cell]] = [
        [str(dict(AlertStep.Kind.choices)[kind]), number] for kind, number in report.steps.items()
    ]
    share = [_("Élèves au premier seuil"), _("Part des élèves (%)")]
    return [
        (_("Établissement"), [[_("Au"), *titles], [f"{report.until:%d/%m/%Y}", *_figures(report.whole)]]),
        (_("Par mois"), [[_("Mois"), *titles, *share], *months]),
        (_("Par niveau"), [[_("Niveau"), *titles], *map(_line, report.levels)]),
        (_("Par classe"), [[_("Classe"), *titles], *map(_line, report.divisions)]),
        (_("Démarches"), [[_("Démarche"), _("Nombre")], *steps]),
    ]


def _line(row: Row) -> list[Cell]:
    return [row.label, *_figures(row.sums)]


def _figures(sums: Sums) -> list[Cell]:
    return [sums.students, sums.due, sums.missed[0], sums.missed[1], sums.missed[2], sums.rate(), sums.rate(2)]

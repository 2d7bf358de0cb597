"""What the pages of reports show."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from pupitre.integrations.moodle.models import Change, Report

_ORDER = ("create", "change", "suspend", "members", "refused")


@dataclass(frozen=True, slots=True)
class Figures:
    """How many of a kind: by act, those refused apart."""

    label: str
    counts: dict[str, int]


def figures_of(report: Report) -> list[Figures]:
    """What a report would do, by kind; one statement."""
    rows = Change.objects.filter(report=report).values_list("kind", "act", "fate").annotate(count=Count("pk"))
    counts: dict[str, dict[str, int]] = {}
    for kind, act, fate, count in rows.order_by():
        line = counts.setdefault(kind, dict.fromkeys(_ORDER, 0))
        line["refused" if fate == Change.Fate.REFUSED else act] += count
    return [Figures(str(Change.Kind(kind).label), counts[kind]) for kind in Change.Kind.values if kind in counts]


def changes_of(report: Report, act: str) -> QuerySet[Change]:
    """The changes of an act, or those refused, in order."""
    rows: QuerySet[Change] = Change.objects.filter(report=report).order_by("kind", "label", "pk")
    if act == "refuse":
        return rows.filter(fate=Change.Fate.REFUSED)
    return rows.filter(act=act).exclude(fate=Change.Fate.REFUSED)


def totals_of(figures: list[Figures]) -> dict[str, int]:
    """All kinds together, by act as the page names them."""
    names = dict(zip(_ORDER, ("create", "change", "suspend", "members", "refuse"), strict=True))
    return {name: sum(each.counts[key] for each in figures) for key, name in names.items()}


def reports_of_school() -> QuerySet[Report]:
    """The reports of the open school, the last first."""
    rows: QuerySet[Report] = Report.objects.select_related("asked_by").order_by("-created_at", "-pk")
    return rows

"""The right school, the right year, the newest first: what is looked at before any difference."""

import datetime as dt

from django.utils.translation import gettext as _

from pupitre.establishments.models import SchoolYear
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.imports.models import ImportJob
from pupitre.integrations.imports.plan import Plan


def check_school(readings: list[Reading], uai: str) -> None:
    """Refuse files of another school. Raises Rejected."""
    for reading in readings:
        if reading.uai and reading.uai != uai:
            raise Rejected(
                _(
                    "Le fichier « %(name)s » est celui de l’établissement %(theirs)s, et non de %(ours)s. "
                    "Ouvrez l’établissement %(theirs)s, ou choisissez un autre fichier."
                )
                % {"name": reading.name, "theirs": reading.uai, "ours": uai}
            )


def check_year(readings: list[Reading], today: dt.date, plan: Plan) -> None:
    """The files are of one year, and of the one that is running. Raises Rejected for a year that is over here.

    A school that knows nothing yet may take last year's files knowingly; next year's base waits for the switch.
    """
    years = sorted({reading.year for reading in readings if reading.year})
    if len(years) > 1:
        raise Rejected(
            _("Ces fichiers sont de deux années scolaires, %(first)s et %(last)s. Gardez ceux d’une seule année.")
            % {"first": years[0], "last": years[-1]}
        )
    if not years:
        return
    year, running = years[0], running_year(today)
    newest = SchoolYear.objects.order_by("-year").values_list("year", flat=True).first()
    if newest is not None and year < newest:
        raise Rejected(
            _(
                "Ces fichiers sont de l’année %(year)s. L’établissement est déjà en %(ours)s : exportez l’année en cours."
            )
            % {"year": year_label(year), "ours": year_label(newest)}
        )
    if year < running:
        plan.holds.append(
            _("Ces fichiers sont de l’année %(year)s, et nous sommes en %(running)s. Les appliquez-vous quand même ?")
            % {"year": year_label(year), "running": year_label(running)}
        )
    if year > running:
        plan.blocks.append(
            _(
                "Ces fichiers préparent l’année %(year)s. Ils pourront être appliqués à partir du 1er août : "
                "pour l’année en cours, exportez la base courante."
            )
            % {"year": year_label(year)}
        )


def check_age(readings: list[Reading], plan: Plan) -> None:
    """Hold files that are older than what was applied last for the same contents."""
    applied = _newest_applied()
    # Of two files of one kind, the newer one is believed: it alone has an age.
    newest = {each.kind: each for each in sorted(readings, key=lambda each: each.produced_at or dt.datetime.min)}
    for reading in newest.values():
        last = applied.get(reading.kind)
        if reading.produced_at is None or last is None or last <= reading.produced_at:
            continue
        plan.holds.append(
            _("Le fichier « %(name)s » date du %(old)s ; un fichier plus récent, du %(new)s, a déjà été appliqué.")
            % {
                "name": reading.name,
                "old": _moment(reading.produced_at, last),
                "new": _moment(last, reading.produced_at),
            }
        )


def produced_by_kind(readings: list[Reading]) -> dict[str, str]:
    """When the files were produced, by kind, as `ImportJob.produced` keeps it."""
    told: dict[str, str] = {}
    for reading in readings:
        if reading.produced_at is not None:
            told[reading.kind] = max(told.get(reading.kind, ""), reading.produced_at.isoformat())
    return told


def _newest_applied() -> dict[str, dt.datetime]:
    newest: dict[str, dt.datetime] = {}
    for produced in ImportJob.objects.filter(state=ImportJob.State.APPLIED).values_list("produced", flat=True):
        for kind, told in produced.items():
            moment = dt.datetime.fromisoformat(told)
            newest[kind] = max(newest.get(kind, moment), moment)
    return newest


def _moment(moment: dt.datetime, other: dt.datetime) -> str:
    """The day; with the hour when both are of one day."""
    return f"{moment:%d/%m/%Y %H:%M}" if moment.date() == other.date() else f"{moment:%d/%m/%Y}"


def running_year(today: dt.date) -> int:
    """The first calendar year of the school year under way; it changes on 1 August."""
    return today.year if today.month >= 8 else today.year - 1


def year_label(year: int) -> str:
    """2026-2027."""
    return f"{year}-{year + 1}"

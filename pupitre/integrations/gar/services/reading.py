"""The reports that the GAR leaves after it read a delivery, kept as they are, then read; what is old is forgotten."""

import datetime as dt
import logging

from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import plural
from pupitre.integrations.gar.dropbox import NotDropped, reports
from pupitre.integrations.gar.models import Access, Delivery, Report, ReportLine, SchoolDelivery, Telling
from pupitre.integrations.gar.reports.entries import decoded
from pupitre.integrations.gar.reports.unpacking import Damaged, files_of
from pupitre.integrations.gar.sealing import seal, unseal
from pupitre.integrations.gar.services.delivering import place_of
from pupitre.integrations.gar.services.interpreting import interpret

_log = logging.getLogger(__name__)
KEPT = dt.timedelta(days=60)
KEPT_FIGURES = dt.timedelta(days=400)
_FILES, _SHOWN = 5, 20_000


def read_reports(access: Access) -> str:
    """Fetch the reports that are new, then read those that were not; the code of what went wrong, or « »."""
    if not (access.can_deliver and access.reports_folder):
        return "not_set"
    known = set(Report.objects.filter(access=access).values_list("name", flat=True))
    try:
        for name, data in reports(place_of(access), access.reports_folder, known):
            receive(access, name, data)
    except NotDropped as no:
        return no.code
    finally:
        for report in Report.objects.filter(access=access, verdict="").select_related("access").order_by("pk"):
            interpret(report)
    return ""


def receive(access: Access, name: str, data: bytes) -> Report:
    """Keep a report that came, sealed; it is read afterwards."""
    report: Report = Report.objects.create(
        access=access, name=name[:200], size=len(data), data=seal(data), received_at=clock.now()
    )
    return report


def read_every_report() -> None:
    """The morning: every access that is open."""
    for access in Access.objects.filter(is_on=True).order_by("pk"):
        try:
            read_reports(access)
        except Exception:  # noqa: BLE001 - what one box holds must not keep the reports of the other academies away
            _log.exception("gar: reports of access %s", access.pk)


def bytes_of(report: Report, *, actor: Actor) -> bytes:
    """A report, opened; each time it is taken is in the journal."""
    audit.record(actor, "gar.take_report", report)
    return unseal(report.data)


def beginning_of(report: Report, *, actor: Actor) -> list[tuple[str, str, bool]]:
    """The files of a report as text: name, its beginning, whether there is more; [] when it does not open.

    Each time it is looked at is in the journal.
    """
    try:
        files = files_of(report.name, bytes_of(report, actor=actor))
    except Damaged:
        return []
    told = ((name, decoded(data)) for name, data in files[:_FILES])
    return [(name, text[:_SHOWN], len(text) > _SHOWN) for name, text in told]


def forget_old() -> list[str]:
    """Forget the reports and the names of those left out after two months, the figures after a year."""
    now = clock.now()
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            ReportLine.objects.filter(report__received_at__lt=now - KEPT).delete()
            old = SchoolDelivery.objects.filter(delivery__started_at__lt=now - KEPT)
            old.exclude(left_out=[]).update(left_out=[])
            Telling.objects.filter(until_at__lt=now - KEPT_FIGURES).delete()
            old.filter(delivery__started_at__lt=now - KEPT_FIGURES).delete()
    reports_gone = Report.objects.filter(received_at__lt=now - KEPT).delete()[1].get("gar.Report", 0)
    Delivery.objects.filter(started_at__lt=now - KEPT_FIGURES).delete()
    told = plural(reports_gone, _("rapport effacé"), _("rapports effacés"))
    return [_("GAR : %(reports)s après deux mois.") % {"reports": told}] if reports_gone else []

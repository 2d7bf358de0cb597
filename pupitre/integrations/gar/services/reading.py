"""The reports that the GAR leaves after it read a delivery, kept as they are; what is old is forgotten."""

import datetime as dt
import logging

from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.dropbox import NotDropped, reports
from pupitre.integrations.gar.models import Access, Delivery, Report, SchoolDelivery
from pupitre.integrations.gar.sealing import seal, unseal
from pupitre.integrations.gar.services.delivering import place_of

_log = logging.getLogger(__name__)
KEPT = dt.timedelta(days=60)
KEPT_FIGURES = dt.timedelta(days=400)


def read_reports(access: Access) -> str:
    """Fetch the reports that are new; the code of what went wrong, or « »."""
    if not (access.can_deliver and access.reports_folder):
        return "not_set"
    known = set(Report.objects.filter(access=access).values_list("name", flat=True))
    try:
        for name, data in reports(place_of(access), access.reports_folder, known):
            Report.objects.create(
                access=access, name=name[:200], size=len(data), data=seal(data), received_at=clock.now()
            )
    except NotDropped as no:
        return no.code
    return ""


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


def forget_old() -> list[str]:
    """Forget the reports and the names of those left out after two months, the figures after a year."""
    now = clock.now()
    reports_gone, _kinds = Report.objects.filter(received_at__lt=now - KEPT).delete()
    for pk in Establishment.objects.values_list("pk", flat=True):
        with scope(pk):
            old = SchoolDelivery.objects.filter(delivery__started_at__lt=now - KEPT)
            old.exclude(left_out=[]).update(left_out=[])
            old.filter(delivery__started_at__lt=now - KEPT_FIGURES).delete()
    Delivery.objects.filter(started_at__lt=now - KEPT_FIGURES).delete()
    return [_("GAR : %(n)s rapports effacés après deux mois.") % {"n": reports_gone}] if reports_gone else []

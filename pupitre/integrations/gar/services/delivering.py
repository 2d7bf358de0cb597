"""A delivery from end to end: made in a folder of its own, judged, dropped, forgotten. Its figures stay.

Each step commits what it says; the files never outlive the job.
"""

import datetime as dt
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.integrations.gar.dropbox import NotDropped, Place, drop
from pupitre.integrations.gar.models import Access, Delivery, SchoolDelivery
from pupitre.integrations.gar.packing import Package, pack
from pupitre.integrations.gar.records import Degree
from pupitre.integrations.gar.sealing import unseal
from pupitre.integrations.gar.services.making import Made, enrolled_schools, make
from pupitre.integrations.gar.services.telling import note_told
from pupitre.integrations.gar.validating import is_configured, refused_by_schema
from pupitre.integrations.gar.writer import Duplicate

_log = logging.getLogger(__name__)
_FEW = 20
_GIVEN_UP, _JUST_ASKED = dt.timedelta(hours=6), dt.timedelta(minutes=30)
State = Delivery.State


def begin(access: Access, *, asked_by: int | None) -> Delivery:
    """Note that a delivery begins; one that is left in preparation tells that it did not end."""
    return Delivery.objects.create(access=access, asked_by_id=asked_by, started_at=clock.now())


def is_being_made(access: Access) -> bool:
    """Whether somebody has just asked for a delivery that has not ended: another one would only wait behind it."""
    since = clock.now() - _JUST_ASKED
    return Delivery.objects.filter(access=access, state=State.MAKING, started_at__gte=since).exists()


def deliver(delivery: Delivery, *, even_fewer: bool = False) -> None:
    """Make the files, judge them, drop them. Whatever happens is written in the delivery, nothing is raised.

    With half the people of the last one or less, it is held unless `even_fewer`: what is missing disappears from the GAR.
    """
    Path(settings.STATE).mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(prefix="gar-", dir=settings.STATE) as folder:
            _deliver(delivery, Path(folder), even_fewer=even_fewer)
    except Exception:  # noqa: BLE001 - a night that breaks must be seen on the page, not only in the journal of the server
        _log.exception("gar: delivery %s", delivery.pk)
        delivery.state, delivery.why = State.FAILED, "broken"
    delivery.ended_at = clock.now()
    delivery.save()
    audit.record(None, "gar.deliver", delivery, state=delivery.state, why=delivery.why, sha256=delivery.sha256)


def _deliver(delivery: Delivery, folder: Path, *, even_fewer: bool) -> None:
    access = delivery.access
    schools = enrolled_schools(access)
    if not schools:
        delivery.state, delivery.why = State.FAILED, "no_school"
        return
    at = timezone.localtime(delivery.started_at)
    delivery.name = f"{access.ent_id}_GAR-ENT_Complet_{at:%Y%m%d_%H%M%S}"
    try:
        made = make(schools, delivery.name, folder)
    except Duplicate:
        _log.exception("gar: delivery %s", delivery.pk)
        delivery.state, delivery.why = State.FAILED, "duplicate"
        return
    _note(delivery, made)
    if where := _refused(made.files):
        delivery.state, delivery.why, delivery.where = State.FAILED, "schema", where[:120]
        return
    package = pack(folder, delivery.name, [path for paths in made.files.values() for path in paths])
    delivery.size, delivery.md5, delivery.sha256 = package.size, package.md5, package.sha256
    if not even_fewer and _are_fewer(delivery):
        delivery.state, delivery.why = State.HELD, "fewer"
        return
    _drop(delivery, package)
    if delivery.state == State.SENT:
        note_told(delivery, made.told)


def _note(delivery: Delivery, made: Made) -> None:
    """What the files hold, for all and for each school."""
    delivery.files = sum(map(len, made.files.values()))
    delivery.counts, delivery.schools = made.counts, [told.school.uai for told in made.told]
    delivery.is_judged = all(map(is_configured, made.files))
    for told in made.told:
        with scope(told.school.pk):
            # A worker that was killed leaves its job to another: the same lines again.
            SchoolDelivery.objects.update_or_create(
                delivery=delivery,
                defaults={
                    "students": told.students, "staff": told.staff, "groups": told.groups,
                    "assigners": told.assigners, "left_out": told.left_out,
                },
            )  # fmt: skip


def _refused(files: Mapping[Degree, list[Path]]) -> str:
    return next(
        (why for degree, paths in files.items() for path in paths if (why := refused_by_schema(path, degree))), ""
    )


def _people(counts: Mapping[str, int]) -> int:
    return counts.get("GAREleve", 0) + counts.get("GAREnseignant", 0)


def _are_fewer(delivery: Delivery) -> bool:
    last = Delivery.objects.filter(access=delivery.access, state=State.SENT).order_by("-started_at").first()
    before = _people(last.counts) if last else 0
    return before >= _FEW and _people(delivery.counts) * 2 <= before


def _drop(delivery: Delivery, package: Package) -> None:
    access = delivery.access
    if not access.can_deliver or not access.is_on:
        delivery.state, delivery.why = State.MADE, "not_set" if not access.can_deliver else "off"
        return
    try:
        drop(place_of(access), access.sftp_folder, [package.archive, package.digest])
    except NotDropped as no:
        delivery.state, delivery.why = State.FAILED, no.code
    else:
        delivery.state, delivery.why = State.SENT, ""


def place_of(access: Access) -> Place:
    """The drop box of an access, with its key opened."""
    return Place(access.sftp_host, access.sftp_port, access.sftp_user, unseal(access.sealed_key), access.host_key)


def deliver_every_access() -> None:
    """The night: every access that is open. What was in preparation for hours did not end."""
    old = Delivery.objects.filter(state=State.MAKING, started_at__lt=clock.now() - _GIVEN_UP)
    old.update(state=State.FAILED, why="broken", ended_at=clock.now())
    for access in Access.objects.filter(is_on=True).order_by("pk"):
        with transaction.atomic():
            delivery = begin(access, asked_by=None)
        deliver(delivery)

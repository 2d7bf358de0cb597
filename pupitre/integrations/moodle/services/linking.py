"""Linking a Moodle to a school, changing how, letting it go."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.moodle.answers import SiteInfo
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.failures import FUNCTIONS, OLDEST
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.moodle.reader import KEY
from pupitre.integrations.moodle.services.outcomes import failed, moodle_of, worked
from pupitre.integrations.moodle.services.tokens import close_token
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.models import Connector, Service
from pupitre.integrations.services.services.copying import read_with
from pupitre.integrations.services.services.registering import register_service, set_connector

ENTRY = "login/index.php?authCAS=CAS"
"""The page of Moodle that goes to the CAS without a question, and comes back to the person's courses."""
_SECONDS = 6.0


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a Moodle says of itself."""

    name: str
    release: str
    missing: list[str]

    @property
    def is_old(self) -> bool:
        """Whether it is older than what we speak."""
        parts = self.release.partition(" ")[0].split(".")[:2]
        numbers = [int(each) for each in parts if each.isdecimal()]
        return len(numbers) == 2 and tuple(numbers) < OLDEST


def introduce(moodle: Moodle) -> Introduced:
    """Ask a Moodle who it is, and what the token may do there. Raises MoodleFailure."""
    info = moodle.ask("core_webservice_get_site_info", SiteInfo, seconds=_SECONDS)
    may = {each.name for each in info.functions}
    return Introduced(info.sitename[:200], info.release[:60], [name for name in FUNCTIONS if name not in may])


@transaction.atomic
def link_moodle(
    *, actor: Actor, url: str, token: str, told: Introduced, profiles: Collection[str], with_courses: bool
) -> Site:
    """Link a Moodle that has just answered: its CAS service is registered and opened, unless the school knows it already."""
    address = parse_address(url.rstrip("/") + "/")
    service = Service.objects.filter(
        establishment=actor.establishment_id, ended_at=None, protocol=Service.Protocol.CAS, origin=address.origin
    ).filter(path=address.path)
    known = service.first() or register_service(
        actor=actor,
        name=told.name[:80] or "Moodle",
        purpose="",
        protocol=Service.Protocol.CAS,
        address=address.raw,
        launch_url=address.raw + ENTRY,
        release="moodle",
    )
    connector = Connector.objects.filter(service=known).first()
    if connector is None or not connector.is_on:
        connector = set_connector(known, actor=actor, is_on=True, profiles=profiles, groups=(), withheld=())
    site = Site.objects.create(
        connector=connector,
        url=address.raw,
        token=close_token(token),
        name=told.name,
        release=told.release,
        missing=told.missing,
        with_courses=with_courses,
        last_success_at=clock.now(),
    )
    audit.record(actor, "moodle.link", site, release=told.release, missing=len(told.missing))
    return site


@transaction.atomic
def change_token(site: Site, *, actor: Actor, token: str, told: Introduced) -> None:
    """Another token, which has just answered."""
    Site.objects.filter(pk=site.pk).update(
        token=close_token(token), name=told.name, release=told.release, missing=told.missing
    )
    worked(site)
    audit.record(actor, "moodle.change_token", site)


@transaction.atomic
def set_site(
    site: Site,
    *,
    actor: Actor,
    is_on: bool,
    applies_alone: bool,
    with_courses: bool,
    tells: bool,
    reads_marks: bool,
    most_suspended: int,
) -> None:
    """How the Moodle of the open school is kept. `tells`: people see their courses and deadlines."""
    Site.objects.filter(pk=site.pk).update(
        is_on=is_on,
        applies_alone=applies_alone,
        with_courses=with_courses,
        reads_marks=reads_marks,
        most_suspended=most_suspended,
    )
    reader = KEY if tells else ""
    if site.connector.reader != reader:
        read_with(site.connector, actor=actor, reader=reader)
    audit.record(actor, "moodle.set", site, is_on=is_on, applies_alone=applies_alone, with_courses=with_courses)


@transaction.atomic
def keep_nightly(site: Site, *, actor: Actor, is_on: bool) -> None:
    """Have the Moodle of the open school compared each night, or only when it is asked."""
    Site.objects.filter(pk=site.pk).update(is_on=is_on)
    audit.record(actor, "moodle.set", site, is_on=is_on)


@transaction.atomic
def unlink_moodle(site: Site, *, actor: Actor) -> None:
    """Let a Moodle go: we forget its token and whom it knows. Nothing is changed there; its service stays in the console."""
    audit.record(actor, "moodle.unlink", site)
    if site.connector.reader == KEY:
        read_with(site.connector, actor=actor, reader="")
    site.delete()


def try_site(site: Site) -> str:
    """Ask the Moodle of a school who it is, then open the school to note it; the code of what went wrong, or « »."""
    try:
        told = introduce(moodle_of(site))
    except MoodleFailure as no:
        with scope(site.establishment_id):
            failed(site, no)
        return no.code
    with scope(site.establishment_id):
        Site.objects.filter(pk=site.pk).update(name=told.name, release=told.release, missing=told.missing)
        worked(site)
    return ""

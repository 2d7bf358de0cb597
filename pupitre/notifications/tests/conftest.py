from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Person
from pupitre.foundation import registry
from pupitre.foundation.registry import NotificationKind
from pupitre.notifications.services.browsers import subscribe
from pupitre.notifications.tests.standins import Browser, MailServer, PushService
from tests.cast import Cast

KINDS = (
    NotificationKind(
        "try.message",
        "Message d’un professeur",
        defaults={"student": "immediate", "guardian": "daily", "teacher": "immediate"},
    ),
    NotificationKind("try.mark", "Notes", defaults={"student": "daily", "guardian": "daily"}),
    NotificationKind("try.absence", "Absence", urgent=True, sms=True, defaults={"guardian": "immediate"}),
    NotificationKind("try.meeting", "Rendez-vous", defaults={"guardian": "immediate", "teacher": "daily"}),
)


@contextmanager
def declared(*kinds: NotificationKind) -> Iterator[None]:
    """Kinds of a room that exists only here."""
    for kind in kinds:
        registry._offered[NotificationKind, kind.key] = kind
    yield
    for kind in kinds:
        del registry._offered[NotificationKind, kind.key]


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """The kinds of the tests."""
    with declared(*KINDS):
        yield


@pytest.fixture
def mail(settings: Any) -> Iterator[MailServer]:
    """A real mail server, on this machine."""
    with MailServer() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.DEFAULT_FROM_EMAIL = "ne-pas-repondre@ent.invalid"
        settings.SITE_URL = "https://ent.invalid"
        yield server


@pytest.fixture
def push(settings: Any) -> Iterator[PushService]:
    """A push service that reads what it is given, as a browser does."""
    with PushService() as service:
        settings.PUSH_SERVICES = [service.origin]
        yield service


@pytest.fixture
def sms(settings: Any, tmp_path: Any) -> Any:
    """A gateway that writes in a folder."""
    settings.SMS_GATEWAY = "pupitre.notifications.carriers.sms.FileGateway"
    settings.STATE = tmp_path
    return tmp_path / "sms"


@pytest.fixture
def reachable(cast: Cast) -> Cast:
    """The cast, with addresses."""
    for slug in ("parent", "eleve", "enseignante", "collegue", "cpe"):
        give_address(cast.people[slug], f"{slug}@famille.invalid")
    return cast


def give_address(person: Person, address: str) -> None:
    """The address of an account."""
    User.objects.filter(person=person).update(email=address)


def accept(cast: Cast, push: PushService, slug: str) -> Browser:
    """A new browser whose owner said yes."""
    browser, person = push.browser(), cast.people[slug]
    session = cast.session_of(slug)
    subscribe(
        person_id=person.pk, session_key=session, endpoint=browser.endpoint, p256dh=browser.p256dh, auth=browser.auth
    )
    return browser

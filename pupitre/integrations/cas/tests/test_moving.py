"""Tickets of a service whose registered address changes."""

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.models import Ticket
from pupitre.integrations.services.services.changing import change_service
from pupitre.integrations.services.tests.factories import MOODLE, admin_of, open_service


def test_tickets_die_with_the_address_and_with_nothing_else(cast, tuesday):
    service, now = open_service(cast).service, clock.now()
    Ticket.objects.create(
        kind="ST", digest=b"x" * 32, service=service, establishment=cast.college, person=cast.people["eleve"],
        session_key="s", address=MOODLE, authenticated_at=now, issued_at=now, expires_at=now,
    )  # fmt: skip
    told = {"purpose": "", "launch_url": "", "release": service.release, "proxy_callback": ""}
    with scope(cast.college.pk):
        change_service(service, actor=admin_of(cast), name="Un autre nom", address=MOODLE, **told)
        assert Ticket.objects.count() == 1
        change_service(
            service, actor=admin_of(cast), name="Un autre nom", address="https://cours.exemple.example/", **told
        )
        assert not Ticket.objects.exists()

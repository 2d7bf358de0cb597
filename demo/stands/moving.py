"""The invented tools follow the demonstration to the port where it is opened this time."""

from demo.identifiers import COLLEGE
from demo.services import actor_of
from demo.stands import moodle_url, pronote_url
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.moodle.services.linking import ENTRY
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.changing import change_service

_PRONOTE, _MOODLE = "/demo/pronote/", "/demo/moodle/"


def follow() -> None:
    """Change the addresses of the invented tools, when the demonstration answers elsewhere than last time."""
    college = Establishment.objects.get(uai=COLLEGE)
    for path, address, entry in ((_PRONOTE, pronote_url(), ""), (_MOODLE, moodle_url(), ENTRY)):
        service = Service.objects.filter(establishment=college, path=path, ended_at=None).first()
        if service is None or address.startswith(service.origin + "/"):
            continue
        with scope(college.pk):
            change_service(
                service,
                actor=actor_of(college, "referent"),
                name=service.name,
                purpose=service.purpose,
                address=address,
                launch_url=f"{address}{entry}",
                release=service.release,
                proxy_callback=service.proxy_callback,
            )
            Site.objects.filter(connector__service=service).update(url=address)

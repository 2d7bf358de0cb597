"""Changing a registered service, with care for what was given to it, agreed to, and noted of it."""

from django.db import transaction

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import audit
from pupitre.foundation.actor import Actor
from pupitre.foundation.events import carry_out
from pupitre.foundation.stamps import raise_stamps, school_audience
from pupitre.integrations.services.addresses import parse_address
from pupitre.integrations.services.events import AgreementsCleared, ServiceMoved
from pupitre.integrations.services.models import Connector, Disclosure, OutsideCopy, Service
from pupitre.integrations.services.readers import readers_of_model
from pupitre.integrations.services.releases import releases
from pupitre.integrations.services.services.registering import told_by


@transaction.atomic
def change_service(
    service: Service,
    *,
    actor: Actor,
    name: str,
    purpose: str,
    address: str,
    launch_url: str,
    release: str,
    proxy_callback: str,
) -> set[str]:
    """Change a service in all its schools; the names of what changed. Raises WrongAddress.

    At another address, what was given for the old one dies: tickets, tokens, the copies read there, its successes and
    failures. With another model, whoever had agreed is asked again, since something else leaves, and tokens die with what was
    agreed; and what is read in the tools of the model that it leaves is read no more, since its page is not there any more to
    stop it.
    """
    parsed = parse_address(address)
    wanted: dict[str, object] = {
        "name": name, "purpose": purpose, "origin": parsed.origin, "path": parsed.path,
        "launch_url": launch_url or address, "proxy_callback": proxy_callback,
    }  # fmt: skip
    for each in (launch_url, proxy_callback):
        if each:
            parse_address(each)
    if release != service.release:
        model = releases()[release]
        wanted |= {"release": model.key, **told_by(model, service.protocol)}
    changed = {field for field, value in wanted.items() if getattr(service, field) != value}
    if not changed:
        return changed
    before, left = service.origin, service.release if "release" in changed else ""
    for field in changed:
        setattr(service, field, wanted[field])
    has_moved = bool(changed & {"origin", "path"})
    if has_moved:
        service.failures, service.resting_until_at = 0, None
        changed |= {"failures", "resting_until_at"}
    service.save(update_fields=sorted(changed))
    if has_moved:
        carry_out(ServiceMoved(service.pk))
    _tell_schools(service, has_moved=has_moved, left=left)
    if left:
        carry_out(AgreementsCleared(service.pk))
    kept = sorted(changed - {"failures", "resting_until_at"})
    audit.record(actor, "services.change", service, changed=kept, before=before, origin=service.origin)
    return changed


def _tell_schools(service: Service, *, has_moved: bool, left: str) -> None:
    """Each school of the service is opened in turn. `left`: the model that it leaves."""
    own = service.establishment_id
    schools = Establishment.objects.filter(pk=own) if own else Establishment.objects.filter(academy=service.academy)
    bound = readers_of_model(left)
    for pk in schools.values_list("pk", flat=True):
        with scope(pk):
            connectors = Connector.objects.filter(service=service)
            if has_moved:
                connectors.update(last_success_at=None, last_failure_at=None, last_failure="", failing_since_at=None)
                OutsideCopy.objects.filter(connector__service=service).delete()
            if bound:
                OutsideCopy.objects.filter(connector__service=service, connector__reader__in=bound).delete()
                connectors.filter(reader__in=bound).update(reader="", read_for=[])
            if left:
                Disclosure.objects.filter(connector__service=service).update(agreed_at=None)
            raise_stamps([school_audience(pk)])

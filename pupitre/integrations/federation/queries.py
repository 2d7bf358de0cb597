"""The providers that are open, and the identities of somebody."""

from pupitre.accounts.models import User
from pupitre.integrations.federation.models import Link, Provider


def open_providers() -> list[Provider]:
    """Those of the sign-in page, families first; one statement."""
    return sorted(Provider.objects.filter(is_open=True).defer("secret"), key=_order)


def links_of(user: User) -> list[Link]:
    """The identities that open an account, by provider; one statement."""
    links = Link.objects.filter(person__user=user, provider__is_open=True)
    return list(links.select_related("provider").order_by("provider__name", "pk"))


def provider_at(slug: str, protocol: Provider.Protocol | None = None) -> Provider | None:
    """An open provider by its name in addresses."""
    found = Provider.objects.filter(slug=slug, is_open=True)
    return (found.filter(protocol=protocol) if protocol else found).first()


def _order(provider: Provider) -> tuple[bool, str]:
    return provider.kind == Provider.Kind.AGENTS, provider.name

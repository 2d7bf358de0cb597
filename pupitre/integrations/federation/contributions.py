from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.accounts.models import User
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Chore, MenuEntry, PersonalData, SignInWays, Way, contribute
from pupitre.integrations.federation.models import Link, Provider
from pupitre.integrations.federation.protocols import address_to_leave
from pupitre.integrations.federation.queries import links_of, open_providers, provider_at
from pupitre.integrations.federation.services.attempting import forget_old
from pupitre.integrations.federation.site import here_for


def _ways(next_path: str) -> list[Way]:
    query = f"?{urlencode({'next': next_path})}" if next_path not in ("", "/") else ""
    return [_way(provider, f"{reverse('federation:go', args=[provider.slug])}{query}") for provider in open_providers()]


def _proofs(user_id: int) -> list[Way]:
    providers = {link.provider_id: link.provider for link in links_of(User(pk=user_id))}
    return [_way(each, reverse("federation:prove", args=[each.slug])) for each in providers.values()]


def _leaving(request: HttpRequest, facts: dict[str, str]) -> str:
    provider = provider_at(facts.get("provider", ""))
    return address_to_leave(provider, facts, here_for(request, provider)) if provider else ""


def _way(provider: Provider, url: str) -> Way:
    who = {
        Provider.Kind.FAMILIES: (_("Élève ou parent"), "groupe"),
        Provider.Kind.STUDENTS: (_("Élève"), "groupe"),
        Provider.Kind.GUARDIANS: (_("Parent"), "groupe"),
        Provider.Kind.AGENTS: (_("Professeur ou personnel"), "ecole"),
    }
    label, icon = who[Provider.Kind(provider.kind)]
    return Way(label, _("avec %(name)s") % {"name": provider.name}, icon, url)


contribute(
    SignInWays("federation.ways", _ways, _proofs, _leaving, "federation:mine"),
    MenuEntry(
        "federation.providers",
        gettext_lazy("Fournisseurs d’identité"),
        "bouclier",
        "federation_console:providers",
        83,
        profiles=frozenset({Profile.ACADEMY_ADMIN}),
        in_school=False,
        group="school",
        short=gettext_lazy("Fournisseurs"),
    ),
    Chore("federation.forget", forget_old),
    PersonalData(
        Link,
        "person",
        gettext_lazy("Reconnaître l’identité ÉduConnect ou professionnelle qui ouvre un compte."),
        gettext_lazy("Le temps du compte."),
    ),
)

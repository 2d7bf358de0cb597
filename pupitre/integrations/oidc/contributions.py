from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PageLink, PersonalData, contribute
from pupitre.integrations.oidc.models import Grant
from pupitre.integrations.oidc.services.forgetting import forget_grants

_BUTTON = _("Réglages OpenID Connect")

contribute(
    Chore("oidc.forget", forget_grants),
    PageLink(
        "oidc.client",
        _BUTTON,
        "reglages",
        "oidc_of_school:client",
        "service",
        capability="services.manage",
        state="oidc",
    ),
    PersonalData(
        Grant,
        "person",
        _("Ouvrir un service extérieur avec le compte Pupitre, et l’en déconnecter."),
        _(
            "Un jeton, huit heures au plus, et jamais plus longtemps que la session ; celui d’une application que la personne "
            "laisse revenir, quatre-vingt-dix jours après sa dernière visite au plus."
        ),
    ),
)

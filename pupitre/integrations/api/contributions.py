from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PageLink, PersonalData, contribute
from pupitre.integrations.api.models import Access, Reading
from pupitre.integrations.api.services.forgetting import forget_readings

contribute(
    Chore("api.forget", forget_readings),
    PageLink(
        "api.opening",
        _("Ouvrir l’API à cette application"),
        "echange",
        "api_of_school:opening",
        "service",
        capability="services.manage",
        state="oidc",
    ),
    PersonalData(
        Access,
        "person",
        _("Savoir ce que chacun a permis à une application de lire en son nom, et pouvoir l’arrêter."),
        _("Tant que la personne ne le retire pas, un an après la dernière lecture au plus."),
    ),
    PersonalData(
        Reading,
        "about",
        _("Savoir quelles applications ont lu des données de chacun, un jour donné."),
        _("Un an."),
    ),
)

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PageLink, PersonalData, contribute
from pupitre.integrations.lti.models import Launch, Registration
from pupitre.integrations.lti.services.accessing import forget_passages

contribute(
    Chore("lti.forget", forget_passages),
    PageLink(
        "lti.tool",
        _("Réglages LTI"),
        "reglages",
        "lti_of_school:tool",
        "service",
        capability="services.manage",
        state="lti",
    ),
    PersonalData(
        Launch,
        "person",
        _("Ouvrir un contenu d’un outil extérieur avec le compte Pupitre."),
        _("Deux heures au plus, effacé la nuit."),
    ),
    PersonalData(
        Registration,
        "person",
        _("Inscrire un outil extérieur à la demande de qui s’occupe des services."),
        _("Sept jours au plus, effacé la nuit."),
    ),
)

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Chore, PersonalData, contribute
from pupitre.integrations.moodle.deadlines import CHILDREN
from pupitre.integrations.moodle.models import Account, Change
from pupitre.integrations.moodle.services.forgetting import forget_everywhere

contribute(
    CHILDREN,
    Chore("moodle.forget", forget_everywhere),
    PersonalData(
        Account,
        "person",
        _("Retrouver le compte Moodle de chacun, et le suspendre quand il part."),
        _("Tant que le Moodle est relié."),
    ),
    PersonalData(
        Change,
        "person",
        _("Vérifier ce qui change dans Moodle avant que cela change, et dire ce qui a été refusé."),
        _("Trois mois."),
    ),
)

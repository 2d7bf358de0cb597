from django.utils.translation import gettext_lazy as _

from pupitre.councils.models import Member, OrientationProposal
from pupitre.councils.policies import VIEW
from pupitre.councils.retention import forget_everywhere
from pupitre.councils.services.publishing import SUMMARY
from pupitre.councils.services.reminding import REMINDER
from pupitre.councils.stamping import CHANGES
from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Chore, Counter, MenuEntry, NotificationKind, PersonalData, contribute

contribute(
    Chore("councils.forget", forget_everywhere),
    Counter("councils.changes", CHANGES),
    MenuEntry(
        "councils.councils",
        _("Conseils de classe"),
        "balance",
        "councils:councils",
        43,
        profiles=frozenset({Profile.TEACHER}),
        capability=VIEW,
        group="teaching",
        short=_("Conseils"),
    ),
    NotificationKind(
        REMINDER,
        _("Appréciations et synthèses à écrire avant un conseil"),
        defaults={Profile.TEACHER: "immediate"},
    ),
    NotificationKind(SUMMARY, _("Bilan d’un conseil de classe")),
    PersonalData(
        Member,
        "person",
        _("Savoir qui a siégé au conseil de classe (Code de l’éducation, R421-50)."),
        _("L’année scolaire en cours, puis un an."),
    ),
    PersonalData(
        OrientationProposal,
        "student",
        _("Répondre aux vœux de la famille (Code de l’éducation, D331-32)."),
        _("L’année scolaire en cours, puis un an."),
    ),
)

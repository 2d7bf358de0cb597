from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Capability, Chore, MenuEntry, PersonalData, contribute
from pupitre.integrations.gar.models import Assigner, Enrolment, Favourite, Report, ReportLine, SchoolDelivery, Telling
from pupitre.integrations.gar.policies import ENROL, VIEW
from pupitre.integrations.gar.services.reading import forget_old

_TITLE = _("Ressources numériques (GAR)")
_PURPOSE = _(
    "Ouvrir aux élèves et aux personnels les ressources achetées, par le gestionnaire d’accès aux ressources (GAR)."
)

contribute(
    Capability(VIEW, _("Suivre ce que l’établissement transmet au GAR"), _TITLE),
    Capability(ENROL, _("Inscrire l’établissement au GAR et nommer qui affecte les ressources"), _TITLE),
    MenuEntry(
        "gar.mediacentre",
        _("Médiacentre"),
        "livre",
        "gar_resources:mediacentre",
        85,
        profiles=frozenset(Profile.values) - {Profile.ACADEMY_ADMIN, Profile.GUARDIAN, Profile.GUEST},
        group="resources",
    ),
    MenuEntry(
        "gar.access",
        _("Accès au GAR"),
        "envoyer",
        "gar_access:access",
        84,
        profiles=frozenset({Profile.ACADEMY_ADMIN}),
        in_school=False,
        group="school",
    ),
    Chore("gar.forget", forget_old),
    PersonalData(Enrolment, "enrolled_by", _PURPOSE, _("Tant que l’établissement est inscrit.")),
    PersonalData(Assigner, "person", _PURPOSE, _("Tant que la personne affecte les ressources.")),
    PersonalData(
        SchoolDelivery,
        "left_out",
        _PURPOSE,
        _(
            "Les noms de ceux qui n’ont pas pu être transmis : deux mois ; les "
            "nombres : treize mois. Les fichiers sont effacés dès leur dépôt."
        ),
    ),
    PersonalData(Report, "data", _PURPOSE, _("Comptes rendus du GAR, chiffrés : deux mois.")),
    PersonalData(ReportLine, "person", _PURPOSE, _("Ce que le GAR a rejeté, deux mois après son compte rendu.")),
    PersonalData(
        Telling, "person", _PURPOSE, _("Ce qui a été transmis de chacun : treize mois après la dernière fois.")
    ),
    PersonalData(Favourite, "person", _("Retrouver ses ressources en premier."), _("Le temps du compte.")),
)

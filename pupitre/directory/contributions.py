from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Membership, Person, Student
from pupitre.foundation.registry import Capability, MenuEntry, PersonalData, contribute

_WHILE_HERE = _("Le temps de la scolarité ou du service, puis trois mois.")

contribute(
    Capability("directory.search", _("Chercher dans l’annuaire")),
    Capability("directory.view_groups", _("Voir les classes et les groupes")),
    Capability("directory.view_contacts", _("Voir les coordonnées des familles")),
    Capability("directory.grant", _("Donner des droits")),
    MenuEntry("directory.groups", _("Classes et groupes"), "groupe", "directory:groups", 60, capability="directory.view_groups"),
    MenuEntry("directory.search", _("Annuaire"), "loupe", "directory:search", 65, capability="directory.search"),
    PersonalData(Person, "person", _("Tenir l’annuaire de l’établissement."), _WHILE_HERE),
    PersonalData(ExternalId, "person", _("Reconnaître la même personne d’un fichier national à l’autre."), _WHILE_HERE),
    PersonalData(Affiliation, "person", _("Savoir qui est quoi dans l’établissement."), _WHILE_HERE),
    PersonalData(Guardianship, "student", _("Savoir qui est responsable de l’élève."), _WHILE_HERE),
    PersonalData(Student, "student", _("Suivre la scolarité."), _WHILE_HERE),
    PersonalData(Membership, "student", _("Composer les classes et les groupes."), _WHILE_HERE),
)

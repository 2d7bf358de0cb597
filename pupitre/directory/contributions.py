import msgspec
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Affiliation, ExternalId, Grant, Guardianship, Membership, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.second_factor import required_from
from pupitre.directory.services.verification import sign_out_the_late
from pupitre.foundation.registry import Capability, Chore, FactorRule, HomePart, MenuEntry, PersonalData, contribute

_DIRECTORY, _FAMILIES, _ACCOUNTS = _("Annuaire"), _("Familles"), _("Comptes et droits")
_WHILE_HERE = _("Le temps de la scolarité ou du service, puis trois mois.")

_FIGURES = """(select json_build_object(
  'students', count(*) filter (where a.profile = 'student'),
  'guardians', count(distinct a.person_id) filter (where a.profile = 'guardian'),
  'guardians_active', count(distinct a.person_id) filter (where a.profile = 'guardian' and u.state = 'active'),
  'students_active', count(*) filter (where a.profile = 'student' and u.state = 'active'),
  'staff', count(distinct a.person_id) filter (where a.profile not in ('student', 'guardian', 'academy_admin')),
  'divisions', (select count(*) from directory_group g join establishments_schoolyear y
    on y.establishment_id = wall.id and y.id = g.school_year_id and %(today)s between y.starts_on and y.ends_on
    where g.establishment_id = wall.id and g.kind = 'division' and g.ends_on is null))
from directory_affiliation a join directory_person p on p.id = a.person_id left join accounts_user u on u.id = p.user_id
where a.establishment_id = wall.id and %(today)s between a.starts_on and coalesce(a.ends_on, 'infinity'))"""


class Figures(msgspec.Struct, frozen=True):
    """How many people a school counts today, and how many families have opened their account."""

    students: int
    guardians: int
    guardians_active: int
    students_active: int
    staff: int
    divisions: int


contribute(
    HomePart(
        "directory.figures",
        _FIGURES,
        msgspec.json.Decoder(Figures).decode,
        capability="accounts.view_activation",
        shared=True,
    ),
    Capability("directory.search", _("Chercher dans l’annuaire"), _DIRECTORY),
    Capability("directory.view_groups", _("Voir les classes et les groupes"), _DIRECTORY),
    Capability("directory.view_contacts", _("Voir les coordonnées des familles"), _FAMILIES),
    Capability("directory.restrict", _("Fermer à un responsable l’accès à un élève, et le rouvrir"), _FAMILIES),
    Capability("directory.grant", _("Donner des droits, et les reprendre"), _ACCOUNTS),
    Capability("directory.manage_people", _("Ajouter des personnes que les fichiers ne connaissent pas"), _ACCOUNTS),
    Capability("accounts.view_activation", _("Voir les comptes et leur activation"), _ACCOUNTS),
    Capability("accounts.renew_passwords", _("Demander de nouveaux mots de passe à une population"), _ACCOUNTS),
    Capability("accounts.require_second_factor", _("Demander la double vérification aux personnels"), _ACCOUNTS),
    Capability("accounts.reset_second_factor", _("Remettre à zéro la double vérification de quelqu’un"), _ACCOUNTS),
    FactorRule("directory.second_factor", required_from),
    Chore("directory.second_factor", sign_out_the_late),
    Capability("accounts.print_codes", _("Imprimer des fiches, suspendre et rouvrir un compte"), _ACCOUNTS),
    MenuEntry(
        "directory.groups",
        _("Classes et groupes"),
        "groupe",
        "directory:groups",
        60,
        capability="directory.view_groups",
        group="people",
    ),
    MenuEntry(
        "directory.schools",
        _("Établissements"),
        "base",
        "schools:schools",
        5,
        profiles=frozenset({Profile.ACADEMY_ADMIN}),
        in_school=False,
    ),
    MenuEntry(
        "directory.search",
        _("Annuaire"),
        "loupe",
        "directory:search",
        65,
        capability="directory.search",
        group="people",
    ),
    MenuEntry(
        "directory.accounts",
        _("Comptes et activation"),
        "cle",
        "accounts_of_school:activation",
        70,
        capability="accounts.view_activation",
        group="people",
    ),
    MenuEntry(
        "directory.rights",
        _("Droits"),
        "bouclier",
        "directory:rights",
        75,
        capability="directory.grant",
        group="school",
    ),
    PersonalData(Person, "person", _("Tenir l’annuaire de l’établissement."), _WHILE_HERE),
    PersonalData(ExternalId, "person", _("Reconnaître la même personne d’un fichier national à l’autre."), _WHILE_HERE),
    PersonalData(Affiliation, "person", _("Savoir qui est quoi dans l’établissement."), _WHILE_HERE),
    PersonalData(Grant, "person", _("Savoir qui peut faire quoi dans l’établissement."), _WHILE_HERE),
    PersonalData(Guardianship, "student", _("Savoir qui est responsable de l’élève."), _WHILE_HERE),
    PersonalData(Student, "student", _("Suivre la scolarité."), _WHILE_HERE),
    PersonalData(Membership, "student", _("Composer les classes et les groupes."), _WHILE_HERE),
)

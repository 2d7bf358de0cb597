"""The GAR in the demonstration: an access whose drop box is not set, a school enrolled, links. No GAR answers here."""

from demo.identifiers import ACADEMY, COLLEGE
from demo.services import actor_of, open_in, person_of_slug, register_for
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.integrations.federation.services.providers import register
from pupitre.integrations.gar.models import Access
from pupitre.integrations.gar.services.access import set_access
from pupitre.integrations.gar.services.delivering import begin, deliver
from pupitre.integrations.gar.services.enrolling import enrol, name_assigner
from pupitre.integrations.gar.services.favourites import put_first
from pupitre.integrations.gar.services.interpreting import interpret
from pupitre.integrations.gar.services.reading import receive
from pupitre.integrations.services.models import Pseudonym
from pupitre.integrations.services.suggestions import SUGGESTIONS

_EVERYBODY = (
    Profile.STUDENT,
    Profile.GUARDIAN,
    Profile.TEACHER,
    Profile.SCHOOL_LIFE,
    Profile.HEAD,
    Profile.LOCAL_ADMIN,
)
# What stands at an address of its own; the canteen of a real school has one too.
_LINKS = {"pix": "", "teleservices": "", "cantine": "https://cantine.villebourg.example/"}


def prepare_resources(schools: dict[str, Establishment]) -> None:
    """Enrol the collège, make its first files, which go nowhere, and offer links."""
    college = schools[COLLEGE]
    with scope(college.pk):
        access = set_access(
            None, actor=actor_of(college, "academie"), ent_id="ENTDEMO", academies=[ACADEMY], is_on=True
        )
        enrol(actor=actor_of(college, "principal"))
        for slug in ("enseignante", "referent"):
            name_assigner(person_of_slug(slug).pk, actor=actor_of(college, "principal"))
    deliver(begin(access, asked_by=person_of_slug("academie").pk))
    _show_a_report(access)
    for key, address in _LINKS.items():
        told = SUGGESTIONS[key].initial(COLLEGE)
        service = register_for(
            college, "referent", name=told["nom"], purpose=told["usage"], protocol=told["protocole"],
            address=address or told["adresse"], release=told["modele"],
        )  # fmt: skip
        open_in(college, service, _EVERYBODY)
        if key == "pix":
            with scope(college.pk):
                favourite = f"service:{service.pk}"
                put_first(favourite, actor=actor_of(college, "eleve"), among={favourite})


def _show_a_report(access: Access) -> None:
    """A report whose form is invented, as its name says: it shows what a school and its academy read in one."""
    ines = Pseudonym.objects.get(person=person_of_slug("eleve"), service=None).value
    told = (
        "Fichier;UAI;GARPersonIdentifiant;GARGroupeCode;Gravité;Libellé\n"
        f"Eleve_0000.xml;{COLLEGE};{ines};;Avertissement;Date de naissance déjà portée par un autre élève\n"
        f"Groupe_0000.xml;{COLLEGE};;6A-ANC;Rejet;Groupe sans élève\n"
    )
    interpret(receive(access, "EXEMPLE-INVENTE_Rapport.csv", told.encode()))


def show_a_provider() -> None:
    """A guichet at an invented address, shut: nobody is led there from the sign-in page."""
    register(
        "guichet-exemple", name="le guichet de l’académie (exemple)", kind="agents", academy=ACADEMY,
        issuer="https://guichet.academie.example", client_id="pupitre", is_open=False,
    )  # fmt: skip

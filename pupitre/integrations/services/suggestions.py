"""Links that many schools offer, ready to be completed: where each is, how one enters, with which identity (CON-4)."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Text
from pupitre.integrations.services.models import Service

CAS, LINK = Service.Protocol.CAS, Service.Protocol.LINK


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A service half registered. `address` may hold the UAI; without one, the school writes its own."""

    key: str
    name: str
    purpose: Text
    protocol: str
    release: str
    address: str = ""

    def initial(self, uai: str) -> dict[str, str]:
        """The form of the console, completed."""
        return {
            "nom": self.name, "usage": str(self.purpose), "protocole": self.protocol, "modele": self.release,
            "adresse": self.address.format(uai=uai.lower()),
        }  # fmt: skip


SUGGESTIONS = {
    each.key: each
    for each in (
        Suggestion("esidoc", "e-sidoc", _("Le catalogue du CDI ; on y entre avec son compte Pupitre"), CAS, "esidoc", "https://{uai}.esidoc.fr/"),
        Suggestion("pix", "Pix", _(
            "Les compétences numériques ; on y entre par "
            "le médiacentre, ou avec son compte Pix"
        ), LINK, "none", "https://app.pix.org/"),
        Suggestion(
            "teleservices", "Scolarité services", _(
                "Bourses, inscription, orientation ; on "
                "y entre avec son compte ÉduConnect"
            ), LINK, "none",
            "https://teleservices.education.gouv.fr/",
        ),
        Suggestion("cantine", "Cantine", _(
            "Réserver et payer les repas ; on y "
            "entre avec le compte de la cantine"
        ), LINK, "none"),
        Suggestion("avenirs", "Avenir(s)", _(
            "L’orientation, avec l’Onisep ; on y entre avec son compte ÉduConnect ou Onisep"
        ), LINK, "none", "https://avenirs.onisep.fr/"),
        Suggestion("bibliotheque", "Médiathèque", _(
            "Réserver et prolonger ses prêts ; on y entre avec sa carte de lecteur"
        ), LINK, "none"),
        Suggestion("gar", "GAR", _("Les ressources achetées, dans le médiacentre"), CAS, "gar"),
    )
}  # fmt: skip

"""The number by which the GAR knows this ENT (`idEnt`): it goes beside that of the person when they sign on there."""

from django.contrib.postgres.expressions import ArraySubquery
from django.utils.translation import gettext_lazy

from pupitre.establishments.models import Establishment
from pupitre.integrations.gar.models import Access
from pupitre.integrations.services.attributes import Source, offer_source
from pupitre.integrations.services.facts import Facts

KEY = "gar_ent"
"""The fact, as `releases.json` names it."""


def ent_of(uai: str) -> str:
    """The number of the ENT that serves the academy of a school; « » without one. One statement."""
    academy = Establishment.objects.filter(uai=uai).exclude(academy="").values("academy")
    rows = Access.objects.filter(academies__overlap=ArraySubquery(academy)).order_by("pk")
    return rows.values_list("ent_id", flat=True).first() or ""


def _read(facts: Facts) -> list[str]:
    number = ent_of(facts.uai)
    return [number] if number else []


def offer() -> None:
    """Make the fact known, at start-up."""
    offer_source(Source(KEY, gettext_lazy("numéro de l’ENT, le même pour tous"), _read))

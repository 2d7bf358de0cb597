"""What the GAR was told of somebody, and of their children, in the words of « Mes services »."""

from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from pupitre.directory.guardians import links_to
from pupitre.directory.profiles import Profile
from pupitre.foundation.actor import Actor
from pupitre.foundation.registry import Text
from pupitre.integrations.gar.models import Telling
from pupitre.integrations.services.tellings import TellingLine

FACTS: dict[str, Text] = {
    "identity": _("nom, prénom, profil, établissement, et un numéro sans rapport avec le nom"),
    "civility": _("civilité"),
    "birth_date": _("date de naissance"),
    "mail": _("adresse professionnelle"),
    "groups": _("classe et groupes"),
    "level": _("niveau (formation suivie ou enseignée)"),
    "subjects": _("matières suivies ou enseignées"),
    "assigner": _("affecte les ressources dans l’établissement"),
}
_PURPOSE = _("Le gestionnaire d’accès aux ressources du ministère : il ouvre les manuels et les ressources achetés.")


def told_here(actor: Actor) -> list[TellingLine]:
    """In the open school: what was told of the actor, then of the children who are open to them; one statement."""
    whose = Q(person=actor.person_id)
    if Profile.GUARDIAN in actor.profiles:
        whose |= Q(Exists(links_to(actor, "person")))
    rows = Telling.objects.filter(whose).select_related("person").order_by("person__sort_key", "person_id")
    return [_line(each, actor) for each in sorted(rows, key=lambda one: one.person_id != actor.person_id)]


def _line(each: Telling, actor: Actor) -> TellingLine:
    return TellingLine(
        key="gar", name=_("GAR"), purpose=_PURPOSE, facts=tuple(FACTS[fact] for fact in each.facts if fact in FACTS),
        rhythm=_("chaque nuit"), first_at=each.first_at, changed_at=each.changed_at, until_at=each.until_at,
        about="" if each.person_id == actor.person_id else str(each.person),
    )  # fmt: skip

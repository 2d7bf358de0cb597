"""« Relancer »: one notice to each person who owes something to the bulletins of a class, once a day."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.councils.queries.missing import Missing, missing_in
from pupitre.councils.refusals import Refusal
from pupitre.councils.services.sitting import locked
from pupitre.directory.models import Group, Person
from pupitre.establishments.models import Term
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import hour, in_paris, plural
from pupitre.notifications.services.posting import Recipient, notify

REMINDER = "councils.reminder"


@transaction.atomic
def remind(*, term: Term, division: Group, actor: Actor) -> int:
    """Tell each teacher how many appreciations they owe, and the form teacher how many syntheses; how many people.

    Raises Refusal when nothing misses, or when they were reminded today already.
    """
    sitting = locked(term, division)
    if sitting.reminded_at is not None and in_paris(sitting.reminded_at).date() == clock.today():
        raise Refusal(
            _("%(by)s a déjà relancé ces professeurs aujourd’hui à %(at)s. Une relance par jour suffit.")
            % {"by": sitting.reminded_by_name, "at": hour(sitting.reminded_at)}
        )
    missing = missing_in(term, [division.pk])[division.pk]
    owed = words_of(missing)
    if not owed and (missing.appreciations or missing.count.unwritten):
        raise Refusal(
            _(
                "Personne n’est indiqué pour ce qui manque : dites qui enseigne à la classe, et qui en est professeur principal."
            )
        )
    if not owed:
        raise Refusal(_("Il ne manque rien pour ce conseil : personne n’est à relancer."))
    name = Person.objects.values_list("formal_name", flat=True).get(pk=actor.person_id)
    for person, what in owed.items():
        notify(
            REMINDER, [Recipient(person)], establishment_id=sitting.establishment_id,
            title=_("Conseil de la %(group)s : il vous reste %(what)s à écrire") % {"group": division.label, "what": what},
            url=_where_to_write(person, missing, term, division, actor), actor=actor,
            author=(actor.person_id, name), group_key=f"council:{sitting.pk}",
        )  # fmt: skip
    sitting.reminded_at, sitting.reminded_by_name = clock.now(), name
    sitting.save(update_fields=["reminded_at", "reminded_by_name"])
    audit.record(actor, "councils.remind", sitting, people=len(owed))
    return len(owed)


def words_of(missing: Missing) -> dict[int, str]:
    """By person, what they owe: « 12 appréciations », « 3 synthèses », or both."""
    held: dict[int, list[str]] = {}
    for person, count in missing.owed_by.items():
        held.setdefault(person, []).append(plural(count, _("appréciation"), _("appréciations")))
    if missing.count.unwritten:
        for person, _name in missing.count.led_by:
            held.setdefault(person, []).append(plural(missing.count.unwritten, _("synthèse"), _("synthèses")))
    return {person: _(" et ").join(parts) for person, parts in held.items()}


def _where_to_write(person: int, missing: Missing, term: Term, division: Group, actor: Actor) -> str:
    """The page where it is written, when it is one: a course, or the syntheses of the class; else the bulletins."""
    courses = [each.course for each in missing.courses if person in {number for number, _name in each.teachers}]
    leads = missing.count.unwritten and person in {number for number, _name in missing.count.led_by}
    page = reverse("reportcards:home", args=[actor.uai])
    if len(courses) == 1 and not leads:
        page = reverse("reportcards:course", args=[actor.uai, courses[0]])
    elif leads and not courses:
        page = reverse("reportcards:syntheses", args=[actor.uai, division.pk])
    return f"{page}?periode={term.pk}"

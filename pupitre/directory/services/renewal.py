"""Asking a whole population for another password, after accounts were stolen (RGP-5)."""

from django.db import models, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pupitre.accounts.services.passwords import expire_passwords
from pupitre.directory.models import Affiliation, Group, Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF, Profile
from pupitre.directory.queries import students_of
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor


class Population(models.TextChoices):
    """Who is asked."""

    STUDENTS = "students", _("Les élèves")
    GUARDIANS = "guardians", _("Les responsables")
    STAFF = "staff", _("Les personnels")


_PROFILES = {
    Population.STUDENTS: {Profile.STUDENT},
    Population.GUARDIANS: {Profile.GUARDIAN},
    Population.STAFF: STAFF - {Profile.ACADEMY_ADMIN} | {Profile.GUEST},
}


@transaction.atomic
def ask_for_new_passwords(population: Population, *, group: Group | None = None, actor: Actor) -> int:
    """Have a population of the open school, or of one class, choose another password; how many active accounts.

    They are signed out everywhere; their former password only leads to choosing another one. The actor is left alone.
    """
    people = _people(population, group).exclude(pk=actor.person_id)
    count = expire_passwords(list(people.exclude(user=None).values_list("user_id", flat=True)))
    audit.record(actor, "accounts.ask_for_new_passwords", group, population=str(population), accounts=count)
    return count


def _people(population: Population, group: Group | None) -> QuerySet[Person]:
    today, school = clock.today(), current_establishment_id()
    if group is None or population == Population.STAFF:
        here = Affiliation.objects.filter(held_on(today), establishment=school, profile__in=_PROFILES[population])
        return Person.objects.filter(pk__in=here.values("person"))
    students = students_of(group).values("person")
    if population == Population.STUDENTS:
        return Person.objects.filter(pk__in=students)
    links = Guardianship.objects.filter(held_on(today), establishment=school, student__in=students)
    return Person.objects.filter(pk__in=links.values("guardian"))

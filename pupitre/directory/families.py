"""The links of a person of the school: their children here, or those who answer for them."""

from dataclasses import dataclass

from django.db.models import F, Q

from pupitre.directory.models import Affiliation, Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import STAFF
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor


@dataclass(frozen=True, slots=True)
class Link:
    """A link of today, seen from one of its ends: `other` is the person at the other one."""

    guardianship: Guardianship
    other: Person
    may_restrict: bool

    @property
    def about(self) -> str:
        """« Mère · Responsable légal »."""
        facts = (
            self.guardianship.relation and self.guardianship.get_relation_display(),
            self.guardianship.get_level_display(),
        )
        return " · ".join(str(fact) for fact in facts if fact)

    @property
    def state(self) -> str:
        """What the guardian sees of the child: « shut », « contact » or « open »."""
        if self.guardianship.is_restricted:
            return "shut"
        return "contact" if self.guardianship.level >= Guardianship.Level.CONTACT else "open"


@dataclass(frozen=True, slots=True)
class Family:
    """The children of a person in the open school, and their guardians there; both by name."""

    children: tuple[Link, ...] = ()
    guardians: tuple[Link, ...] = ()


def family_of(person: Person, actor: Actor) -> Family:
    """The links of today of a person in the open school, and which of them the actor may shut or open; two statements."""
    links = (
        Guardianship.objects.filter(held_on(clock.today()), Q(guardian=person) | Q(student=person))
        .filter(establishment=current_establishment_id())
        .exclude(guardian=F("student"))
        .select_related("guardian", "student")
        .order_by("student__sort_key", "level", "guardian__sort_key")
    )
    rows = list(links)
    mine = set(allowed(actor, "directory.restrict_guardian", links).values_list("pk", flat=True)) if rows else set()
    return Family(
        tuple(Link(row, row.student, row.pk in mine) for row in rows if row.guardian_id == person.pk),
        tuple(Link(row, row.guardian, row.pk in mine) for row in rows if row.student_id == person.pk),
    )


def works_here(person: Person) -> bool:
    """Whether somebody also works in the open school today: what the staff may see stays theirs; one statement."""
    here = Affiliation.objects.filter(held_on(clock.today()), person=person, profile__in=STAFF)
    return here.filter(establishment=current_establishment_id()).exists()

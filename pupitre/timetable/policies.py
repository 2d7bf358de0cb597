from django.db.models import Exists, OuterRef, Q

from pupitre.directory.models import Affiliation, Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import policy
from pupitre.foundation.actor import Actor


@policy("timetable.view_student", Person)
def view_student(actor: Actor) -> Q:
    """A student's week: themselves, their guardians (not contacts, not restricted), the staff of the school."""
    today = clock.today()
    if actor.has("timetable.view_any"):
        here = Affiliation.objects.filter(
            held_on(today), person=OuterRef("pk"), establishment=actor.establishment_id, profile=Profile.STUDENT
        )
        return Q(Exists(here))
    ward = Guardianship.objects.filter(
        held_on(today),
        student=OuterRef("pk"),
        guardian=actor.person_id,
        establishment=actor.establishment_id,
        level__lt=Guardianship.Level.CONTACT,
        is_restricted=False,
    )
    return Q(pk=actor.person_id) | Q(Exists(ward))

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pupitre.directory.guardians import links_to, open_on
from pupitre.directory.models import Affiliation, Guardianship, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.access import NOBODY, policy
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import CalendarFeed, SubstitutionOffer

TEACHING = (Profile.TEACHER, Profile.SUPPORT)
MANAGE = "timetable.manage"


@policy("timetable.view_teacher", Person)
def view_teacher(actor: Actor) -> Q:
    """A teacher's week: the staff of the school."""
    if not actor.has("timetable.view_any"):
        return NOBODY
    return Q(Exists(_here("pk", *TEACHING).filter(establishment=actor.establishment_id)))


@policy("timetable.view_student", Person)
def view_student(actor: Actor) -> Q:
    """A student's week: themselves, their guardians (not contacts, not restricted), the staff of the school."""
    if actor.has("timetable.view_any"):
        return Q(Exists(_here("pk", Profile.STUDENT).filter(establishment=actor.establishment_id)))
    return Q(pk=actor.person_id) | Q(Exists(links_to(actor, "pk")))


@policy("timetable.subscribe_to_student", Person)
def subscribe_to_student(actor: Actor) -> Q:
    """A student's week, on one's own telephone: the student and their guardians."""
    mine = Q(pk=actor.person_id) if Profile.STUDENT in actor.profiles else Q(pk__in=())
    return mine | Q(Exists(links_to(actor, "pk")))


@policy("timetable.close_feed", CalendarFeed)
def close_feed(actor: Actor) -> Q:
    """One's own."""
    return Q(reader=actor.person_id)


@policy("timetable.answer_offer", SubstitutionOffer)
def answer_offer(actor: Actor) -> Q:
    """The teacher to whom the lesson is proposed."""
    return Q(teacher=actor.person_id)


def is_still_due() -> Q:
    """The feeds whose reader may still see today what they tell: nobody signs in to read them."""
    taught = Q(student=None) & Q(Exists(_in_school("reader", *TEACHING)))
    own = Q(student=F("reader")) & Q(Exists(_in_school("reader", Profile.STUDENT)))
    ward = Guardianship.objects.filter(
        open_on(clock.today()),
        student=OuterRef("student"),
        guardian=OuterRef("reader"),
        establishment=OuterRef("establishment"),
    )
    return taught | own | Q(Exists(ward))


def _in_school(person: str, *profiles: Profile) -> QuerySet[Affiliation]:
    return _here(person, *profiles).filter(establishment=OuterRef("establishment"))


def _here(person: str, *profiles: Profile) -> QuerySet[Affiliation]:
    return Affiliation.objects.filter(held_on(clock.today()), person=OuterRef(person), profile__in=profiles)

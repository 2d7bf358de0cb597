"""What else happens at the collège: observations, an exit that a family asks for, a placement, a conseil de discipline."""

import datetime as dt
from random import Random

from django.db.models import Q

from demo.accounts import person_of
from demo.attendance import actor_where
from demo.cast import member
from pupitre.attendance.models import RollCall
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.services.exit_requests import ask_exit
from pupitre.attendance.services.exits import regimes_of_school
from pupitre.attendance.services.observing import observe
from pupitre.attendance.services.ruling import set_rules
from pupitre.directory.models import Group, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.timetable.models import PlacedStudent
from pupitre.timetable.services.placing import Place, plan_placement, write_placement

_COMPANIES = (
    ("Boulangerie Weber", "Nancy", "Mme Weber"),
    ("Garage Martin", "Laxou", "M. Petit"),
    ("Pharmacie du Marché", "Nancy", "Mme Simonin"),
    ("Médiathèque municipale", "Maxéville", "M. Thouvenin"),
    ("Cabinet vétérinaire des Tilleuls", "Villers", "Mme Adam"),
)


def fill_school_life(college: Establishment) -> None:
    """A few gestures of the last days; nothing of lessons when no register was ever taken."""
    with scope(college.pk):
        head = actor_where(college, Q(profile=Profile.HEAD), Profile.HEAD)
        _observations(college)
        _exit(college, head)
        _placement(head)


def _observations(college: Establishment) -> None:
    """At the last lesson of Inès whose register was taken: an encouragement for her, a forgotten notebook for others."""
    ines = _student("eleve")
    taken = RollCall.objects.filter(state="done", held_on__lt=clock.today()).exclude(teacher_ids=[])
    lesson = taken.filter(student_ids__contains=[ines.pk]).order_by("-held_on", "-starts_at").first() if ines else None
    if lesson is None or ines is None:
        return
    others = [pk for pk in lesson.student_ids if pk != ines.pk][:2]
    profiles = frozenset({str(Profile.TEACHER)})
    teacher = Actor(0, lesson.teacher_ids[0], college.pk, college.uai, profiles, capabilities_of(profiles))
    text = "Participation remarquable pendant toute l’heure."
    observe(roll_call=lesson, students=[ines.pk], kind="praise", text=text, is_shown=True, actor=teacher)
    if others:
        observe(roll_call=lesson, students=others, kind="notebook", text="", is_shown=True, actor=teacher)


def _exit(college: Establishment, head: Actor) -> None:
    """Families ask for their exit regime online, and Nadia asks for one for Elias."""
    rules = rules_of_school()
    kept = {"half_day_cut": college.half_day_cut, "splits_long": rules.splits_long_from_on is not None}
    set_rules(facts={**kept, "families_choose_exit": True}, actor=head)
    elias, nadia, regimes = _student("frere"), person_of(member("parent")), regimes_of_school()
    if elias is None or nadia is None or not regimes:
        return
    profiles = frozenset({str(Profile.GUARDIAN)})
    guardian = Actor(0, nadia.pk, college.pk, college.uai, profiles, capabilities_of(profiles))
    ask_exit(student=elias, regime=str(regimes[-1].pk), actor=guardian)


def _placement(head: Actor) -> None:
    """The week of observation of a class of 3e, in two weeks: most agreements are signed."""
    group = Group.objects.filter(kind="division", label__startswith="3", ends_on=None).order_by("label").first()
    if group is None:
        return
    monday = clock.today() + dt.timedelta(days=14 - clock.today().weekday())
    days = {"starts_on": monday, "ends_on": monday + dt.timedelta(days=4)}
    made = plan_placement(group=group, label="Stage d’observation", **days, actor=head)
    random, places = Random("stages"), {}
    for row in PlacedStudent.objects.filter(placement=made).order_by("pk"):
        agreement = random.choice(("signed", "signed", "signed", "sent", "to_find"))
        places[row.student_id] = Place() if agreement == "to_find" else Place(*random.choice(_COMPANIES), agreement)
    write_placement(placement=made, **days, places=places, actor=head)


def _student(slug: str) -> Student | None:
    person = person_of(member(slug))
    found: Student | None = Student.objects.filter(person=person).first() if person else None
    return found

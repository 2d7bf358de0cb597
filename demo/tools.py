"""A tool of exercises at an invented address, three contents in the courses of the cast, and marks that it would have sent."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from random import Random

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Membership, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.services.receiving import Sent, declare_column, receive_marks
from pupitre.integrations.lti.models import LineItem, Tool
from pupitre.integrations.lti.services.marking import source_of
from pupitre.integrations.lti.services.placing import Content, place
from pupitre.integrations.lti.services.tools import set_tool, tool_of
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.registering import register_service, set_connector
from pupitre.timetable.models import Course, CourseTeacher

_HOME = "https://exercices.example/"
_CONTENTS = (
    Content("Calcul littéral : s’entraîner", f"{_HOME}launch", "Vingt minutes, autant d’essais que l’on veut."),
    Content("Calcul littéral : le bilan", f"{_HOME}launch", "Une seule fois, sans calculatrice.", maximum=Decimal(10)),
)


def place_tools(college: Establishment) -> None:
    """Register the tool, open it, place its contents in the courses of Hélène, and let it have marked one of them."""
    teacher, referent = _person("enseignante"), _person("referent")
    with scope(college.pk):
        tool = _tool(_acting(college, referent))
        taught = CourseTeacher.objects.filter(held_on(clock.today()), person=teacher)
        courses = Course.objects.filter(pk__in=taught.values("course"), group__code="4B", ends_on=None)
        acting = _acting(college, teacher, Profile.TEACHER)
        week = clock.today() + dt.timedelta(days=7)
        contents = (_CONTENTS[0], replace(_CONTENTS[1], due_on=week))
        for course in courses.select_related("group", "subject").order_by("pk")[:1]:
            place(course=course, tool=tool, contents=contents, actor=acting)
            _mark(tool, course)


def _tool(referent: Actor) -> Tool:
    service = register_service(
        actor=referent,
        name="Exercices en ligne",
        purpose="Des exercices que les professeurs placent dans leurs cours",
        protocol=Service.Protocol.LTI,
        address=_HOME,
        launch_url="",
        release="lti",
    )
    profiles = (Profile.STUDENT, Profile.TEACHER)
    set_connector(service, actor=referent, is_on=True, profiles=profiles, groups=[], withheld=[])
    tool = tool_of(service)
    set_tool(
        tool,
        actor=referent,
        login_url=f"{_HOME}login",
        redirect_uris=[f"{_HOME}launch"],
        target_url=f"{_HOME}launch",
        picking_url=f"{_HOME}launch",
        jwks_url=f"{_HOME}jwks",
    )
    return tool


def _mark(tool: Tool, course: Course) -> None:
    """What the tool would have sent of the test: a draft, which nobody has read yet."""
    item = LineItem.objects.filter(tool=tool, course=course).first()
    if item is None:
        return
    random, yesterday = Random("exercices"), clock.now() - dt.timedelta(days=1)
    members = Membership.objects.filter(held_on(clock.today()), group=course.group_id).order_by("student")
    sent = [
        Sent(student, Decimal(random.randint(6, 20)) / 2, Decimal(10), yesterday)
        for student in members.values_list("student", flat=True)[:18]
    ]
    column = declare_column(
        source=source_of(tool), external_id=str(item.uid), course=course, title=item.label, maximum=item.maximum
    )
    receive_marks(column=column, sent=sent)


def _person(slug: str) -> Person:
    person = person_of(member(slug))
    if person is None:
        raise LookupError(slug)
    return person


def _acting(school: Establishment, person: Person, *profiles: str) -> Actor:
    return Actor(person.user_id or 0, person.pk, school.pk, school.uai, frozenset(profiles))

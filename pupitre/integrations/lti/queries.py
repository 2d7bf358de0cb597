"""Reads: the links of somebody's courses, the tools that may be placed there, who a tool is in a school."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from pupitre.directory.identity import Identity
from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Tool, ToolLink
from pupitre.integrations.services.models import Connector, Service
from pupitre.timetable.models import Course


@dataclass(slots=True)
class CourseLinks:
    """A course with the links placed in it; `may_place` for whoever teaches it."""

    course: Course
    links: list[ToolLink] = field(default_factory=list)
    may_place: bool = False

    @property
    def title(self) -> str:
        """« Mathématiques, 4e B »."""
        return title_of(self.course)


def title_of(course: Course) -> str:
    """How a course is called: « Mathématiques, 4e B »."""
    return f"{course.subject.label}, {course.group.label}"


def open_tools(actor: Actor) -> list[Tool]:
    """The tools open to the actor in the open school, by name; one statement."""
    connectors = allowed(actor, "services.use_connector", Connector.objects.all())
    mine = connectors.filter(service__protocol=Service.Protocol.LTI).values("service")
    return list(Tool.objects.filter(service__in=mine).select_related("service").order_by("service__name", "pk"))


def courses_with_links(actor: Actor, tools: Sequence[Tool]) -> list[CourseLinks]:
    """The courses that the actor teaches, and those where a link is open to them; two statements."""
    courses = Course.objects.select_related("group", "subject").order_by("group__label", "subject__label", "pk")
    found = {each.pk: CourseLinks(each, may_place=True) for each in allowed(actor, "lti.place_link", courses)}
    links = allowed(actor, "lti.open_link", ToolLink.objects.filter(tool__in=tools))
    for link in links.select_related("course__group", "course__subject", "tool__service").order_by("placed_at", "pk"):
        found.setdefault(link.course_id, CourseLinks(link.course)).links.append(link)
    return sorted(found.values(), key=lambda each: (not each.links, each.course.group.label, each.course.subject.label))


def connector_of(actor: Actor, tool: Tool) -> Connector | None:
    """The tool in the open school, when it is open to the actor; one statement."""
    rows = Connector.objects.select_related("service").filter(service=tool.service_id)
    found: Connector | None = allowed(actor, "services.use_connector", rows).first()
    return found


def actor_in(identity: Identity, establishment_id: int) -> Actor | None:
    """The person acting in a school, named by its number; None when they are nothing there any more. No statement."""
    for uai, roles in identity.schools.items():
        if roles[0].establishment == establishment_id:
            return identity.actor(uai)
    return None


def connector_here(tool: Tool) -> Connector | None:
    """The tool in the open school, when it is open there to anybody; one statement."""
    rows = Connector.objects.select_related("service")
    found: Connector | None = rows.filter(service=tool.service_id, is_on=True, service__ended_at=None).first()
    return found


def course_of_tool(tool: Tool, course_id: int) -> Course | None:
    """A course of the open school where a link of the tool stands; one statement. The others do not exist for it."""
    links = ToolLink.objects.filter(tool=tool, removed_at=None).values("course")
    found: Course | None = Course.objects.select_related("group", "subject").filter(pk=course_id, pk__in=links).first()
    return found


def school_named(uai: str) -> Establishment | None:
    """An open school, by its code; one statement."""
    return Establishment.objects.filter(uai=uai.upper(), is_open=True).first()


def actor_here(person_id: int, school: Establishment) -> Actor:
    """A person acting in the open school, without their cookie: what they are there today, and no more. Two statements."""
    rows = Affiliation.objects.filter(held_on(clock.today()), person=person_id, establishment=school)
    profiles = frozenset(rows.values_list("profile", flat=True))
    user = Person.objects.filter(pk=person_id).values_list("user", flat=True).first()
    return Actor(user or 0, person_id, school.pk, school.uai, profiles)

"""Reads: the links of somebody's courses, the tools that may be placed there, who a tool is in a school."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.periods import held_on
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import LineItem, Registration, Tool, ToolLink
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


def registered(client_id: str) -> Tool | None:
    """The tool that bears a number, while it is registered; one statement."""
    rows = Tool.objects.select_related("service").filter(service__ended_at=None, service__protocol=Service.Protocol.LTI)
    return rows.filter(client_id=client_id).first()


def link_open_to(actor: Actor, tool: Tool, pk: int) -> ToolLink | None:
    """A link of a tool that the actor may open, with its course; one statement."""
    links = ToolLink.objects.select_related("course__group", "course__subject").filter(pk=pk, tool=tool)
    found: ToolLink | None = allowed(actor, "lti.open_link", links).first()
    return found


def course_taught(actor: Actor, pk: int) -> Course | None:
    """A course where the actor may place contents; one statement."""
    rows = Course.objects.select_related("group", "subject").filter(pk=pk)
    found: Course | None = allowed(actor, "lti.place_link", rows).first()
    return found


def is_open_somewhere(actor: Actor, service_id: int) -> bool:
    """Whether a tool is open to the actor in the open school; one statement."""
    rows = Connector.objects.filter(service=service_id, service__protocol=Service.Protocol.LTI)
    return allowed(actor, "services.use_connector", rows).exists()


def link_named(tool: Tool, course: Course, uid: UUID) -> ToolLink | None:
    """A link of a tool in a course, by the number that the tool knows; one statement."""
    found: ToolLink | None = ToolLink.objects.filter(tool=tool, course=course, uid=uid, removed_at=None).first()
    return found


def line_items_of(
    tool: Tool, course: Course, *, link: UUID | None = None, resource_id: str = "", tag: str = ""
) -> QuerySet[LineItem]:
    """The columns that a tool keeps in a course, narrowed to what is not empty."""
    rows: QuerySet[LineItem] = LineItem.objects.filter(tool=tool, course=course).select_related("link").order_by("pk")
    asked = {"link__uid": link, "resource_id": resource_id, "tag": tag}
    return rows.filter(**{name: value for name, value in asked.items() if value is not None and value != ""})


def line_item_named(course: Course, uid: UUID) -> LineItem | None:
    """A column of a course, whichever tool keeps it; one statement."""
    rows = LineItem.objects.select_related("link", "tool__service", "course").filter(course=course, uid=uid)
    found: LineItem | None = rows.first()
    return found


def registration_of(actor: Actor, tool: Tool) -> Registration | None:
    """What the actor asked of a tool in the open school, while it lives; one statement. Those of others are not theirs."""
    mine = Registration.objects.filter(tool=tool, person=actor.person_id, establishment=actor.establishment_id)
    return mine.filter(expires_at__gt=clock.now()).first()


def columns_of(link: ToolLink) -> list[LineItem]:
    """The columns of marks of a content; one statement."""
    return list(LineItem.objects.filter(link=link).order_by("pk"))

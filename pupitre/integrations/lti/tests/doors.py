from dataclasses import dataclass
from uuid import UUID

from pupitre.establishments.scope import scope
from pupitre.gradebook.tests.factories import course_of
from pupitre.integrations.lti.models import Tool, ToolLink
from pupitre.integrations.lti.tests.factories import having_said, invited, make_link, make_tool
from tests.cast import Cast
from tests.doors import door


@dataclass(frozen=True)
class Speaking:
    """A service that speaks LTI, made when the door is tried."""

    place: str = "college"

    def __call__(self, cast: Cast) -> int:
        return make_tool(cast, self.place).service_id

    def __str__(self) -> str:
        return self.place

    def __repr__(self) -> str:
        return str(self)


def link_in_maths(cast: Cast) -> int:
    """A content placed in mathematics of the 4B; made once."""
    with scope(cast.college.pk):
        found = ToolLink.objects.filter(removed_at=None).first()
        return (found or make_link(cast, make_tool(cast))).pk


def new_link(cast: Cast) -> int:
    """Another one: it is taken away once."""
    return make_link(cast, make_tool(cast)).pk


def course_in_maths(cast: Cast) -> int:
    """Its course."""
    link_in_maths(cast)
    with scope(cast.college.pk):
        return course_of(cast.groups["4B"]).pk


def its_tool(cast: Cast) -> int:
    """Its tool."""
    with scope(cast.college.pk):
        return ToolLink.objects.get(pk=link_in_maths(cast)).tool_id


def its_service(cast: Cast) -> int:
    """The service of its tool."""
    return Tool.objects.get(pk=its_tool(cast)).service_id


def asked_to_register(cast: Cast) -> int:
    """A service whose tool the referent asked to register by itself."""
    return invited(cast).tool.service_id


def registered_by_itself(cast: Cast) -> int:
    """Another one, whose tool said what it is."""
    return having_said(cast).tool.service_id


NOBODYS = UUID(int=0)
_COLLEGE = {"uai": "college"}
_COURSE = {**_COLLEGE, "pk": course_in_maths}
# Named otherwise than « uai »: no person acts there.
_SERVED = {"place": "college", "course": course_in_maths}
_ITEM = {**_SERVED, "uid": NOBODYS}


def _of(place: str = "college") -> dict[str, object]:
    return {"uai": "college", "pk": Speaking(place)}


DOORS = [
    # An unknown tool is answered by a page, never by a redirection.
    door("lti:authorize", everyone=403),
    # A form from elsewhere is asked again as a page.
    door("lti:authorize", "post", everyone=302),
    door("lti:token", "post", everyone=400),
    door("lti:configuration", everyone=200),
    # Without the token that somebody's page gave it.
    door("lti:registration", "post", everyone=401),
    door("lti:picked", "post", at={"client_id": "inconnu"}, everyone=403),
    # Where a tool's server speaks, a session says nothing.
    door("lti:members", at=_SERVED, everyone=401),
    door("lti:line_items", at=_SERVED, everyone=401),
    door("lti:line_items", "post", at=_SERVED, everyone=401),
    door("lti:line_item", at=_ITEM, everyone=401),
    door("lti:scores", "post", at=_ITEM, everyone=401),
    door("lti:results", at=_ITEM, everyone=401),
    # To the page of the school where the tool is open; the neighbour's people and the academy's have none.
    door(
        "lti:open_tool",
        at={"service": its_service},
        **dict.fromkeys(
            ("eleve", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 302
        ),
    ),
    door("lti_of_school:links", at=_COLLEGE, everyone=200, parent_voisin=404, enseignante_voisine=404, anonymous=302),
    # Those of the class and their families, and whoever teaches it: on the way to the tool.
    door("lti_of_school:open_link", at={**_COLLEGE, "pk": link_in_maths}, eleve=302, parent=302, enseignante=302),
    door("lti_of_school:take_away", "post", at={**_COLLEGE, "pk": new_link}, enseignante=302),
    door("lti_of_school:edit", at={**_COLLEGE, "pk": link_in_maths}, enseignante=200),
    door("lti_of_school:edit", "post", at={**_COLLEGE, "pk": link_in_maths}, enseignante=422),
    door("lti_of_school:add", at=_COURSE, enseignante=200),
    door("lti_of_school:add", "post", at=_COURSE, enseignante=422),
    door("lti_of_school:pick", at={**_COURSE, "tool": its_tool}, enseignante=302),
    door("lti_of_school:tool", at=_of(), principal=200, referent=200),
    door("lti_of_school:tool", at=_of("neighbour")),
    door("lti_of_school:tool", "post", at=_of(), principal=422, referent=422),
    door("lti_of_school:tool", "post", at=_of("neighbour")),
    # What one of them asked of a tool is not the other's to accept.
    door("lti_of_school:invite", at={**_COLLEGE, "pk": registered_by_itself}, principal=200, referent=200),
    door("lti_of_school:invite", "post", at=_of(), principal=422, referent=422),
    door("lti_of_school:lead", "post", at={**_COLLEGE, "pk": asked_to_register}, referent=302),
    door("lti_of_school:accept", "post", at={**_COLLEGE, "pk": registered_by_itself}, referent=302),
    door("lti_of_school:decline", "post", at={**_COLLEGE, "pk": registered_by_itself}, referent=302),
]

"""What a tool is told when somebody comes: who they are for it, in which course, what it may do there."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.urls import reverse

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Membership
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import Launch, LineItem, Tool, ToolLink
from pupitre.integrations.lti.queries import title_of
from pupitre.integrations.lti.words import (
    AGS_CLAIM,
    CLAIM,
    DL_CLAIM,
    INSTRUCTOR,
    LEARNER,
    MARKING,
    MENTOR,
    NAMES,
    NRPS_CLAIM,
    OPENING,
    PICKING,
)
from pupitre.integrations.oidc.services.keys import signed
from pupitre.integrations.oidc.services.telling import issuer
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.releases import Told
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.services.registering import draw_pseudonym
from pupitre.timetable.models import Course, CourseTeacher

_LIFE = dt.timedelta(minutes=5)
_SECTION = "http://purl.imsglobal.org/vocab/lis/v2/course#CourseSection"


def opening_token(launch: Launch, *, actor: Actor, connector: Connector, link: ToolLink, nonce: str) -> str:
    """The signed message that opens a link, in its open school; `link.course` is loaded. Raises NotHere, Unnameable."""
    claims = _claims(launch.tool, actor, connector, link.course, nonce)
    claims |= {
        f"{CLAIM}/message_type": OPENING,
        f"{CLAIM}/target_link_uri": link.target_url,
        f"{CLAIM}/resource_link": {"id": str(link.uid), "title": link.title, "description": link.description},
        f"{CLAIM}/custom": launch.tool.custom | link.custom,
        f"{CLAIM}/launch_presentation": {
            "locale": settings.LANGUAGE_CODE,
            "document_target": "window",
            "return_url": issuer() + reverse("lti_of_school:links", args=[actor.uai]),
        },
    }
    if launch.tool.may_mark:
        items = LineItem.objects.filter(link=link).values_list("uid", flat=True)[:2]
        claims[AGS_CLAIM] = _marking(actor.uai, link.course, [str(uid) for uid in items])
    if launch.tool.may_list:
        address = issuer() + reverse("lti:members", args=[actor.uai, link.course_id])
        claims[NRPS_CLAIM] = {
            "context_memberships_url": f"{address}?rlid={link.uid}",
            "service_versions": ["2.0"],
        }
    return signed(claims)


def picking_token(
    launch: Launch, *, actor: Actor, connector: Connector, course: Course, nonce: str, data: str
) -> str:  # fmt: skip
    """The signed message that opens the tool's own choice of contents, and says where to bring it back."""
    claims = _claims(launch.tool, actor, connector, course, nonce)
    claims |= {
        f"{CLAIM}/message_type": PICKING,
        f"{CLAIM}/target_link_uri": launch.tool.picking_url,
        f"{CLAIM}/custom": launch.tool.custom,
        f"{DL_CLAIM}/deep_linking_settings": {
            "deep_link_return_url": issuer() + reverse("lti:picked", args=[launch.tool.client_id]),
            "accept_types": ["ltiResourceLink"],
            "accept_presentation_document_targets": ["window"],
            "accept_multiple": True,
            "accept_lineitem": launch.tool.may_mark,
            "auto_create": True,
            "data": data,
        },
    }
    return signed(claims)


def _claims(tool: Tool, actor: Actor, connector: Connector, course: Course, nonce: str) -> dict[str, Any]:
    now = clock.now()
    told = disclose(connector, person_id=actor.person_id)
    roles, children = roles_of(actor, course, tool)
    claims: dict[str, Any] = {
        "iss": issuer(),
        "aud": tool.client_id,
        "azp": tool.client_id,
        "sub": told.user,
        "iat": int(now.timestamp()),
        "exp": int((now + _LIFE).timestamp()),
        "nonce": nonce,
        f"{CLAIM}/version": "1.3.0",
        f"{CLAIM}/deployment_id": actor.uai,
        f"{CLAIM}/roles": roles,
        f"{CLAIM}/context": context_of(actor.uai, course),
        f"{CLAIM}/tool_platform": {"guid": issuer(), "name": "Pupitre", "product_family_code": "pupitre"},
    }
    if children:
        claims[f"{CLAIM}/role_scope_mentor"] = children
    return claims | names_in(told)


def names_in(told: Told) -> dict[str, str]:
    """Of what the registry tells, what LTI has a name for."""
    return {name: values[0] for name, values in told.attributes if name in NAMES}


def context_of(uai: str, course: Course) -> dict[str, Any]:
    """The course, as tools know it."""
    return {
        "id": f"{uai}-{course.pk}", "label": course.group.label, "title": title_of(course), "type": [_SECTION],
    }  # fmt: skip


def roles_of(actor: Actor, course: Course, tool: Tool) -> tuple[list[str], list[str]]:
    """What somebody is in a course, and for a guardian the numbers of their children there; four statements at most."""
    today = held_on(clock.today())
    members = Membership.objects.filter(today, group=course.group_id)
    if (
        Profile.TEACHER in actor.profiles
        and CourseTeacher.objects.filter(today, course=course, person=actor.person_id).exists()
    ):
        return list(INSTRUCTOR), []
    if Profile.STUDENT in actor.profiles and members.filter(student__person=actor.person_id).exists():
        return list(LEARNER), []
    mine = Guardianship.objects.filter(
        open_on(clock.today()), guardian=actor.person_id, establishment=actor.establishment_id
    )
    children = members.filter(student__person__in=mine.values("student")).values_list("student__person", flat=True)
    return list(MENTOR), [draw_pseudonym(person_id=child, service=tool.service) for child in sorted(set(children))]


def _marking(uai: str, course: Course, items: list[str]) -> dict[str, Any]:
    claim: dict[str, Any] = {
        "scope": list(MARKING), "lineitems": issuer() + reverse("lti:line_items", args=[uai, course.pk]),
    }  # fmt: skip
    if len(items) == 1:
        claim["lineitem"] = issuer() + reverse("lti:line_item", args=[uai, course.pk, items[0]])
    return claim

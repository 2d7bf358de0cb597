"""A tool of the collège, set as the console sets it, and a content placed in mathematics of the 4B."""

import json
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.http import HttpResponseBase
from joserfc.jwk import RSAKey

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.gradebook.tests.factories import course_of, first_term
from pupitre.integrations.lti.models import Registration, Tool, ToolLink
from pupitre.integrations.lti.services.inviting import hear, invite, open_page
from pupitre.integrations.lti.services.placing import Content, place
from pupitre.integrations.lti.services.tools import set_tool, tool_of
from pupitre.integrations.lti.words import MARKING, MEMBERS, TOOL_CLAIM
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.tests.factories import admin_of, make_service, open_service
from tests.cast import Cast

HOME = "https://exercices.exemple.example/"
KEY = RSAKey.generate_key(2048, {"kid": "outil-1", "use": "sig", "alg": "RS256"}, private=True)


def directive(page: HttpResponseBase, name: str) -> list[str]:
    """What the policy of a page says of one thing, whole."""
    said = (part.split() for part in page["Content-Security-Policy"].split(";"))
    return next((words for first, *words in filter(None, said) if first == name), [])


def make_tool(cast: Cast, place: str = "college", *, address: str = HOME, facts: Any = None, **asked: Any) -> Tool:
    """A tool open to everyone of a school, with its addresses and its key. `asked`: how the service is registered."""
    told = {"name": "Exercices", "purpose": "Des exercices en ligne", "protocol": "lti", "release": "lti"}
    service = make_service(cast, place, address=address, **told | asked)
    if not asked.get("for_academy"):
        open_service(cast, place, service=service)
    tool = tool_of(service)
    ours = {
        "login_url": f"{address}login",
        "redirect_uris": [f"{address}launch"],
        "target_url": f"{address}launch",
        "picking_url": f"{address}launch",
        "keys": {"keys": [KEY.as_dict(private=False)]},
    }
    with scope(getattr(cast, place).pk):
        set_tool(tool, actor=admin_of(cast, place), **ours | (facts or {}))
    return tool


def teacher_of(cast: Cast) -> Actor:
    """Hélène Roussel, who teaches mathematics."""
    person = cast.people["enseignante"]
    college = cast.college
    return Actor(person.user_id or 0, person.pk, college.pk, college.uai, frozenset({Profile.TEACHER}))


def make_link(cast: Cast, tool: Tool, **facts: Any) -> ToolLink:
    """A content marked out of ten, placed in mathematics of the 4B."""
    told = {"title": "Fractions", "target_url": tool.target_url, "maximum": 10, "custom": {"niveau": "4e"}, **facts}
    with scope(cast.college.pk):
        first_term()
        course = course_of(cast.groups["4B"])
        maximum = told.pop("maximum")
        content = Content(maximum=None if maximum is None else Decimal(maximum), **told)
        (link,) = place(course=course, tool=tool, contents=[content], actor=teacher_of(cast))
        return link


def said_of_itself(**changed: Any) -> dict[str, Any]:
    """What the tool says when it registers. `changed`: None takes a fact away; `tool`: facts of its LTI part."""
    part = {
        "domain": "exercices.exemple.example",
        "target_link_uri": f"{HOME}launch",
        "custom_parameters": {"niveau": "college"},
        "claims": ["iss", "sub", "given_name", "picture"],
        "messages": [
            {"type": "LtiResourceLinkRequest"},
            {"type": "LtiDeepLinkingRequest", "target_link_uri": f"{HOME}pick"},
        ],
    }
    facts = {
        "application_type": "web",
        "response_types": ["id_token"],
        "grant_types": ["implicit", "client_credentials"],
        "initiate_login_uri": f"{HOME}login?id=1",
        "redirect_uris": [f"{HOME}launch", f"{HOME}pick"],
        "client_name": "Exercices de l’éditeur",
        "jwks_uri": f"{HOME}jwks",
        "token_endpoint_auth_method": "private_key_jwt",
        "scope": " ".join((*MARKING, MEMBERS)),
        TOOL_CLAIM: part | changed.pop("tool", {}),
    }
    return {name: value for name, value in (facts | changed).items() if value is not None}


def invited(cast: Cast, service: Service | None = None) -> Registration:
    """A tool that Aurélie Castaing asked to register by itself."""
    service = service or make_service(cast, protocol="lti", release="lti", address=HOME)
    with scope(cast.college.pk):
        return invite(tool=tool_of(service), address=f"{HOME}register?key=1", actor=admin_of(cast))


def given_token(registration: Registration) -> str:
    """Its page is opened: the token that it receives."""
    return parse_qs(urlsplit(open_page(registration)).query)["registration_token"][0]


def having_said(cast: Cast) -> Registration:
    """It said what it is; nobody has accepted it yet."""
    registration = invited(cast)
    given_token(registration)
    hear(registration, json.dumps(said_of_itself()).encode())
    return Registration.objects.select_related("tool__service").get(pk=registration.pk)

"""Placing contents of a tool in a course, and taking them away."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.integrations.lti.models import LineItem, Tool, ToolLink
from pupitre.integrations.lti.services.tools import refuse_elsewhere
from pupitre.timetable.models import Course

MOST_ITEMS = 50
"""Contents brought back by one choice: beyond, a list nobody reads."""
_MOST = Decimal("99999.99")


@dataclass(frozen=True, slots=True)
class Content:
    """A content to place. `maximum`: it is marked out of it. `custom`: what the tool wants back at each opening."""

    title: str
    target_url: str
    description: str = ""
    custom: dict[str, str] = field(default_factory=dict)
    maximum: Decimal | None = None
    label: str = ""
    resource_id: str = ""
    tag: str = ""


@transaction.atomic
def place(*, course: Course, tool: Tool, contents: Sequence[Content], actor: Actor) -> list[ToolLink]:
    """Place contents in a course, all or none. Raises WrongAddress and ElsewhereAddress for one that is not the tool's."""
    placed = []
    for content in contents[:MOST_ITEMS]:
        refuse_elsewhere(tool, content.target_url)
        link = ToolLink(
            course=course,
            tool=tool,
            uid=uuid.uuid4(),
            title=content.title[:120],
            description=content.description[:500],
            target_url=content.target_url,
            custom=content.custom,
            placed_by_id=actor.person_id,
            placed_at=clock.now(),
        )
        link.save()
        if content.maximum is not None and tool.may_mark:
            make_line_item(
                tool=tool, course=course, link=link, label=content.label or content.title, maximum=content.maximum,
                resource_id=content.resource_id, tag=content.tag,
            )  # fmt: skip
        audit.record(actor, "lti.place_link", link, tool=tool.pk)
        placed.append(link)
    return placed


def make_line_item(
    *, tool: Tool, course: Course, link: ToolLink | None, label: str, maximum: Decimal, resource_id: str = "",
    tag: str = "",
) -> LineItem:  # fmt: skip
    """A column that a tool keeps in a course; no mark yet, nothing for the teacher to read."""
    item = LineItem(
        course=course,
        tool=tool,
        link=link,
        uid=uuid.uuid4(),
        label=label[:255],
        maximum=min(maximum.quantize(Decimal("0.01"), ROUND_HALF_UP), _MOST),
        resource_id=resource_id[:255],
        tag=tag[:255],
        made_at=clock.now(),
    )
    item.save()
    return item


@transaction.atomic
def remove(*, link: ToolLink, actor: Actor) -> None:
    """Take a link away: nobody opens it any more. The marks that it gave stay where they are."""
    ToolLink.objects.filter(pk=link.pk).update(removed_at=clock.now())
    audit.record(actor, "lti.remove_link", link)


def contents_of(items: Any, tool: Tool) -> list[Content]:
    """The contents that a tool brings back (LTI Deep Linking 2.0); what is no link of the tool is left out."""
    found = []
    for each in items if isinstance(items, list) else []:
        if not isinstance(each, dict) or each.get("type") != "ltiResourceLink":
            continue
        line, custom = each.get("lineItem"), each.get("custom")
        title, url = each.get("title"), each.get("url")
        found.append(
            Content(
                title=_text(title) or tool.service.name,
                target_url=_text(url) or tool.target_url,
                description=_text(each.get("text")),
                custom=_custom(custom),
                **(_line(line) if isinstance(line, dict) else {}),
            )
        )
    return found


def _line(line: dict[str, Any]) -> dict[str, Any]:
    maximum = line.get("scoreMaximum")
    if isinstance(maximum, bool) or not isinstance(maximum, int | float) or not 0 < maximum < 100_000:
        return {}
    names = {"label": "label", "resource_id": "resourceId", "tag": "tag"}
    return {"maximum": Decimal(str(maximum))} | {ours: _text(line.get(theirs)) for ours, theirs in names.items()}


def _custom(custom: Any) -> dict[str, str]:
    if not isinstance(custom, dict):
        return {}
    return {_clean(str(key))[:100]: _clean(str(value))[:1000] for key, value in list(custom.items())[:50]}


def _text(value: Any) -> str:
    return " ".join(_clean(value).split()) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Without what the database does not keep: NUL, and halves of a character."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()

"""Placing contents of a tool in a course, and taking them away."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

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
    due_on: dt.date | None = None


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
            due_on=content.due_on,
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
def edit(
    *, link: ToolLink, actor: Actor, title: str, description: str, target_url: str, custom: dict[str, str],
    due_on: dt.date | None,
) -> set[str]:  # fmt: skip
    """Change a content where it stands; the names of what changed. Raises WrongAddress and ElsewhereAddress.

    The tool knows it by the same number, and its column stays with its marks: it follows the title while it bears it.
    """
    refuse_elsewhere(link.tool, target_url)
    wanted = {
        "title": title[:120], "description": description[:500], "target_url": target_url, "custom": custom,
        "due_on": due_on,
    }  # fmt: skip
    changed = {name for name, value in wanted.items() if getattr(link, name) != value}
    if not changed:
        return changed
    if "title" in changed:
        LineItem.objects.filter(link=link, label=link.title).update(label=wanted["title"])
    for name in changed:
        setattr(link, name, wanted[name])
    link.save(update_fields=sorted(changed))
    audit.record(actor, "lti.edit_link", link, changed=sorted(changed))
    return changed


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
                title=clean_text(title) or tool.service.name,
                target_url=clean_text(url) or tool.target_url,
                description=clean_text(each.get("text")),
                custom=custom_of(custom),
                due_on=_day(each.get("submission")),
                **(_line(line) if isinstance(line, dict) else {}),
            )
        )
    return found


def _day(submission: Any) -> dt.date | None:
    """The last day to hand in, when the tool says one."""
    text = submission.get("endDateTime") if isinstance(submission, dict) else None
    try:
        found = dt.datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None or not 2000 <= found.year <= 9000:
        return None
    return timezone.localtime(found).date() if found.tzinfo else found.date()


def _line(line: dict[str, Any]) -> dict[str, Any]:
    maximum = line.get("scoreMaximum")
    if isinstance(maximum, bool) or not isinstance(maximum, int | float) or not 0 < maximum < 100_000:
        return {}
    names = {"label": "label", "resource_id": "resourceId", "tag": "tag"}
    return {"maximum": Decimal(str(maximum))} | {ours: clean_text(line.get(theirs)) for ours, theirs in names.items()}


def custom_of(custom: Any) -> dict[str, str]:
    """Parameters of a tool as they are kept: text, in reasonable number and length."""
    if not isinstance(custom, dict):
        return {}
    return {_clean(str(key))[:100]: _clean(str(value))[:1000] for key, value in list(custom.items())[:50]}


def clean_text(value: Any) -> str:
    """One line of text that the database keeps; « » for anything else."""
    return " ".join(_clean(value).split()) if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """Without what the database does not keep: NUL, and halves of a character."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()

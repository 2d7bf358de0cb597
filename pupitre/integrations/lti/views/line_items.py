"""Columns of marks that tools keep, and the scores they send (LTI Assignment and Grade Services 2.0)."""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pupitre.integrations.lti.models import LineItem
from pupitre.integrations.lti.pages import link_next, page_asked
from pupitre.integrations.lti.queries import line_item_named, line_items_of, link_named
from pupitre.integrations.lti.services.marking import (
    NotInCourse,
    OlderMark,
    marks_of,
    receive_score,
    remove_line_item,
    student_named,
)
from pupitre.integrations.lti.services.placing import make_line_item
from pupitre.integrations.lti.views.access import Answered, Asking, for_tools
from pupitre.integrations.lti.words import (
    LINE_ITEM,
    LINE_ITEM_READ,
    LINE_ITEM_TYPE,
    LINE_ITEMS_TYPE,
    RESULT,
    RESULTS_TYPE,
    SCORE,
    SCORE_TYPE,
)
from pupitre.integrations.oidc.services.telling import issuer

_MOST = 100_000
_FINAL = "FullyGraded"


class SentItem(msgspec.Struct, rename="camel"):
    """A line item as a tool sends it."""

    label: str
    score_maximum: float
    resource_link_id: str | None = None
    # Moodle numbers its resources.
    resource_id: str | int | None = None
    tag: str | None = None


class SentScore(msgspec.Struct, rename="camel"):
    """A score as a tool sends it; `timestamp` says its zone."""

    user_id: str
    # Read apart: Moodle writes « +0000 », which RFC 3339 does not know.
    timestamp: str
    activity_progress: str
    grading_progress: str
    score_given: float | None = None
    score_maximum: float | None = None
    comment: str | None = None


@for_tools
@require_http_methods(["GET", "POST"])
def line_items(request: HttpRequest, asking: Asking) -> HttpResponse:
    if request.method == "POST":
        return _make(request, asking)
    asking.need(LINE_ITEM, LINE_ITEM_READ)
    asked = request.GET.get("resource_link_id", "")
    _refuse_nul(*request.GET.values())
    rows = line_items_of(
        asking.tool, asking.course, link=uid_of(asked) if asked else None,
        resource_id=request.GET.get("resource_id", ""), tag=request.GET.get("tag", ""),
    )  # fmt: skip
    page = page_asked(request)
    found = list(rows[page.start : page.start + page.size + 1])
    answer = _json([_told(asking, each) for each in found[: page.size]], LINE_ITEMS_TYPE)
    return link_next(answer, request, page, is_more=len(found) > page.size)


@for_tools
@require_http_methods(["GET", "PUT", "DELETE"])
def line_item(request: HttpRequest, asking: Asking, uid: UUID) -> HttpResponse:
    asking.need(*((LINE_ITEM, LINE_ITEM_READ) if request.method == "GET" else (LINE_ITEM,)))
    item = _item(asking, uid)
    if request.method == "DELETE":
        remove_line_item(item)
        return HttpResponse(status=204)
    if request.method == "PUT":
        sent = _read(request, SentItem, LINE_ITEM_TYPE)
        item.label, item.maximum = sent.label[:255], _maximum(sent.score_maximum)
        item.resource_id, item.tag = _text(sent.resource_id)[:255], _text(sent.tag)[:255]
        item.save()
    return _json(_told(asking, item), LINE_ITEM_TYPE)


@for_tools
@require_POST
def scores(request: HttpRequest, asking: Asking, uid: UUID) -> HttpResponse:
    """A score becomes a draft that the teacher reads. Only a final one is a mark; the others say that there is none yet."""
    asking.need(SCORE)
    item = _item(asking, uid)
    sent = _read(request, SentScore, SCORE_TYPE)
    sent_at = _instant(sent.timestamp)
    is_final = sent.grading_progress == _FINAL and sent.score_given is not None
    points = _points(sent) if is_final else None
    maximum = _maximum(sent.score_maximum) if sent.score_maximum is not None else item.maximum
    student = student_named(asking.tool, sent.user_id)
    if student is None:
        raise Answered(404, "unknown_user")
    try:
        receive_score(
            item=item, student=student, points=points, maximum=maximum, sent_at=sent_at,
            comment=" ".join(_text(sent.comment).split()),
        )  # fmt: skip
    except OlderMark:
        raise Answered(409, "older") from None
    except NotInCourse:
        raise Answered(404, "unknown_user") from None
    return JsonResponse({"resultUrl": f"{_address(asking, item)}/results?user_id={sent.user_id}"})


@for_tools
@require_GET
def results(request: HttpRequest, asking: Asking, uid: UUID) -> HttpResponse:
    asking.need(RESULT)
    item = _item(asking, uid)
    page, wanted = page_asked(request), request.GET.get("user_id")
    found = [each for each in marks_of(item) if not wanted or each["user"] == wanted]
    shown = found[page.start : page.start + page.size]
    address = _address(asking, item)
    answer = _json([_result(address, each) for each in shown], RESULTS_TYPE)
    return link_next(answer, request, page, is_more=len(found) > page.start + page.size)


def _make(request: HttpRequest, asking: Asking) -> HttpResponse:
    asking.need(LINE_ITEM)
    sent = _read(request, SentItem, LINE_ITEM_TYPE)
    link = None
    if sent.resource_link_id:
        link = link_named(asking.tool, asking.course, uid_of(sent.resource_link_id))
        if link is None:
            raise Answered(404, "unknown_link")
    item = make_line_item(
        tool=asking.tool, course=asking.course, link=link, label=sent.label, maximum=_maximum(sent.score_maximum),
        resource_id=_text(sent.resource_id), tag=_text(sent.tag),
    )  # fmt: skip
    return _json(_told(asking, item), LINE_ITEM_TYPE, status=201)


def _item(asking: Asking, uid: UUID) -> LineItem:
    item = line_item_named(asking.course, uid)
    if item is None:
        raise Answered(404, "not_found")
    if item.tool_id != asking.tool.pk:
        raise Answered(403, "other_tool")
    return item


def _read(request: HttpRequest, kind: Any, media: str) -> Any:
    if (request.content_type or "") not in (media, "application/json"):
        raise Answered(415, "media_type")
    try:
        # Moodle sends the points of its marks as text.
        sent = msgspec.json.decode(request.body, type=kind, strict=False)
    except msgspec.MsgspecError:
        raise Answered(400, "unreadable") from None
    _refuse_nul(*msgspec.structs.astuple(sent))
    return sent


def _refuse_nul(*values: Any) -> None:
    """The database keeps no text that holds a NUL."""
    if any(isinstance(value, str) and "\0" in value for value in values):
        raise Answered(400, "unreadable")


def _text(value: str | int | None) -> str:
    return "" if value is None else str(value)


def _instant(text: str) -> dt.datetime:
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Answered(400, "timestamp") from None
    # Beyond these years, a zone can lead out of what the database keeps.
    if found.tzinfo is None or not 2000 <= found.year <= 9000:
        raise Answered(400, "timestamp")
    return found


def _maximum(value: float) -> Decimal:
    if not 0 < value < _MOST:
        raise Answered(400, "scoreMaximum")
    return max(Decimal(str(value)).quantize(Decimal("0.01")), Decimal("0.01"))


def _points(sent: SentScore) -> Decimal:
    if sent.score_given is None or not 0 <= sent.score_given < _MOST or sent.score_maximum is None:
        raise Answered(400, "scoreGiven")
    return Decimal(str(sent.score_given))


def uid_of(text: str) -> UUID:
    """The number in a text, or one that is nobody’s."""
    try:
        return UUID(text)
    except ValueError:
        # Nobody's.
        return UUID(int=0)


def _address(asking: Asking, item: LineItem) -> str:
    return issuer() + reverse("lti:line_item", args=[asking.uai, asking.course.pk, item.uid])


def _told(asking: Asking, item: LineItem) -> dict[str, Any]:
    told = {"id": _address(asking, item), "label": item.label, "scoreMaximum": float(item.maximum)}
    more = {
        "resourceLinkId": str(item.link.uid) if item.link else "", "resourceId": item.resource_id, "tag": item.tag,
        "endDateTime": _end_of(item.link.due_on) if item.link and item.link.due_on else "",
    }  # fmt: skip
    return told | {name: value for name, value in more.items() if value}


def _end_of(day: dt.date) -> str:
    """The last minute of a day here, as tools read it."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59))).isoformat()


def _result(address: str, mark: dict[str, Any]) -> dict[str, Any]:
    told = {
        "id": f"{address}/results?user_id={mark['user']}",
        "scoreOf": address,
        "userId": mark["user"],
        "resultScore": mark["points"],
        "resultMaximum": mark["maximum"],
    }
    return told | ({"comment": mark["comment"]} if mark["comment"] else {})


def _json(body: Any, media: str, status: int = 200) -> HttpResponse:
    return JsonResponse(body, safe=False, status=status, content_type=media)

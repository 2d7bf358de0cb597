"""What the page of lessons shows: the words of teachers, cleaned when they are read, as they are kept."""

import datetime as dt
from typing import Any

import msgspec
import nh3
from django.utils.safestring import SafeString, mark_safe

from pupitre.integrations.pronote.records import Pupil, Work
from pupitre.integrations.services.addresses import WrongAddress, parse_address, with_parameter

_TAGS = {"p", "div", "br", "ul", "ol", "li", "b", "strong", "i", "em", "u", "sub", "sup", "a"}
_MOST = 30


class Shown(msgspec.Struct, frozen=True, omit_defaults=True):
    """Work to do, or a lesson. `html` is clean; `sites` are https addresses; files are names, which PRONOTE alone opens."""

    subject: str
    on: dt.date | None = None
    title: str = ""
    html: str = ""
    files: list[str] = []
    sites: list[str] = []
    url: str = ""

    @property
    def markup(self) -> SafeString:
        """The words, for a page."""
        return mark_safe(clean(self.html))  # noqa: S308 # nosec B308 B703 - cleaned when it was kept, and once more here


class Lessons(msgspec.Struct, frozen=True):
    """Of one pupil."""

    to_do: list[Shown] = []
    done: list[Shown] = []


def lessons_of(pupil: Pupil, *, base: str) -> dict[str, Any]:
    """The work and the lessons of a pupil, as they are kept."""
    kept = Lessons(
        [_shown(each, base) for each in pupil.to_do[:_MOST]], [_shown(each, base) for each in pupil.done[:_MOST]]
    )
    rows: dict[str, Any] = msgspec.to_builtins(kept)
    return rows


def decode_lessons(rows: Any) -> Lessons:
    """What was kept."""
    return msgspec.convert(rows, Lessons)


def _shown(work: Work, base: str) -> Shown:
    url = with_parameter(base, "page", work.page) if work.page else ""
    return Shown(work.subject, work.on, work.title, clean(work.html), list(work.files), _safe(work.sites), url)


def clean(html: str) -> str:
    """The words of a teacher without styles, images, scripts, forms or frames; links leave by their own window of trust."""
    return nh3.clean(
        html,
        tags=_TAGS,
        clean_content_tags={"script", "style"},
        attributes={"a": {"href"}},
        url_schemes={"https", "http"},
        link_rel="noopener noreferrer nofollow",
    )


def _safe(sites: tuple[str, ...]) -> list[str]:
    found = []
    for each in sites:
        try:
            parse_address(each)
        except WrongAddress:
            continue
        found.append(each)
    return found

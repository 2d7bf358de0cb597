"""What a message says: one notice, several of a kind, or a digest; in a mail, on a locked screen, in an SMS.

A mark is never written outside the site: a locked screen is read by whoever holds the phone.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pupitre.foundation.ui.french import NBSP
from pupitre.notifications.kinds import Audience
from pupitre.notifications.models import Notification

_MARK = re.compile(r"\d+(?:[.,]\d+)?\s*(?:/\s*\d+|sur\s+\d+\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a message: whose child, what, and where it leads on the site."""

    child: str
    text: str
    url: str

    def __str__(self) -> str:
        return f"{self.child}{NBSP}: {self.text}" if self.child else self.text


def lines_of(notices: Sequence[Notification], labels: dict[str, str]) -> list[Line]:
    """The notices, those of one kind about one child being one line; in the order in which they came."""
    groups: dict[tuple[str, int | None], list[Notification]] = {}
    for notice in notices:
        groups.setdefault((notice.kind, notice.child_id), []).append(notice)
    return [_line(group, labels) for group in groups.values()]


def _line(group: Sequence[Notification], labels: dict[str, str]) -> Line:
    last = group[-1]
    if len(group) == 1:
        return Line(last.child_name, last.title, reverse("notifications:open", args=[last.pk]))
    return Line(last.child_name, together(last, len(group), labels), _common_url(group))


def together(notice: Notification, count: int, labels: dict[str, str]) -> str:
    """« 3 nouvelles notes »: the words of the room, else the name of the kind and how many."""
    pattern = notice.many if count > 1 else notice.one
    if "%(count)s" in pattern:
        return pattern.replace("%(count)s", str(count))
    return pattern or f"{labels.get(notice.kind, notice.title)} ({count})"


def _common_url(group: Sequence[Notification]) -> str:
    """Where several notices lead: the place of all of them, else the list."""
    if len({notice.url for notice in group}) == 1:
        return reverse("notifications:open", args=[group[-1].pk])
    return reverse("notifications:list")


def locked_screen(line: Line, label: str) -> Line:
    """The line as anyone may read it: without anything that looks like a mark."""
    return Line(line.child, label, line.url) if _MARK.search(line.text) else line


def absolute(path: str) -> str:
    """An address to click outside the site."""
    return f"{settings.SITE_URL}{path}"


def subject(lines: Sequence[Line]) -> str:
    """The subject of a mail, without a line break."""
    if len(lines) == 1:
        return _one_line(str(lines[0]))
    text = ngettext("%(count)s nouveauté sur Pupitre", "%(count)s nouveautés sur Pupitre", len(lines)) % {
        "count": len(lines)
    }
    children = list(dict.fromkeys(line.child for line in lines if line.child))
    return _one_line(f"{text} ({', '.join(children)})") if children else text


def _one_line(text: str) -> str:
    # Not `split()`, for which a no-break space is a space.
    return re.sub(r"[\r\n\t]+", " ", text).strip()


def sms_text(school: str, lines: Sequence[Line]) -> str:
    """What fits in one SMS; letters that are not in its alphabet would halve it."""
    text = f"{school} : {'. '.join(map(str, lines))}"
    return _one_line(text.replace(NBSP, " ").replace("’", "'"))


def mail_text(name: str, school: str, lines: Sequence[Line], details: Sequence[str], audience: str) -> str:
    """The body of a mail: what there is, where to read it, how to receive fewer."""
    said = [_("Bonjour %(name)s,") % {"name": name}, ""]
    for line, detail in zip(lines, details, strict=True):
        said += [f"- {line}", *([f"  {detail}"] if detail else []), f"  {absolute(line.url)}"]
    told = _("Tu reçois") if audience == Audience.STUDENT else _("Vous recevez")
    choose = _("%(told)s ce message de %(school)s. Pour en changer le rythme, ou ne plus en recevoir :") % {
        "told": told,
        "school": school,
    }
    return "\n".join([*said, "", choose, absolute(reverse("notifications:preferences")), ""])

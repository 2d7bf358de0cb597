"""Pages of a list that a tool reads: `limit` and `page`, and the next one in the `Link` header (RFC 8288)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from pupitre.integrations.oidc.services.telling import issuer

MOST = 50


@dataclass(frozen=True, slots=True)
class PageAsked:
    """The page asked for, from 1, and its length."""

    number: int
    size: int

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size


def page_asked(request: HttpRequest) -> PageAsked:
    """What is asked, within reason; nonsense is the first page."""
    return PageAsked(_whole(request, "page", 1, 10_000), _whole(request, "limit", MOST, MOST))


def link_next(response: HttpResponse, request: HttpRequest, page: PageAsked, *, is_more: bool) -> HttpResponse:
    """Say where the next page is, when there is one."""
    if is_more:
        query = request.GET.copy()
        query["page"], query["limit"] = str(page.number + 1), str(page.size)
        response["Link"] = f'<{issuer()}{request.path}?{query.urlencode()}>; rel="next"'
    return response


def _whole(request: HttpRequest, name: str, usual: int, most: int) -> int:
    text = request.GET.get(name, "")
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 9 else usual

"""Pages stay out of caches: on a shared computer, « back » after signing out shows nothing of the person before."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class KeepOutMiddleware:
    """Every answer that says nothing of caches is kept by none; files, streams and the worker say their own rule."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        # `no-store` rather than `no-cache`: the browser's copy for « back » obeys nothing else.
        response.setdefault("Cache-Control", "private, no-store")
        return response

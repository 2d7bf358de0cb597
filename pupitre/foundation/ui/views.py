"""The display settings page."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from pupitre.foundation.ui.display import COOKIE, display_of
from pupitre.foundation.ui.forms import DisplayForm

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        form = DisplayForm(request.POST, request=request)
        if form.is_valid():
            back = urlencode({"next": form.next(), "enregistre": "1"})
            response = redirect(f"{reverse('ui:display')}?{back}")
            response.set_cookie(
                COOKIE,
                form.display().to_cookie(),
                max_age=A_YEAR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
            return response
        return render(request, "ui/display.html", {"form": form, "saved": False}, status=422)
    chosen = display_of(request)
    comfort = "confort" if chosen.comfort else "standard"
    form = DisplayForm(initial={"theme": chosen.theme, "comfort": comfort, "size": chosen.size}, request=request)
    return render(request, "ui/display.html", {"form": form, "saved": "enregistre" in request.GET})

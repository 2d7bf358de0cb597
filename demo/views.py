"""The way into the demonstration: choose who to be. Routed on a demo server only."""

from dataclasses import dataclass

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from demo.accounts import PASSWORD, person_of
from demo.build import files_folder
from demo.cast import CIRCLES, CastMember, member
from demo.schools import SCHOOL_NAMES
from demo.trials import TRIALS
from pupitre.accounts.entering import enter


@dataclass(frozen=True, slots=True)
class Row:
    """A member of the cast as the page shows them; `username` is empty while the region is not built."""

    member: CastMember
    schools: str
    username: str


@never_cache
@require_safe
def cast(request: HttpRequest) -> HttpResponse:
    circles = [(label, [_row(member(slug)) for slug in slugs]) for label, slugs in CIRCLES]
    is_built = all(row.username for _label, rows in circles for row in rows)
    return render(
        request, "demo/cast.html", {"circles": circles, "trials": TRIALS, "password": PASSWORD, "is_built": is_built}
    )


@require_safe
def trial_file(request: HttpRequest, name: str) -> FileResponse:
    path = files_folder() / name
    if name not in {trial.name for trial in TRIALS} or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename=name)


@require_POST
def become(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        person = person_of(member(slug))
    except KeyError:
        raise Http404 from None
    if person is None or person.user is None:
        raise Http404
    return enter(request, person.user, redirect("/"), quietly=True)


def _row(one: CastMember) -> Row:
    person = person_of(one)
    username = person.user.username if person and person.user else ""
    return Row(one, ", ".join(SCHOOL_NAMES[uai] for uai in one.uais), username)

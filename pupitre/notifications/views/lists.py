from datetime import datetime
from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_datetime
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from pupitre.directory.middleware import DirectoryRequest
from pupitre.directory.siblings import colours_of
from pupitre.notifications.models import Notification
from pupitre.notifications.policies import seen_by
from pupitre.notifications.queries import SHOWN, children_of, notices_of
from pupitre.notifications.services.reading import mark_read
from pupitre.notifications.views import signed_in


@never_cache
@require_safe
@signed_in
def notices(request: HttpRequest) -> HttpResponse:
    identity = cast(DirectoryRequest, request).identity
    before = _instant(request.GET.get("avant", ""))
    found = notices_of(identity.person, before=before)
    context = {
        "new": [each for each in found if each.is_new],
        "read": [each for each in found if not each.is_new],
        "colours": colours_of({each.id: each.born_on for each in children_of(identity.person)}),
        "many_schools": len(identity.schools) > 1,
        "older": min(each.last.visible_at for each in found) if sum(each.count for each in found) >= SHOWN else None,
        "is_first": before is None,
    }
    return render(request, "notifications/list.html", context)


@require_safe
@signed_in
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Where mails, pushes and the list lead: the notice is read, and shows what it tells of."""
    person = cast(DirectoryRequest, request).identity.person
    notice = get_object_or_404(Notification.objects.filter(seen_by(person)), pk=pk)
    # A room gives a path of ours; anything else is a mistake that must lead nowhere.
    if not notice.url.startswith("/") or not url_has_allowed_host_and_scheme(notice.url, None):
        raise Http404
    if notice.group_key:
        mark_read(person_id=person, kind=notice.kind, group_key=notice.group_key)
    else:
        mark_read(person_id=person, notification_id=pk)
    return HttpResponseRedirect(notice.url)


@require_POST
@signed_in
def read_all(request: HttpRequest) -> HttpResponse:
    mark_read(person_id=cast(DirectoryRequest, request).identity.person)
    return redirect("notifications:list")


def _instant(text: str) -> datetime | None:
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found and found.tzinfo else None

"""One's own folders and categories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.messaging.forms import NameForm
from pupitre.messaging.models import Category, Folder
from pupitre.messaging.services import filing
from pupitre.messaging.views.place import SAID, mine, notice_of, signed_out


@require_http_methods(["GET", "HEAD", "POST"])
def organise(request: HttpRequest) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    form = NameForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        make = filing.make_category if request.POST.get("kind") == "category" else filing.make_folder
        make(me.person_id, " ".join(form.cleaned_data["name"].split()))
        return _back()
    context = {
        "form": form,
        "kind": request.POST.get("kind", ""),
        "folders": Folder.objects.filter(person_id=me.person_id).order_by("name"),
        "categories": Category.objects.filter(person_id=me.person_id).order_by("name"),
        "notice": notice_of(request),
    }
    return render(request, "messaging/organise.html", context, status=422 if form.errors else 200)


@require_POST
def remove_folder(request: HttpRequest, pk: int) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    found = Folder.objects.filter(person_id=me.person_id, pk=pk).first()
    if found is None:
        raise Http404
    filing.remove_folder(found)
    return _back()


@require_POST
def remove_category(request: HttpRequest, pk: int) -> HttpResponse:
    me = mine(request)
    if me is None:
        return signed_out(request)
    found = Category.objects.filter(person_id=me.person_id, pk=pk).first()
    if found is None:
        raise Http404
    filing.remove_category(found)
    return _back()


def _back() -> HttpResponse:
    response = redirect("messaging:organise")
    response["Location"] += f"?{SAID}=fait"
    return response

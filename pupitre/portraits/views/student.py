"""One student: what the family said, and the photograph."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupitre.directory.models import Student
from pupitre.foundation import clock
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest
from pupitre.portraits.archive import PHOTO_MB
from pupitre.portraits.forms import ConsentForm, PhotoForm
from pupitre.portraits.policies import MANAGE
from pupitre.portraits.queries import address_of, portrait_of
from pupitre.portraits.refusals import Refusal
from pupitre.portraits.services.consents import record_consent
from pupitre.portraits.services.photos import add_photo, remove_photo


@require_http_methods(["GET", "HEAD", "POST"])
def student(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    """The page; posted, a photograph."""
    shown = _asked(request, pk)
    if request.method != "POST":
        return _page(request, shown)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            add_photo(student=shown, photo=form.cleaned_data["photo"].read(), actor=request.actor)
        except Refusal as no:
            form.add_error("photo", str(no))
        else:
            return redirect("portraits:student", uai=uai, pk=pk)
    return _page(request, shown, photo_form=form)


@require_POST
def consent(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    shown = _asked(request, pk)
    form = ConsentForm(request.POST)
    if not form.is_valid():
        return _page(request, shown, consent_form=form)
    record_consent(students=[shown], **form.cleaned_data, actor=request.actor)
    return redirect("portraits:student", uai=uai, pk=pk)


@require_POST
def remove(request: ActorRequest, uai: str, pk: int) -> HttpResponse:
    shown = _asked(request, pk)
    portrait = portrait_of(shown)
    if portrait is not None:
        remove_photo(portrait=portrait, actor=request.actor)
    return redirect("portraits:student", uai=uai, pk=pk)


def _asked(request: ActorRequest, pk: int) -> Student:
    require(request.actor, MANAGE)
    return get_object_or_404(Student.objects.select_related("person"), pk=pk)


def _page(
    request: ActorRequest,
    shown: Student,
    *,
    photo_form: PhotoForm | None = None,
    consent_form: ConsentForm | None = None,
) -> HttpResponse:
    portrait = portrait_of(shown)
    has_photo = portrait is not None and portrait.is_allowed and portrait.file_id is not None
    context = {
        "uai": request.actor.uai,
        "student": shown,
        "portrait": portrait,
        "photo": address_of(request.actor.uai, shown.pk, portrait.token) if portrait and has_photo else "",
        "photo_form": photo_form or PhotoForm(),
        "consent_form": consent_form or ConsentForm(initial={"told_on": clock.today()}),
        "largest": PHOTO_MB,
    }
    is_wrong = any(form is not None and form.errors for form in (photo_form, consent_form))
    return render(request, "portraits/student.html", context, status=422 if is_wrong else 200)

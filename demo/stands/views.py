"""The pages and the answers of the invented tools. Routed on a demo server only."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from demo.stands import moodle, pronote, pronote_url
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Person
from pupitre.foundation import clock
from pupitre.integrations.cas.failures import Refused
from pupitre.integrations.cas.services.validating import Validated, validate

_STUDENT, _GUARDIAN = "National_1", "National_2"


@require_safe
def pronote_page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/stand.html", {"tool": "PRONOTE"})


@require_safe
def moodle_page(request: HttpRequest, place: str = "") -> HttpResponse:
    return render(request, "demo/stand.html", {"tool": "Moodle"})


@csrf_exempt
@require_POST
def pronote_data(request: HttpRequest) -> HttpResponse:
    """« Accueil ENT », for whoever our CAS server says the ticket is of, as the real one asks it."""
    address = f"{pronote_url()}donneesUtilisateur"
    try:
        known = validate(address=address, raw=request.GET.get("ticket", ""), takes_proxies=True)
    except Refused as no:
        return HttpResponse(no.code, status=403, content_type="text/plain")
    return HttpResponse(_said_to(known), content_type="text/xml")


@csrf_exempt
@require_POST
def moodle_data(request: HttpRequest) -> HttpResponse:
    return JsonResponse(moodle.answer_to(request.POST.dict()), safe=False)


def _said_to(known: Validated) -> bytes:
    """It knows people as a school that has the same directory would; what it says of them is invented."""
    categories = {value for name, values in known.told.attributes if name == "categories" for value in values}
    person = Person.objects.get(pk=known.ticket.person_id)
    if _STUDENT in categories:
        return pronote.answer_of_student(person)
    if _GUARDIAN in categories:
        links = Guardianship.objects.filter(
            open_on(clock.today()), guardian=person, establishment=known.ticket.establishment_id
        )
        return pronote.answer_of_guardian(link.student for link in links.select_related("student").order_by("pk"))
    return pronote.answer_of_others()

"""« Nouveaux mots de passe »: after accounts were stolen, a population chooses another password."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.forms_accounts import RenewalForm
from pupitre.directory.services.renewal import Population, ask_for_new_passwords
from pupitre.foundation.access import require
from pupitre.foundation.actor import ActorRequest

RENEW = "accounts.renew_passwords"


@require_http_methods(["GET", "HEAD", "POST"])
def passwords(request: ActorRequest, uai: str) -> HttpResponse:
    require(request.actor, RENEW)
    divisions = list(divisions_of_today().order_by("label"))
    form = RenewalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        group = next((each for each in divisions if each.pk == form.cleaned_data["group"]), None)
        if form.cleaned_data["group"] and group is None:
            raise Http404
        count = ask_for_new_passwords(Population(form.cleaned_data["population"]), group=group, actor=request.actor)
        response = redirect("accounts_of_school:passwords", uai=uai)
        response["Location"] += f"?comptes={count}"
        return response
    done = request.GET.get("comptes", "")
    context = {
        "uai": uai,
        "form": form,
        "divisions": divisions,
        "done": int(done) if done.isdecimal() and len(done) < 7 else None,
    }
    return render(request, "directory/passwords.html", context, status=422 if form.errors else 200)

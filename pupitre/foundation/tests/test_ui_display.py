from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory

from pupitre.foundation.ui import views
from pupitre.foundation.ui.display import COOKIE, DEFAULT, Display, display_of

SLATE = {"theme": "ardoise", "comfort": "confort", "size": "grande"}


def ask(cookie: str) -> Display:
    request = RequestFactory().get("/")
    request.COOKIES[COOKIE] = cookie
    return display_of(request)


def test_a_choice_survives_its_cookie() -> None:
    chosen = Display("ardoise", comfort=True, size="tres-grande")
    assert ask(chosen.to_cookie()) == chosen


@pytest.mark.parametrize("cookie", ["", "ardoise", "rose.confort.grande", 'cahier.confort."><script>', "...."])
def test_a_strange_cookie_changes_nothing(cookie: str) -> None:
    assert ask(cookie) == DEFAULT


def test_saving_sets_a_cookie_and_leads_back_to_the_page() -> None:
    response = views.display(RequestFactory().post("/affichage/", SLATE | {"next": "/compte/"}))
    assert response.status_code == 302
    assert response.cookies[COOKIE].value == "ardoise.confort.grande"
    assert parse_qs(urlsplit(response["Location"]).query)["next"] == ["/compte/"]


def test_the_way_back_is_never_another_site() -> None:
    response = views.display(RequestFactory().post("/affichage/", SLATE | {"next": "https://ailleurs.example/"}))
    assert parse_qs(urlsplit(response["Location"]).query)["next"] == ["/"]


def test_the_page_shows_and_applies_the_choice() -> None:
    request = RequestFactory().get("/affichage/")
    request.COOKIES[COOKIE] = "ardoise.confort.grande"
    html = views.display(request).content.decode()
    assert '<html lang="fr" data-theme="ardoise" data-confort="oui" data-taille="grande">' in html
    assert 'value="ardoise" checked' in html


def test_a_choice_left_out_is_asked_again() -> None:
    response = views.display(RequestFactory().post("/affichage/", {"theme": "cahier", "comfort": "standard"}))
    assert response.status_code == 422
    assert 'value="cahier" checked' in response.content.decode()
    assert 'aria-invalid="true"' in response.content.decode()


class Address(forms.Form):
    street = forms.CharField(label="Rue", help_text="Par exemple : 3 rue des Lilas", max_length=40)
    mail = forms.EmailField(label="Adresse électronique", required=False)
    secret = forms.CharField(label="Mot de passe", widget=forms.PasswordInput)
    kind = forms.ChoiceField(label="Sorte", choices=[("home", "Domicile"), ("work", "Travail")])


def test_a_field_keeps_what_was_typed_and_ties_its_error() -> None:
    form = Address({"street": "", "mail": "ines<", "secret": "abc", "kind": "work"})
    assert not form.is_valid()
    source = """{% from "ui/forms.html" import field, errors_summary %}
    {{ errors_summary(form) }}{% for each in form %}{{ field(each, autocomplete="off") }}{% endfor %}"""
    html = engines["jinja2"].from_string(source).render({"form": form})
    assert 'aria-describedby="id_street-aide id_street-erreur" aria-invalid="true"' in html
    assert 'id="id_street-erreur"' in html
    assert 'value="ines&lt;"' in html
    assert "abc" not in html
    assert '<option value="work" selected>' in html
    assert "2 choses à corriger" in html.replace("\N{NO-BREAK SPACE}", " ")
    assert '<a href="#id_street">' in html
    assert 'maxlength="40"' in html
    assert html.count("(facultatif)") == 1

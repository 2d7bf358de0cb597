import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from pupitre.foundation.ui.shell import Role
from pupitre.portal.tests import samples


def page(role: Role) -> str:
    home, shell = samples.EVERY[role]
    context = {"home": home, "shell": shell, "notice": ""}
    html = render_to_string("portal/home.html", context, RequestFactory().get("/"))
    return html.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize("role", samples.EVERY)
def test_every_profile_has_its_home(role: Role) -> None:
    html = page(role)
    assert f'<body data-role="{role}" data-who="12">' in html
    assert html.count("<h1") == 1
    assert " style=" not in html
    assert html.count("<script") == html.count("<script defer src=")


def test_the_current_lesson_stands_out_in_the_day() -> None:
    html = page("prof")
    assert '<li class="m-bleu is-now" aria-current="time">' in html
    assert "10 h 10 – 11 h 05" in html
    assert html.count('aria-current="time"') == 1


def test_a_day_without_lessons_says_so() -> None:
    html = page("eleve")
    assert "Pas de cours aujourd’hui" in html
    assert '<ol class="day">' not in html


def test_a_parent_sees_every_child_and_what_waits_first() -> None:
    html = page("parent")
    assert html.index("Elias : adresse à vérifier") < html.index("Vos enfants") < html.index("Sarah")
    assert "Avant le vendredi 20 novembre." in html
    assert "Lycée des Deux-Rives" in html


def test_nothing_waiting_is_said_plainly() -> None:
    assert "Rien n’attend de réponse aujourd’hui." in page("prof")
    assert "Rien n’attend" not in page("eleve")


def test_what_people_are_named_is_escaped() -> None:
    shell = samples.shell("prof", "<b>Roussel</b>", "Mathématiques")
    home = samples.teacher()
    html = render_to_string("portal/home.html", {"home": home, "shell": shell, "notice": ""}, RequestFactory().get("/"))
    assert "<b>Roussel</b>" not in html.replace("<b>&lt;b&gt;", "")
    assert "Mon compte, &lt;b&gt;Roussel&lt;/b&gt;" in html

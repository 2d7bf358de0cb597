"""The pages: what is typed is never lost, whoever may not see sees nothing."""

import json

import pytest

from pupitre.gradebook.tests.factories import assessed, marked
from pupitre.reportcards.models import Mention, ReportCard, ReportRules, SubjectReport
from pupitre.reportcards.tests.factories import given


def test_601_characters_come_back_with_their_sentence(client_of, at, maths, ines, term):
    page = client_of("enseignante").post(at("course", maths.pk), {f"t{ines.pk}": "é" * 601, f"b{ines.pk}": "0"})
    body = page.content.decode()
    assert page.status_code == 422
    assert "601 caractères, 600 au plus" in body
    assert "é" * 601 in body
    assert not SubjectReport.objects.exclude(text="").exists()


def test_a_device_sends_one_text_and_is_answered(client_of, at, maths, ines, term):
    address, client = at("course_texts", maths.pk), client_of("enseignante")
    body = {"texts": [{"student": ines.pk, "text": "Net progrès.", "base": 0}]}
    answer = client.post(f"{address}?periode={term.pk}", json.dumps(body), content_type="application/json").json()
    assert answer["texts"][0]["fate"] == "saved"
    body["texts"][0]["text"] = "Autre."
    answer = client.post(f"{address}?periode={term.pk}", json.dumps(body), content_type="application/json").json()
    assert answer["texts"][0]["fate"] == "conflict"


def test_elements_that_are_refused_stay_typed(client_of, at, maths, term):
    page = client_of("enseignante").post(at("course", maths.pk), {"elements": "a" * 301})
    assert page.status_code == 422
    assert "a" * 301 in page.content.decode()


def test_a_family_sees_nothing_of_a_draft(client_of, at, ines, term):
    for who in ("eleve", "parent"):
        assert client_of(who).get(at("student", ines.pk, term.pk)).status_code == 404
        assert client_of(who).get(at("draft", ines.pk, term.pk)).status_code == 404


def test_what_a_family_reads_is_what_was_given(client_of, at, ines, maths, term, teacher, head, college):
    marked(assessed(maths), ines, "13", teacher)
    given(college.groups["4B"], term, ines, head)
    marked(assessed(maths), ines, "4", head)
    body = client_of("parent").get(at("student", ines.pk, term.pk)).content.decode()
    assert "13,0" in body
    assert "Bulletin d’Inès" in body
    assert "Mon bulletin" in client_of("eleve").get(at("student", ines.pk, term.pk)).content.decode()


def test_the_form_teacher_fills_what_the_council_says(client_of, at, ines, term):
    facts = {"mention": "Compliments", "supports": ["PAI", "DF"], "decision": "Passage"}
    client = client_of("enseignante")
    assert client.post(at("council", ines.pk, term.pk), facts).status_code == 302
    card = ReportCard.objects.select_related("mention").get()
    assert (str(card.mention), card.supports, card.decision) == ("Compliments", ["PAI", "DF"], "Passage")
    long = client.post(at("council", ines.pk, term.pk), {"wishes": "a" * 601})
    assert long.status_code == 422
    assert "a" * 601 in long.content.decode()


def test_the_head_makes_the_list_of_mentions_of_the_school(client_of, at):
    client = client_of("principal")
    assert "Encouragements" in client.get(at("school")).content.decode()
    facts = {"regler": "1", "mentions": "Bravo\nFélicitations", "shows_spread": "on"}
    assert client.post(at("school"), facts).status_code == 302
    assert list(Mention.objects.filter(is_active=True).values_list("label", flat=True)) == ["Bravo", "Félicitations"]
    assert ReportRules.objects.get().shows_spread
    assert client.post(at("school"), facts | {"mentions": "x" * 61}).status_code == 422


@pytest.mark.parametrize("who", ["collegue", "secretaire", "referent"])
def test_those_who_do_not_make_the_bulletins_of_a_class_do_not_read_them(who, client_of, at, college, term):
    assert client_of(who).get(at("division", college.groups["4B"].pk)).status_code == 404


def test_the_head_validates_and_publishes_from_the_page_of_the_class(client_of, at, college, term, ines):
    client, address = client_of("principal"), at("division", college.groups["4B"].pk)
    assert client.post(address, {"publier": "1"}).status_code == 422
    assert client.post(address, {"arreter": "1"}).status_code == 302
    answer = client.post(address, {"publier": "1"})
    assert answer.status_code == 302
    assert "0 bulletin" in client.get(answer["Location"]).content.decode().replace("\u00a0", " ")
    assert client.post(address, {"rouvrir": "1", "why": "Erreur de saisie"}).status_code == 302
    assert ReportCard.objects.get().status == ReportCard.Status.DRAFT

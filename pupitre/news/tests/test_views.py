"""Pages of news: what is typed comes back, readers of several schools have one list, the home says what is unread."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from pupitre.establishments.scope import scope
from pupitre.news.models import News
from pupitre.news.services.publishing import send, set_rules
from pupitre.news.services.writing import Asked, Audience, Words, write
from pupitre.news.tests.factories import actor_of, of_class, published
from tests.jobs import run_jobs

NBSP = "\N{NO-BREAK SPACE}"


def typed(cast: Any, **more: Any) -> dict[str, Any]:
    facts = {
        "titre": "Cross du collège",
        "texte": "Bonjour,\n\n- baskets\n- gourde",
        "rubrique": "life",
        "profils": ["student", "guardian"],
        "classes": [str(cast.groups["4B"].pk)],
        "reponse": "",
    }
    return {**facts, **more}


def picture() -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (64, 36), "teal").save(content, "PNG")
    return SimpleUploadedFile("cross.png", content.getvalue(), "image/png")


def test_the_head_publishes_and_a_parent_reads_the_picture_and_the_list(college, client_of, at):
    sent = typed(college, image=picture(), image_texte="Le stade, vu des gradins")
    answer = client_of("principal").post(at("write"), sent)
    assert answer.status_code == 302, answer.text
    news = News.objects.get()
    run_jobs()
    page = client_of("parent").get(at("news", news.pk)).text
    assert "<li>baskets</li>" in page
    assert 'alt="Le stade, vu des gradins"' in page
    file = reverse("files:open", args=[college.college.uai, news.picture_id])
    assert client_of("parent").get(file).getvalue().startswith(b"\x89PNG")
    assert client_of("frere").get(file).status_code == 404


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"titre": ""}, "Il faut un titre."),
        ({"titre": "x" * 201}, "200 lettres au plus"),
        ({"image": "picture"}, "Dites en quelques mots ce que montre l’image"),
        ({"profils": []}, "Choisissez à qui s’adresse l’actualité"),
        ({"debut_a": "08:00"}, "Choisissez aussi le jour."),
        ({"classes": ["999999"]}, "n’est pas à votre portée"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_still_there(college, client_of, at, more, why):
    if more.get("image"):
        more = {"image": picture()}
    answer = client_of("principal").post(at("write"), typed(college, **more))
    assert answer.status_code == 422
    assert why in answer.text
    assert "- gourde" in answer.text
    assert not News.objects.exists()


def test_a_child_is_found_by_name_without_losing_what_was_typed(college, client_of, at):
    page = client_of("enseignante").post(at("write"), typed(college, chercher="1", nom="belkacem ine")).text
    assert "Inès Belkacem" in page
    assert "Cross du collège" in page
    none = client_of("collegue").post(at("write"), typed(college, chercher="1", nom="belkacem elias")).text
    assert "Aucun élève de ce nom" in none


def test_a_guardian_reads_the_news_of_both_schools_in_one_list_and_the_home_counts_them(college, client_of, at):
    first = published(college, of_class(college), title="Portes ouvertes au collège")
    with scope(college.lycee.pk):
        everyone = Audience(("guardian",), [college.groups["2DE4"].pk])

        teacher = actor_of(college, "enseignante", college.lycee)
        set_rules(reads_over=False, actor=teacher)
        row = write(
            words=Words("Forum au lycée", "Salle 12."), asked=Asked(), audience=everyone, uploads=(), actor=teacher
        )
        send(news=row, actor=teacher)
    nadia = client_of("parent")
    feed = nadia.get(reverse("news:feed")).text
    assert "Portes ouvertes au collège" in feed
    assert "Forum au lycée" in feed
    assert f"2{NBSP}actualités non lues" in nadia.get("/").text
    nadia.get(at("news", first.pk))
    assert f"1{NBSP}actualité non lue" in nadia.get("/").text


def test_an_answer_waits_on_the_home_until_given(college, client_of, at):
    news = published(college, of_class(college), Asked("one", ["Oui", "Non"]), title="Repas de fin d’année")
    nadia = client_of("parent")
    assert "Repas de fin d’année" in nadia.get("/").text
    refused = nadia.post(at("answer", news.pk), {})
    assert refused.status_code == 422
    assert "Choisissez une réponse" in refused.text
    assert nadia.post(at("answer", news.pk), {"choix": "1"}).status_code == 302
    assert "Répondre" not in nadia.get("/").text
    readers = client_of("principal").get(at("readers", news.pk)).text
    assert "1 sur 2 ont répondu" in readers


def test_words_of_published_news_are_corrected_but_not_whom_it_is_for(college, client_of, at):
    news = published(college, of_class(college))
    client_of("principal").post(
        at("edit", news.pk), typed(college, titre="Portes ouvertes dimanche", profils=["teacher"])
    )
    news.refresh_from_db()
    assert news.title == "Portes ouvertes dimanche"
    assert news.corrected_at
    assert {each.profile for each in news.targets.all()} == {"student", "guardian"}

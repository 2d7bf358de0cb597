"""The pages: what is typed is never lost, what is wrong is said, one touch is enough."""

import datetime as dt

import pytest

from pupitre.foundation import clock
from pupitre.textbook.models import Homework, HomeworkMark, SessionDraft, TextbookEntry
from pupitre.textbook.tests.factories import given, maths_of, student, work, written
from pupitre.timetable.models import TimetableSlot

COLLEGE = "/0990001N"


@pytest.fixture
def helene(college, client):
    return college.sign_in(client, "enseignante")


def session_url(cast, day="2026-11-24", hour="0805"):
    return f"{COLLEGE}/cahier/{maths_of(cast).pk}/{day}/{hour}/"


def text(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_opens_on_the_lesson_going_on(college, helene):
    assert "Cahier de textes, 6C" in text(helene.get(f"{COLLEGE}/cahier/"))
    with clock.at("2026-11-24T15:00"):
        page = text(helene.get(f"{COLLEGE}/cahier/"))
    assert "Cahier de textes, 4B" in page
    assert "13 h 30" in page


def test_a_session_and_its_work_are_published_for_two_classes_at_once(sister, helene):
    course = maths_of(sister, "4D")
    sent = {
        "title": "Pythagore",
        "rule": "now",
        "w-title": "Exercice 4",
        "w-due": "2026-11-25@08:05",
        "copy": [course.pk],
    }
    answer = helene.post(session_url(sister), sent, follow=True)
    assert "1 classe a reçu la copie." in text(answer)
    assert sorted(Homework.objects.values_list("group__code", "due_on")) == [
        ("4B", dt.date(2026, 11, 25)),
        # Two lessons later, as in 4B: this afternoon’s stands between.
        ("4D", dt.date(2026, 12, 1)),
    ]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"w-due": "autre", "w-due_on": "2026-11-20"}, "avant le cours"),
        ({"w-due": "autre", "w-due_on": ""}, "Pour quand est le travail ?"),
        ({"w-due": "autre", "w-due_on": "demain"}, "Écrivez la date comme"),
        ({"w-due": "2026-11-25@08:05", "w-mode": "external"}, "Écrivez l’adresse de l’autre site."),
        ({"w-due": "2026-11-25@08:05", "rule": "chosen"}, "Choisissez le jour de publication."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(typed, says, college, helene):
    answer = helene.post(
        session_url(college), {"title": "Mon titre", "body": "Mon texte", "w-title": "Ma consigne"} | typed
    )
    assert answer.status_code == 422
    page = text(answer)
    for expected in (says, "Mon titre", "Mon texte", "Ma consigne"):
        assert expected in page
    assert not TextbookEntry.objects.exists()


def test_a_draft_of_the_page_comes_back_with_its_hour(college, helene):
    place = f"{maths_of(college).pk}/2026-11-24/0805"
    saved = helene.post(
        f"{COLLEGE}/cahier/garder/", {"place": place, "body": "À moitié", "title": "Début", "w-title": "Ex 3"}
    )
    assert saved.json()["version"] == 1
    page = text(helene.get(session_url(college)))
    assert "Brouillon de 10 h 20 restauré." in page
    assert "À moitié" in page
    assert "Ex 3" in page
    assert SessionDraft.objects.count() == 1


def test_a_session_stays_when_its_lesson_leaves_the_timetable(college, helene):
    written(college)
    TimetableSlot.objects.all().delete()
    page = text(helene.get(session_url(college)))
    assert "Ce cours n’est plus à l’emploi du temps" in page
    assert "Théorème de Pythagore" in page
    assert helene.get(session_url(college, day="2026-11-25")).status_code == 404


def test_the_load_of_a_day_is_said_in_words(college, helene):
    for _n in range(3):
        given(college, title=f"Travail {_n}")
    sent = {"title": "X", "w-title": "Encore", "w-due": "2026-11-25@08:05", "look": "1"}
    page = text(helene.post(session_url(college), sent))
    assert "déjà 3 travaux, 1 h en tout. Jour chargé." in page


def test_one_touch_says_done_and_the_teacher_counts(college, client):
    homework = given(college)
    ines = college.sign_in(client, "eleve")
    assert "1 chose pour demain" in text(ines.get(f"{COLLEGE}/travail/"))
    ines.post(f"{COLLEGE}/travail/{homework.pk}/dire/", {"dit": "fait"})
    ines.post(f"{COLLEGE}/travail/{homework.pk}/dire/", {"dit": "pas-compris"})
    assert HomeworkMark.objects.get().done_at
    assert "fait par 1 sur 1" in text(college.sign_in(client, "enseignante").get(f"{COLLEGE}/travail/donne/"))


def test_what_is_not_understood_is_never_told_to_the_guardian(college, client):
    homework = given(college)
    college.sign_in(client, "eleve").post(f"{COLLEGE}/travail/{homework.pk}/dire/", {"dit": "pas-compris"})
    nadia = college.sign_in(client, "parent")
    ines = student(college.people["eleve"]).pk
    for url in (f"{COLLEGE}/travail/enfant/{ines}/", f"{COLLEGE}/travail/{homework.pk}/"):
        assert "compris" not in text(nadia.get(url))
    assert "N’a pas compris" in text(
        college.sign_in(client, "enseignante").get(f"{COLLEGE}/travail/{homework.pk}/suivi/")
    )


@pytest.mark.parametrize(("born", "status"), [(dt.date(2013, 5, 1), 302), (dt.date(2010, 5, 1), 404)])
def test_a_guardian_ticks_for_a_child_under_fifteen(born, status, college, client):
    homework, ines = given(college), college.people["eleve"]
    ines.birth_date = born
    ines.save()
    sent = {"dit": "fait", "eleve": student(ines).pk}
    answer = college.sign_in(client, "parent").post(f"{COLLEGE}/travail/{homework.pk}/dire/", sent)
    assert answer.status_code == status
    assert HomeworkMark.objects.filter(done_at__isnull=False).exists() == (status == 302)


def test_homes_say_what_there_is_to_do(college, client):
    written(college, given=work(title="Devoir maison n° 4", mode="file"))
    page = text(college.sign_in(client, "eleve").get("/"))
    assert "Pour demain" in page
    assert "Devoir maison n° 4" in page
    assert "1 devoir" in text(college.sign_in(client, "parent").get("/famille/", follow=True))

"""Writing a session, giving work to two classes by keyboard; a student hands in a copy; the work follows its lesson."""

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import FilePayload, expect

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.establishments.scope import scope
from pupitre.files.queries import files_of
from pupitre.textbook.models import Homework, Submission, TextbookEntry
from pupitre.textbook.tests.factories import MORNING, THURSDAY, WEDNESDAY, acting, given, maths_of
from pupitre.timetable.queries.planned import planned_lesson, usual_facts
from pupitre.timetable.services.changing import change_lesson
from pupitre.timetable.tests.factories import make_course, make_slot
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.network import received, sent_part, slow, start
from tests.cast import Cast

ACTIONS, MEGA = 10, 1024**2


def test_a_teacher_writes_and_gives_work_to_two_classes_by_keyboard(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        cast.groups["6D"] = make_group(cast.college, "6D")
        course = make_course(cast.groups["6D"], make_subject(cast.college), cast.people["enseignante"])
        make_slot(course, 2, "14:25", "15:20", room="204")
        make_slot(course, 5, "14:25", "15:20", room="204")
    page = page_as("enseignante")
    page.goto("/0990001N/cahier/")
    actions = 0
    for label, text in (
        ("Titre de la séance", "Fractions"),
        ("Ce qui a été fait", "Exercices 1 à 3."),
        ("Consigne", "Exercice 4"),
    ):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(text)
        actions += 1
    page.get_by_role("checkbox", name="Copier aussi vers 6D").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    actions += 2
    page.get_by_text("Séance enregistrée.").wait_for()
    assert actions <= ACTIONS
    with scope(cast.college.pk):
        assert sorted(TextbookEntry.objects.values_list("group__code", flat=True)) == ["6C", "6D"]
        assert sorted(Homework.objects.values_list("group__code", "title")) == [
            ("6C", "Exercice 4"),
            ("6D", "Exercice 4"),
        ]


def test_a_voice_stops_by_itself_after_three_minutes_is_handed_in_and_heard_in_the_page(
    cast: Cast, page_as: OpenPage, tuesday: object
):
    with scope(cast.college.pk):
        homework = given(cast, mode="audio")
    page = page_as("eleve", PHONE)
    page.context.grant_permissions(["microphone"])
    page.clock.install()
    page.goto(f"/0990001N/travail/{homework.pk}/")
    page.get_by_role("button", name="Enregistrer").click()
    stop = page.get_by_role("button", name="Arrêter")
    page.get_by_text("0 min 01").wait_for()
    page.clock.fast_forward("02:50")
    expect(stop).to_be_visible()
    page.clock.fast_forward("00:10")
    page.get_by_role("checkbox", name="enregistrement.webm").wait_for()
    expect(stop).to_be_hidden()
    page.get_by_role("button", name="Rendre mon travail").click()
    page.get_by_text("Ta copie est arrivée").wait_for()
    with scope(cast.college.pk):
        copy = Submission.objects.get()
        assert [file.content_type for file in files_of([copy])[copy.pk]] == ["audio/webm"]
    teacher = page_as("enseignante")
    teacher.goto(f"/0990001N/travail/{homework.pk}/copie/{copy.student_id}/")
    player = teacher.locator("audio")
    # Muted: browsers refuse to play sound to somebody who has touched nothing.
    heard = """player => new Promise((done, failed) => {
      player.muted = true;
      player.addEventListener("timeupdate", () => player.currentTime > 0.2 && done(player.currentTime));
      player.addEventListener("error", () => failed(new Error(player.error.message)));
      player.play().catch(failed);
    })"""
    assert player.evaluate(heard) > 0


def test_without_a_script_a_voice_is_a_file(cast: Cast, page_as: OpenPage, tuesday: object):
    with scope(cast.college.pk):
        homework = given(cast, mode="audio")
    page = page_as("eleve", script=False)
    page.goto(f"/0990001N/travail/{homework.pk}/")
    expect(page.get_by_text("Enregistre ta voix")).to_be_hidden()
    sound = FilePayload(name="lecture.mp3", mimeType="audio/mpeg", buffer=b"ID3" + bytes(200))
    page.get_by_label("Choisir des fichiers").set_input_files(sound)
    page.get_by_role("button", name="Rendre mon travail").click()
    page.get_by_label("Écouter lecture.mp3").wait_for()


def test_a_copy_survives_a_cut_of_the_network_and_the_parent_sees_it_on_that_child_alone(
    cast: Cast, page_as: OpenPage, tmp_path: Path
):
    with scope(cast.college.pk):
        homework = given(cast, mode="file")
    film = tmp_path / "copie.mp4"
    film.write_bytes(b"\0\0\0\x18ftypisom" + os.urandom(3 * MEGA))
    page = page_as("eleve", PHONE)
    page.goto(f"/0990001N/travail/{homework.pk}/")
    upload = start(page, film, MEGA)
    page.get_by_role("button", name="Rendre mon travail").click()
    page.context.set_offline(True)
    expect(page.locator("[data-told]")).to_have_text("Connexion perdue. L’envoi reprendra tout seul.")
    assert 0 < received(page, upload) < film.stat().st_size
    slow(page, MEGA)
    with page.expect_response(sent_part):
        page.context.set_offline(False)
    # What was asked before the cut is done after it.
    page.get_by_text("Ta copie est arrivée").wait_for(timeout=20_000)
    with scope(cast.college.pk):
        copy = Submission.objects.get()
        assert [file.size for file in files_of([copy])[copy.pk]] == [film.stat().st_size]
    expect(page.get_by_text(copy.receipt, exact=True)).to_be_visible()
    page_as.forgive("ERR_INTERNET_DISCONNECTED")

    parent = page_as("parent", PHONE)
    parent.goto("/famille/")
    ines, elias = (parent.get_by_role("article", name=name) for name in ("Inès", "Elias"))
    expect(elias.get_by_role("link", name="Rien : Elias")).to_be_visible()
    ines.get_by_role("link", name="devoir").click()
    expect(parent.get_by_role("heading", level=1)).to_have_text("Travail à faire, Inès")
    task = parent.get_by_role("listitem").filter(has_text=homework.title)
    expect(task.get_by_text("Rendu", exact=True)).to_be_visible()
    task.get_by_role("link", name=homework.title).click()
    expect(parent.get_by_text(copy.receipt, exact=True)).to_be_visible()


def test_the_work_of_a_lesson_that_moves_is_read_on_its_new_day(
    cast: Cast, page_as: OpenPage, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]
):
    with scope(cast.college.pk):
        homework = given(cast)
    page = page_as("eleve", PHONE)
    page.goto("/0990001N/travail/")
    work = page.get_by_role("region").filter(has_text=homework.title)
    expect(work.get_by_role("heading")).to_contain_text("Pour demain")
    with scope(cast.college.pk), django_capture_on_commit_callbacks(execute=True):
        lesson = planned_lesson(maths_of(cast).pk, WEDNESDAY, MORNING)
        assert lesson is not None
        facts = replace(usual_facts(lesson), on=THURSDAY)
        change_lesson(lesson=lesson, facts=facts, actor=acting(cast, "principal", Profile.HEAD))
    page.reload()
    expect(work.get_by_role("heading")).to_contain_text("Jeudi 26 novembre")
    expect(work.get_by_text("Déplacé", exact=True)).to_be_visible()
    expect(work.get_by_text("c’était pour le mercredi 25 novembre")).to_be_visible()

"""Writing a session, giving work to two classes by keyboard; a student hands in a copy."""

from playwright.sync_api import FilePayload, expect

from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.establishments.scope import scope
from pupitre.files.queries import files_of
from pupitre.textbook.models import Homework, Submission, TextbookEntry
from pupitre.textbook.tests.factories import given
from pupitre.timetable.tests.factories import make_course, make_slot
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast

ACTIONS = 10


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

"""Absences on a phone and at the desk: a parent says why in three taps, the CPE handles a morning in two screens."""

import datetime as dt
import io
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import expect

from pupitre.attendance.models import AbsenceCase, CountedHalfDay, FamilyContact, Justification
from pupitre.attendance.services.alerting import watch_thresholds
from pupitre.attendance.services.answering import answer
from pupitre.attendance.services.finishing import finish_roll_call
from pupitre.attendance.services.marking import Told
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import absent, acting, fill_class, register
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.establishments.scope import scope
from pupitre.files.models import FileReference
from pupitre.foundation import clock
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.hands import Hand
from tests.browser.test_pages import NARROW, inaccessible, resize, too_wide
from tests.cast import Cast


@pytest.fixture
def morning(cast: Cast, tuesday: object) -> list[int]:
    """Twenty students absent this morning, and four families who have answered already; the dossiers of these four."""
    with scope(cast.college.pk):
        students = fill_class(cast, "4B", 20)
        for student in students:
            make_guardian(PersonFactory(last_name="PARENT"), student.person, cast.college)
        roll, cpe = register("4B", "08:05"), acting(cast, "cpe", Profile.SCHOOL_LIFE)
        finish_roll_call(roll.pk, [Told(student.pk, "absent") for student in students], actor=cpe)
        [reason, *_others] = [each for each in reasons_of_school() if each.usable_by_families]
        cases = list(AbsenceCase.objects.order_by("pk")[:4])
        for case in cases:
            guardian = case.student.person.guardianships.get().guardian
            cast.people["other"] = guardian
            answer(case=case, reason=reason, actor=acting(cast, "other", Profile.GUARDIAN))
        return [case.pk for case in cases]


def test_a_parent_says_why_in_three_taps(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        absent(cast)
    page = page_as("parent", PHONE)
    page.goto("/")
    hand = Hand(page)
    hand.tap("Dire pourquoi", "link")
    expect(page.locator("h1")).to_have_text("Pourquoi Inès n’était pas en cours ?")
    page.get_by_text("Rendez-vous médical", exact=False).first.click()
    hand.taps += 1
    hand.tap("Envoyer")
    expect(page.get_by_text("La vie scolaire a reçu la réponse.")).to_be_visible()
    assert hand.taps == 3
    with scope(cast.college.pk):
        assert Justification.objects.get().reason.code == "rdv_medical"


def test_what_a_parent_typed_is_there_when_they_come_back(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        case = absent(cast)
    page = page_as("parent", PHONE)
    page.goto(f"/{cast.college.uai}/justifier/{case.pk}/")
    words, typed = page.get_by_label("Ajouter un mot"), "Le car était en panne."
    words.fill(typed)
    page.goto("/")
    page.go_back()
    expect(words).to_have_value(typed)
    page.goto(f"/{cast.college.uai}/justifier/{case.pk}/")
    expect(words).to_have_value(typed)
    page.get_by_role("button", name="Effacer").click()
    expect(words).to_have_value("")
    # Sent, it is kept no longer: the page that is opened again shows what the school received.
    words.fill(typed)
    page.get_by_text("Maladie", exact=True).click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("La vie scolaire a reçu la réponse.")).to_be_visible()
    assert page.evaluate("Object.keys(sessionStorage).filter(key => key.startsWith('pupitre.')).length") == 0


def test_a_photo_of_the_paper_goes_with_it(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        case = absent(cast)
    photo = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(photo, "JPEG")
    page = page_as("parent", PHONE, script=False)
    page.goto(f"/{cast.college.uai}/justifier/{case.pk}/")
    page.get_by_text("Maladie", exact=True).click()
    page.set_input_files(
        "input[type=file]", {"name": "certificat.jpg", "mimeType": "image/jpeg", "buffer": photo.getvalue()}
    )
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("certificat.jpg")).to_be_visible()
    with scope(cast.college.pk):
        assert FileReference.objects.filter(target="attendance.justification").count() == 1


def test_a_morning_of_twenty_absences_takes_two_screens(cast: Cast, morning: list[int], page_as: OpenPage):
    """Two taps for all families, one for the answers received: from home, without leaving two screens."""
    page = page_as("cpe")
    page.goto(f"/{cast.college.uai}/")
    hand = Hand(page)
    hand.tap("Prévenir", "link")
    hand.tap("familles à prévenir maintenant")
    expect(page.get_by_text("16 familles prévenues.")).to_be_visible()
    assert hand.taps == 2
    with scope(cast.college.pk):
        assert FamilyContact.objects.filter(kind="notice").count() == 16
    hand.tap("Réponse reçue", "link")
    hand.tap("Accepter")
    expect(page.get_by_text("4 motifs acceptés.")).to_be_visible()
    assert hand.taps == 4
    with scope(cast.college.pk):
        assert set(AbsenceCase.objects.filter(pk__in=morning).values_list("state", flat=True)) == {"accepted"}
        assert not AbsenceCase.objects.filter(state="reported").exists()


def test_the_desk_handles_a_morning_of_twenty_absences_on_one_screen(cast: Cast, morning: list[int], page_as: OpenPage):
    """One tap for all families, one for each answer, two for a reason heard on the telephone: the page is never left."""
    page = page_as("cpe")
    page.goto(f"/{cast.college.uai}/")
    screens: set[str] = set()
    page.on("framenavigated", lambda frame: screens.add(urlsplit(frame.url).path))
    hand = Hand(page)
    hand.tap("Vie scolaire", "link")
    hand.tap("Prévenir 16 familles")
    expect(page.get_by_text("16 familles prévenues.")).to_be_visible()
    for _answer in morning:
        hand.tap("Accepter pour")
        expect(page.get_by_text("1 motif accepté.")).to_be_visible()
    assert hand.taps == 2 + len(morning)
    page.get_by_text("Motif pour").first.click()
    page.locator("details[open] select").select_option(label="Retard du bus")
    page.get_by_role("button", name="Enregistrer ce motif").first.click()
    expect(page.get_by_text("1 motif enregistré.")).to_be_visible()
    assert screens == {f"/{cast.college.uai}/vie-scolaire/"}
    with scope(cast.college.pk):
        states = sorted(AbsenceCase.objects.values_list("state", flat=True))
        assert states == ["accepted"] * 4 + ["reasoned"] + ["told"] * 15


def test_the_desk_reads_itself_again_when_a_register_is_taken(cast: Cast, morning: list[int], page_as: OpenPage):
    page = page_as("cpe")
    page.goto(f"/{cast.college.uai}/vie-scolaire/")
    figure = page.locator("#d-chiffres dd").first
    expect(figure).to_contain_text("20")
    with scope(cast.college.pk):
        sixth = register("6C", "10:10")
        finish_roll_call(
            sixth.pk, [Told(sixth.student_ids[0], "absent")], actor=acting(cast, "cpe", Profile.SCHOOL_LIFE)
        )
    # Without the process of live numbers, the browser asks every fifteen seconds.
    expect(figure).to_contain_text("21", timeout=25_000)
    expect(page.get_by_text("Mis à jour à")).to_be_visible()


def test_the_desk_never_replaces_what_somebody_is_choosing(cast: Cast, morning: list[int], page_as: OpenPage):
    page = page_as("cpe")
    page.goto(f"/{cast.college.uai}/vie-scolaire/")
    page.locator("#d-faire input[type=checkbox]").first.check()
    with scope(cast.college.pk):
        sixth = register("6C", "10:10")
        finish_roll_call(
            sixth.pk, [Told(sixth.student_ids[0], "absent")], actor=acting(cast, "cpe", Profile.SCHOOL_LIFE)
        )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Il y a du nouveau.")).to_be_visible()
    expect(page.locator("#d-faire input[type=checkbox]").first).to_be_checked()
    page.get_by_role("button", name="Afficher", exact=True).click()
    expect(page.get_by_role("link", name="Elias Belkacem")).to_be_visible()


def filled(cast: Cast, morning: list[int]) -> list[str]:
    """The pages of the office and of families, with something in them."""
    with scope(cast.college.pk):
        case = AbsenceCase.objects.get(pk=morning[0])
        for half, day in (("am", 2), ("am", 3), ("pm", 3), ("am", 4)):
            CountedHalfDay.objects.create(
                student_id=case.student_id, missed_on=dt.date(2026, 11, day), half=half, gross=1, by_lesson=1, computed=1,
                missed=1, lessons=1, is_full=True, standing=2, counted_at=clock.now(),
            )  # fmt: skip
        watch_thresholds([(case.student_id, dt.date(2026, 11, 1))])
        school = f"/{cast.college.uai}"
        return [
            f"{school}/vie-scolaire/",
            f"{school}/vie-scolaire/?q=zephyr",
            f"{school}/absences/",
            f"{school}/absences/?filtre=reponses",
            f"{school}/absences/prevenir/",
            f"{school}/absences/saisir/?q=zephyr",
            f"{school}/absences/assiduite/",
            f"{school}/absences/{case.pk}/",
            f"{school}/absences/eleve/{case.student_id}/",
            f"{school}/appel/jour/",
        ]


def test_pages_with_something_in_them_are_for_everyone(cast: Cast, morning: list[int], page_as: OpenPage):
    page = page_as("cpe")
    faults = []
    for address in filled(cast, morning):
        page.goto(address)
        faults += [f"{address} {fault}" for fault in inaccessible(page)]
        resize(page, NARROW)
        faults += [f"{address} {NARROW[0]} px: {wide}" for wide in too_wide(page)]
    assert not faults, "\n".join(faults)

"""The roll call on a phone: taps counted, the network cut and restored, without a script, by the keyboard."""

import pytest
from playwright.sync_api import Page, Route, expect

from pupitre.attendance.models import AbsenceEntry, RollCall, RollMark
from pupitre.attendance.services.finishing import finish_roll_call, note_marks
from pupitre.attendance.services.marking import Told
from pupitre.attendance.tests.factories import acting, fill_class, register
from pupitre.directory.models import Person, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.hands import Hand
from tests.cast import Cast

OFFLINE = "ERR_INTERNET_DISCONNECTED"


@pytest.fixture
def class_of_thirty(cast: Cast, tuesday: object) -> list[Student]:
    with scope(cast.college.pk):
        return fill_class(cast, "4B", 29)


def row(page: Page, student: Student) -> str:
    return f'fieldset[data-student="{student.pk}"]'


def touch(page: Page, student: Student, state: str) -> None:
    page.locator(f"{row(page, student)} label:has(input[value={state}])").click()


def marks(cast: Cast) -> dict[int, str]:
    with scope(cast.college.pk):
        return dict(RollMark.objects.values_list("student_id", "state"))


def state(cast: Cast) -> str:
    with scope(cast.college.pk):
        roll: RollCall = RollCall.objects.get(group__code="4B", starts_at="10:10")
        return roll.state


def test_a_class_of_thirty_with_three_absent_takes_five_taps(
    cast: Cast, class_of_thirty: list[Student], page_as: OpenPage
):
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/")
    hand = Hand(page)
    hand.tap("Faire l’appel", "link")
    expect(page.locator("h1")).to_have_text("Appel, 4B")
    for student in class_of_thirty[:3]:
        touch(page, student, "absent")
        hand.taps += 1
    hand.tap("Valider l’appel")
    expect(page.get_by_text("Appel enregistré.")).to_be_visible()
    assert hand.taps == 2 + 3
    assert marks(cast) == {student.pk: "absent" for student in class_of_thirty[:3]}
    assert state(cast) == "done"


def test_each_touch_leaves_at_once(cast: Cast, class_of_thirty: list[Student], page_as: OpenPage):
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    with page.expect_response("**/eleves/"):
        touch(page, class_of_thirty[0], "late")
    expect(page.locator("[data-status]")).to_have_text("Tout est enregistré.")
    assert marks(cast) == {class_of_thirty[0].pk: "late"}
    assert state(cast) == "prepared"


def test_a_tap_made_while_the_last_one_is_on_its_way_is_not_lost(
    cast: Cast, class_of_thirty: list[Student], page_as: OpenPage
):
    """A slow network: the register is validated, then one more student touched, each before the answer to the tap before."""
    first, second = class_of_thirty[:2]
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    held: list[Route] = []
    page.route("**/eleves/", lambda route: held.append(route))
    touch(page, first, "absent")
    page.get_by_role("button", name="Valider l’appel").click()
    let_go(page, held, 1)
    touch(page, second, "absent")
    let_go(page, held, 2)
    let_go(page, held, 3)
    expect(page.locator("[data-status]")).to_have_text("Tout est enregistré.")
    assert marks(cast) == {first.pk: "absent", second.pk: "absent"}
    assert state(cast) == "done"


def let_go(page: Page, held: list[Route], count: int) -> None:
    """Wait until so many requests left in all, and let the last one through."""
    for _turn in range(100):
        if len(held) >= count:
            break
        page.wait_for_timeout(50)
    assert len(held) == count
    with page.expect_response("**/eleves/"):
        held[-1].continue_()


def test_a_session_that_is_over_is_said_and_asked_once(cast: Cast, class_of_thirty: list[Student], page_as: OpenPage):
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    page.context.clear_cookies()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.endswith("/eleves/") else None)
    touch(page, class_of_thirty[0], "absent")
    expect(page.locator("[data-status]")).to_have_text(page.locator("form[data-roll]").get_attribute("data-lost") or "")
    page.wait_for_timeout(600)
    assert len(asked) == 1
    page_as.forgive("Failed to load resource")


def test_the_network_cut_holds_nobody_up_and_nothing_is_lost(
    cast: Cast, class_of_thirty: list[Student], page_as: OpenPage
):
    """Fixture 10, on a real phone: the office moves one student meanwhile; the others are saved, this one is shown."""
    first, second, moved = class_of_thirty[:3]
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    page.context.set_offline(True)
    for student in (first, second, moved):
        touch(page, student, "absent")
    expect(page.locator("[data-status]")).to_contain_text("Hors connexion")
    page.get_by_role("button", name="Valider l’appel").click()
    expect(page.locator("[data-status]")).to_contain_text("Appel gardé sur cet appareil")
    assert marks(cast) == {}
    with scope(cast.college.pk):
        roll = register("4B", "10:10")
        note_marks(roll.pk, [Told(moved.pk, "infirmary")], actor=acting(cast, "cpe", Profile.SCHOOL_LIFE))
    page.context.set_offline(False)
    note = page.locator(f"{row(page, moved)} [data-told]")
    expect(note).to_contain_text("M. Bensaïd a noté « À l’infirmerie » entre-temps.", timeout=20_000)
    expect(note).to_contain_text("Vous aviez noté « Absent ».")
    assert marks(cast) == {first.pk: "absent", second.pk: "absent", moved.pk: "infirmary"}
    assert state(cast) == "done"
    with scope(cast.college.pk):
        assert AbsenceEntry.objects.filter(kind="absence").count() == 2
    with page.expect_response("**/eleves/"):
        note.get_by_role("button", name="Garder mon choix").click()
    expect(page.locator("[data-status]")).to_have_text("Tout est enregistré.")
    assert marks(cast)[moved.pk] == "absent"
    page_as.forgive(OFFLINE)


def test_a_page_closed_without_network_gives_everything_back(
    cast: Cast, class_of_thirty: list[Student], page_as: OpenPage
):
    student = class_of_thirty[4]
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    page.context.set_offline(True)
    touch(page, student, "absent")
    expect(page.locator("[data-status]")).to_contain_text("Hors connexion")
    kept = page.evaluate(
        """() => new Promise(done => {
          const open = indexedDB.open("pupitre-appel")
          open.onsuccess = () => {
            const all = open.result.transaction("queues").objectStore("queues").getAll()
            all.onsuccess = () => done(all.result.map(each => [each.data instanceof ArrayBuffer,
              new TextDecoder().decode(each.data).includes("absent")]))
          }
        })"""
    )
    assert kept == [[True, False]], "what is kept is encrypted"
    assert marks(cast) == {}
    # Closed first: a page that finds the network again sends what it kept, at once.
    page.goto("about:blank")
    page.context.set_offline(False)
    with page.expect_response("**/eleves/"):
        page.goto(f"/{cast.college.uai}/appel/")
    expect(page.locator("[data-status]")).to_have_text("Tout est enregistré.")
    assert marks(cast) == {student.pk: "absent"}
    page_as.forgive(OFFLINE)


def test_the_roll_is_called_without_a_script(cast: Cast, class_of_thirty: list[Student], page_as: OpenPage):
    page = page_as("collegue", PHONE, script=False)
    page.goto(f"/{cast.college.uai}/appel/")
    touch(page, class_of_thirty[0], "absent")
    page.get_by_role("button", name="Valider l’appel").click()
    expect(page.get_by_text("Appel enregistré.")).to_be_visible()
    assert marks(cast) == {class_of_thirty[0].pk: "absent"}


def test_the_roll_is_called_with_the_keyboard(cast: Cast, class_of_thirty: list[Student], page_as: OpenPage):
    page = page_as("collegue")
    page.goto(f"/{cast.college.uai}/appel/")
    page.locator(f"{row(page, class_of_thirty[0])} input[value=present]").focus()
    with page.expect_response("**/eleves/"):
        page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Valider l’appel").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Appel enregistré.")).to_be_visible()
    assert marks(cast) == {class_of_thirty[0].pk: "absent"}


def test_the_roll_is_called_face_to_face_by_the_keyboard_and_the_device_remembers(
    cast: Cast, class_of_thirty: list[Student], page_as: OpenPage
):
    first, second, *_others = class_of_thirty
    page = page_as("collegue")
    page.goto(f"/{cast.college.uai}/appel/")
    page.get_by_role("link", name="Photos", exact=True).click()
    expect(page.locator(".roll--faces")).to_be_visible()
    page.locator(f"{row(page, first)} input[value=present]").focus()
    with page.expect_response("**/eleves/"):
        page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    with page.expect_response("**/eleves/"):
        page.keyboard.press("Space")
    with page.expect_response("**/eleves/"):
        page.locator(f"{row(page, first)} .roll__f").click()
    expect(page.locator("[data-status]")).to_have_text("Tout est enregistré.")
    assert {pk: state for pk, state in marks(cast).items() if state != "present"} == {second.pk: "absent"}
    page.goto(f"/{cast.college.uai}/appel/")
    expect(page.locator(".roll--faces")).to_be_visible()


def test_a_row_of_a_phone_is_no_taller_than_it_must_be(cast: Cast, class_of_thirty: list[Student], page_as: OpenPage):
    """64 pixels with a remark under the name, and nothing to touch smaller than 44."""
    first, second, *_others = class_of_thirty
    with scope(cast.college.pk):
        Person.objects.filter(pk=first.person_id).update(last_name="RODRIGUES-FERREIRA", first_name="Marie-Amélie")
        earlier = register("4B", "08:05")
        told = [Told(first.pk, "absent"), Told(second.pk, "left", late=20)]
        finish_roll_call(earlier.pk, told, actor=acting(cast, "cpe", Profile.SCHOOL_LIFE))
    page = page_as("collegue", PHONE)
    page.goto(f"/{cast.college.uai}/appel/")
    expect(page.get_by_text("Absent à 8")).to_be_visible()
    heights = page.evaluate("[...document.querySelectorAll('.roll__i')].map(each => each.offsetHeight)")
    assert len(heights) == 30
    assert max(heights) <= 64
    touched = page.evaluate(
        "[...document.querySelectorAll('.tri label, .roll__o > summary')].map(each => each.getBoundingClientRect())"
        ".map(each => Math.min(each.width, each.height))"
    )
    assert min(touched) >= 44

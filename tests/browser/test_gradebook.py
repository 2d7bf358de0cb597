"""The grid of marks at the keyboard: typed, pasted, undone; two teachers at once; a network that is cut; « et si j’avais »."""

import pytest
from playwright.sync_api import Page, expect

from pupitre.directory.models import Student
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.gradebook.models import Assessment, StudentMark
from pupitre.gradebook.tests.factories import assessed, course_of, marked
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast

NAMES = ("ANTOINE", "CLAVEL", "DIALLO")


@pytest.fixture
def calculus(cast: Cast, tuesday: object) -> Assessment:
    """« Calcul littéral » for Inès and three others, without a mark."""
    with scope(cast.college.pk):
        for name in NAMES:
            enrol(PersonFactory(last_name=name, first_name="Alix"), cast.groups["4B"])
        return assessed(course_of(cast.groups["4B"]))


def open_grid(cast: Cast, page: Page, assessment: Assessment) -> list[int]:
    """The grid, the cursor in its first cell; the students in the order of its lines."""
    page.goto(f"/{cast.college.uai}/notes/service/{assessment.course_id}/?evaluation={assessment.pk}")
    page.locator("td.is-live input[id]").first.focus()
    return [
        int(each.removeprefix("n"))
        for each in page.eval_on_selector_all("td.is-live input[id]", "e => e.map(i => i.id)")
    ]


def held(cast: Cast) -> dict[str, str]:
    """What the database holds, by family name."""
    with scope(cast.college.pk):
        rows = StudentMark.objects.select_related("student__person")
        return {each.student.person.last_name: str(each.points or each.annotation) for each in rows}


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_contain_text("Enregistré à")


def test_a_column_is_filled_without_leaving_the_keyboard(cast: Cast, calculus: Assessment, page_as: OpenPage):
    page = page_as("enseignante")
    open_grid(cast, page, calculus)
    for typed in ("13,5", "a", "21"):
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
    page.keyboard.type("16")
    page.keyboard.press("Enter")
    saved(page)
    # What cannot be written stays in its cell, and says why.
    expect(page.locator("[data-told]")).to_contain_text("21 dépasse le barème")
    expect(page.get_by_label("Clavel Alix, note sur 20")).to_have_value("21")
    expect(page.locator("[data-mean]")).to_have_text("14,75")
    assert held(cast) == {"ANTOINE": "13.50", "BELKACEM": "absent", "DIALLO": "16.00"}
    with page.expect_response("**/notes/"):
        page.keyboard.press("Control+z")
    expect(page.get_by_label("Diallo Alix, note sur 20")).to_have_value("")
    assert held(cast)["DIALLO"] == ""


def test_a_column_of_a_spreadsheet_is_pasted_and_waits_for_the_network(
    cast: Cast, calculus: Assessment, page_as: OpenPage
):
    page = page_as("enseignante")
    open_grid(cast, page, calculus)
    page.context.set_offline(True)
    page.evaluate("""() => {
      const data = new DataTransfer()
      data.setData("text", "12\\tx\\n8,5\\tx\\nD\\tx\\n15\\tx\\n")
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }))
    }""")
    expect(page.locator("[data-status]")).to_contain_text("4 à envoyer")
    assert held(cast) == {}
    page.context.set_offline(False)
    saved(page)
    assert held(cast) == {"ANTOINE": "12.00", "BELKACEM": "8.50", "CLAVEL": "exempt", "DIALLO": "15.00"}
    page_as.forgive("ERR_INTERNET_DISCONNECTED")


def test_two_teachers_at_once_see_both_marks_and_choose(cast: Cast, calculus: Assessment, page_as: OpenPage):
    page = page_as("enseignante")
    first = open_grid(cast, page, calculus)[0]
    head = cast.people["principal"]
    with scope(cast.college.pk):
        other = Actor(0, head.pk, cast.college.pk, cast.college.uai)
        marked(calculus, Student.objects.get(pk=first), "9", other)
    page.keyboard.type("14")
    page.keyboard.press("Enter")
    told = page.locator("[data-told]")
    expect(told).to_contain_text("Mme Vasseur a écrit")
    expect(page.get_by_label("Antoine Alix, note sur 20")).to_have_value("9")
    told.get_by_role("button", name="Garder ma note").click()
    expect(told).to_be_hidden()
    saved(page)
    assert held(cast)["ANTOINE"] == "14.00"


def test_a_student_supposes_a_mark_and_nothing_leaves_the_page(cast: Cast, calculus: Assessment, page_as: OpenPage):
    with scope(cast.college.pk):
        ines = Student.objects.get(person=cast.people["eleve"])
        actor = Actor(0, cast.people["enseignante"].pk, cast.college.pk, cast.college.uai)
        marked(calculus, ines, "12", actor)
        Assessment.objects.update(student_sees_at=clock.now(), guardian_sees_at=clock.now())
    page = page_as("eleve")
    page.goto(f"/{cast.college.uai}/notes/eleve/{ines.pk}/service/{calculus.course_id}/")
    page.context.set_offline(True)
    page.get_by_label("Note", exact=True).fill("18")
    expect(page.locator("[data-result]")).to_have_text("La moyenne serait 15,0.")
    page.get_by_label("Sur", exact=True).fill("10")
    expect(page.locator("[data-result]")).to_contain_text("ne dépasse pas le barème")
    page.get_by_label("Note", exact=True).fill("9,5")
    expect(page.locator("[data-result]")).to_have_text("La moyenne serait 14,3.")
    # Live numbers may ask meanwhile.
    page_as.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_pile_of_papers_is_marked_one_student_at_a_time_on_a_phone(
    cast: Cast, calculus: Assessment, page_as: OpenPage
):
    page = page_as("enseignante", PHONE)
    page.goto(f"/{cast.college.uai}/notes/evaluation/{calculus.pk}/une-par-une/")
    expect(page.get_by_role("heading", name="Antoine Alix")).to_be_visible()
    expect(page.get_by_role("heading", name="Belkacem Inès")).to_be_hidden()
    for key in ("1", "3", ",", "5"):
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_label("Remarque").locator("visible=true").fill("Rédaction soignée")
    page.get_by_role("button", name="Suivant").click()
    expect(page.get_by_role("heading", name="Belkacem Inès")).to_be_visible()
    page.get_by_role("button", name="Absent", exact=True).click()
    expect(page.get_by_label("Belkacem Inès, note sur 20")).to_have_value("Abs")
    page.get_by_role("button", name="Précédent").click()
    expect(page.get_by_label("Antoine Alix, note sur 20")).to_have_value("13,5")
    saved(page)
    assert held(cast) == {"ANTOINE": "13.50", "BELKACEM": "absent"}
    with scope(cast.college.pk):
        assert StudentMark.objects.get(student__person__last_name="ANTOINE").remark == "Rédaction soignée"


def test_remarks_are_written_beside_the_marks(cast: Cast, calculus: Assessment, page_as: OpenPage):
    page = page_as("enseignante")
    page.goto(f"/{cast.college.uai}/notes/service/{calculus.course_id}/?evaluation={calculus.pk}&remarques=1")
    page.get_by_label("Antoine Alix, note sur 20").focus()
    page.keyboard.type("14")
    page.keyboard.press("Tab")
    page.keyboard.type("Belle progression")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.get_by_label("Belkacem Inès, remarque")).to_be_focused()
    with scope(cast.college.pk):
        row = StudentMark.objects.get()
        assert (str(row.points), row.remark) == ("14.00", "Belle progression")

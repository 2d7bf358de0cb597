"""An evening of meetings, from the wish of a guardian to the appointment that they confirm."""

from playwright.sync_api import expect

from pupitre.establishments.scope import scope
from pupitre.meetings.models import Wish
from pupitre.meetings.tests.factories import opened, published
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast


def test_a_parent_says_whom_to_see_and_confirms_what_the_plan_gives(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        evening = opened(cast, "4B")
    family = page_as("parent", PHONE)
    family.goto(f"/{cast.college.uai}/rencontres/{evening.pk}/")
    wishes = family.locator("fieldset.wish")
    wishes.filter(has_text="Roussel").locator("input[value='2']").check()
    wishes.filter(has_text="Lemoine").locator("input[value='1']").check()
    family.get_by_role("button", name="Enregistrer mes vœux").click()
    expect(family.get_by_text("Vos vœux sont enregistrés.")).to_be_visible()

    with scope(cast.college.pk):
        published(cast, evening)
    family.reload()
    expect(family.locator(".meet li")).to_have_count(2)
    family.get_by_role("button", name="Confirmer mes rendez-vous").click()
    expect(family.get_by_text("Vos rendez-vous sont confirmés.")).to_be_visible()
    with scope(cast.college.pk):
        assert {each.state for each in Wish.objects.all()} == {"accepted"}

"""A lesson cancelled before the day begins: everyone it concerns sees it at once, and is told once."""

from playwright.sync_api import Page, expect

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.notifications.models import Notification
from tests.browser.conftest import PHONE, OpenPage
from tests.cast import Cast
from tests.jobs import run_jobs


def test_a_lesson_cancelled_at_ten_to_eight_is_seen_at_once_and_told_once(cast: Cast, page_as: OpenPage):
    uai, child = cast.college.uai, cast.people["eleve"].pk
    with clock.at("2026-11-24T07:50"):
        _cancel(page_as("principal"), cast)
        with scope(cast.college.pk):
            run_jobs()
        for slug, addresses in (
            ("eleve", (f"/{uai}/", f"/{uai}/emploi-du-temps/")),
            ("parent", ("/famille/", f"/{uai}/emploi-du-temps/enfant/{child}/")),
            ("collegue", (f"/{uai}/", f"/{uai}/emploi-du-temps/")),
        ):
            page = page_as(slug, PHONE)
            for address in addresses:
                page.goto(address)
                expect(page.get_by_text("Cours annulé").first).to_be_visible()
            assert Notification.objects.filter(person=cast.people[slug], kind__startswith="timetable.").count() == 1


def _cancel(page: Page, cast: Cast) -> None:
    """Three touches from the week of the class."""
    page.goto(f"/{cast.college.uai}/emploi-du-temps/classe/{cast.groups['4B'].pk}/")
    page.get_by_role("link", name="Français").click()
    page.get_by_label("Annulé").check()
    page.get_by_label("Motif").fill("Professeur absent")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("C’est enregistré.")).to_be_visible()

"""The gate on a telephone: a name, a plain answer, and none at all when it is too old to be trusted."""

from playwright.sync_api import expect

from pupitre.attendance.services.exits import regimes_of_school, set_exits
from pupitre.attendance.tests.factories import acting, register, student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from tests.browser.conftest import PHONE, OpenPage
from tests.browser.hands import Hand
from tests.cast import Cast

OFFLINE = "ERR_INTERNET_DISCONNECTED"


def test_who_stands_at_the_gate_types_a_name_and_reads_yes_or_no(cast: Cast, tuesday: object, page_as: OpenPage):
    with scope(cast.college.pk):
        register("4B", "10:10")
        chosen = {student(cast.people["eleve"]).pk: regimes_of_school()[0]}
        set_exits(chosen=chosen, actor=acting(cast, "secretaire", Profile.ADMINISTRATIVE))
    page = page_as("cpe", PHONE, script=False)
    page.goto(f"/{cast.college.uai}/portail/")
    page.get_by_label("Nom de l’élève").fill("belkacem in")
    hand = Hand(page)
    hand.tap("Chercher")
    answer = page.get_by_role("region", name="Inès Belkacem")
    expect(answer).to_contain_text("Non, pas avant 11\N{NO-BREAK SPACE}h\N{NO-BREAK SPACE}05")
    expect(answer).to_contain_text("En cours jusqu’à 11")
    assert hand.taps == 1


def test_an_answer_older_than_a_quarter_of_an_hour_is_taken_off(cast: Cast, tuesday: object, page_as: OpenPage):
    page = page_as("cpe", PHONE)
    page.clock.install()
    page.goto(f"/{cast.college.uai}/portail/?q=belkacem in")
    answer = page.get_by_role("region", name="Inès Belkacem")
    expect(answer).to_be_visible()
    page.context.set_offline(True)
    page.clock.fast_forward(5 * 60_000)
    expect(page.get_by_text("Pas de nouvelles du serveur depuis")).to_be_visible()
    expect(answer).to_be_visible()
    page.clock.fast_forward(11 * 60_000)
    expect(page.get_by_text("elles ne valent plus")).to_be_visible()
    expect(answer).to_be_hidden()
    page.context.set_offline(False)
    page.clock.fast_forward(61_000)
    expect(answer).to_be_visible()
    page_as.forgive(OFFLINE)

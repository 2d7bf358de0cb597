"""School life on a phone and at the desk: a teacher punishes, the CPE plans, nobody comes; the head sanctions, and it goes."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from pupitre.attendance.models import AbsenceCase, AbsenceEntry
from pupitre.attendance.tests.factories import student
from pupitre.discipline.models import Detention, Punishment, RegisterEntry, Sanction
from pupitre.discipline.services.erasing import erase_due
from pupitre.discipline.services.incidents import Part
from pupitre.discipline.tests.factories import detained, punished, reported, sanctioned
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.hands import Hand
from tests.browser.test_pages import NARROW, inaccessible, resize, too_wide
from tests.cast import Cast


def test_from_a_class_to_an_absence(cast: Cast, page_as: OpenPage):
    """The teacher asks on a phone, the CPE plans at the desk without a script, the parent reads, and nobody comes."""
    page = page_as("enseignante", PHONE)
    page.goto(f"/{cast.college.uai}/classes/{cast.groups['4B'].pk}/")
    hand = Hand(page)
    hand.tap("Punir un élève", "link")
    hand.tap("Inès Belkacem", "link")
    page.get_by_role("radio", name="Retenue").check()
    page.get_by_label("Motif").fill("Insolence envers un adulte.")
    page.get_by_label("Travail à faire").fill("Rédiger une page.")
    hand.tap("Donner cette punition")
    expect(page.locator("h1")).to_have_text("Retenue")
    expect(page.get_by_text("Le jour n’est pas encore choisi.")).to_be_visible()

    office = page_as("cpe", DESK, script=False)
    office.goto(f"/{cast.college.uai}/suivi/")
    office.get_by_role("link", name="Inès Belkacem").click()
    office.get_by_label("Jour", exact=True).fill("2026-11-24")
    office.get_by_label("De", exact=True).fill("16:30")
    office.get_by_label("À", exact=True).fill("17:30")
    office.get_by_role("button", name="Planifier la retenue").click()
    expect(office.get_by_text("16 h 30 – 17 h 30")).to_be_visible()

    family = page_as("parent", PHONE)
    family.goto("/")
    family.get_by_role("link", name="Lire").first.click()
    expect(family.get_by_text("Mardi 24 novembre, 16 h 30 – 17 h 30")).to_be_visible()
    family.get_by_role("button", name="J’ai lu").click()
    expect(family.get_by_text("Vous avez dit avoir lu cette punition.")).to_be_visible()

    with clock.at("2026-11-24T17:40"):
        office.goto(f"/{cast.college.uai}/retenues/")
        office.get_by_role("button", name="Pas venu").click()
        expect(office.get_by_text("Une absence est ouverte pour cette heure.")).to_be_visible()
    with scope(cast.college.pk):
        assert Detention.objects.get().state == "missed"
        assert Punishment.objects.get().state == "not_done"
        assert AbsenceCase.objects.get().pk == Detention.objects.get().absence_case_id


def test_a_sanction_is_written_shown_and_erased_when_due(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        pk = student(cast.people["eleve"]).pk
    page = page_as("principal")
    page.goto(f"/{cast.college.uai}/suivi/eleve/{pk}/")
    Hand(page).tap("Sanctionner", "link")
    page.get_by_text("Exclusion temporaire de la classe").click()
    page.get_by_label("Motif").fill("Menaces envers un camarade.")
    page.get_by_label("Pour le registre des sanctions").fill("Un élève de 4e a menacé un camarade.")
    page.get_by_label("L’élève a été informé des faits le").fill("2026-11-23")
    page.get_by_label("Exclusion, premier jour").fill("2026-11-24")
    page.get_by_label("Exclusion, dernier jour").fill("2026-11-25")
    Hand(page).tap("Écrire cette sanction")
    expect(page.get_by_text("deux jours ouvrables", exact=False).first).to_be_visible()
    page.get_by_label("L’élève a été informé des faits le").fill("2026-11-18")
    Hand(page).tap("Écrire cette sanction")
    expect(page.locator("h1")).to_have_text("Exclusion temporaire de la classe")
    page_as.forgive("422")

    lesson = page_as("collegue", PHONE)
    lesson.goto(f"/{cast.college.uai}/appel/")
    expect(lesson.get_by_text("Exclu de la classe, accueilli à la vie scolaire")).to_be_visible()

    with scope(cast.college.pk):
        assert AbsenceEntry.objects.filter(kind="exclusion", counts=False).count() == 2
        due = Sanction.objects.get().erases_on
        assert due is not None
    with clock.at(dt.datetime.combine(due, dt.time(3), clock.PARIS)), scope(cast.college.pk):
        assert erase_due() == 1
        assert RegisterEntry.objects.count() == 1
        assert not Sanction.objects.exists()


@pytest.fixture
def filled(cast: Cast, tuesday: object) -> list[tuple[str, str]]:
    """Who opens what, with something in every page."""
    school = f"/{cast.college.uai}"
    with scope(cast.college.pk):
        ines = student(cast.people["eleve"])
        row = punished(cast, "lesson_exclusion")
        sitting = detained(cast)
        for _n in range(3):
            incident = reported(cast, Part("offender", ines), Part("witness", name="Le gardien du gymnase"))
        sanction = sanctioned(cast, "school_exclusion", starts_on=dt.date(2026, 11, 24), ends_on=dt.date(2026, 11, 25))
    return [
        ("cpe", f"{school}/suivi/"),
        ("cpe", f"{school}/suivi/eleve/{ines.pk}/"),
        ("cpe", f"{school}/punitions/?filtre=toutes"),
        ("cpe", f"{school}/punitions/{sitting.punishment_id}/"),
        ("cpe", f"{school}/punitions/donner/?q=belk"),
        ("cpe", f"{school}/incidents/"),
        ("cpe", f"{school}/incidents/{incident.pk}/?q=belk"),
        ("principal", f"{school}/sanctions/{sanction.pk}/"),
        ("principal", f"{school}/sanctions/registre/"),
        ("parent", f"{school}/suivi/eleve/{ines.pk}/"),
        ("eleve", f"{school}/punitions/{row.pk}/"),
    ]


def test_pages_with_something_in_them_are_for_everyone(filled: list[tuple[str, str]], page_as: OpenPage):
    faults = []
    for slug, address in filled:
        page = page_as(slug)
        page.goto(address)
        faults += [f"{address} {fault}" for fault in inaccessible(page)]
        resize(page, NARROW)
        faults += [f"{address} {NARROW[0]} px: {wide}" for wide in too_wide(page)]
    assert not faults, "\n".join(faults)

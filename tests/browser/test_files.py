"""Choosing files: with a network that breaks, with a session that ends, dropped, by the keyboard, without a script."""

import hashlib
import os
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Page, expect

from pupitre.establishments.scope import scope
from pupitre.files.models import StoredFile, Upload
from pupitre.foundation import clock
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.network import received, sent_part, slow, start
from tests.cast import Cast

MEGA = 1024**2


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """A file of six megabytes."""
    path = tmp_path / "film.mp4"
    path.write_bytes(b"\0\0\0\x18ftypisom" + os.urandom(6 * MEGA))
    return path


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "photo du lac.jpg"
    Image.effect_noise((300, 200), 60).convert("RGB").save(path)
    return path


def open_mine(
    cast: Cast, page_as: OpenPage, slug: str = "eleve", *, size: tuple[int, int] = DESK, script: bool = True
) -> Page:
    page = page_as(slug, size, script=script)
    page.goto(f"/{cast.college.uai}/fichiers/")
    return page


def kept(cast: Cast) -> dict[str, str]:
    """The names of what is kept, with the hash of each."""
    with scope(cast.college.pk):
        return {file.name: file.sha256 for file in StoredFile.objects.select_related("blob")}


def hash_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_file_survives_three_cuts_of_the_network(cast: Cast, page_as: OpenPage, film: Path):
    page = open_mine(cast, page_as)
    upload = start(page, film, MEGA)
    there = []
    for _cut in range(3):
        page.context.set_offline(True)
        expect(page.locator("[data-told]")).to_have_text("Connexion perdue. L’envoi reprendra tout seul.")
        there.append(received(page, upload))
        slow(page, MEGA)
        with page.expect_response(sent_part):
            page.context.set_offline(False)
    expect(page.get_by_role("link", name="film.mp4")).to_be_visible(timeout=20_000)
    assert kept(cast) == {"film.mp4": hash_of(film)}
    # It went on from where it stood, each time.
    assert there == sorted(set(there))
    assert there[0] > 0
    page_as.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_session_that_ends_during_an_upload_costs_nothing(cast: Cast, page_as: OpenPage, film: Path):
    page = open_mine(cast, page_as)
    start(page, film, MEGA)
    session: Any = [cookie for cookie in page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME]
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    expect(page.locator("[data-told]")).to_contain_text("La session est terminée")
    # Signed in again in another tab.
    page.context.add_cookies(session)
    expect(page.get_by_role("link", name="film.mp4")).to_be_visible(timeout=20_000)
    assert kept(cast) == {"film.mp4": hash_of(film)}


def test_a_file_chosen_again_after_a_reload_goes_on_where_it_was(cast: Cast, page_as: OpenPage, film: Path):
    page = open_mine(cast, page_as)
    upload = start(page, film, MEGA // 2)
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("about:blank")
    there = received(page, upload)
    with clock.at("2026-11-24T10:25"):
        page = open_mine(cast, page_as)
        page.set_input_files("#id_files", film)
        expect(page.get_by_role("link", name="film.mp4")).to_be_visible(timeout=20_000)
    assert there > 0
    with scope(cast.college.pk):
        assert Upload.objects.count() == 1
    assert kept(cast) == {"film.mp4": hash_of(film)}


def test_a_refused_file_says_why_and_the_others_arrive(cast: Cast, page_as: OpenPage, photo: Path, tmp_path: Path):
    page = open_mine(cast, page_as)
    wrong = [tmp_path / "jeu.exe", tmp_path / "vide.txt"]
    wrong[0].write_bytes(b"MZ")
    wrong[1].write_bytes(b"")
    page.set_input_files("#id_files", [wrong[0], photo, wrong[1]])
    expect(page.get_by_role("listitem").filter(has_text="est un programme, et Pupitre")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="est vide")).to_be_visible()
    expect(page.get_by_role("checkbox", name="photo du lac.jpg")).to_be_checked()
    assert list(kept(cast)) == ["photo du lac.jpg"]
    page_as.forgive("422")


def test_a_form_sent_too_early_leaves_when_its_files_have_arrived(cast: Cast, page_as: OpenPage, film: Path):
    page = open_mine(cast, page_as)
    start(page, film, MEGA)
    page.get_by_role("button", name="Déposer", exact=True).click()
    expect(page.get_by_text("Le formulaire partira dès que les fichiers seront arrivés")).to_be_visible()
    expect(page.get_by_role("link", name="film.mp4")).to_be_visible(timeout=20_000)
    assert kept(cast) == {"film.mp4": hash_of(film)}


def test_files_are_dropped_beside_the_frame(cast: Cast, page_as: OpenPage):
    page = open_mine(cast, page_as)
    dropped = page.evaluate_handle("""() => {
      const held = new DataTransfer()
      held.items.add(new File(['le cours'], 'cours.txt'))
      held.items.add(new File(['la suite'], 'suite.txt'))
      return held
    }""")
    page.dispatch_event("h1", "dragover", {"dataTransfer": dropped})
    expect(page.locator(".dropz")).to_have_class("dropz is-over")
    page.dispatch_event("h1", "drop", {"dataTransfer": dropped})
    expect(page.get_by_role("link", name="suite.txt")).to_be_visible()
    assert set(kept(cast)) == {"cours.txt", "suite.txt"}


def test_an_upload_is_stopped_by_hand(cast: Cast, page_as: OpenPage, film: Path):
    page = open_mine(cast, page_as)
    slow(page, MEGA // 4)
    page.set_input_files("#id_files", film)
    expect(page.get_by_role("progressbar", name="film.mp4")).to_be_visible()
    with page.expect_response(lambda answer: answer.request.method == "DELETE"):
        page.get_by_role("button", name="Annuler film.mp4").click()
    expect(page.get_by_role("progressbar")).to_have_count(0)
    with scope(cast.college.pk):
        assert not Upload.objects.exists()


def test_everything_is_done_with_the_keyboard(cast: Cast, page_as: OpenPage, photo: Path):
    page = open_mine(cast, page_as)
    with page.expect_file_chooser() as chooser:
        page.locator("#id_files").press("Enter")
    chooser.value.set_files(photo)
    expect(page.get_by_role("link", name="photo du lac.jpg")).to_be_visible()
    remove = page.get_by_role("button", name="Supprimer photo du lac.jpg")
    remove.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Rien pour l’instant")).to_be_visible()


def test_without_a_script_files_leave_with_their_form(cast: Cast, page_as: OpenPage, photo: Path, tmp_path: Path):
    other = tmp_path / "cours.txt"
    other.write_text("le cours")
    page = open_mine(cast, page_as, size=PHONE, script=False)
    page.set_input_files("#id_files", [photo, other])
    page.get_by_role("button", name="Déposer").click()
    expect(page.get_by_role("link", name="photo du lac.jpg")).to_be_visible()
    assert kept(cast) == {path.name: hash_of(path) for path in (photo, other)}


def test_a_page_that_is_downloaded_is_never_run(cast: Cast, page_as: OpenPage, tmp_path: Path):
    page = open_mine(cast, page_as)
    hostile = tmp_path / "page.html"
    hostile.write_text("<script>document.title = 'pris'</script>")
    page.set_input_files("#id_files", hostile)
    with page.expect_download() as download:
        page.get_by_role("link", name="page.html").click()
    assert download.value.suggested_filename == "page.html"
    assert page.title() == "Mes fichiers — Pupitre"

"""Writing and reading messages: with few touches, at night, in a crowd of children, with nothing lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from pupitre.accounts.models import Session
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.models import Draft, MailboxEntry, Message
from pupitre.messaging.tests.letters import post, received_by
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.hands import Hand
from tests.cast import Cast

NBSP = "\N{NO-BREAK SPACE}"
NARROW = (320, 640)


@pytest.fixture
def night(cast: Cast, tuesday: object) -> Iterator[None]:
    """Half past nine in the evening, on a Friday: the clock is set before pages are opened."""
    with clock.at("2026-11-27T21:30"):
        yield


def last_of(cast: Cast) -> Message:
    with scope(cast.college.pk):
        found: Message = Message.objects.latest("pk")
        return found


def write_to_the_parents(page: Page) -> Hand:
    page.goto("/")
    hand = Hand(page)
    hand.tap("Écrire à une classe", "link")
    hand.tap("Parents 4B", "link")
    expect(page.get_by_label("Sujet")).to_be_focused()
    page.keyboard.type("Sortie jeudi")
    page.keyboard.press("Tab")
    page.keyboard.type("Rendez-vous à 8 h devant le collège.")
    hand.tap("Envoyer")
    expect(page.locator("h1")).to_have_text("Sortie jeudi")
    return hand


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_a_teacher_writes_to_the_parents_of_a_class_in_three_taps(cast: Cast, page_as: OpenPage, script: bool):
    page = page_as("enseignante", PHONE, script=script)
    hand = write_to_the_parents(page)
    assert hand.taps == 3
    expect(page.get_by_text("Le message est envoyé.")).to_be_visible()
    with scope(cast.college.pk):
        [entry] = received_by(cast, "parent")
    assert (entry.subject, entry.children) == ("Sortie jeudi", "Inès")


def test_at_night_the_message_is_held_until_seven_and_says_so(cast: Cast, page_as: OpenPage, night: None):
    page = page_as("enseignante", PHONE)
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    expect(page.get_by_text(f"Les familles le recevront lundi à 7{NBSP}h.")).to_be_visible()
    write_to_the_parents(page)
    expect(page.get_by_text(f"Arrivera aux familles lundi à 7{NBSP}h.")).to_be_visible()
    page.get_by_role("link", name="Modifier").click()
    page.get_by_label("Message").fill("Rendez-vous à 9 h.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Rendez-vous à 9 h.", exact=True).last).to_be_visible()
    family = page_as("parent", PHONE)
    family.goto("/messages/")
    expect(family.get_by_text("Rien ici pour l’instant.")).to_be_visible()
    with clock.at("2026-11-30T07:00"):
        family.reload()
        family.get_by_role("link", name="Sortie jeudi").click()
        expect(family.get_by_text("Rendez-vous à 9 h.", exact=True).last).to_be_visible()


def test_a_parent_of_two_children_answers_about_the_right_one(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        post(cast, "enseignante", "parents-4B", subject="Calculatrice")
        post(cast, "enseignante", "parents-6C", subject="Compas")
    page = page_as("parent", PHONE)
    page.goto("/messages/")
    page.get_by_role("link", name="Elias", exact=True).click()
    expect(page.get_by_role("link", name="Calculatrice")).to_have_count(0)
    page.get_by_role("link", name="Compas").click()
    expect(page.locator("h1")).to_have_text("Elias Compas")
    page.get_by_label("Réponse").fill("Il l’aura demain.")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("La réponse est envoyée.")).to_be_visible()
    with scope(cast.college.pk):
        [entry] = received_by(cast, "enseignante")
    assert entry.author_about == "mère d’Elias, 6C"


def test_the_cpe_suspends_the_messages_of_a_class(cast: Cast, page_as: OpenPage):
    page = page_as("cpe")
    page.goto("/messages/")
    page.get_by_text("Réception").first.click()
    page.get_by_role("link", name="Modération").click()
    page.get_by_role("link", name="Suspendre les messages").click()
    page.get_by_label("Pour qui").select_option(label="Classe 4B")
    page.get_by_label("Pourquoi").fill("Trop de messages le soir.")
    page.get_by_role("button", name="Suspendre", exact=True).click()
    expect(page.get_by_text("L’envoi de messages est suspendu.")).to_be_visible()
    student = page_as("eleve", PHONE)
    student.goto(f"/{cast.college.uai}/messages/ecrire/")
    student.get_by_label("Hélène Roussel").check()
    expect(student.get_by_text("1\N{NO-BREAK SPACE}personne")).to_be_visible()
    student.get_by_label("Message", exact=True).fill("Bonjour Madame")
    student.get_by_role("button", name="Envoyer").click()
    expect(student.locator("#erreurs")).to_contain_text("suspendu pour la classe 4B")
    expect(student.get_by_label("Message", exact=True)).to_have_value("Bonjour Madame")
    page_as.forgive("422")


def test_the_head_sends_an_urgent_message_at_night(cast: Cast, page_as: OpenPage, night: None):
    page = page_as("principal")
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Sujet").fill("Pas de car demain")
    page.get_by_label("Message", exact=True).fill("Les cars ne rouleront pas, à cause du verglas.")
    page.get_by_text("Réponses, suivi, urgence").click()
    page.get_by_text("Urgent").first.click()
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator(".badge", has_text="Urgent")).to_be_visible()
    family = page_as("parent", PHONE)
    family.goto("/messages/")
    expect(family.get_by_role("link", name="Pas de car demain")).to_be_visible()


def test_what_is_typed_is_kept_on_the_server_and_found_on_another_device(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante")
    page.clock.install()
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("Chers parents,")
    with page.expect_response("**/messages/brouillons/"):
        page.clock.run_for(6000)
    expect(page.get_by_text("Brouillon gardé à")).to_be_visible()
    other = page_as("enseignante", PHONE)
    other.goto("/messages/brouillons/")
    other.get_by_role("link", name="Chers parents,").click()
    expect(other.get_by_text("restauré.")).to_be_visible()
    expect(other.get_by_label("Message", exact=True)).to_have_value("Chers parents,")
    expect(other.get_by_label("Parents de la 4B")).to_be_checked()
    assert Draft.objects.count() == 1


def test_what_was_not_sent_is_found_again_on_the_device(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante")
    address = f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}"
    page.goto(address)
    page.get_by_label("Message", exact=True).press_sequentially("Un texte")
    page.goto("/messages/")
    page.goto(address)
    expect(page.get_by_text("restauré.")).to_be_visible()
    expect(page.get_by_label("Message", exact=True)).to_have_value("Un texte")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("h1")).to_have_text("Un texte")
    page.goto(address)
    expect(page.get_by_label("Message", exact=True)).to_have_value("")


def test_a_letter_sent_after_the_end_of_the_session_is_not_lost(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante")
    user = cast.people["enseignante"].user
    assert user is not None
    user.set_password("trois mots bien choisis")
    user.save()
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("Un long texte")
    Session.objects.filter(user=user).update(expire_date="2026-11-01T00:00+00:00")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("h1")).to_have_text("Reconnectez-vous, rien n’est perdu")
    page.get_by_label("Identifiant").fill(user.username)
    page.get_by_label("Mot de passe", exact=True).fill("trois mots bien choisis")
    page.get_by_role("button", name="Se reconnecter et envoyer").click()
    expect(page.locator("h1")).to_have_text("Un long texte")
    assert last_of(cast).body == "Un long texte"
    page_as.forgive("401")


def test_recipients_are_found_added_and_counted_as_one_types(cast: Cast, page_as: OpenPage):
    page = page_as("cpe")
    page.goto(f"/{cast.college.uai}/messages/ecrire/")
    page.get_by_label("Ajouter une personne").press_sequentially("ines")
    page.get_by_label("Nadia Belkacem").check()
    expect(page.get_by_text(f"1{NBSP}personne")).to_be_visible()
    page.get_by_label("Ajouter une personne").fill("roussel, lemoine, personne")
    page.get_by_label("Hélène Roussel").check()
    expect(page.get_by_text(f"2{NBSP}personnes")).to_be_visible()
    page.get_by_label("Nadia Belkacem").uncheck()
    expect(page.get_by_text(f"1{NBSP}personne")).to_be_visible()


def test_everything_is_reached_with_the_keyboard(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        for number in range(3):
            post(cast, "enseignante", "v@cpe", subject=f"Lettre {number}")
    page = page_as("cpe")
    page.goto("/messages/")
    page.locator("a.thread").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("a.thread").nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Lettre 1")
    page.get_by_label("Réponse").focus()
    page.keyboard.type("Bien reçu.")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("La réponse est envoyée.")).to_be_visible()
    page.keyboard.press("n")
    expect(page.locator("h1")).to_have_text("Nouveau message")


def test_several_discussions_are_thrown_away_at_once_without_a_script(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        for number in range(3):
            post(cast, "enseignante", "v@cpe", subject=f"Lettre {number}")
    page = page_as("cpe", script=False)
    page.goto("/messages/")
    page.get_by_role("link", name="Choisir", exact=True).click()
    page.get_by_label("Choisir Lettre 0").check()
    page.get_by_label("Choisir Lettre 2").check()
    page.get_by_role("button", name="Faire").click()
    expect(page.locator("a.thread")).to_have_count(1)
    assert MailboxEntry.objects.filter(place="trash").count() == 2


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_full_mailbox_is_for_everyone(cast: Cast, page_as: OpenPage, size: tuple[int, int], theme: str):
    with scope(cast.college.pk):
        for number in range(12):
            post(
                cast, "enseignante", "parents-4B", body=f"Lettre {number} " + "très " * 30 + "longue", needs_answer=True
            )
        sent = post(cast, "enseignante", "parents-4B", body="https://exemple.invalid/" + "chemin/" * 30)
    page = page_as("parent", size, theme)
    for address in ("/messages/", f"/{cast.college.uai}/messages/{sent.thread_id}/", "/messages/?choisir=1"):
        page.goto(address)
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [fault["id"] for fault in found] == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("script", [True, False], ids=["with a script", "without a script"])
def test_thirty_megabytes_are_refused_and_the_words_are_still_there(
    cast: Cast, page_as: OpenPage, tmp_path: Path, script: bool
):
    film = tmp_path / "film.mp4"
    film.write_bytes(b"\0" * 30 * 1024**2)
    page = page_as("enseignante", PHONE, script=script)
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("Chers parents")
    page.get_by_label("Choisir des fichiers").set_input_files(film)
    if not script:
        page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("la limite est de 25").first).to_be_visible(timeout=20_000)
    if not script:
        assert Draft.objects.get().body == "Chers parents"
    expect(page.get_by_label("Message", exact=True)).to_have_value("Chers parents")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Le message est envoyé.")).to_be_visible()
    page_as.forgive("413" if script else "422")


def test_a_draft_with_a_file_is_taken_up_again_on_another_device(cast: Cast, page_as: OpenPage, tmp_path: Path):
    plan = tmp_path / "plan.txt"
    plan.write_text("Rendez-vous au lac.")
    page = page_as("enseignante")
    page.clock.install()
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("Chers parents,")
    page.get_by_label("Choisir des fichiers").set_input_files(plan)
    expect(page.get_by_role("checkbox", name="plan.txt")).to_be_checked()
    with page.expect_response("**/messages/brouillons/"):
        page.clock.run_for(6000)
    other = page_as("enseignante", PHONE)
    other.goto("/messages/brouillons/")
    other.get_by_role("link", name="Chers parents,").click()
    expect(other.get_by_role("checkbox", name="plan.txt")).to_be_checked()
    other.get_by_role("button", name="Envoyer").click()
    expect(other.get_by_role("link", name="plan.txt").first).to_be_visible()


def test_a_draft_open_on_two_devices_loses_neither_text(cast: Cast, page_as: OpenPage):
    desk = page_as("enseignante")
    desk.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    desk.get_by_label("Message", exact=True).fill("Chers parents,")
    desk.get_by_role("button", name="Garder le brouillon").click()
    pages = []
    for device in (desk, page_as("enseignante", PHONE)):
        device.clock.install()
        device.goto("/messages/brouillons/")
        device.get_by_role("link", name="Chers parents,").click()
        pages.append(device)
    for device, text in zip(pages, ("Chers parents, sur l’ordinateur", "Chers parents, sur le téléphone"), strict=True):
        device.get_by_label("Message", exact=True).fill(text)
        with device.expect_response("**/messages/brouillons/"):
            device.clock.run_for(6000)
    expect(pages[1].get_by_text("les deux textes sont gardés")).to_be_visible()
    assert {draft.body for draft in Draft.objects.all()} == {
        "Chers parents, sur l’ordinateur",
        "Chers parents, sur le téléphone",
    }


def test_five_thousand_names_pasted_are_answered_with_a_sentence(cast: Cast, page_as: OpenPage):
    page = page_as("cpe", script=False)
    page.goto(f"/{cast.college.uai}/messages/ecrire/")
    page.get_by_label("Message", exact=True).fill("Bonjour")
    page.get_by_label("Ajouter une personne").fill(";".join(["Li"] * 5000))
    page.get_by_role("button", name="Chercher", exact=True).click()
    expect(page.locator("#erreurs")).to_contain_text("la limite est de 200")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Bonjour")


def test_what_answers_no_one_says_so(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        post(cast, "principal", "parents-4B", subject="Note d’information", replies="none")
    page = page_as("parent", PHONE)
    page.goto("/messages/")
    page.get_by_role("link", name="Note d’information").click()
    expect(page.get_by_text("L’auteur de ce message n’attend pas de réponse.")).to_be_visible()
    expect(page.get_by_label("Réponse")).to_have_count(0)


def test_markup_is_shown_as_words_and_never_run(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante")
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("<script>window.ran = 1</script>Voir <b>jeudi</b> si 3 < 4")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text("Le message est envoyé.")).to_be_visible()
    assert last_of(cast).body == "Voir jeudi si 3 < 4"
    family = page_as("parent", PHONE)
    family.goto("/messages/")
    family.locator("a.thread").first.click()
    expect(family.locator(".bub")).to_contain_text("Voir jeudi si 3 < 4")
    assert family.evaluate("window.ran") is None


def test_two_taps_on_send_are_one_letter(cast: Cast, page_as: OpenPage):
    page = page_as("enseignante", script=False)
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=parents-{cast.groups['4B'].pk}")
    page.get_by_label("Message", exact=True).fill("Chers parents")
    page.get_by_role("button", name="Envoyer").dblclick(no_wait_after=True)
    expect(page.locator("h1")).to_have_text("Chers parents")
    assert MailboxEntry.objects.filter(role="author").count() == 1


def test_an_empty_letter_and_somebody_who_left_are_said_on_the_screen(cast: Cast, page_as: OpenPage):
    page = page_as("cpe", PHONE)
    page.goto(f"/{cast.college.uai}/messages/ecrire/?a=p{cast.people['collegue'].pk}")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#erreurs")).to_contain_text("Le message est vide.")
    page.get_by_label("Message", exact=True).fill("Bonjour Bruno")
    with scope(cast.college.pk):
        cast.people["collegue"].affiliations.filter(establishment=cast.college).update(ends_on="2026-11-20")
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#erreurs")).to_contain_text("a quitté l’établissement")
    expect(page.get_by_label("Message", exact=True)).to_have_value("Bonjour Bruno")
    page_as.forgive("422")

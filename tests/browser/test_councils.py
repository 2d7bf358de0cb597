"""The council of a class, run by its form teacher: in one touch a student; by several hands; without a network."""

from decimal import Decimal

import pytest

from pupitre.councils.services.sitting import open_sitting
from pupitre.councils.tests.factories import marked_class, plan, read_by
from pupitre.directory.models import FormTeacher, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import FIRST_DAY, PersonFactory, enrol
from pupitre.establishments.scope import scope
from pupitre.gradebook.tests.factories import course_of, first_term
from pupitre.notifications.models import Notification
from pupitre.reportcards.models import ReportCard, SubjectReport
from tests.browser.hands import Hand

NAMES = (("GUÉRIN", "Malo"), ("HADDAD", "Yanis"))


@pytest.fixture
def council(cast):
    """The 4B, three students, two marks each, its council in the calendar at this hour; the address of its pages."""
    with scope(cast.college.pk):
        division, term = cast.groups["4B"], first_term()
        FormTeacher(group=division, person=cast.people["enseignante"], starts_on=FIRST_DAY).save()
        students = [Student.objects.get(person=cast.people["eleve"])]
        students += [enrol(PersonFactory(last_name=last, first_name=first), division) for last, first in NAMES]
        courses = course_of(division), course_of(division, "020700")
        marked_class({each: (Decimal(14 - rank), Decimal(12)) for rank, each in enumerate(students)}, *courses)
        plan(division, term, read_by(cast, "principal", Profile.HEAD))
        return cast, division, term, f"/{cast.college.uai}/conseils/"


def test_the_form_teacher_reminds_then_runs_the_council_in_one_touch_a_student(council, page_as):
    cast, division, term, base = council
    page = page_as("enseignante")
    hand = Hand(page)
    page.goto(f"/{cast.college.uai}/")
    hand.tap("Conseils de classe", "link")
    assert "il manque 6 appréciations et 3 synthèses" in page.locator("main").inner_text().replace("\u00a0", " ")
    assert hand.taps == 1
    hand.tap("Relancer 2 personnes")
    assert "2 personnes relancées." in page.locator("main").inner_text().replace("\u00a0", " ")
    assert hand.taps == 2
    with scope(cast.college.pk):
        assert Notification.objects.filter(kind="councils.reminder").count() == 2
    page.goto(f"{base}{term.pk}/{division.pk}/")
    hand.tap("Ouvrir le conseil")
    before = hand.taps
    for name, following in (("Inès Belkacem", "Malo Guérin"), ("Malo Guérin", "Yanis Haddad"), ("Yanis Haddad", "")):
        assert page.get_by_role("heading", name=name).is_visible()
        page.get_by_label("Appréciation générale").fill(f"Un bon trimestre pour {name}.")
        page.get_by_text("Compliments").click()
        page.get_by_role("button", name=f"Valider et passer à {following}" if following else "Valider et finir").click()
        hand.taps += 1
    assert hand.taps - before == len(NAMES) + 1
    page.wait_for_url(f"**{base}{term.pk}/{division.pk}/")
    with scope(cast.college.pk):
        cards = ReportCard.objects.filter(division=division).select_related("mention")
        assert {(each.status, str(each.mention)) for each in cards} == {("validated", "Compliments")}


def test_what_is_written_leaves_by_itself_and_the_others_see_it(council, page_as):
    cast, division, term, base = council
    with scope(cast.college.pk):
        open_sitting(term=term, division=division, actor=read_by(cast, "enseignante", Profile.TEACHER))
        ines = Student.objects.get(person=cast.people["eleve"])
    url = f"{base}{term.pk}/{division.pk}/eleve/{ines.pk}/"
    form_teacher, colleague, head = page_as("enseignante"), page_as("collegue"), page_as("principal")
    for page in (form_teacher, colleague, head):
        page.goto(url)
    colleague.locator("details.write summary").click()
    with colleague.expect_response("**/texte/"):
        colleague.get_by_label("Appréciation en Français").fill("Lit avec finesse.")
    with scope(cast.college.pk):
        assert SubjectReport.objects.get(student=ines).text == "Lit avec finesse."
    # What `pupitre events` tells an open page (live.js).
    hear = "document.dispatchEvent(new CustomEvent('pupitre:counts', { detail: { 'councils.changes': 1e6 + Math.random() } }))"
    form_teacher.evaluate(hear)
    form_teacher.get_by_text("Lit avec finesse.").first.wait_for()
    # Two at once in the same text: neither is lost, and the second chooses.
    with form_teacher.expect_response("**/eleve/*/"):
        form_teacher.get_by_label("Appréciation générale").fill("Du travail.")
    with head.expect_response("**/eleve/*/"):
        head.get_by_label("Appréciation générale").fill("Des efforts.")
    head.get_by_role("button", name="Garder le mien").wait_for()
    assert head.locator("blockquote").inner_text() == "Du travail."
    with head.expect_response("**/eleve/*/"):
        head.get_by_role("button", name="Garder le mien").click()
    head.get_by_text("Enregistré").first.wait_for()
    with scope(cast.college.pk):
        assert ReportCard.objects.get(student=ines).synthesis == "Des efforts."
    page_as.forgive("409")


def test_arrows_go_from_one_student_to_the_next_outside_of_fields(council, page_as):
    cast, division, term, base = council
    with scope(cast.college.pk):
        ines = Student.objects.get(person=cast.people["eleve"])
    page = page_as("enseignante")
    page.goto(f"{base}{term.pk}/{division.pk}/eleve/{ines.pk}/")
    page.get_by_label("Appréciation générale").focus()
    page.keyboard.press("ArrowRight")
    assert page.get_by_role("heading", name="Inès Belkacem").is_visible()
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", name="Malo Guérin").wait_for()
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", name="Inès Belkacem").wait_for()


def test_the_file_is_read_with_the_network_cut(council, page_as, tmp_path):
    _cast, division, term, base = council
    page = page_as("enseignante")
    page.goto(f"{base}{term.pk}/{division.pk}/")
    page.get_by_role("link", name="Dossier sans réseau").click()
    for label in ("Phrase de passe", "La même, une deuxième fois"):
        page.get_by_label(label).fill("craie été pupitre gomme")
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Télécharger le dossier").click()
    kept = tmp_path / "conseil.html"
    waiting.value.save_as(kept)
    assert "Belkacem" not in kept.read_text()
    page.context.set_offline(True)
    page.goto(kept.as_uri())
    page.get_by_label("Phrase de passe").fill("une autre phrase")
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_text("Ce n’est pas la phrase").wait_for()
    page.get_by_label("Phrase de passe").fill("craie été pupitre gomme")
    page.get_by_role("button", name="Ouvrir").click()
    page.get_by_role("link", name="Belkacem Inès").click()
    assert page.get_by_role("heading", name="Inès Belkacem").is_visible()
    assert page.get_by_role("cell", name="14,0").first.is_visible()
    page_as.forgive("left the house: file:")

"""Writing a session, giving work to two classes by keyboard; a student hands in a copy."""

from pupitre.directory.tests.factories import make_group, make_subject
from pupitre.establishments.scope import scope
from pupitre.textbook.models import Homework, TextbookEntry
from pupitre.timetable.tests.factories import make_course, make_slot
from tests.browser.conftest import OpenPage
from tests.cast import Cast

ACTIONS = 10


def test_a_teacher_writes_and_gives_work_to_two_classes_by_keyboard(cast: Cast, page_as: OpenPage):
    with scope(cast.college.pk):
        cast.groups["6D"] = make_group(cast.college, "6D")
        course = make_course(cast.groups["6D"], make_subject(cast.college), cast.people["enseignante"])
        make_slot(course, 2, "14:25", "15:20", room="204")
        make_slot(course, 5, "14:25", "15:20", room="204")
    page = page_as("enseignante")
    page.goto("/0990001N/cahier/")
    actions = 0
    for label, text in (
        ("Titre de la séance", "Fractions"),
        ("Ce qui a été fait", "Exercices 1 à 3."),
        ("Consigne", "Exercice 4"),
    ):
        page.get_by_label(label, exact=True).focus()
        page.keyboard.type(text)
        actions += 1
    page.get_by_role("checkbox", name="Copier aussi vers 6D").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    actions += 2
    page.get_by_text("Séance enregistrée.").wait_for()
    assert actions <= ACTIONS
    with scope(cast.college.pk):
        assert sorted(TextbookEntry.objects.values_list("group__code", flat=True)) == ["6C", "6D"]
        assert sorted(Homework.objects.values_list("group__code", "title")) == [
            ("6C", "Exercice 4"),
            ("6D", "Exercice 4"),
        ]

"""What the home of each says at different moments."""

import pytest

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import EstablishmentFactory, affiliate
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.portal.tests.pages import Reader, make_import, words
from pupitre.timetable.models import TimetableSlot

EARLY, LESSON, NOON, OVER = ("2026-11-24T07:00", "2026-11-24T10:20", "2026-11-24T12:30", "2026-11-24T17:00")
EVENING, SUNDAY = "2026-11-24T19:00", "2026-11-22T15:00"


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (EARLY, "Bonjour Inès. Il te reste 3 cours aujourd’hui. Tu finis à 14 h 25."),
        (NOON, "Bonjour Inès. Il te reste 1 cours aujourd’hui. Tu finis à 14 h 25."),
        (OVER, "Bonjour Inès. Tes cours sont finis pour aujourd’hui."),
        (EVENING, "Bonjour Inès. Voici ta prochaine journée de cours, mercredi 25 novembre."),
        (SUNDAY, "Bonjour Inès. Voici ta prochaine journée de cours, mardi 24 novembre."),
    ],
)
def test_a_student_is_told_what_is_left(cast, at, said):
    with clock.at(at):
        assert said in Reader(cast, "eleve").reads()


def test_a_student_without_lessons_on_a_day_of_school_is_told_so(cast):
    with clock.at("2026-11-25T07:00"):
        page = Reader(cast, "frere").reads()
    assert "Bonjour Elias. Tu n’as pas cours aujourd’hui." in page
    assert "Pas de cours aujourd’hui" in page


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (
            EARLY,
            "Inès 4B · Collège Sophie-Germain Premier cours Mathématiques, salle 204, 8 h 05 Finit les cours à 14 h 25",
        ),
        (LESSON, "En ce moment Français, salle 112 Finit les cours à 14 h 25"),
        (NOON, "Ensuite Mathématiques, salle 204, 13 h 30"),
        (OVER, "Les cours sont finis pour aujourd’hui."),
        (EVENING, "Prochain cours demain, 8 h 05 Commence par Mathématiques, salle 204"),
        (EVENING, "Pas de cours demain."),
        (SUNDAY, "Prochain cours mardi 24 novembre, 8 h 05"),
    ],
)
def test_a_guardian_reads_where_each_child_is(cast, at, said):
    with clock.at(at):
        assert said in Reader(cast, "parent").reads()


def test_the_week_that_is_linked_is_that_of_the_day_shown(cast):
    with clock.at(SUNDAY):
        links = [link.get("href") for link in Reader(cast, "eleve").opens().iter("a")]
    assert f"/{cast.college.uai}/emploi-du-temps/?semaine=2026-11-23" in links


def test_adults_are_greeted_in_full(cast, tuesday):
    assert words(Reader(cast, "parent").opens().find(".//h1")) == "Bonjour Madame Belkacem"
    assert "Bonjour Monsieur Bensaïd. Rien ne vous attend." in Reader(cast, "cpe").reads()


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (LESSON, "Bonjour Madame Roussel. 3 cours aujourd’hui, fin à 14 h 25."),
        (OVER, "Bonjour Madame Roussel. Vos cours sont finis pour aujourd’hui."),
        (EVENING, "Bonjour Madame Roussel. Prochaine journée de cours : mercredi 25 novembre."),
        (EVENING, "Mes cours de demain"),
        (SUNDAY, "Mes cours du mardi 24 novembre"),
    ],
)
def test_a_teacher_is_told_of_the_day(cast, at, said):
    with clock.at(at):
        assert said in Reader(cast, "enseignante").reads()


def test_a_teacher_without_lessons_is_told_when_they_start_again(cast):
    with clock.at("2026-11-25T07:00"):
        page = Reader(cast, "collegue").reads()
    assert "Pas de cours aujourd’hui Prochain cours : mardi 1er décembre à 10 h 10, 4B." in page


def test_a_teacher_without_any_lesson_ahead_is_told_nothing_more(cast):
    with scope(cast.college.pk):
        TimetableSlot.objects.filter(teacher_ids=[cast.people["collegue"].pk]).update(weeks=1)
    with clock.at("2026-11-25T07:00"):
        page = Reader(cast, "collegue").reads()
    assert "Pas de cours aujourd’hui À faire" in page


def test_a_digital_referent_who_teaches_finds_their_lessons(cast, tuesday):
    with scope(cast.college.pk):
        affiliate(cast.people["enseignante"], cast.college, Profile.LOCAL_ADMIN, "Référente numérique")
    titles = Reader(cast, "enseignante").titles(f"/{cast.college.uai}/")
    assert titles[0] in ("4B", "6C")
    assert titles[1:] == ["À faire", "Mes cours", "Mes classes"]


def test_the_lessons_going_on_lead_to_the_classes(cast, tuesday):
    link = Reader(cast, "cpe").opens().xpath("//section[@aria-labelledby='t-jour']//a")[0]
    assert (words(link), link.get("href")) == ("Toutes les classes", f"/{cast.college.uai}/classes/")


def open_empty_school(cast) -> Establishment:
    school = EstablishmentFactory(uai="0990009X", name="Collège Les Platanes")
    with scope(school.pk):
        affiliate(cast.people["referent"], school, Profile.LOCAL_ADMIN)
        affiliate(cast.people["academie"], school, Profile.ACADEMY_ADMIN)
    return school


def test_a_school_without_students_begins_with_its_files(cast, tuesday):
    school = open_empty_school(cast)
    page = Reader(cast, "referent").opens(f"/{school.uai}/")
    text = words(page.get_element_by_id("contenu"))
    assert "Une chose vous attend." in text
    assert "Élèves 0 avant le premier import Personnels 1" in text
    assert "%" not in text
    (button,) = page.xpath("//section[@aria-labelledby='t-faire']//a")
    assert button.get("href") == f"/{school.uai}/imports/"


def test_the_first_thing_to_do_goes_once_it_is_begun(cast, tuesday):
    school = open_empty_school(cast)
    make_import(school, "analysing", clock.now())
    assert "Déposer les fichiers" not in Reader(cast, "referent").reads(f"/{school.uai}/")


def test_only_those_who_import_are_asked_to(cast, tuesday):
    school = open_empty_school(cast)
    page = Reader(cast, "academie").reads(f"/{school.uai}/")
    assert "Rien ne vous attend." in page
    assert "Déposer" not in page
    assert "Déposer" not in Reader(cast, "referent").reads(f"/{cast.college.uai}/")

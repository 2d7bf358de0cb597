"""Work placements: planned by the office, read in words by families, students without an agreement expected at school."""

import datetime as dt

import pytest

from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.timetable.models import CalendarFeed, PlacedStudent, TimetableSlot, WorkPlacement
from pupitre.timetable.services.placing import Place, write_placement
from pupitre.timetable.tests.factories import acting, make_placement
from pupitre.timetable.year import lessons_of, year_of

pytestmark = pytest.mark.usefixtures("tuesday")
THERE, DURING, AFTER = "/emploi-du-temps/", "2026-12-07", "2026-12-21"


@pytest.fixture
def placement(cast):
    with scope(cast.college.pk):
        return make_placement(cast)


@pytest.fixture
def read(cast, client):
    def of(slug, page="", monday=DURING):
        answer = cast.sign_in(client, slug).get(f"/{cast.college.uai}{THERE}{page}?semaine={monday}")
        return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")

    return of


SAID = "Stage du 7 décembre au 18 décembre : Garage Martin, Nancy. Tuteur : M. Petit."


def test_the_student_and_the_family_read_where_and_with_whom(cast, placement, read):
    child = f"enfant/{cast.people['eleve'].pk}/"
    for page in (read("eleve"), read("parent", child), read("enseignante", child)):
        assert SAID in page
    assert SAID not in read("eleve", monday=AFTER)


def test_a_week_without_lessons_says_so_too(cast, placement, read):
    with scope(cast.college.pk):
        TimetableSlot.objects.all().delete()
    page = read("eleve")
    assert SAID in page
    assert "Semaine de stage : pas de cours dans l’établissement." in page


def test_the_class_reads_how_many_go_and_keeps_its_lessons(cast, placement, read):
    page = read("enseignante", f"classe/{cast.groups['4B'].pk}/")
    assert "Stage du 7 décembre au 18 décembre : 1 élève en entreprise, les autres ont cours." in page
    assert "Garage Martin" not in page


def test_a_student_without_a_signed_agreement_has_lessons(cast, placement, read):
    with scope(cast.college.pk):
        PlacedStudent.objects.update(agreement="sent")
    page = read("eleve")
    assert "Garage Martin" not in page
    assert "Français" in page


def test_a_placement_called_off_is_over(cast, placement, read, client):
    cast.sign_in(client, "secretaire").post(
        f"/{cast.college.uai}{THERE}bureau/stages/{placement.pk}/", {"annuler": "1"}
    )
    assert "Stage du" not in read("eleve")


def test_the_lessons_of_the_calendar_on_the_telephone_say_a_placement(cast, placement, client):
    cast.sign_in(client, "eleve").post(f"/{cast.college.uai}{THERE}abonnements/{cast.people['eleve'].pk}/ouvrir/")
    with scope(cast.college.pk):
        year, _text = year_of(CalendarFeed.objects.get(), dt.date(2026, 11, 24))
        assert year
        there = [each for each in lessons_of(year, dt.date(2026, 11, 24)) if each.state == "internship"]
    assert {each.reason for each in there} == {"Garage Martin"}
    assert {each.on for each in there} <= {dt.date(2026, 12, 7) + dt.timedelta(days=n) for n in range(12)}


@pytest.fixture
def office(cast, client):
    cast.sign_in(client, "secretaire")

    def to(path, **sent):
        return client.post(f"/{cast.college.uai}{THERE}bureau/stages/{path}", sent)

    return to


def test_the_office_plans_a_placement_and_lists_the_class(cast, office):
    days = {"starts_on": "2026-12-07", "ends_on": "2026-12-18"}
    assert office("", group=cast.groups["4B"].pk, label="PFMP 1", **days).status_code == 302
    with scope(cast.college.pk):
        made = WorkPlacement.objects.get()
        assert [each.agreement for each in made.students.all()] == ["to_find"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"starts_on": "2026-12-19"}, "Le stage finit avant de commencer."),
        ({"ends_on": "2027-09-30"}, "Ces jours ne sont pas tous dans l’année scolaire."),
        ({"starts_on": "lundi"}, "Cette date ne se lit pas"),
        ({"label": ""}, "champ"),
        ({"group": "999"}, "errors"),
    ],
)
def test_what_cannot_be_planned_stays_on_the_page(cast, office, wrong, said):
    sent = {
        "group": cast.groups["4B"].pk,
        "label": "PFMP 1",
        "starts_on": "2026-12-07",
        "ends_on": "2026-12-18",
    } | wrong
    answer = office("", **sent)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with scope(cast.college.pk):
        assert not WorkPlacement.objects.exists()


def test_an_agreement_is_signed_with_somebody_and_what_was_typed_stays(cast, placement, office):
    with scope(cast.college.pk):
        pk = PlacedStudent.objects.get().student_id
    days = {"starts_on": "2026-12-07", "ends_on": "2026-12-18"}
    answer = office(f"{placement.pk}/", **days, **{f"agreement_{pk}": "signed", f"tutor_{pk}": "Mme Durand"})
    assert answer.status_code == 422
    assert "écrivez avec quelle entreprise" in answer.content.decode()
    assert "Mme Durand" in answer.content.decode()


def test_days_that_move_move_for_the_students(cast, placement, read):
    with scope(cast.college.pk):
        ines = PlacedStudent.objects.get()
        head = acting(cast, "principal", Profile.HEAD)
        write_placement(
            placement=placement,
            starts_on=dt.date(2027, 1, 11),
            ends_on=dt.date(2027, 1, 15),
            places={ines.student_id: Place("Boulangerie Weber", agreement="signed")},
            actor=head,
        )
    assert "Stage du" not in read("eleve")
    assert "Boulangerie Weber" in read("eleve", monday="2027-01-11")

"""The pages of the office: what is refused is said in a sentence, and what was typed is still there."""

import datetime as dt

import pytest

from pupitre.establishments.scope import scope
from pupitre.timetable.models import Classroom, Course, LessonChange, TeacherAbsence

pytestmark = pytest.mark.usefixtures("tuesday")
BUREAU = "emploi-du-temps/bureau"


@pytest.fixture
def office(cast, client):
    """The administrative office, which opens and posts pages of its school."""
    cast.sign_in(client, "secretaire")

    def to(path, data=None):
        address = f"/{cast.college.uai}/{BUREAU}/{path}"
        return client.get(address) if data is None else client.post(address, data)

    return to


def text(answer):
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def maths(cast):
    with scope(cast.college.pk):
        return Course.objects.get(subject__label="Mathématiques", group=cast.groups["4B"]).pk


def changes(cast):
    with scope(cast.college.pk):
        return list(LessonChange.objects.filter(is_latest=True).order_by("held_on", "starts_at"))


def added(cast, **facts):
    return {"cours": maths(cast), "jour": "2026-11-26", "debut": "14:00", "fin": "14:55", "motif": "Rattrapage"} | facts


def test_a_lesson_is_added(cast, office):
    answer = office(f"ajouter/{cast.groups['4B'].pk}/", added(cast))
    assert answer.status_code == 302
    (change,) = changes(cast)
    assert (change.is_added, change.to_held_on, change.to_starts_at) == (True, dt.date(2026, 11, 26), dt.time(14))


@pytest.mark.parametrize(
    "wrong",
    [
        {"jour": "2031-11-26"},
        {"jour": "jeudi"},
        {"debut": "15:00", "fin": "14:55"},
        {"debut": "quatorze"},
        {"salle": "999999"},
        {"cours": "999999"},
        {"motif": "x" * 81},
    ],
)
def test_a_lesson_that_cannot_be_added_stays_on_the_page(cast, office, wrong):
    sent = added(cast) | wrong
    answer = office(f"ajouter/{cast.groups['4B'].pk}/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    for name in ("jour", "debut", "fin", "motif"):
        assert f'value="{sent[name]}"' in text(answer)
    assert not changes(cast)


def test_an_added_lesson_may_meet_another(cast, office):
    """Conflicts are shown, never forbidden."""
    office(f"ajouter/{cast.groups['4B'].pk}/", added(cast, jour="2026-11-24", debut="10:30", fin="11:30"))
    assert len(changes(cast)) == 1


def test_several_lessons_are_cancelled_at_once(cast, office):
    sent = {"seance": [f"{maths(cast)}|2026-11-24|{at}" for at in ("08:05", "13:30")]}
    page = office(f"plusieurs/?classe={cast.groups['4B'].pk}&du=2026-11-24")
    for value in sent["seance"]:
        assert f'value="{value}"' in text(page)
    answer = office(
        f"plusieurs/?classe={cast.groups['4B'].pk}&du=2026-11-24", sent | {"geste": "cancelled", "motif": "Réunion"}
    )
    assert answer.status_code == 302
    assert [(each.starts_at.hour, each.state, each.reason) for each in changes(cast)] == [
        (8, "cancelled", "Réunion"),
        (13, "cancelled", "Réunion"),
    ]


@pytest.mark.parametrize("wrong", [{"seance": []}, {"seance": ["x"]}, {"geste": "effacer"}, {"motif": "x" * 81}])
def test_several_lessons_that_cannot_be_changed_stay_ticked(cast, office, wrong):
    value = f"{maths(cast)}|2026-11-24|08:05"
    sent = {"seance": [value], "geste": "cancelled", "motif": "Réunion de rentrée"} | wrong
    answer = office(f"plusieurs/?classe={cast.groups['4B'].pk}&du=2026-11-24", sent)
    assert answer.status_code == 422
    assert f'value="{sent["motif"]}"' in text(answer)
    assert not changes(cast)


def test_a_teacher_is_said_to_be_away(cast, office):
    sent = {"person": cast.people["collegue"].pk, "starts_on": "2026-12-01", "ends_on": "2026-12-02", "reason": "Stage"}
    assert office("absences/", sent).status_code == 302
    with scope(cast.college.pk):
        assert TeacherAbsence.objects.get().person == cast.people["collegue"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"starts_on": "2031-12-01", "ends_on": "2031-12-02"},
        {"ends_on": "2026-11-30"},
        {"starts_at": "midi"},
        {"starts_at": "15:00", "ends_at": "14:00", "ends_on": "2026-12-01"},
        {"person": "999999"},
    ],
)
def test_an_absence_that_makes_no_sense_stays_on_the_page(cast, office, wrong):
    sent = {"person": cast.people["collegue"].pk, "starts_on": "2026-12-01", "ends_on": "2026-12-02", "reason": "Stage"}
    sent |= wrong
    answer = office("absences/", sent)
    assert answer.status_code == 422
    assert 'role="alert"' in text(answer)
    for name in sent.keys() - {"person"}:
        assert f'value="{sent[name]}"' in text(answer)
    with scope(cast.college.pk):
        assert not TeacherAbsence.objects.exists()


def test_a_room_can_be_chosen(cast, office):
    with scope(cast.college.pk):
        room = Classroom.objects.get(code="205")
    office(f"ajouter/{cast.groups['4B'].pk}/", added(cast, salle=room.pk))
    assert [each.classroom_id for each in changes(cast)] == [room.pk]

"""Projects of a class, and levels set by hand."""

import pytest

from pupitre.gradebook.tests.factories import course_of
from pupitre.reportcards.models import Project, ProjectReport, SubjectReport
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.projects import note_students, write_project
from pupitre.reportcards.tests.factories import given


def test_an_epi_crosses_two_disciplines(college, term, maths, teacher):
    facts = {
        "division": college.groups["4B"],
        "term": term,
        "project": None,
        "kind": "EPI",
        "title": "Ville",
        "text": "",
    }
    with pytest.raises(Refusal, match="deux disciplines"):
        write_project(**facts, courses=[maths], actor=teacher)
    french = course_of(college.groups["4B"], "020700")
    assert write_project(**facts, courses=[maths, french], actor=teacher).courses.count() == 2


def test_what_is_said_of_a_student_stands_on_their_bulletin_alone(college, term, ines, malo, teacher, head):
    division = college.groups["4B"]
    project = write_project(
        division=division, term=term, project=None, kind="PAR_CIT", title="Délégués", text="", courses=[], actor=teacher
    )
    note_students(project=project, texts={ines.pk: "Élue déléguée.", malo.pk: ""}, actor=teacher)
    made = {each.student: each.projects[0].own_text for each in bulletins_of(division, term)}
    assert made == {ines.pk: "Élue déléguée.", malo.pk: ""}
    with pytest.raises(Refusal, match="601"):
        note_students(project=project, texts={ines.pk: "a" * 601}, actor=teacher)
    given(division, term, ines, head)
    with pytest.raises(Refusal, match="publié"):
        note_students(project=project, texts={ines.pk: "Autre."}, actor=teacher)


def test_the_pages_keep_what_was_typed(client_of, at, college, term, ines):
    client, address = client_of("enseignante"), at("projects", college.groups["4B"].pk, term.pk)
    assert client.post(address, {"kind": "EPI", "title": "Ville"}).status_code == 422
    assert client.post(address, {"kind": "PAR_CIT", "title": "Délégués"}).status_code == 302
    page = at("project", Project.objects.get().pk)
    long = client.post(page, {"eleves": "1", f"t{ines.pk}": "a" * 601})
    assert long.status_code == 422
    assert "a" * 601 in long.content.decode()
    assert client.post(page, {"eleves": "1", f"t{ines.pk}": "Élue."}).status_code == 302
    assert ProjectReport.objects.get().text == "Élue."
    assert client.post(page, {"retirer": "1"}).status_code == 302
    assert not Project.objects.exists()


def test_a_level_set_by_hand_stands_on_the_bulletin(client_of, at, college, term, ines, maths):
    client, address = client_of("enseignante"), at("course_texts", maths.pk)
    form = "application/x-www-form-urlencoded"
    assert client.post(address, f"p{ines.pk}=3", content_type=form).status_code == 204
    assert SubjectReport.objects.get().positioning == 3
    client.post(at("course", maths.pk), {f"p{ines.pk}": "9", f"t{ines.pk}": "Bien.", f"b{ines.pk}": "0"})
    row = SubjectReport.objects.get()
    assert (row.positioning, row.text) == (3, "Bien.")
    assert bulletins_of(college.groups["4B"], term)[0].lines[0].positioning == 3
    client.post(address, f"p{ines.pk}=", content_type=form)
    assert SubjectReport.objects.get().positioning is None

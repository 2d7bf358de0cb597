"""Names of timetable software: asked once on the screen, kept, changed or asked again later."""

import pytest

from pupitre.directory.models import Group
from pupitre.establishments.scope import scope
from pupitre.integrations.imports.models import Correspondence, ImportJob, MatchQuestion
from pupitre.integrations.imports.tests.factories import add_question, make_correspondence, make_job
from pupitre.integrations.imports.tests.office import Office, text_of


@pytest.fixture
def job(college: Office) -> ImportJob:
    return make_job(college.school)


def _ask(college: Office, job: ImportJob, kind: str, outside: str, *near: tuple[str, str, int]) -> MatchQuestion:
    with scope(college.school.pk):
        return add_question(job, kind, outside, *near)


def _kept(college: Office) -> dict[str, tuple[str, str]]:
    with scope(college.school.pk):
        return {each.outside: (each.verdict, each.value) for each in Correspondence.objects.all()}


def test_the_report_opens_on_names_to_recognise_with_the_likeliest_chosen(college: Office, job: ImportJob):
    _ask(college, job, "group", "4EME B", ("4B", "4e B (4B)", 92))
    _ask(college, job, "subject", "VIE DE CLASSE")
    answer = college.get("job", job)
    page = text_of(answer)
    assert "2 noms sont à reconnaître, 1 fiche est mise de côté." in page
    assert "4EME B Classe ou groupe 3 cours. Le plus proche : « 4e B (4B) », même libellé." in page
    assert "VIE DE CLASSE Matière 3 cours. Rien d’ici ne lui ressemble." in page
    assert '<option value="=4B" selected>' in answer.content.decode()


def test_answers_are_kept_and_the_analysis_done_again(college: Office, job: ImportJob):
    group = _ask(college, job, "group", "4EME B", ("4B", "4e B (4B)", 92))
    room = _ask(college, job, "classroom", "B 12")
    class_life = _ask(college, job, "subject", "VIE DE CLASSE")
    later = _ask(college, job, "teacher", "X")
    data = {f"nom-{group.pk}": "=4B", f"nom-{room.pk}": "+", f"nom-{class_life.pk}": "-", f"nom-{later.pk}": ""}
    answer = college.post("settle_all", job, data)
    assert "dit=noms&n=3" in answer["Location"]
    assert _kept(college) == {"4EME B": ("same", "4B"), "B 12": ("create", ""), "VIE DE CLASSE": ("ignore", "")}


def test_an_answer_that_is_not_one_of_ours_keeps_nothing(college: Office, job: ImportJob):
    group = _ask(college, job, "group", "4EME B")
    answer = college.post("settle_all", job, {f"nom-{group.pk}": "=NULLE PART"})
    assert "dit=perime" in answer["Location"]
    assert _kept(college) == {}


def test_no_answer_at_all_says_so(college: Office, job: ImportJob):
    group = _ask(college, job, "group", "4EME B")
    answer = college.post("settle_all", job, {f"nom-{group.pk}": ""})
    assert "dit=sans-reponse" in answer["Location"]


def test_what_was_kept_is_listed_changed_and_asked_again(college: Office):
    with scope(college.school.pk):
        code = Group.objects.filter(kind="division", ends_on=None).values_list("code", flat=True)[0]
    kept = make_correspondence(college.school)
    assert "« 6EME A » : ignoré" in text_of(college.get("correspondences"))
    path = f"{college.address('correspondences')}{kept.pk}/"
    assert college.client.post(path, {"reponse": "=nulle part"}).status_code == 422
    college.client.post(path, {"reponse": f"={code}"})
    assert _kept(college) == {"6EME A": ("same", code)}
    assert "dit=nom-redemande" in college.post("forget", data={"nom": kept.pk})["Location"]
    assert "dit=deja" in college.post("forget", data={"nom": kept.pk})["Location"]
    assert _kept(college) == {}
    assert "Aucun nom retenu" in text_of(college.get("correspondences"))


def test_a_name_of_something_gone_says_that_it_will_be_asked(college: Office):
    make_correspondence(college.school, verdict="same", value="9Z")
    assert "« 6EME A » : n’existe plus ici : sera redemandé" in text_of(college.get("correspondences"))

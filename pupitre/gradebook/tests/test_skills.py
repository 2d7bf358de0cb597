import pytest

from pupitre.gradebook.models import SkillLevel
from pupitre.gradebook.queries.skills import seen_by_student, skills_of_student
from pupitre.gradebook.refusals import Refusal
from pupitre.gradebook.services.publishing import publish
from pupitre.gradebook.services.skills import choose_skills, note_levels
from pupitre.gradebook.socle import SOCLE
from pupitre.gradebook.tests.factories import marked

ALGEBRA, NUMBERS = "CPD_SCI.2", "CPD_SCI.1"


@pytest.fixture
def linked(assessment, teacher):
    choose_skills(assessment=assessment, keys=[ALGEBRA, NUMBERS], actor=teacher)
    return assessment


def test_twelve_skills_at_most(assessment, teacher):
    with pytest.raises(Refusal, match="Douze compétences au plus"):
        choose_skills(assessment=assessment, keys=list(SOCLE)[:13], actor=teacher)
    choose_skills(assessment=assessment, keys=list(SOCLE)[:12], actor=teacher)
    assert assessment.skills.count() == 12


def test_a_skill_with_levels_is_not_taken_off(linked, ines, teacher):
    note_levels(assessment=linked, before={}, after={(ines.pk, ALGEBRA): 3}, actor=teacher)
    with pytest.raises(Refusal, match="a déjà des niveaux notés"):
        choose_skills(assessment=linked, keys=[NUMBERS], actor=teacher)


def test_levels_are_noted_by_a_form_without_script(client_of, at, linked, ines):
    client, address = client_of("enseignante"), at("levels", linked.pk)
    cell = f"{ines.pk}.{ALGEBRA}"
    assert f'name="c{cell}"' in client.get(address).content.decode()
    assert client.post(address, {f"c{cell}": "4", f"b{cell}": "0"}).status_code == 302
    assert SkillLevel.objects.get().level == 4
    assert client.post(address, {f"c{cell}": "", f"b{cell}": "4"}).status_code == 302
    assert not SkillLevel.objects.exists()


def test_a_level_that_changed_meanwhile_stays_and_is_told(client_of, at, linked, ines, head):
    note_levels(assessment=linked, before={}, after={(ines.pk, ALGEBRA): 2}, actor=head)
    cell = f"{ines.pk}.{ALGEBRA}"
    answer = client_of("enseignante").post(at("levels", linked.pk), {f"c{cell}": "4", f"b{cell}": "0"})
    assert answer.status_code == 422
    assert "quelqu’un d’autre a mis F, vous T" in answer.content.decode()
    assert SkillLevel.objects.get().level == 2


def test_nothing_is_noted_of_somebody_else(client_of, at, linked, college):
    assert client_of("enseignante").post(at("levels", linked.pk), {f"c0.{ALGEBRA}": "4"}).status_code == 302
    assert not SkillLevel.objects.exists()


def test_a_family_sees_levels_with_the_mark(client_of, at, linked, ines, teacher):
    note_levels(assessment=linked, before={}, after={(ines.pk, ALGEBRA): 3}, actor=teacher)
    marked(linked, ines, "12", teacher)
    page = at("mastered", ines.pk)
    assert "Rien n’a encore été évalué" in client_of("eleve").get(page).content.decode()
    publish(assessment=linked, at=None, actor=teacher)
    assert "Maîtrise satisfaisante" in client_of("eleve").get(page).content.decode()
    assert "Rien n’a encore été évalué" in client_of("parent").get(page).content.decode()
    found = skills_of_student(ines, seen_by_student())
    domain = next(each for each in found.domains if each.skills)
    assert found.subjects == [("Mathématiques", 3)]
    assert (domain.letter, domain.skills[0].history) == ("S", "S")


def test_the_school_adds_a_skill_and_says_how_it_counts(client_of, at, linked, ines, teacher):
    client = client_of("principal")
    added = client.post(at("skills"), {"ajouter": "1", "domain": "CPD_SCI", "label": "Rédiger une démonstration"})
    assert added.status_code == 302
    note_levels(assessment=linked, before={}, after={(ines.pk, ALGEBRA): 1}, actor=teacher)
    modes = {"modes": "1", f"m{ALGEBRA}": "best", f"n{ALGEBRA}": "1"}
    assert client.post(at("skills"), modes).status_code == 302
    page = client.get(at("skills")).content.decode()
    assert "Rédiger une démonstration" in page
    assert "Ne plus proposer" in page

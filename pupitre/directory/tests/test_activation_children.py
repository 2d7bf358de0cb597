import pytest

from pupitre.accounts.models import User
from pupitre.directory.child_access import why_not_seen
from pupitre.directory.models import Affiliation, Guardianship, Student
from pupitre.establishments.scope import scope


@pytest.fixture
def college(cast, tuesday):
    with scope(cast.college.pk):
        yield cast


@pytest.fixture
def links(college):
    return Guardianship.objects.filter(guardian=college.people["parent"], establishment=college.college)


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def facts(cast) -> list[str]:
    """What is said of Elias, whose name comes before his sister’s."""
    check = why_not_seen(cast.people["parent"])
    assert [each.child.first_name for each in check.children] == ["Elias", "Inès"]
    assert all(reason.remedy for each in check.children for reason in each.reasons)
    return [plain(reason.fact) for reason in check.children[0].reasons]


def test_nothing_stands_in_the_way_of_an_ordinary_parent(college):
    check = why_not_seen(college.people["parent"])
    assert check.reasons == ()
    assert [each.reasons for each in check.children] == [(), ()]


def test_a_link_that_ended_says_since_when(college, links):
    links.filter(student=college.people["frere"]).update(ends_on="2026-11-20")
    assert facts(college) == [
        "Le lien avec cet élève a pris fin : il ne compte plus depuis le samedi 21 novembre 2026."
    ]


def test_a_link_still_to_come_says_when(college, links):
    links.filter(student=college.people["frere"]).update(starts_on="2026-12-01")
    assert facts(college) == ["Le lien avec cet élève ne commence que le mardi 1er décembre 2026."]


def test_every_reason_is_told_at_once(college, links):
    links.filter(student=college.people["frere"]).update(level=3, is_restricted=True)
    closed, contact = facts(college)
    assert "fermé par la direction" in closed
    assert "niveau 3" in contact


def test_a_student_who_left_is_said_to_have_left(college):
    Student.objects.filter(person=college.people["frere"]).update(left_on="2026-11-13")
    assert facts(college) == ["L’élève a quitté l’établissement le vendredi 13 novembre 2026."]


@pytest.mark.parametrize(
    ("state", "said"),
    [("created", "jamais été ouvert"), ("suspended", "suspendu"), ("closed", "fermé")],
)
def test_an_account_that_is_not_open_stands_before_every_child(college, state, said):
    parent = college.people["parent"]
    User.objects.filter(pk=parent.user_id).update(state=state)
    parent.user.refresh_from_db()
    [reason] = why_not_seen(parent).reasons
    assert said in reason.fact


def test_a_parent_without_account_or_who_is_no_longer_one_here(college):
    parent = college.people["parent"]
    Affiliation.objects.filter(person=parent, establishment=college.college).update(ends_on="2026-10-31")
    parent.user = None
    assert [plain(reason.fact) for reason in why_not_seen(parent).reasons] == [
        "Cette personne n’a pas de compte.",
        "Cette personne n’est plus responsable dans l’établissement depuis le dimanche 1er novembre 2026.",
    ]


def test_a_student_without_link_is_found_by_name_in_this_school_only(college):
    stranger = college.people["enseignante"]
    check = why_not_seen(stranger, student_name="belkacem ines")
    assert [(each.child.first_name, each.reasons[0].fact) for each in check.others] == [
        ("Inès", "Aucun lien avec cet élève n’est connu.")
    ]
    assert why_not_seen(stranger, student_name="grandidier").others == ()
    assert why_not_seen(college.people["parent"], student_name="ines").others == ()

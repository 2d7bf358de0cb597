"""The school arranges the home of each profile."""

import pytest
from django.db import IntegrityError, transaction

from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.scope import scope
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry
from pupitre.portal.models import SchoolLayout
from pupitre.portal.tests.pages import ARRANGE_FAMILY, Reader, arrange, sent

pytestmark = pytest.mark.usefixtures("tuesday")


def home_of(cast, audience: str) -> str:
    return f"/{cast.college.uai}/accueils/{audience}/"


def rows(cast, school) -> list[SchoolLayout]:
    with scope(school.pk):
        return list(SchoolLayout.objects.all())


def test_the_school_orders_hides_and_imposes(cast):
    anne, ines = Reader(cast, "principal"), Reader(cast, "eleve")
    answer = anne.sends(home_of(cast, "eleves"), sent("needs", "day", "work", "marks", imposed=["needs"]))
    assert answer.status_code == 302
    page = anne.reads(answer["Location"])
    assert "La page d’accueil est réglée. Chacun la verra à sa prochaine ouverture." in page
    assert "Accueil des élèves Ordre de l’établissement. Imposé : À faire." in page
    assert "Imposé par l’établissement" in ines.reads(arrange(cast))
    anne.sends(home_of(cast, "eleves"), sent("day", "needs", "work", "marks", shown=["day", "work", "marks"]))
    assert ines.titles() == ["Aujourd’hui"]
    assert "Masqué : À faire, Prochains rendez-vous, Autres outils." in anne.reads(f"/{cast.college.uai}/accueils/")


def test_what_the_school_hides_people_may_show_again(cast):
    Reader(cast, "referent").sends(home_of(cast, "eleves"), sent("day", "needs", "work", "marks", shown=["day"]))
    ines = Reader(cast, "eleve")
    ines.sends(arrange(cast), sent("day", "needs", "work", "marks"))
    assert ines.titles() == ["Aujourd’hui", "À faire"]


def test_an_imposed_block_is_shown_even_when_its_other_box_is_empty(cast):
    Reader(cast, "principal").sends(
        home_of(cast, "eleves"),
        sent("day", "needs", "work", "marks", shown=["day", "work", "marks"], imposed=["needs"]),
    )
    assert Reader(cast, "eleve").titles() == ["Aujourd’hui", "À faire"]
    (row,) = rows(cast, cast.college)
    assert (row.hidden, row.locked) == (["events", "outside"], ["needs"])


def test_the_school_moves_imposed_blocks_too(cast):
    anne = Reader(cast, "principal")
    answer = anne.sends(home_of(cast, "eleves"), sent("day", "needs", "work", "marks", imposed=["needs"], up="needs"))
    page = answer.content.decode()
    assert page.index('name="order" value="needs"') < page.index('name="order" value="day"')
    assert 'name="imposed" value="needs" checked' in page
    assert rows(cast, cast.college) == []


def test_a_profile_goes_back_to_the_original_arrangement(cast):
    anne = Reader(cast, "principal")
    anne.sends(home_of(cast, "parents"), sent("children", "needs", shown=["children"]))
    assert Reader(cast, "parent").titles() == ["Vos enfants"]
    anne.sends(home_of(cast, "parents"), {"reset": "1"})
    assert Reader(cast, "parent").titles() == ["Vos enfants", "À faire"]
    assert rows(cast, cast.college) == []
    # Twice is not a fault.
    assert anne.sends(home_of(cast, "parents"), {"reset": "1"}).status_code == 302


def test_another_school_sees_nothing_of_it(cast):
    Reader(cast, "principal").sends(home_of(cast, "parents"), sent("children", "needs", shown=["children"]))
    assert rows(cast, cast.neighbour) == []
    assert Reader(cast, "parent-voisin").titles() == ["Vos enfants", "À faire"]
    assert "Enfants" in Reader(cast, "parent-voisin").reads(ARRANGE_FAMILY)


def test_who_arranged_what_is_written_in_the_journal(cast):
    anne = Reader(cast, "principal")
    anne.sends(home_of(cast, "eleves"), sent("needs", "day", "work", "marks"))
    anne.sends(home_of(cast, "eleves"), {"reset": "1"})
    with scope(cast.college.pk):
        lines = list(AuditEntry.objects.filter(verb__startswith="portal.").order_by("pk"))
    assert [(line.verb, line.person_id, line.detail) for line in lines] == [
        ("portal.arrange_school_home", cast.people["principal"].pk, {"profile": "student"}),
        ("portal.reset_school_home", cast.people["principal"].pk, {"profile": "student"}),
    ]


def test_a_form_that_is_not_of_this_home_is_refused(cast):
    answer = Reader(cast, "principal").sends(home_of(cast, "eleves"), sent("day", "children"))
    assert answer.status_code == 422
    assert rows(cast, cast.college) == []


@pytest.mark.parametrize("profile", Profile.values)
def test_only_the_head_and_the_referent_arrange(cast, profile):
    with scope(cast.college.pk):
        SchoolLayout.objects.create(profile=Profile.STUDENT, blocks=["needs", "day"])
        held = frozenset({profile})
        actor = Actor(1, 1, cast.college.pk, cast.college.uai, held, capabilities_of(held))
        found = allowed(actor, "portal.manage_school_layout", SchoolLayout.objects.all()).count()
    assert found == (1 if profile in (Profile.HEAD, Profile.LOCAL_ADMIN) else 0)


def test_the_database_refuses_to_hide_what_is_imposed(cast):
    with scope(cast.college.pk), pytest.raises(IntegrityError, match="imposed_blocks_are_shown"), transaction.atomic():
        SchoolLayout.objects.create(profile="student", blocks=["needs"], hidden=["needs"], locked=["needs"])

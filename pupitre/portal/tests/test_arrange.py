"""« Organiser mon accueil »."""

import pytest

from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate
from pupitre.establishments.scope import scope
from pupitre.portal.models import PersonLayout, SchoolLayout
from pupitre.portal.tests.pages import ARRANGE_FAMILY, Reader, arrange, sent

pytestmark = pytest.mark.usefixtures("tuesday")


def labels(reader: Reader, address: str) -> list[str]:
    """The blocks of the form, in order."""
    lines = reader.opens(address).xpath("//ol/li//*[contains(@class, 'item__t')]")
    return [line.text for line in lines]


def impose(school, profile: str, blocks: list[str], locked: list[str]) -> None:
    with scope(school.pk):
        SchoolLayout.objects.create(profile=profile, blocks=blocks, locked=locked)


def test_the_home_leads_to_the_page_where_it_is_arranged(cast):
    links = [link.get("href") for link in Reader(cast, "eleve").opens().iter("a")]
    assert arrange(cast) in links
    assert ARRANGE_FAMILY in [link.get("href") for link in Reader(cast, "parent").opens().iter("a")]


def test_a_person_chooses_the_order_and_what_is_left_out(cast):
    ines = Reader(cast, "eleve")
    assert ines.titles() == ["Aujourd’hui", "À faire"]
    answer = ines.sends(arrange(cast), sent("needs", "day", "work", "marks", save="1"))
    assert answer.status_code == 302
    assert "Ton accueil est rangé comme tu l’as choisi." in ines.reads(answer["Location"])
    # Nothing waits for her, and what has nothing to say never stands first.
    assert ines.titles() == ["Aujourd’hui", "À faire"]
    ines.sends(arrange(cast), sent("needs", "day", "work", "marks", shown=["day"], save="1"))
    assert ines.titles() == ["Aujourd’hui"]
    assert Reader(cast, "frere").titles() == ["Aujourd’hui", "À faire"]


def test_a_teacher_puts_the_classes_first(cast):
    helene = Reader(cast, "enseignante")
    helene.sends(arrange(cast), sent("classes", "now", "needs", "day", shown=["classes", "now", "day"]))
    assert helene.titles() == ["Mes classes", "6C", "Mes cours"]
    # Her other school follows: it is the same task.
    other = f"/{cast.lycee.uai}/"
    assert helene.titles(other)[0] == "Mes classes"


def test_classes_alone_are_drawn_as_covers(cast):
    helene = Reader(cast, "enseignante")
    helene.sends(arrange(cast), sent("now", "day", "needs", "classes", shown=["classes"]))
    assert helene.titles() == ["Les classes"]


def test_a_button_moves_a_block_and_keeps_nothing_yet(cast):
    ines = Reader(cast, "eleve")
    answer = ines.sends(arrange(cast), sent("day", "needs", "work", "marks", up="needs"))
    page = answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert page.index('value="needs"') < page.index('value="day"')
    assert "« À faire » est en place 1 sur 6. Enregistrez pour garder cet ordre." in page
    # It can rise no further: the keyboard is left on the other button.
    assert 'name="down" value="needs" autofocus' in page
    assert 'name="up" value="needs" disabled' in page
    assert not PersonLayout.objects.exists()
    assert labels(ines, arrange(cast)) == [
        "Journée de cours",
        "À faire",
        "Travail à faire",
        "Dernières notes",
        "Prochains rendez-vous",
        "Autres outils",
    ]


def test_the_enter_key_keeps_rather_than_moves(cast):
    first = Reader(cast, "eleve").opens(arrange(cast)).xpath("//form[.//ol]//button")[0]
    assert (first.get("name"), first.get("tabindex")) == ("save", "-1")


def test_one_goes_back_to_the_original_arrangement(cast):
    ines = Reader(cast, "eleve")
    assert "Revenir à la disposition d’origine" not in ines.reads(arrange(cast))
    ines.sends(arrange(cast), sent("needs", "day", "work", "marks", shown=["day"]))
    assert "Revenir à la disposition d’origine" in ines.reads(arrange(cast))
    answer = ines.sends(arrange(cast), {"reset": "1"})
    assert "L’accueil a retrouvé sa disposition d’origine." in ines.reads(answer["Location"])
    assert ines.titles() == ["Aujourd’hui", "À faire"]
    assert not PersonLayout.objects.exists()


def test_choosing_what_the_school_gives_keeps_nothing(cast):
    ines = Reader(cast, "eleve")
    ines.sends(arrange(cast), sent("day", "needs", "work", "marks", shown=["day"]))
    ines.sends(arrange(cast), sent("day", "needs", "work", "marks"))
    assert not PersonLayout.objects.exists()


def test_a_block_that_the_school_imposes_stays_where_it_is(cast):
    impose(cast.college, Profile.STUDENT, ["needs", "day"], ["needs"])
    ines = Reader(cast, "eleve")
    assert "À faire Ce qui attend une réponse." in ines.reads(arrange(cast))
    assert "Imposé par l’établissement" in ines.reads(arrange(cast))
    ines.sends(arrange(cast), sent("day", "needs", "work", "marks", shown=["day"]))
    assert labels(ines, arrange(cast)) == [
        "À faire",
        "Journée de cours",
        "Travail à faire",
        "Dernières notes",
        "Prochains rendez-vous",
        "Autres outils",
    ]
    assert "À faire" in ines.titles()


def test_a_guardian_arranges_one_home_for_all_schools(cast):
    nadia = Reader(cast, "parent")
    nadia.sends(ARRANGE_FAMILY, sent("children", "needs", shown=["children"]))
    assert nadia.titles() == ["Vos enfants"]
    impose(cast.lycee, Profile.GUARDIAN, ["children", "needs"], ["needs"])
    assert nadia.titles() == ["Vos enfants", "À faire"]
    assert Reader(cast, "parent-voisin").titles() == ["Vos enfants", "À faire"]


def test_a_guardian_who_teaches_arranges_two_homes(cast):
    with scope(cast.college.pk):
        affiliate(cast.people["parent"], cast.college, Profile.TEACHER, "Anglais")
    nadia = Reader(cast, "parent")
    nadia.sends(arrange(cast), sent("day", "now", "needs", "classes", shown=["day"]))
    assert nadia.titles() == ["Mes cours"]
    assert nadia.titles("/famille/") == ["Vos enfants", "À faire"]


@pytest.mark.parametrize("order", [[], ["day"], ["day", "day"], ["day", "imports"], ["day", "needs", "needs"]])
def test_a_form_that_is_not_of_this_home_is_refused_with_what_to_do(cast, order):
    ines = Reader(cast, "eleve")
    answer = ines.sends(arrange(cast), {"order": order, "shown": order})
    assert answer.status_code == 422
    assert "Cette page d’accueil a changé entre-temps." in answer.content.decode()
    assert not PersonLayout.objects.exists()


def test_a_lost_session_keeps_the_form(cast, client):
    for address in (arrange(cast), ARRANGE_FAMILY):
        answer = client.post(address, sent("needs", "day", "work", "marks"))
        assert answer.status_code == 401
        assert client.get(address)["Location"] == f"/connexion/?next={address.replace('/', '%2F')}"

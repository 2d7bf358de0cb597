import pytest

from pupitre.portal.tests.pages import Reader, words

pytestmark = pytest.mark.usefixtures("tuesday")


def current(reader: Reader, address: str) -> list[str]:
    """The lines of the menu marked as the page being looked at."""
    return [
        words(link) for link in reader.opens(address).xpath("//nav[@aria-label='Menu principal']//a[@aria-current]")
    ]


@pytest.mark.parametrize("slug", ["eleve", "parent", "enseignante", "cpe", "referent", "parent-voisin"])
def test_the_home_line_is_marked_on_the_home(cast, slug):
    assert current(Reader(cast, slug), "/") in (["Ma journée"], ["Accueil"])


def test_it_is_marked_at_the_address_of_each_school_and_of_the_family(cast):
    helene, nadia = Reader(cast, "enseignante"), Reader(cast, "parent")
    for school in (cast.college, cast.lycee):
        assert current(helene, f"/{school.uai}/") == ["Ma journée"]
    assert current(nadia, "/famille/") == ["Accueil"]
    assert current(Reader(cast, "eleve"), f"/{cast.college.uai}/") == ["Ma journée"]


def test_other_pages_leave_it_alone(cast):
    assert current(Reader(cast, "enseignante"), f"/{cast.college.uai}/emploi-du-temps/") == ["Emploi du temps"]
    assert current(Reader(cast, "parent"), "/famille/organiser/") == []
    assert current(Reader(cast, "principal"), f"/{cast.college.uai}/accueils/eleves/") == ["Pages d’accueil"]


def test_the_bar_of_a_phone_says_it_in_a_word(cast):
    tabs = Reader(cast, "enseignante").opens("/").xpath("//nav[@aria-label='Accès rapide']/a")
    assert "Semaine" in [words(link) for link in tabs]

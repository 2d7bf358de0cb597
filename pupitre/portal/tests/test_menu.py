import pytest

from pupitre.portal.menu import TITLES
from pupitre.portal.tests.pages import Reader, words

pytestmark = pytest.mark.usefixtures("tuesday")

STAFF = ("enseignante", "collegue", "cpe", "principal", "secretaire", "referent", "academie")
MENU = "//nav[@aria-label='Menu principal']"


@pytest.mark.parametrize("slug", ["eleve", "parent", *STAFF])
def test_no_group_is_longer_than_seven_lines(cast, slug):
    groups = Reader(cast, slug).opens("/").xpath(f"{MENU}//ul")
    assert groups
    assert [len(group.xpath("li")) for group in groups if len(group.xpath("li")) > 7] == []


@pytest.mark.parametrize("slug", ["cpe", "principal"])
def test_a_long_menu_opens_one_group_that_of_the_page(cast, slug):
    reader = Reader(cast, slug)

    def opened(address: str) -> list[str]:
        return [words(title) for title in reader.opens(address).xpath(f"{MENU}/details[@open]/summary/span")]

    assert opened("/") == ["Vie scolaire"]
    assert opened(f"/{cast.college.uai}/absences/") == ["Vie scolaire"]
    assert opened(f"/{cast.college.uai}/annuaire/") == ["Élèves et familles"]


def test_each_list_is_named_by_its_title(cast):
    page = Reader(cast, "principal").opens("/")
    for group in page.xpath(f"{MENU}//ul[@aria-labelledby]"):
        (title,) = page.xpath(f"//*[@id='{group.get('aria-labelledby')}']")
        assert words(title) in {str(title) for title in TITLES.values()}


def test_a_short_menu_is_not_folded(cast):
    for slug in ("eleve", "parent"):
        assert Reader(cast, slug).opens("/").xpath(f"{MENU}//details") == []


def test_the_line_that_says_the_most_of_the_address_is_the_current_one(cast):
    page = Reader(cast, "cpe").opens(f"/{cast.college.uai}/absences/ou/")
    assert [words(line) for line in page.xpath(f"{MENU}//a[@aria-current]")] == ["Où est l’élève ?"]

import datetime as dt
import re
from html import unescape

import msgspec
import pytest
from django.urls import reverse

from pupitre.foundation import clock
from pupitre.integrations.lsu.contributions import waiting
from pupitre.integrations.lsu.models import Discipline, LsuCheck, LsuExport, LsuSettings
from pupitre.integrations.lsu.services.checks import look_everywhere
from tests.statements import statements_of

UAI = "0990001N"


def _at(name: str, *args: object) -> str:
    return reverse(f"lsu:{name}", args=[UAI, *args])


@pytest.fixture
def office(client_of):
    return client_of("secretaire")


def test_the_page_says_what_is_missing_and_where_to_mend_it(term, client_of, college):
    page = client_of("principal").get(_at("home")).content.decode()
    assert "sans identifiant SIECLE" in page
    assert f'href="{reverse("gradebook:periods", args=[UAI])}?periode={term.pk}"' in page
    assert f'href="{reverse("reportcards:syntheses", args=[UAI, college.groups["6C"].pk])}?periode={term.pk}"' in page
    assert "Elias Belkacem" in page
    assert "Tout le collège" in page


@pytest.mark.parametrize("slug", ["principal", "secretaire"])
def test_nobody_is_led_to_a_page_that_is_not_theirs(term, client_of, slug):
    browser = client_of(slug)
    page = browser.get(_at("home")).content.decode()
    assert "6C" in page
    links = set(re.findall(r'class="item item--go" href="([^"]+)"', page))
    assert f"/{UAI}/imports/" in links
    assert {browser.get(unescape(link)).status_code for link in links} == {200}


def test_the_page_is_read_in_a_few_statements(term, office):
    office.get(_at("home"))
    assert len(statements_of(lambda: office.get(_at("home")))) <= 8


def test_a_file_is_made_then_taken(term, office):
    answer = office.post(_at("export"), {"periode": term.pk, "classe": ""})
    made = LsuExport.objects.get()
    assert answer["Location"] == _at("made", made.pk)
    page = office.get(answer["Location"]).content.decode()
    assert "6C\u00a0: synthèse manquante" in page
    file = office.get(_at("file", made.pk))
    assert file["Content-Type"] == "application/xml"
    assert file["Content-Disposition"] == 'attachment; filename="lsu_0990001N_college_T1.xml"'
    assert file.content.startswith(b"<?xml")


def test_a_class_of_which_nobody_is_ready_makes_no_file(term, office, college):
    answer = office.post(_at("export"), {"periode": term.pk, "classe": college.groups["6C"].pk})
    assert answer.status_code == 422
    assert "Aucun bilan n’est complet" in answer.content.decode()
    assert not LsuExport.objects.exists()


def test_bytes_are_forgotten_after_a_year_and_the_line_stays(term, office):
    office.post(_at("export"), {"periode": term.pk})
    made = LsuExport.objects.get()
    with clock.at("2027-11-26T08:00"):
        assert look_everywhere() == ["0990001N\u00a0: 1 fichiers du LSU effacés après un an."]
        made.refresh_from_db()
        assert (made.data, made.left_aside, made.student_ids) == (None, [], [])
        assert len(made.sha256) == 64
    assert office.get(_at("file", made.pk)).status_code == 404
    assert "effacé au bout d’un an" in office.get(_at("made", made.pk)).content.decode()


def test_the_night_looks_at_the_terms_that_end_soon_and_the_home_says_so(term, client_of):
    look_everywhere()
    held = LsuCheck.objects.get(term=term)
    assert (held.ready, held.blocked) == (1, 1)
    home = client_of("principal").get(f"/{UAI}/").content.decode()
    assert "1\u00a0bilan LSU incomplet" in home
    term.ends_on = clock.today() + dt.timedelta(days=60)
    term.save()
    assert "bilan LSU incomplet" not in client_of("secretaire").get(f"/{UAI}/").content.decode()
    assert waiting(msgspec.Raw(b"null"), UAI) == []


def test_the_school_says_which_version_it_takes_and_who_signs(term, office):
    office.post(_at("settings"), {"schema_version": "6.0", "signatory": "M. <Roi>"})
    assert LsuSettings.objects.get().schema_version == "6.0"
    office.post(_at("export"), {"periode": term.pk})
    made = LsuExport.objects.get()
    data = office.get(_at("file", made.pk)).content.decode()
    assert 'schemaVersion="6.0"' in data
    assert 'libelle="M. &lt;Roi&gt;"' in data
    bad = office.post(_at("settings"), {"schema_version": "9.0", "signatory": "a" * 101})
    assert bad.status_code == 422
    assert LsuSettings.objects.get().signatory == "M. <Roi>"


def test_a_code_that_is_none_comes_back_with_what_was_typed(term, office, college):
    from pupitre.directory.models import Subject

    pk = Subject.objects.get(code="061300").pk
    answer = office.post(_at("disciplines"), {f"m{pk}": "O", f"c{pk}": "MATHS"})
    assert answer.status_code == 422
    assert (
        "« MATHS » n’est pas un code national".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        in answer.content.decode()
    )
    assert 'value="MATHS"' in answer.content.decode()
    office.post(_at("disciplines"), {f"m{pk}": "O", f"c{pk}": "061300"})
    held = Discipline.objects.get()
    assert (held.mode, held.code) == ("O", "")
    office.post(_at("disciplines"), {f"m{pk}": "S"})
    assert not Discipline.objects.exists()

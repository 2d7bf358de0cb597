"""The screen of the council: who sees it, what it shows, what it keeps."""

import base64
import datetime as dt
import hashlib
import json
import re
from decimal import Decimal
from html import unescape

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pupitre.councils.models import OrientationProposal, Sitting
from pupitre.councils.services.sitting import close_sitting, open_sitting
from pupitre.councils.tests.factories import marked_class
from pupitre.directory.tests.factories import PersonFactory, enrol
from pupitre.establishments.models import Term
from pupitre.gradebook.models import ClassTerm
from pupitre.reportcards.models import ReportCard, SubjectReport, TextVersion
from pupitre.reportcards.tests.factories import past_card
from tests.statements import statements_of

PHRASE = "craie été pupitre gomme"


@pytest.fixture
def screen(marks, client_of, at, ines):
    """The page of Inès, as the form teacher."""
    return client_of("enseignante"), at("student", ines.pk)


def shown(answer):
    """The text of a page, without its tags."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)


def typed(text="Un bon trimestre.", version=0, **more):
    return {"appreciation": text, "version": version, "avis": "", "geste": "garder", **more}


def test_a_student_with_averages_of_the_class_beside(screen):
    client, url = screen
    page = shown(client.get(url))
    assert "Inès Belkacem" in page
    assert "14,0" in page
    answer = client.get(url).content.decode()
    assert 'aria-label="15,0 sur 20, classe 11,5"' in answer
    assert "première période de l’année" in page
    assert "Aucune absence" in page


def test_averages_term_after_term_draw_a_line_and_tell_the_change(screen, ines, malo, maths, french):
    client, _url = screen
    second = Term.objects.order_by("starts_on")[1]
    marked_class(
        {ines: (Decimal(16), Decimal(14)), malo: (Decimal(7), Decimal(9))}, maths, french,
        term=second, held_on=second.starts_on,
    )  # fmt: skip
    answer = client.get(_url.replace(f"/{Term.objects.earliest('starts_on').pk}/", f"/{second.pk}/"))
    assert "+1,0 depuis la période d’avant" in shown(answer)
    assert re.search(
        r'<svg class="spark"[^>]*aria-label="Moyenne générale\s: premier trimestre 14,0, deuxième trimestre 15,0"',
        answer.content.decode(),
    )


def test_periods_of_another_tool_are_told_apart(screen, ines):
    past_card(ines)
    client, url = screen
    text = shown(client.get(url))
    assert "Périodes reprises d’un autre outil" in text
    assert "Troisième trimestre 2025-2026" in text
    assert "repris de PRONOTE · Compliments" in text


def test_what_is_said_is_kept_with_its_mention(screen, ines):
    client, url = screen
    answer = client.post(url, typed(avis="Compliments"))
    assert answer["Location"] == url
    card = ReportCard.objects.get(student=ines)
    assert (card.synthesis, str(card.mention), card.status) == ("Un bon trimestre.", "Compliments", "draft")


def test_a_mention_that_is_not_in_the_list_is_refused_and_what_was_typed_stays(screen, ines):
    client, url = screen
    answer = client.post(url, typed(avis="Bravo"))
    assert answer.status_code == 422
    assert "Cet avis n’est pas dans la liste de l’établissement" in shown(answer)
    assert "Un bon trimestre." in answer.content.decode()
    assert not ReportCard.objects.filter(student=ines).exclude(synthesis="").exists()


def test_a_synthesis_too_long_is_refused_with_its_count_and_stays(screen, ines):
    client, url = screen
    answer = client.post(url, typed("é" * 1001))
    assert answer.status_code == 422
    assert "1001 caractères, 1000 au plus" in shown(answer)
    assert "é" * 1001 in answer.content.decode()


def test_two_people_at_once_lose_nothing(screen, client_of, ines):
    client, url = screen
    client.post(url, typed("Du travail."))
    answer = client_of("principal").post(url, typed("Des efforts."))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Du travail." in page
    assert "Des efforts." in page
    # Standing on what is kept now: sent again, it is written over knowingly.
    assert 'name="version" value="1"' in page
    assert TextVersion.objects.get(is_kept=False).text == "Des efforts."
    client_of("principal").post(url, typed("Des efforts.", 1))
    assert ReportCard.objects.get(student=ines).synthesis == "Des efforts."


def test_a_browser_that_saves_by_itself_is_answered_in_facts(screen):
    client, url = screen
    assert client.post(url, typed(), headers={"Accept": "application/json"}).json() == {"fate": "saved", "version": 1}
    crossed = client.post(url, typed("Autre."), headers={"Accept": "application/json"})
    assert crossed.status_code == 409
    assert crossed.json()["theirs"] == "Un bon trimestre."
    long = client.post(url, typed("a" * 1001, 1), headers={"Accept": "application/json"})
    assert (long.status_code, long.json()["fate"]) == (422, "refused")


def test_validating_goes_on_to_the_next_and_then_back_to_the_class(
    screen, at, division, term, teacher, ines, malo, client_of
):
    client, url = screen
    open_sitting(term=term, division=division, actor=teacher)
    assert client.post(url, typed(geste="valider"))["Location"] == at("student", malo.pk)
    assert ReportCard.objects.get(student=ines).status == "validated"
    assert client.post(at("student", malo.pk), typed(geste="valider"))["Location"] == at("division")


def test_nothing_is_validated_before_the_council_is_open_nor_without_a_synthesis(screen, division, term, teacher, ines):
    client, url = screen
    answer = client.post(url, typed(geste="valider"))
    assert "Ouvrez le conseil pour valider" in shown(answer)
    assert ReportCard.objects.get(student=ines).synthesis == "Un bon trimestre."
    open_sitting(term=term, division=division, actor=teacher)
    assert "Écrivez l’appréciation générale" in shown(client.post(url, typed("", 1, geste="valider")))


def test_a_student_is_taken_back_while_the_council_sits(screen, division, term, teacher, ines):
    client, url = screen
    open_sitting(term=term, division=division, actor=teacher)
    client.post(url, typed(geste="valider"))
    refused = client.post(url, typed("Autre chose.", 1))
    assert "le conseil a arrêté ce bulletin" in shown(refused)
    client.post(url, {"geste": "reprendre"})
    assert ReportCard.objects.get(student=ines).status == "draft"
    client.post(url, typed("Autre chose.", 1))
    assert ReportCard.objects.get(student=ines).synthesis == "Autre chose."


def test_a_bulletin_that_was_given_does_not_change(screen, ines, term, division):
    client, url = screen
    client.post(url, typed())
    ReportCard.objects.filter(student=ines).update(status="published", published_at="2026-11-24T09:00Z")
    answer = client.post(url, typed("Autre.", 1))
    assert answer.status_code == 422
    assert "le bulletin est publié" in shown(answer)
    assert '<textarea class="textarea" id="id_appreciation"' not in client.get(url).content.decode()


def test_a_teacher_of_the_class_sees_it_while_it_sits_and_writes_their_own_course(
    screen, client_of, at, division, term, teacher, ines, maths, french
):
    _client, url = screen
    colleague = client_of("collegue")
    assert colleague.get(url).status_code == 404
    sitting = open_sitting(term=term, division=division, actor=teacher)
    page = colleague.get(url)
    assert page.status_code == 200
    assert "Valider" not in shown(page)
    text = at("text", ines.pk)
    assert colleague.post(url, typed()).status_code == 404
    assert colleague.post(text, {"place": maths.pk, "version": 0, "texte": "Non."}).status_code == 404
    assert colleague.post(text, {"place": french.pk, "version": 0, "texte": "Lit avec finesse."}).status_code == 302
    assert SubjectReport.objects.get(student=ines, course=french).text == "Lit avec finesse."
    crossed = colleague.post(text, {"place": french.pk, "version": 0, "texte": "Lit bien."})
    assert crossed.status_code == 422
    assert {"Lit avec finesse.", "Lit bien."} <= set(re.findall(r"Lit [a-z ]+\.", crossed.content.decode()))
    close_sitting(sitting=sitting, actor=teacher)
    assert colleague.get(url).status_code == 404


def test_an_appreciation_after_the_last_day_is_refused_but_to_the_head(
    screen, client_of, at, division, term, ines, maths
):
    client, _url = screen
    ClassTerm(term=term, division=division, comments_end_on=dt.date(2026, 11, 20)).save()
    told = {"place": maths.pk, "version": 0, "texte": "Net progrès."}
    answer = client.post(at("text", ines.pk), told)
    assert answer.status_code == 422
    assert "la saisie des appréciations est close depuis le 20 novembre" in shown(answer)
    assert "Net progrès." in answer.content.decode()
    assert client_of("principal").post(at("text", ines.pk), told).status_code == 302
    assert SubjectReport.objects.get(student=ines, course=maths).text == "Net progrès."


def test_neither_students_nor_guardians_ever_see_it(screen, client_of, at, division, term, teacher, college):
    _client, url = screen
    open_sitting(term=term, division=division, actor=teacher)
    for slug in ("eleve", "parent", "parent-voisin", "secretaire"):
        client = client_of(slug)
        assert [client.get(each).status_code for each in (url, at("division"), at("minutes"), at("file"))] == [404] * 4


def test_the_summary_names_no_student_and_waits_to_be_published(
    screen, client_of, at, division, term, teacher, college, maths, french
):
    _client, _url = screen
    sitting = open_sitting(term=term, division=division, actor=teacher)
    client = client_of("enseignante")
    client.post(at("write"), {"bilan": "Une classe qui s’entraide.", "releve": "Malo : à suivre.", "version": 0})
    client.post(at("members"), {"geste": "ajouter", "personne": college.people["eleve"].pk})
    delegate = client_of("eleve")
    assert delegate.get(at("summary")).status_code == 404
    client.post(at("step"), {"geste": "terminer"})
    client.post(at("step"), {"geste": "publier"})
    assert Sitting.objects.get(pk=sitting.pk).published_at is not None
    page = shown(delegate.get(at("summary")))
    assert "Une classe qui s’entraide." in page
    # Two students: an average of the class would say too much of each.
    assert "11,5" not in page
    assert "Malo" not in page
    for rank in range(3):
        more = enrol(PersonFactory(), division)
        marked_class({more: (Decimal(10 + rank), Decimal(10))}, maths, french)
    assert "Moyenne générale de la classe : 10,9 sur 20." in shown(delegate.get(at("summary")))
    assert client_of("parent").get(at("summary")).status_code == 404


def test_orientation_is_asked_at_the_end_of_the_3e_and_the_decision_is_the_head_s(
    college, term, client_of, at, ines, division
):
    division.code = division.label = "3A"
    division.save()
    enrol(PersonFactory(last_name="AYMARD", first_name="Zoé"), division)
    url = at("student", ines.pk)
    client = client_of("enseignante")
    page = client.get(url).content.decode()
    assert "2de générale et technologique" in page
    assert 'name="decision"' not in page
    refused = client.post(url, typed(proposition="1g"))
    assert "Cette orientation n’existe pas à la fin de cette classe" in shown(refused)
    refused = client.post(url, typed(motif="Elle y tient."))
    assert "Choisissez d’abord la proposition" in shown(refused)
    client.post(url, typed(voeux="2de GT au lycée des Deux-Rives", proposition="2gt", decision="Non."))
    row = OrientationProposal.objects.get(student=ines)
    card = ReportCard.objects.get(student=ines)
    assert (row.path, card.wishes, card.decision) == ("2gt", "2de GT au lycée des Deux-Rives", "")
    told = {"voeux": card.wishes, "proposition": "2gt", "decision": "Passage en 2de GT."}
    client_of("principal").post(url, typed(version=1, **told))
    assert ReportCard.objects.get(student=ines).decision == "Passage en 2de GT."


def test_a_student_of_another_class_is_not_there(screen, at, college):
    client, _url = screen
    brother = enrol(PersonFactory(), college.groups["6C"])
    assert client.get(at("student", brother.pk)).status_code == 404
    assert client.get(at("student", 10**12)).status_code == 404
    answer = client.post(at("student", brother.pk), typed())
    assert answer.status_code in (404, 422)
    assert not ReportCard.objects.filter(student=brother).exists()


def test_the_screen_costs_the_same_whatever_the_class(screen, at, division, maths, french):
    client, url = screen
    client.get(url)
    few = len(statements_of(lambda: client.get(url)))
    assert few <= 8
    more = {enrol(PersonFactory(), division): (Decimal(rank % 20), Decimal(11)) for rank in range(20)}
    marked_class(more, maths, french)
    assert len(statements_of(lambda: client.get(url))) == few
    assert len(statements_of(lambda: client.get(at("division")))) <= 9


def test_the_file_holds_everything_and_asks_nothing_of_the_network(screen, at, ines):
    client, url = screen
    client.post(url, typed())
    answer = client.post(at("file"), {"phrase": PHRASE, "encore": PHRASE})
    closed = answer.content.decode()
    assert "attachment" in answer["Content-Disposition"]
    assert not re.search("Belkacem|trimestre\\.", closed)
    page = opened(closed, PHRASE)
    assert {"Inès Belkacem", "Malo Guérin", "Un bon trimestre."} <= set(
        re.findall(r"Inès Belkacem|Malo Guérin|Un bon trimestre\.", page)
    )
    assert not re.search(r'(?:src|href)="(?!#)', page)
    assert "<script" not in page
    with pytest.raises(InvalidTag):
        opened(closed, "une autre phrase")


@pytest.mark.parametrize(
    ("phrase", "again", "said"),
    [
        ("", "", "Choisissez une phrase de passe"),
        ("courte", "courte", "12 caractères au moins"),
        (PHRASE, "une autre phrase", "ne sont pas les mêmes"),
    ],
)
def test_a_file_leaves_with_a_passphrase_only(screen, at, phrase, again, said):
    client, _url = screen
    answer = client.post(at("file"), {"phrase": phrase, "encore": again})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def opened(closed, passphrase):
    """What the browser does of the file."""
    (found,) = re.findall(r'id="kept" hidden>(.*?)</p>', closed)
    kept = json.loads(unescape(found))
    salt, nonce, page = (base64.b64decode(kept[name]) for name in ("salt", "nonce", "page"))
    key = hashlib.pbkdf2_hmac("sha256", passphrase.encode(), salt, kept["turns"], 32)
    return AESGCM(key).decrypt(nonce, page, None).decode()

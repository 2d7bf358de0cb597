"""Writing appreciations: versions, limits, locks."""

import datetime as dt

import pytest

from pupitre.gradebook.models import ClassTerm
from pupitre.reportcards.models import ReportCard, SubjectReport, TextVersion
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.refusals import Refusal
from pupitre.reportcards.services.council import fill_card, reopen_cards, validate_cards
from pupitre.reportcards.services.entering import Told, Where, note_texts


@pytest.fixture
def in_maths(term, maths):
    return Where(Place.SUBJECT, term, maths.group_id, maths)


def test_what_is_written_is_kept_with_who_wrote_it(in_maths, ines, teacher):
    done = note_texts(where=in_maths, told=[Told(ines.pk, " Net progrès. ", 0)], actor=teacher)[0]
    assert (done.fate, done.text, done.version) == ("saved", "Net progrès.", 1)
    row = SubjectReport.objects.get()
    assert (row.text, row.written_by_id) == ("Net progrès.", teacher.person_id)
    assert note_texts(where=in_maths, told=[Told(ines.pk, "Net progrès.", 1)], actor=teacher)[0].fate == "same"


def test_two_people_at_once_lose_nothing(in_maths, ines, teacher, head):
    note_texts(where=in_maths, told=[Told(ines.pk, "Bien.", 0)], actor=head)
    met = note_texts(where=in_maths, told=[Told(ines.pk, "Très bien.", 0)], actor=teacher)[0]
    assert (met.fate, met.text, met.yours) == ("conflict", "Bien.", "Très bien.")
    assert "Vasseur" in met.sentence
    assert SubjectReport.objects.get().text == "Bien."
    assert TextVersion.objects.get(is_kept=False).text == "Très bien."
    assert note_texts(where=in_maths, told=[Told(ines.pk, "Très bien.", 1)], actor=teacher)[0].fate == "saved"


def test_600_characters_are_taken_601_are_refused_and_nothing_is_lost(in_maths, ines, teacher):
    assert note_texts(where=in_maths, told=[Told(ines.pk, "é" * 600, 0)], actor=teacher)[0].fate == "saved"
    refused = note_texts(where=in_maths, told=[Told(ines.pk, "é" * 601, 1)], actor=teacher)[0]
    assert (refused.fate, refused.yours, refused.text) == ("refused", "é" * 601, "é" * 600)
    assert "601 caractères, 600 au plus" in refused.sentence


def test_a_synthesis_holds_a_thousand(term, college, ines, teacher):
    where = Where(Place.SYNTHESIS, term, college.groups["4B"].pk)
    assert note_texts(where=where, told=[Told(ines.pk, "a" * 1000, 0)], actor=teacher)[0].fate == "saved"
    assert note_texts(where=where, told=[Told(ines.pk, "a" * 1001, 1)], actor=teacher)[0].fate == "refused"
    assert ReportCard.objects.get().division == college.groups["4B"]


def test_the_end_of_appreciations_closes_them_but_not_for_the_head(in_maths, ines, teacher, head, college):
    ClassTerm(term=in_maths.term, division=college.groups["4B"], comments_end_on=dt.date(2026, 11, 23)).save()
    refused = note_texts(where=in_maths, told=[Told(ines.pk, "Bien.", 0)], actor=teacher)[0]
    assert (refused.fate, refused.yours) == ("refused", "Bien.")
    assert "close depuis le 23 novembre" in refused.sentence.replace("\u00a0", " ")
    assert note_texts(where=in_maths, told=[Told(ines.pk, "Bien.", 0)], actor=head)[0].fate == "saved"


def test_what_the_council_validated_changes_no_more_until_it_is_reopened(in_maths, ines, malo, teacher, head, college):
    division = college.groups["4B"]
    validated = validate_cards(division=division, term=in_maths.term, students=[ines.pk], actor=head)
    assert validated == 1
    told = [Told(ines.pk, "Bien.", 0), Told(malo.pk, "Bien.", 0)]
    assert [each.fate for each in note_texts(where=in_maths, told=told, actor=teacher)] == ["refused", "saved"]
    with pytest.raises(Refusal, match="pourquoi"):
        reopen_cards(division=division, term=in_maths.term, students=None, why=" ", actor=head)
    assert reopen_cards(division=division, term=in_maths.term, students=None, why="Erreur", actor=head) == 1
    assert note_texts(where=in_maths, told=told[:1], actor=teacher)[0].fate == "saved"


def test_a_stranger_to_the_group_gets_nothing(in_maths, college, teacher):
    assert note_texts(where=in_maths, told=[Told(987654, "Bien.", 0)], actor=teacher)[0].fate == "refused"
    assert not SubjectReport.objects.exists()


def test_supports_that_nobody_knows_are_left_out(term, ines, teacher):
    card = fill_card(student=ines, term=term, actor=teacher, mention=None, supports=["PAP", "XXX", "DF"])
    assert card.supports == ["PAP", "DF"]
    with pytest.raises(Refusal, match="601"):
        fill_card(student=ines, term=term, actor=teacher, mention=None, supports=[], wishes="a" * 601)

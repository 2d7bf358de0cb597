from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.integrations.exchange import text


@pytest.mark.parametrize(
    "written",
    ["0639981234", "06 39 98 12 34", "06.39.98.12.34", "06-39-98-12-34", "06/39/98/12/34", "+33639981234", "+33 (0)6 39 98 12 34",
     "0033639981234", "00 33 (0) 6 39 98 12 34", "639981234", "33639981234", "+330639981234", "06\u00a039\u00a098\u00a012\u00a034"],
)  # fmt: skip
def test_a_number_is_understood_however_it_is_written(written: str) -> None:
    assert text.read_phones(written) == (["+33639981234"], True)
    assert text.is_mobile("+33639981234")


@pytest.mark.parametrize(
    "written", ["0639981234 / 0199001234", "0639981234 ou 01 99 00 12 34", "0639981234;0199001234"]
)
def test_two_numbers_in_one_field(written: str) -> None:
    assert text.read_phones(written) == (["+33639981234", "+33199001234"], True)


@pytest.mark.parametrize(
    "written", ["0639", "12", "+33 12", "voir dossier 3", "00000", "0639981234 poste 12345 bis / 06"]
)
def test_what_is_no_number_is_said(written: str) -> None:
    assert text.read_phones(written)[1] is False


def test_numbers_from_abroad_keep_their_country() -> None:
    assert text.read_phones("+41 79 123 45 67") == (["+41791234567"], True)
    assert text.read_phones("") == ([], True)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("p.nom@Exemple.INVALID", "p.nom@exemple.invalid"), (" a@b.fr ", "a@b.fr"), ("a@b", ""), ("a b@c.fr", ""), ("sans", ""),
     ("a@b.fr;c@d.fr", ""), ("a..b@c.fr", ""), ("x" * 300 + "@c.fr", "")],
)  # fmt: skip
def test_mail(written: str, kept: str) -> None:
    assert text.read_email(written) == kept


@pytest.mark.parametrize(
    ("written", "read"),
    [("12/03/2014", date(2014, 3, 12)), ("2014-03-12", date(2014, 3, 12)), ("12/03/2014 00:00:00", date(2014, 3, 12)),
     ("2014-03-12T00:00:00", date(2014, 3, 12)), ("31/02/2014", None), ("12/03/14", None), ("", None), ("01/01/0001", None)],
)  # fmt: skip
def test_dates(written: str, read: date | None) -> None:
    assert text.read_date(written) == read


def test_instants() -> None:
    assert text.read_instant("15/09/2025 07:45:12") == datetime(2025, 9, 15, 7, 45, 12)
    assert text.read_instant("2025-09-15T07:45:12+02:00") == datetime(2025, 9, 15, 7, 45, 12)
    assert text.read_instant("15/09/2025") == datetime(2025, 9, 15)
    assert text.read_instant("15/09/2025 27:45:12") is None


def test_booleans_mix_digits_and_words() -> None:
    assert [text.read_boolean(each) for each in ("1", "true", "O", "0", "FALSE", "n", "", "2")] == [
        True, True, True, False, False, False, None, None,
    ]  # fmt: skip


def test_identifiers() -> None:
    assert text.read_ine(" 099610301wv") == "099610301WV"
    assert text.read_ine("9,9E+10") == text.read_ine("ABSENTABSEN") == ""
    assert text.is_uai("0999910J")
    assert not text.is_uai("0999910K")
    assert not text.is_uai("123ABC")


def test_lost_letters_are_seen_and_sound_names_are_not() -> None:
    assert all(map(text.is_suspicious, ("SZCZE?NIAKOWSKI", "ZoÃ©", "NO\ufffdL", "A\x85B", "KÅ“NIG", "D'HAUTCÅ’UR")))
    assert not any(map(text.is_suspicious, ("D'HAUTCŒUR", "Noé", "N’DIAGAYE-MORTREUIL", "JOÃO", "Åse", "", "?")))


def test_text_is_trimmed_composed_and_unescaped_once_more() -> None:
    assert text.clean("  Zoe\u0301 \n") == "Zoé"
    assert text.clean("H&eacute;l&#232;ne") == "Hélène"
    assert text.clean("DUPONT & FILS") == "DUPONT & FILS"


@given(st.text(max_size=60))
def test_any_text_is_read(value: str) -> None:
    text.read_phones(value), text.read_email(value), text.read_date(value), text.read_instant(value)
    text.read_ine(value), text.read_boolean(value), text.is_uai(value), text.is_suspicious(text.clean(value))

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations import sts
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.sts.tests.files import SAMPLES, UAI, read, staff_file

_PLAIN = {path.name: path.read_bytes() for path in SAMPLES.glob("*.xml")}
_VALUES = st.sampled_from(
    [
        "",
        "0",
        "x" * 500,
        "é",
        "?",
        "&amp;eacute;",
        "2025-02-31",
        "0001-01-01",
        "9" * 30,
        "²",
        "١",
        "Œ\u0301",
        " ",
        "2460",
    ]
)


@pytest.mark.parametrize("data", [b"<BEE_ELEVES/>", b"<racine/>", b"Nom;Prenom", b"", b"<EDT_STS_AUTRE/>"])
def test_files_of_others_are_not_claimed(data: bytes) -> None:
    assert not sts.recognises(Opened("sts_emp_0999910J_2025.xml", data, ""))


@pytest.mark.parametrize("name", sorted(_PLAIN))
@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused_with_its_line(name: str, share: float) -> None:
    with pytest.raises(Rejected, match=r"ligne \d+"):
        read(_PLAIN[name][: int(len(_PLAIN[name]) * share)])


def test_entities_are_refused() -> None:
    bomb = staff_file().replace(b"<STS_EDT>", b"<!DOCTYPE STS_EDT [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><STS_EDT>")
    with pytest.raises(Rejected, match="définitions"):
        read(bomb)


@given(st.sampled_from(sorted(_PLAIN)), st.data())
@settings(max_examples=100, deadline=None)
def test_any_damage_to_a_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    damaged = bytearray(_PLAIN[name])
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(damaged))


@given(st.sampled_from(sorted(_PLAIN)), st.lists(st.tuples(st.floats(0, 0.999), _VALUES), min_size=1, max_size=12))
@settings(max_examples=150, deadline=None)
def test_any_value_in_any_field_is_read_or_refused(name: str, changes: list[tuple[float, str]]) -> None:
    pieces = _PLAIN[name].decode("iso8859-15").split(">")
    leaves = [index for index, piece in enumerate(pieces) if "</" in piece and not piece.lstrip().startswith("</")]
    for place, value in changes:
        index = leaves[int(place * len(leaves))]
        pieces[index] = f"{value}<{pieces[index].split('<', 1)[1]}"
    _read_or_refuse(">".join(pieces).replace("ISO-8859-15", "UTF-8", 1).encode())


def _read_or_refuse(data: bytes) -> None:
    try:
        sts.read(Opened("f", data, ""), uai=UAI)
    except Rejected:
        return

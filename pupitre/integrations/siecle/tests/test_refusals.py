import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pupitre.integrations import siecle
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.siecle.tests.exports import SAMPLES, UAI, read

ERROR = b"<erreur><code>12</code><message>Flux indisponible</message><type>TECHNIQUE</type></erreur>"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("0999910J.xml", b"<BEE_GFC VERSION='1.0'/>", "bancaires"),
        ("ACCIO.xml", b"<racine/>", "autre logiciel"),
        ("SSR (1).xml", b"<racine/>", "autre logiciel"),
        ("0999910J_Reference.xml", b"<racine/>", "autre logiciel"),
        ("renommé.xml", b"<EXPORT_SAGESSE/>", "autre logiciel"),
        ("nouveau.xml", b"<BEE_NOUVEAU/>", "autre logiciel"),
        ("sco-eleves-adr.xml", ERROR, "Flux indisponible"),
        ("erreur.xml", b"<erreur/>", "erreur"),
    ],
)
def test_other_exports_are_refused_by_name(name: str, data: bytes, told: str) -> None:
    with pytest.raises(Rejected, match=told):
        read(data, name)


@pytest.mark.parametrize("data", [b"<STS_EDT/>", b"<EDT_STS/>", b"<racine/>", b"Nom;Prenom", b""])
def test_files_of_others_are_not_claimed(data: bytes) -> None:
    assert not siecle.recognises(Opened("0999910J_emploi.xml", data, ""))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9, 0.999])
def test_a_cut_file_is_refused_with_its_line(share: float) -> None:
    data = (SAMPLES / "ElevesAvecAdresses.xml").read_bytes()
    with pytest.raises(Rejected, match=r"ligne \d+"):
        read(data[: int(len(data) * share)])


_PLAIN = {path.name: path.read_bytes() for path in SAMPLES.glob("*.xml")}
_VALUES = st.sampled_from(
    [
        "",
        "0",
        "1",
        "x" * 500,
        "é",
        "?",
        "&amp;eacute;",
        "31/02/2025",
        "01/01/0001",
        "9" * 30,
        "²",
        "١",
        "Œ\u0301",
        " ",
        "-1",
    ]
)


@given(st.sampled_from(sorted(_PLAIN)), st.data())
@settings(max_examples=150, deadline=None)
def test_any_damage_to_a_file_is_read_or_refused(name: str, data: st.DataObject) -> None:
    damaged = bytearray(_PLAIN[name])
    for _ in range(data.draw(st.integers(1, 20))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    _read_or_refuse(bytes(damaged))


@given(st.sampled_from(sorted(_PLAIN)), st.lists(st.tuples(st.floats(0, 0.999), _VALUES), min_size=1, max_size=12))
@settings(max_examples=250, deadline=None)
def test_any_value_in_any_field_is_read_or_refused(name: str, changes: list[tuple[float, str]]) -> None:
    pieces = _PLAIN[name].decode("iso8859-15").split(">")
    leaves = [index for index, piece in enumerate(pieces) if "</" in piece and not piece.lstrip().startswith("</")]
    for place, value in changes:
        index = leaves[int(place * len(leaves))]
        pieces[index] = f"{value}<{pieces[index].split('<', 1)[1]}"
    _read_or_refuse(">".join(pieces).replace("ISO-8859-15", "UTF-8", 1).encode())


@given(st.binary(max_size=200))
@settings(max_examples=100, deadline=None)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    _read_or_refuse(b"<BEE_ELEVES>" + data)
    _read_or_refuse(data)


def _read_or_refuse(data: bytes) -> None:
    try:
        siecle.read(Opened("f", data, ""), uai=UAI)
    except Rejected:
        return

"""What an archive may be: every rule of the feed, and everything that is refused."""

import gzip
import tarfile

import pytest

from pupitre.integrations.aaf.grammar import Category
from pupitre.integrations.aaf.members import members
from pupitre.integrations.aaf.requests import ADD, Told, header_of, is_aaf, requests
from pupitre.integrations.aaf.tests.writing import archive, document, request
from pupitre.integrations.exchange.verdicts import Rejected

PUPIL = {"sn": "Lœuillet", "givenName": "Zoé", "ENTPersonStructRattach": "52871"}


def read(path):
    told, found = Told(), []
    for member in members(path):
        if is_aaf(member.stream):
            found += list(requests(member.stream, member.name, told))
    return found, told


def one(tmp_path, data, name="ENT_Complet_20250915_Eleve_0000.xml"):
    return read(archive(tmp_path / "a.zip", {name: data}))


@pytest.mark.parametrize("name", ["a.zip", "a.tgz", "a.tar.gz"])
def test_archives_are_recognised_by_content(tmp_path, name):
    files = {
        "ENT_Complet_20250915_Eleve_0000.xml": document(request("Eleve", "1", **PUPIL)),
        "ficAlimMENESR.dtd": b"<!--",
    }
    (found,), _told = read(archive(tmp_path / name, files).rename(tmp_path / "sans-nom"))
    assert (found.action, found.category, found.key, found.values["sn"]) == (ADD, Category.STUDENT, "1", ["Lœuillet"])


def test_the_header_is_read_from_the_comments(tmp_path):
    path = archive(tmp_path / "a.zip", {"x.xml": document(academy="015")})
    header = next(header_of(member.stream) for member in members(path))
    assert (header.academy, header.degree, str(header.produced_on)) == ("15", "2D", "2025-09-15")


@pytest.mark.parametrize("encoding", ["UTF-8", "ISO-8859-15", "UTF-16"])
def test_letters_survive_whatever_the_encoding(tmp_path, encoding):
    (found,), told = one(tmp_path, document(request("Eleve", "1", **PUPIL), encoding=encoding))
    assert found.values["sn"] == ["Lœuillet"]
    assert told.findings == []


def test_an_encoding_that_lies_is_mended_and_told(tmp_path):
    data = document(request("Eleve", "1", **PUPIL)).replace(b'encoding="UTF-8"', b'encoding="ISO-8859-15"')
    (found,), told = one(tmp_path, data)
    assert found.values["sn"] == ["Lœuillet"]
    assert [each.code for each in told.findings] == ["encoding"]


def test_without_declaration_nor_doctype(tmp_path):
    data = b"<ficAlimMENESR>" + request("Eleve", "1", **PUPIL).encode() + b"</ficAlimMENESR>"
    assert one(tmp_path, data)[0][0].values["givenName"] == ["Zoé"]


def test_escapes_of_escapes_are_undone(tmp_path):
    (found,), _told = one(
        tmp_path, document(request("Eleve", "1", sn="L&amp;apos;H&amp;eacute;ritier", givenName="&eacute;"))
    )
    assert found.values == {"sn": ["L'Héritier"], "givenName": ["é"]}


def test_an_unknown_attribute_is_told_once(tmp_path):
    rows = [request("Eleve", str(n), **PUPIL, ENTEleveNouveaute="x") for n in range(5)]
    found, told = one(tmp_path, document(*rows))
    assert len(found) == 5
    assert told.unknown == {"ENTEleveNouveaute": 5}


def test_an_unknown_category_is_left_aside(tmp_path):
    found, told = one(tmp_path, document(request("Cantine", "1", sn="X"), request("Eleve", "2", **PUPIL)))
    assert [each.key for each in found] == ["2"]
    assert told.strangers == {"Cantine": 1}


def test_what_is_not_used_is_not_kept(tmp_path):
    (found,), _told = one(
        tmp_path, document(request("Eleve", "1", **PUPIL, ENTEleveBoursier="O", ENTPersonAdresse="1 RUE"))
    )
    assert found.values.keys() == PUPIL.keys()


def test_an_empty_value_says_empty(tmp_path):
    (found,), _told = one(tmp_path, document(request("PersRelEleve", "1", "modifyRequest", mail=[])))
    assert found.values == {"mail": []}


@pytest.mark.parametrize(
    "data",
    [
        document(request("Eleve", "1", **PUPIL))[:-40],
        document(request("Eleve", "1", **PUPIL)).replace(b"</attr>", b"", 1),
        b'<?xml version="1.0"?><!DOCTYPE ficAlimMENESR [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><ficAlimMENESR/>',
        b'<!DOCTYPE ficAlimMENESR SYSTEM "x.dtd" [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><ficAlimMENESR/>',
        b"<ficAlimMENESR><addRequest>" + b"<a>" * 300 + b"</a>" * 300 + b"</addRequest></ficAlimMENESR>",
        b"<ficAlimMENESR><addRequest><id>" + b"x" * 12_000_000 + b"</id></addRequest></ficAlimMENESR>",
        b"<ficAlimMENESR><addRequest>" + b"<value>x</value>" * 400_000 + b"</addRequest></ficAlimMENESR>",
    ],
)
def test_what_is_cut_or_dangerous_is_refused(tmp_path, data):
    with pytest.raises(Rejected):
        read(archive(tmp_path / "a.tgz", {"ENT_Complet_20250915_Eleve_0000.xml": data}))


def test_an_external_dtd_is_never_fetched(tmp_path):
    data = document(request("Eleve", "1", **PUPIL)).replace(b'"ficAlimMENESR.dtd"', b'"http://nowhere.invalid/x.dtd"')
    assert len(one(tmp_path, data)[0]) == 1


def test_a_bomb_is_not_unpacked(tmp_path):
    with pytest.raises(Rejected, match="anormale"):
        read(archive(tmp_path / "a.zip", {"x.xml": b"<ficAlimMENESR>" + b" " * 60_000_000}))


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_what_goes_before_a_file_is_not_read_whole_when_it_is_endless(tmp_path, kind):
    heading = tarfile.TarInfo("x.xml")
    heading.type, heading.size = kind, 8 << 30
    (tmp_path / "a.tgz").write_bytes(gzip.compress(heading.tobuf(tarfile.GNU_FORMAT) + b" " * 1024))
    with pytest.raises(Rejected, match="abîmée"):
        read(tmp_path / "a.tgz")


def test_long_names_are_read(tmp_path):
    path = archive(
        tmp_path / "a.tgz",
        {f"{'long' * 40}/ENT_Complet_20250915_Eleve_0000.xml": document(request("Eleve", "1", **PUPIL))},
    )
    assert len(read(path)[0]) == 1


@pytest.mark.parametrize("name", ["../x.xml", "/etc/x.xml", "a/../../x.xml"])
def test_names_that_lead_elsewhere_are_refused(tmp_path, name):
    with pytest.raises(Rejected, match="autre dossier"):
        read(archive(tmp_path / "a.tgz", {name: document()}))


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"0" * 100, b"\x1f\x8b" + b"0" * 100, b""])
def test_a_damaged_archive_is_refused(tmp_path, data):
    (tmp_path / "a.zip").write_bytes(data)
    with pytest.raises(Rejected):
        read(tmp_path / "a.zip")


def test_a_cut_archive_is_refused(tmp_path):
    path = archive(tmp_path / "a.tgz", {f"{n}.xml": document(request("Eleve", str(n), **PUPIL)) for n in range(50)})
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Rejected):
        read(path)

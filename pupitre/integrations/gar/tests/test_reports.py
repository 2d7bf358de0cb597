"""Reports of the GAR: read whatever their form, told to each school, and shown as they are when nothing is understood."""

import gzip
import io
import tarfile
import time
import tracemalloc
import zipfile
from typing import Any

import pytest
from lxml import etree

from pupitre.directory.events import PeopleMerged
from pupitre.establishments.scope import scope
from pupitre.foundation.events import carry_out
from pupitre.integrations.gar.models import Report, ReportLine
from pupitre.integrations.gar.reports.advice import advise
from pupitre.integrations.gar.reports.entries import entries_of
from pupitre.integrations.gar.reports.reading import read_report
from pupitre.integrations.gar.reports.unpacking import MOST_BYTES, Damaged, files_of
from pupitre.integrations.gar.services.delivering import begin, deliver
from pupitre.integrations.gar.services.reading import read_reports
from pupitre.integrations.gar.tests.gestures import enrolled, number_of
from pupitre.integrations.gar.words import ADVICE
from tests.statements import statements_of

A, B = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
XML = f"""<?xml version="1.0" encoding="UTF-8"?>
<rapport xmlns="http://exemple.fr"><statut>PARTIEL</statut><fichiers>
 <fichier nom="ENT_2D_Eleve_0000.xml"><nbRecus>100</nbRecus><nbRejets>2</nbRejets>
  <rejet><GAREleve><GARPersonIdentifiant>{A}</GARPersonIdentifiant>
   <GARPersonProfils><GARStructureUAI>0990001N</GARStructureUAI></GARPersonProfils>
   <GARPersonProfils><GARStructureUAI>0990001N</GARStructureUAI></GARPersonProfils></GAREleve>
   <motif>Date de naissance invalide</motif></rejet>
  <rejet><id>{B}</id><motif>Doublon</motif></rejet></fichier>
 <fichier nom="ENT_2D_Groupe_0000.xml"><nbRecus>10</nbRecus><nbRejets>0</nbRejets></fichier>
</fichiers></rapport>"""
TABLE = f"""Fichier;UAI;GARPersonIdentifiant;GARGroupeCode;Code erreur;Libellé
X_2D_Eleve_0000.xml;0990001N;{A};;E12;MEF inconnu
X_2D_Groupe_0000.xml;0990001N;;4B;E13;Groupe sans élève
"""
TEXT = f"""Rapport du 24/11/2026
Nombre d'élèves intégrés : 98
Nombre d'élèves rejetés : 2
ERREUR GAREleve {A} UAI 0990001N : date de naissance invalide
"""


def test_xml_is_read_with_its_figures_and_each_thing_refused():
    read = read_report("rapport.xml", XML.encode())
    assert (read.verdict, read.forms) == ("partly", ["xml"])
    assert read.figures == [
        *(("Eleve nbRecus", 100), ("Eleve nbRejets", 2)),
        *(("Groupe nbRecus", 10), ("Groupe nbRejets", 0)),
    ]
    first, second = read.said
    assert (first.numbers, first.uai, first.kind, first.document) == ((A,), "0990001N", "GAREleve", "Eleve")
    assert (first.level, first.message) == ("refused", "Date de naissance invalide")
    assert (second.numbers, second.message) == ((B,), "Doublon")


def test_errors_that_are_attributes_are_read_one_by_one():
    read = read_report(
        "r.xml", f'<r><erreur id="{A}" uai="0990001N">Doublon</erreur><erreur id="{B}">Autre</erreur></r>'.encode()
    )
    assert [(each.numbers, each.message) for each in read.said] == [((A,), "Doublon"), ((B,), "Autre")]


def test_a_table_is_read_by_its_header():
    read = read_report("ENT_Erreurs.csv", TABLE.encode("cp1252"))
    assert (read.verdict, read.forms) == ("partly", ["table"])
    assert [(each.numbers, each.group, each.code, each.message) for each in read.said] == [
        ((A,), "", "E12", "MEF inconnu"),
        ((), "4B", "E13", "Groupe sans élève"),
    ]


def test_plain_text_is_read_line_by_line():
    read = read_report("rapport.txt", TEXT.encode())
    assert read.figures == [("Nombre d'élèves intégrés", 98), ("Nombre d'élèves rejetés", 2)]
    assert [(each.numbers, each.uai, each.kind) for each in read.said] == [((A,), "0990001N", "GAREleve")]


@pytest.mark.parametrize(
    ("name", "told", "verdict"),
    [
        ("r.txt", "Intégration terminée avec succès, 0 erreur", "accepted"),
        ("r.json", '{"statut": "OK", "compteurs": {"GAREleve": {"recus": 3, "integres": 3}}}', "accepted"),
        ("r.xml", "<rapport><statut>KO</statut><motif>Le schéma refuse le fichier</motif></rapport>", "refused"),
        ("ENT_OK.txt", "…", "accepted"),
        ("r.txt", "Rejets : 0\nÉlèves intégrés : 12", "accepted"),
        ("r.txt", "Rejets : 3\nÉlèves intégrés : 12", "partly"),
        ("r.txt", "Établissement 0990001N inconnu", "partly"),
        ("r.txt", "bonjour\nceci ne dit rien", "unknown"),
        ("r.xml", '<!DOCTYPE r [<!ENTITY x "y">]><r>&x;</r>', "unknown"),
        ("r.bin", "\x00\x01\x02", "unknown"),
        ("r.json", '{"a": ', "unknown"),
    ],
)
def test_the_verdict_is_what_the_report_says(name, told, verdict):
    assert read_report(name, told.encode()).verdict == verdict


def _tar(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


def test_archives_are_opened_in_memory_and_bounded():
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("../d/rapport.txt", "OK")
    assert files_of("r.zip", zipped.getvalue()) == [("rapport.txt", b"OK")]
    assert files_of("r.tar.gz", _tar({"d/a.xml": b"<a/>"})) == [("a.xml", b"<a/>")]
    assert files_of("r.txt.gz", gzip.compress(b"OK")) == [("r.txt", b"OK")]
    for broken in (b"\x1f\x8bspoilt", b"PK\x03\x04spoilt", gzip.compress(bytes(21 << 20))):
        with pytest.raises(Damaged):
            files_of("r", broken)


def _sparse(size: int) -> bytes:
    """A tar of 1 536 bytes (GNU, sparse) whose only file is one hole of this size."""
    header = bytearray(tarfile.TarInfo("rapport.txt").tobuf(tarfile.GNU_FORMAT))
    header[156:157] = tarfile.GNUTYPE_SPARSE
    header[386:410] = b"%011o\0%011o\0" % (size, 0)
    header[483:495] = b"%011o\0" % size
    header[148:156] = b" " * 8
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + bytes(1024)


def test_a_file_of_holes_is_never_read_beyond_the_bound():
    assert files_of("r.tar", _sparse(1000)) == [("rapport.txt", bytes(1000))]
    for size in (MOST_BYTES + 1, 8**11 - 1):
        tracemalloc.start()
        with pytest.raises(Damaged):
            files_of("r.tar", _sparse(size))
        assert tracemalloc.get_traced_memory()[1] < 3 * MOST_BYTES
        tracemalloc.stop()


def test_the_files_of_a_tar_share_one_bound():
    half = _sparse(MOST_BYTES // 2)[:512]
    assert [len(data) for _name, data in files_of("r.tar", 2 * half + bytes(1024))] == [MOST_BYTES // 2] * 2
    with pytest.raises(Damaged):
        files_of("r.tar", 3 * half + bytes(1024))


def test_headers_that_lie_are_an_archive_that_is_damaged():
    whole = tarfile.TarInfo("a").tobuf(tarfile.GNU_FORMAT)
    endless = bytearray(_sparse(1000)[:512])
    endless[482] = 1  # « more of the map follows », and nothing does
    too_far = bytearray(whole)
    too_far[124:136] = b"\x80" + (2**70).to_bytes(11, "big")
    for header in (endless, too_far):
        header[148:156] = b" " * 8
        header[148:156] = b"%06o\0 " % sum(header)
        with pytest.raises(Damaged):
            files_of("r.tar", bytes(header))


def test_many_things_side_by_side_are_read_in_time_that_follows_their_number():
    rows = "".join(f'<e id="{A}" n="{number}"/>' for number in range(8000))
    started = time.process_time()
    form, entries = entries_of(f"<r><s>KO</s><t>x</t>{rows}</r>".encode())
    assert (form, len(entries)) == ("xml", 8001)
    assert entries[1].fields == (("id", A), ("n", "0"), ("s", "KO"), ("t", "x"))
    # 0.1 s; comparing each with all the others would take twenty.
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("kind", "message", "key"),
    [
        ("GAREleve", "Date de naissance invalide", "birth"),
        ("GAREleve", "cvc-complex-type.2.4.a", "schema"),
        ("GARGroupe", "Aucune personne", "group"),
        ("GARRespAff", "Adresse mail absente", "mail"),
        ("GAREleve", "Règle 12", "person"),
        ("", "Règle 12", "look"),
        ("GAREnseignant", "GAREnsClasseMatiere 12", "person"),
    ],
)
def test_what_to_do_follows_the_words_then_the_node(kind, message, key):
    assert advise(kind, message, "") == key
    assert key in ADVICE


@pytest.fixture
def reported(cast: Any, access: Any, box: Any) -> Any:
    """A delivery, and a function that leaves a report in the box and has it read."""
    enrolled(cast)
    delivery = begin(access, asked_by=None)
    deliver(delivery)

    def report(name: str, data: bytes) -> Report:
        (box.folder / "rapports" / name).write_bytes(data)
        assert read_reports(access) == ""
        return Report.objects.select_related("delivery").get(name=name)

    return report


def test_each_school_knows_who_and_which_groups_were_refused(cast, access, reported):
    ines = number_of(cast, "eleve")
    name = "ENTTEST_GAR-ENT_Complet_20261124_102000"
    report = reported(f"{name}_Rapport.tar.gz", _tar({"Eleve.csv": TABLE.replace(A, ines).encode()}))
    assert (report.verdict, report.delivery.name, report.schools) == ("partly", name, {"0990001N": [2, 0]})
    with scope(cast.college.pk):
        lines = list(ReportLine.objects.order_by("pk"))
    assert [(line.person_id, line.group_code, line.message) for line in lines] == [
        (cast.people["eleve"].pk, "", "MEF inconnu"),
        (None, "4B", "Groupe sans élève"),
    ]
    with scope(cast.lycee.pk):
        assert not ReportLine.objects.exists()


def test_the_school_reads_what_to_mend_with_the_person_and_the_group(cast, reported, client):
    ines = cast.people["eleve"]
    report = reported("r.csv", TABLE.replace(A, number_of(cast, "eleve")).encode())
    cast.sign_in(client, "principal")
    home = client.get("/0990001N/gar/").content.decode()
    assert f'href="/0990001N/gar/comptes-rendus/{report.pk}/"' in home
    assert "Ici\u00a0: 2\u00a0rejets" in home
    page = client.get(f"/0990001N/gar/comptes-rendus/{report.pk}/").content.decode()
    assert f'href="/0990001N/annuaire/{ines.pk}/"' in page
    assert "MEF inconnu" in page
    assert "Vérifiez la formation (MEF)" in page
    assert "Groupe sans élève" in page
    assert len(statements_of(lambda: client.get(f"/0990001N/gar/comptes-rendus/{report.pk}/"))) <= 8


def test_one_line_more_than_the_page_holds_is_counted_in_the_singular(cast, reported, client):
    header, _first, second = TABLE.splitlines()
    report = reported("r.csv", "\n".join([header, *[second] * 301]).encode())
    cast.sign_in(client, "principal")
    page = client.get(f"/0990001N/gar/comptes-rendus/{report.pk}/").content.decode()
    assert "Et 1\u00a0autre\u00a0: corrigez" in page


def test_the_academy_reads_figures_schools_and_the_text_as_it_is(cast, reported, client):
    report = reported("r.xml", XML.replace(A, number_of(cast, "eleve")).encode())
    cast.sign_in(client, "academie")
    page = client.get(f"/gar/comptes-rendus/{report.pk}/").content.decode()
    assert "Eleve nbRejets" in page
    assert cast.college.name in page
    assert "1\u00a0ligne sans établissement connu" in page
    assert "&lt;motif&gt;Doublon&lt;/motif&gt;" in page
    sent = client.get(f"/gar/comptes-rendus/{report.pk}/fichier/")
    assert sent.content.startswith(b"<?xml")
    assert sent["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"rien de connu <script>", "ne comprend pas ce compte rendu"),
        (b"PK\x03\x04spoilt", "L’archive ne s’ouvre pas"),
        (_sparse(8**11 - 1), "L’archive ne s’ouvre pas"),
    ],
)
def test_what_is_not_understood_is_said_and_shown_safely(cast, reported, client, data, said):
    report = reported("r.bin", data)
    cast.sign_in(client, "academie")
    page = client.get(f"/gar/comptes-rendus/{report.pk}/").content.decode()
    assert said in page
    assert "<script>" not in page.split("Tel que le GAR")[1].split("</main>")[0]


def test_a_report_that_brings_the_worker_down_is_not_taken_up_again(access, reported, monkeypatch):
    taken = []

    def dies(*_args: Any) -> None:
        taken.append(1)
        raise SystemExit

    monkeypatch.setattr(etree, "fromstring", dies)
    with pytest.raises(SystemExit):
        reported("r.xml", XML.encode())
    assert read_reports(access) == ""
    assert (Report.objects.get(name="r.xml").verdict, len(taken)) == ("unknown", 1)


def test_two_records_that_become_one_keep_what_was_said_of_both(cast, access, reported):
    reported("r.csv", TABLE.replace(A, number_of(cast, "eleve")).encode())
    event = PeopleMerged(
        keep_id=cast.people["frere"].pk, absorbed_id=cast.people["eleve"].pk, establishments=(cast.college.pk,)
    )
    carry_out(event)
    with scope(cast.college.pk):
        assert ReportLine.objects.filter(person=cast.people["frere"]).count() == 1

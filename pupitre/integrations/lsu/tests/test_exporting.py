import datetime as dt
import hashlib

import pytest
from lxml import etree

from pupitre.attendance.half_days import Standing
from pupitre.attendance.models import CountedHalfDay
from pupitre.directory.models import ExternalId
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.gradebook.tests.factories import course_of
from pupitre.integrations.lsu.checking import Code, Screen, check
from pupitre.integrations.lsu.models import LsuCheck, LsuExport
from pupitre.integrations.lsu.queries.terms import drafts_of
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.exporting import bytes_of, export_term
from pupitre.integrations.lsu.tests.schema import IS_THERE, PLACE, WHY, faults_of
from pupitre.integrations.lsu.writer import NAMESPACE
from pupitre.reportcards.models import Project, ProjectCourse, ProjectReport, ReportCard


def _root(made: LsuExport, head) -> etree._Element:
    return etree.fromstring(bytes_of(made, actor=head))


def _all(root: etree._Element, name: str) -> list[etree._Element]:
    return list(root.iter(f"{{{NAMESPACE}}}{name}"))


def test_the_file_keeps_who_made_it_its_hash_and_whom_it_leaves_out(term, head):
    made = export_term(term=term, terms=[term], division=None, actor=head)
    data = bytes_of(made, actor=head)
    assert (made.reports, made.made_by_id, made.name) == (1, head.person_id, "lsu_0990001N_college_T1.xml")
    assert made.sha256 == hashlib.sha256(data).hexdigest()
    assert made.size == len(data)
    assert b"Trimestre" in data
    assert b"Trimestre" not in bytes(made.data or b"")
    ((name, division, why),) = made.left_aside
    assert (name, division) == ("Elias Belkacem", "6C")
    assert "6C\u00a0: synthèse manquante" in why
    assert LsuCheck.objects.get().blocked == 1


def test_what_the_file_says_of_ines(term, head):
    root = _root(export_term(term=term, terms=[term], division=None, actor=head), head)
    (pupil,), (report,) = _all(root, "eleve"), _all(root, "bilan-periodique")
    assert (pupil.get("id-be"), pupil.get("code-division"), pupil.get("nom")) == ("610301", "4B", "BELKACEM")
    assert report.get("date-conseil-classe") == "2026-12-03"
    assert report.get("prof-princ-refs") == "ENS_epp_71001"
    assert [each.get("code") for each in _all(root, "modalite-accompagnement")] == ["PAP"]
    assert len(_all(root, "devoirs-faits")) == 1
    assert {each.get("moyenne-eleve") for each in _all(root, "acquis")} == {"12,5/20", None}
    (responsible,) = _all(root, "responsable")
    assert (responsible.get("nom"), responsible.get("legal1"), responsible.get("lien-parente")) == (
        "BELKACEM",
        "true",
        "MERE",
    )
    assert [each.get("libelle") for each in _all(root, "responsable-etab")] == ["Mme Vasseur"]


@pytest.mark.skipif(not IS_THERE, reason=WHY)
def test_the_file_is_valid_with_projects_and_paths(term, head, college, ines, settings):
    division = college.groups["4B"]
    for kind, title in (("EPI", "Le temps"), ("AP", "Méthode"), ("PAR_CIT", "Élection des délégués")):
        project = Project.objects.create(
            establishment=college.college, division=division, term=term, kind=kind, title=title, text="Pour tous."
        )
        for subject in ("061300", "020700"):
            ProjectCourse.objects.create(
                establishment=college.college, project=project, course=course_of(division, subject)
            )
        ProjectReport.objects.create(
            establishment=college.college, project=project, student=ines, text="A mené le groupe.",
            written_at="2026-11-20T10:00+01:00",
        )  # fmt: skip
    settings.LSU_SCHEMA = PLACE
    made = export_term(term=term, terms=[term], division=None, actor=head)
    root = _root(made, head)
    assert faults_of(bytes_of(made, actor=head)) == []
    assert len(_all(root, "epi-eleve")) == len(_all(root, "acc-perso-eleve")) == 1
    assert {each.text for each in _all(root, "parcours")} == {
        "Élection des délégués\u00a0: Pour tous.",
        "A mené le groupe.",
    }


def test_nothing_is_made_when_nobody_is_ready(term, head, college):
    ExternalId.objects.filter(source="siecle_student").delete()
    with pytest.raises(Refusal, match="Aucun bilan"):
        export_term(term=term, terms=[term], division=None, actor=head)
    assert not LsuExport.objects.exists()


def test_the_same_reports_give_the_same_file(term, head):
    one, two = (export_term(term=term, terms=[term], division=None, actor=head) for _n in range(2))
    assert one.sha256 == two.sha256


def test_taking_the_file_is_in_the_journal(term, head):
    bytes_of(export_term(term=term, terms=[term], division=None, actor=head), actor=head)
    verbs = AuditEntry.objects.filter(verb__startswith="lsu.").values_list("verb", flat=True)
    assert sorted(verbs) == ["lsu.download", "lsu.export"]


SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="%s" elementFormDefault="qualified">
  <xs:element name="lsun-bilans"><xs:complexType><xs:sequence>
    <xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>
    <xs:anyAttribute processContents="skip"/></xs:complexType></xs:element>
  <xs:element name="%s"><xs:simpleType><xs:restriction base="xs:string"><xs:maxLength value="2"/></xs:restriction>
    </xs:simpleType></xs:element>
</xs:schema>"""


@pytest.mark.parametrize(
    ("element", "told"),
    [
        ("appreciation", "Inès BELKACEM, Français de Bruno LEMOINE (Appréciations"),
        ("acquis-conseils", "Inès BELKACEM (Synthèses"),
        ("editeur", "prévenez qui tient le serveur"),
    ],
)
def test_what_the_schema_refuses_is_told_with_who_and_where(term, head, settings, tmp_path, element, told):
    place = tmp_path / "refuse.xsd"
    place.write_text(SCHEMA % (NAMESPACE, element))
    settings.LSU_SCHEMA = str(place)
    with pytest.raises(Refusal) as no:
        export_term(term=term, terms=[term], division=None, actor=head)
    assert told in str(no.value)
    assert f"«\u00a0{element}\u00a0»" in str(no.value)
    assert "Element" not in str(no.value)


def test_what_the_council_has_not_validated_leaves_when_the_head_says_so(term, head, ines, client_of):
    ReportCard.objects.filter(student=ines).update(status="draft", validated_at=None)
    with pytest.raises(Refusal, match="Aucun bilan"):
        export_term(term=term, terms=[term], division=None, actor=head)
    address, facts = "/0990001N/lsu/exporter/", {"periode": term.pk, "non_arretes": "1"}
    assert client_of("secretaire").post(address, facts).status_code == 422
    assert not LsuExport.objects.exists()
    assert "Envoyer aussi ce que le conseil" in client_of("principal").get("/0990001N/lsu/").content.decode()
    assert client_of("principal").post(address, facts).status_code == 302
    assert LsuExport.objects.get().reports == 1
    assert AuditEntry.objects.get(verb="lsu.export").detail["takes_unvalidated"] is True
    # It is still to be mended.
    assert LsuCheck.objects.get().ready == 0


def test_half_days_that_wait_for_a_reason_are_told_and_leave_neither_way(term, head, ines):
    for day, standing in (
        (3, Standing.JUSTIFIED),
        (4, Standing.PENDING),
        (5, Standing.PENDING),
        (6, Standing.UNJUSTIFIED),
    ):
        CountedHalfDay(
            student=ines, missed_on=dt.date(2026, 11, day), half="am", gross=1, by_lesson=1, computed=1, missed=1, lessons=1,
            is_full=True, standing=standing, counted_at=clock.now(),
        ).save()  # fmt: skip
    looked = check(drafts_of(term, "0990001N"))
    (found,) = [each for each in looked.screens[Screen.SCHOOL_LIFE] if each.fault.code is Code.PENDING]
    assert (found.students, found.fault.is_blocking) == (["Inès Belkacem"], False)
    (life,) = _all(_root(export_term(term=term, terms=[term], division=None, actor=head), head), "vie-scolaire")
    assert (life.get("nb-abs-justifiees"), life.get("nb-abs-injustifiees")) == ("1", "1")

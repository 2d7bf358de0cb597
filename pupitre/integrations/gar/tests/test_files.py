"""The files, as the GAR reads them: order, keys, splitting, the schema, and the sample of another hand."""

import hashlib
import tarfile

import pytest
from lxml import etree

from pupitre.directory.models import Group, Membership, Person, Programme, Student, Subject
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate, make_group, make_subject
from pupitre.establishments.scope import scope
from pupitre.integrations.gar import writer
from pupitre.integrations.gar.nodes import node
from pupitre.integrations.gar.packing import pack
from pupitre.integrations.gar.records import Degree
from pupitre.integrations.gar.services.making import make
from pupitre.integrations.gar.tests.gestures import enrolled, named
from pupitre.integrations.gar.tests.schema import IS_THERE, PLACE, WHY
from pupitre.integrations.gar.validating import refused_by_schema
from pupitre.integrations.gar.writer import Duplicate, Spools
from pupitre.integrations.services.models import Pseudonym
from pupitre.timetable.models import CourseTeacher
from pupitre.timetable.tests.factories import make_course

NAMES = {"men": "http://data.education.fr/ns/gar"}


def _read(paths, document):
    [path] = [each for each in paths if f"_{document}_0000" in each.name]
    return etree.parse(path).getroot()


def _texts(root, xpath):
    return [each.text for each in root.iterfind(xpath, NAMES)]


@pytest.fixture
def college(cast, tuesday):
    """The collège, with what the GAR asks: a level, a group, somebody who assigns."""
    with scope(cast.college.pk):
        Student.objects.filter(person=cast.people["eleve"]).update(mef="10210001110")
        Programme(mef="10210001110", label="4EME", stat="21150010001").save()
        group = make_group(cast.college, "4ALL2", Group.Kind.GROUP)
        german = make_subject(cast.college, "030102", "Allemand LV2")
        make_course(group, german, cast.people["collegue"])
        ines = Student.objects.get(person=cast.people["eleve"])
        Membership.objects.create(establishment=cast.college, student=ines, group=group, starts_on="2026-09-01")
        make_group(cast.college, "VIDE", Group.Kind.GROUP)
    enrolled(cast)
    named(cast)
    return cast


def test_a_school_gives_five_documents_that_tell_who_follows_what(college, tmp_path):
    made = make([college.college], "ENTTEST_GAR-ENT_Complet_20261124_020000", tmp_path)
    paths = made.files[Degree.SECOND]
    assert [each.name.split("_2D_")[1] for each in paths] == [
        f"{name}_0000.xml" for name in ("Eleve", "Enseignant", "Etab", "Groupe", "RespAff")
    ]
    students = _read(paths, "Eleve")
    assert sorted(_texts(students, "men:GAREleve/men:GARPersonPrenom")) == ["Elias", "Inès"]
    assert set(_texts(students, "men:GAREleve/men:GARPersonProfils/men:GARPersonProfil")) == {"National_elv"}
    assert _texts(students, "men:GARPersonMEF/men:GARMEFCode") == ["10210001110"]
    assert not _texts(students, "men:GARPersonMEFSTAT4/men:GARMEFSTAT4Code")
    school = _read(paths, "Etab")
    assert _texts(school, "men:GARMEF/men:GARMEFLibelle") == ["4EME"]
    assert _texts(school, "men:GARMEF/men:GARMEFSTAT11") == ["21150010001"]
    ines = Pseudonym.objects.get(person=college.people["eleve"], service=None).value
    mine = [
        each.findtext("men:GARMatiereCode", None, NAMES)
        for each in students.iterfind("men:GAREleveEnseignement", NAMES)
        if each.findtext("men:GARPersonIdentifiant", None, NAMES) == ines
    ]
    assert sorted(mine) == ["020700", "030102", "061300"]
    staff = _read(paths, "Enseignant")
    assert {"National_ens", "National_dir", "National_evs", "National_eta"} == set(
        _texts(staff, "men:GAREnseignant/men:GARPersonProfils/men:GARPersonProfil")
    )
    assert _texts(_read(paths, "RespAff"), "men:GARRespAff/men:GARPersonMail") == ["b.lemoine@ac-exemple.invalid"]
    assert "BELKACEM" not in set(_texts(staff, "men:GAREnseignant/men:GARPersonNom")), "no family"


def test_groups_say_their_classes_and_those_without_anybody_stay(college, tmp_path):
    made = make([college.college], "X", tmp_path)
    groups = _read(made.files[Degree.SECOND], "Groupe")
    assert _texts(groups, "men:GARGroupe/men:GARGroupeCode") == ["4B", "6C", "4ALL2"]
    assert _texts(groups, "men:GARGroupe/men:GARGroupeDivAppartenance") == ["4B"]
    assert _texts(groups, "men:GAREnsGroupeMatiere/men:GARMatiereCode") == ["030102"]
    assert made.told[0].groups == 3
    # Teachers are in the groups that they teach.
    assert len(_texts(groups, "men:GARPersonGroupe/men:GARGroupeCode")) == 3 + 4


def test_numbers_last_and_say_nothing(college, tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first = make([college.college], "X", tmp_path / "a").files[Degree.SECOND]
    again = make([college.college], "X", tmp_path / "b").files[Degree.SECOND]
    assert [each.read_bytes() for each in first] == [each.read_bytes() for each in again]
    numbers = _texts(_read(first, "Eleve"), "men:GAREleve/men:GARPersonIdentifiant")
    assert all(len(each) == 32 for each in numbers)


def test_whoever_works_in_two_schools_is_told_once_with_both(college, tmp_path):
    affiliate(college.people["collegue"], college.lycee, Profile.TEACHER, "Professeur documentaliste")
    made = make([college.college, college.lycee], "X", tmp_path)
    staff = _read(made.files[Degree.SECOND], "Enseignant")
    [both] = [
        each
        for each in staff.iterfind("men:GAREnseignant", NAMES)
        if each.findtext("men:GARPersonNom", None, NAMES) == "LEMOINE"
    ]
    assert _texts(both, "men:GARPersonEtab") == ["0990001N", "0990002P"]
    assert _texts(both, "men:GARPersonProfils/men:GARPersonProfil") == ["National_ens", "National_doc"]
    assert both.find("men:GARPersonStructRattach", NAMES) is None


def test_whoever_has_no_first_name_or_has_left_is_told_apart(college, tmp_path):
    Person.objects.filter(pk=college.people["frere"].pk).update(first_name="")
    named(college, "cpe", mail="")
    [told] = make([college.college], "X", tmp_path).told
    assert told.students == 1
    assert sorted(told.left_out) == [("BELKACEM", "first_name"), ("Karim Bensaïd", "mail")]


@pytest.mark.skipif(not IS_THERE, reason=WHY)
def test_the_schema_of_the_ministry_takes_the_files(college, tmp_path, settings):
    settings.GAR_SCHEMAS = PLACE
    made = make([college.college, college.lycee], "X", tmp_path)
    assert [refused_by_schema(each, Degree.SECOND) for each in made.files[Degree.SECOND]] == [""] * 5
    wrong = tmp_path / "wrong.xml"
    wrong.write_bytes(made.files[Degree.SECOND][0].read_bytes().replace(b"GARPersonPrenom>", b"GARPersonPetitNom>"))
    assert refused_by_schema(wrong, Degree.SECOND).startswith("wrong.xml, ligne ")


@pytest.mark.skipif(not IS_THERE, reason=WHY)
def test_a_primary_school_has_files_of_its_own(college, tmp_path, settings):
    settings.GAR_SCHEMAS = PLACE
    college.college.kind = "ecole"
    with scope(college.college.pk):
        Student.objects.filter(person=college.people["eleve"]).update(mef="1131")
        Student.objects.filter(person=college.people["frere"]).update(mef="CP")
    made = make([college.college, college.lycee], "X", tmp_path)
    students = made.files[Degree.FIRST][0].read_text()
    assert "<men:GARMEFSTAT4Code>1131</men:GARMEFSTAT4Code>" in students
    assert "CP<" not in students, "ONDE tells the name of a level, which is no code"
    assert [refused_by_schema(each, Degree.FIRST) for each in made.files[Degree.FIRST]] == [""] * 5
    staff = made.files[Degree.FIRST][1].read_text()
    assert "GARPersonMail" not in staff
    # Whoever teaches them is of their level too.
    assert "<men:GARMEFSTAT4Code>1131</men:GARMEFSTAT4Code>" in staff
    assert len(made.files[Degree.SECOND]) == 5


def test_documents_are_split_and_keep_their_order(tmp_path, monkeypatch):
    monkeypatch.setattr(writer, "MOST_NODES", 3)
    with Spools(tmp_path, Degree.SECOND) as spools:
        for number in range(4):
            spools.add("GARPersonMEF", number, node("GARPersonMEF", ("GARMEFCode", str(number))))
        for number in range(2):
            spools.add("GAREleve", number, node("GAREleve", ("GARPersonNom", "a < b & c")))
        paths = [each for each in spools.write_out("X") if "Eleve" in each.name]
    kinds = [[etree.QName(each).localname for each in etree.parse(path).getroot()] for path in paths]
    assert kinds == [["GAREleve", "GAREleve", "GARPersonMEF"], ["GARPersonMEF"] * 3]
    assert "a &lt; b &amp; c" in paths[0].read_text()


def test_a_key_that_comes_twice_is_refused(tmp_path):
    with Spools(tmp_path, Degree.SECOND) as spools:
        spools.add("GAREleve", "1", "<a/>")
        with pytest.raises(Duplicate):
            spools.add("GAREleve", "1", "<a/>")


def test_what_xml_cannot_hold_is_left_out():
    assert node("GARGroupe", ("GARGroupeLibelle", "6e\x00\nA " + "x" * 300)).count("x") == 255 - len("6e A ")


def test_the_archive_is_flat_and_its_digest_is_its_own(college, tmp_path):
    made = make([college.college], "X", tmp_path)
    package = pack(tmp_path, "X", made.files[Degree.SECOND])
    assert package.md5 == hashlib.md5(package.archive.read_bytes(), usedforsecurity=False).hexdigest()
    assert package.digest.read_text().strip() == package.md5
    with tarfile.open(package.archive) as archive:
        entries = archive.getmembers()
    assert [each.name for each in entries] == sorted(each.name for each in made.files[Degree.SECOND])
    assert {(each.uid, each.uname, each.mode) for each in entries} == {(0, "", 0o644)}


def test_a_course_that_ended_or_a_teacher_who_left_is_not_told(college, tmp_path):
    with scope(college.college.pk):
        CourseTeacher.objects.filter(person=college.people["enseignante"]).update(ends_on="2026-11-01")
        Subject.objects.filter(code="061300").update(label="")
    made = make([college.college], "X", tmp_path)
    groups = _read(made.files[Degree.SECOND], "Groupe")
    assert _texts(groups, "men:GAREnsClasseMatiere/men:GARMatiereCode") == ["020700"]
    assert "061300" in _texts(_read(made.files[Degree.SECOND], "Etab"), "men:GARMatiere/men:GARMatiereLibelle")

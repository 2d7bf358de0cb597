"""Reading the archives of other software: what they say, the variants met, and the verdict of each case."""

import io
import zipfile

import pytest

from pupitre.directory.models import FormTeacher, Guardianship, Membership, Person, Student
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import CourseRecord, GroupRecord, OutsideId
from pupitre.integrations.exchange.verdicts import Rejected, Severity
from pupitre.integrations.imports.tests.engine import Engine
from pupitre.integrations.oneroster.columns import COLUMNS
from pupitre.integrations.oneroster.services.receivers import set_receiver
from pupitre.integrations.oneroster.services.taking import take
from pupitre.integrations.oneroster.tests.archives import UAI, archive, former, read, school
from pupitre.integrations.oneroster.tests.gestures import made, make_receiver, referent
from pupitre.integrations.reading import read_all
from pupitre.timetable.models import Course


def told(reading, code):
    return [each for each in reading.findings if each.code == code]


def test_a_school_is_read_as_the_house_says_it():
    reading = read(archive(school()))
    assert (reading.kind, reading.uai, reading.year) == ("oneroster", UAI, 2026)
    assert reading.groups == [GroupRecord("4A", "4e A", "division"), GroupRecord("4ALL", "Allemand", "group")]
    assert reading.courses == [
        CourseRecord("4A", "061300", teachers=("t1",)),
        CourseRecord("4ALL", "030102", teachers=("t1",)),
    ]
    assert [(each.code, each.label) for each in reading.subjects] == [
        *(("061300", "Mathématiques"), ("030102", "Allemand LV2"))
    ]
    lou, noa = reading.students
    assert (lou.division, lou.groups, lou.ine, noa.division, noa.groups) == ("4A", ("4ALL",), "0123456789A", "4A", ())
    assert lou.who.ids == (OutsideId("ine", "national", "0123456789A"), OutsideId("csv", UAI, "oneroster|s1"))
    eve, guy = reading.staff
    assert (eve.function, eve.head_of, eve.who.email) == ("ENS", ("4A",), "e.roy@ac-exemple.fr")
    assert guy.function == "DIR"
    [link] = reading.links
    assert (link.student, link.guardian, link.level) == ("s1", "g1", 1)
    assert reading.guardians[0].who.mobile == "+33612345678"
    assert [each.code for each in reading.findings] == ["level_to_confirm"]


def test_the_version_before_says_what_somebody_is_beside_their_name():
    one, two = read(archive(school())), read(archive(former(school()), manifest={"oneroster.version": "1.1"}))
    assert [each.code for each in two.findings] == ["level_to_confirm"]
    assert [(each.key, each.division, each.groups) for each in two.students] == [
        (each.key, each.division, each.groups) for each in one.students
    ]
    assert two.staff == one.staff
    assert (two.groups, two.courses, two.links) == (one.groups, one.courses, one.links)


def test_what_we_write_is_read_again(cast, tuesday):
    receiver = make_receiver(cast)
    with scope(cast.college.pk):
        set_receiver(receiver, actor=referent(cast), with_guardians=True, with_ine=False, ine_reason="")
    file = made(cast, receiver)
    with scope(cast.college.pk):
        data = take(file, actor=referent(cast))
    reading = read(data)
    assert {(each.code, each.kind) for each in reading.groups} == {("4B", "division"), ("6C", "division")}
    assert {(each.group, each.subject) for each in reading.courses} == {
        *(("4B", "061300"), ("4B", "020700"), ("6C", "061300"))
    }
    assert {(each.who.first_name, each.division) for each in reading.students} == {("Inès", "4B"), ("Elias", "6C")}
    assert {each.who.first_name for each in reading.staff} == {"Hélène", "Bruno", "Karim", "Anne", "Odile", "Aurore"}
    assert len(reading.links) == 2


def test_lower_case_names_a_mark_and_empty_cells_change_nothing():
    usual = read(archive(school()))
    odd = read(
        archive(
            school(),
            bom=True,
            names={"academicSessions": "academicsessions.csv", "users": "Users.CSV"},
            headers={"users": (*COLUMNS["users"], "", ""), "orgs": (*COLUMNS["orgs"], "")},
        )
    )
    assert (odd.students, odd.staff, odd.groups) == (usual.students, usual.staff, usual.groups)


def test_a_misspelt_column_in_its_place_is_read_and_told():
    header = tuple(
        {"dateLastModified": "dataLastModified", "familyName": "familyNane"}.get(each, each)
        for each in COLUMNS["users"]
    )
    reading = read(archive(school(), headers={"users": header}))
    assert [each.who.last_name for each in reading.students] == ["MARTIN", "PETIT"]
    assert {(each.field, each.severity) for each in told(reading, "misspelt_column")} == {
        *(("dateLastModified", Severity.REPAIR), ("familyName", Severity.REPAIR))
    }


def test_a_column_that_is_missing_is_asked_for():
    header = tuple("nom" if each == "familyName" else each for each in COLUMNS["users"])
    with pytest.raises(Rejected, match=r"Il manque à users\.csv : « familyName »"):
        read(archive(school(), headers={"users": header}))


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"has_manifest": False}, "no_manifest"),
        ({"manifest": {"oneroster.version": "1.0"}}, "other_version"),
        ({"manifest": {"oneroster.version": ""}}, "other_version"),
    ],
)
def test_a_manifest_that_is_missing_or_odd_is_told(facts, code):
    reading = read(archive(school(), **facts))
    assert [each.severity for each in told(reading, code)] == [Severity.NOTICE]
    assert len(reading.students) == 2


def test_the_manifest_says_which_files_count():
    reading = read(archive(school(), manifest={"file.courses": "absent"}))
    assert [each.record for each in told(reading, "not_declared")] == ["courses.csv"]
    assert reading.courses == [], "courses that nothing names have no subject"
    empty = {f"file.{name}": "" for name in COLUMNS}
    assert len(read(archive(school(), manifest=empty)).courses) == 2
    files = school()
    del files["courses"]
    with pytest.raises(Rejected, match=r"annonce courses\.csv, qui n’est pas dans l’archive"):
        read(archive(files, manifest={"file.courses": "bulk"}))
    # Absent although classes point to it: they are read, without what is taught.
    assert len(read(archive(files)).groups) == 2


@pytest.mark.parametrize("name", ["orgs", "classes", "users", "enrollments", "roles"])
def test_an_archive_without_a_file_that_is_needed_is_refused(name):
    files = school()
    held = files.pop(name)
    assert held
    if name == "roles":
        data = archive({**files, "roles": held}, names={"roles": "autre.txt"}, manifest={"file.roles": ""})
        with pytest.raises(Rejected):
            read(data)
        return
    with pytest.raises(Rejected, match=rf"{name}\.csv"):
        read(archive(files, manifest={f"file.{name}": ""}))


def test_what_changed_alone_is_refused():
    with pytest.raises(Rejected, match="export complet"):
        read(archive(school(), manifest={"file.users": "delta"}))


def test_a_row_that_points_nowhere_is_left_aside():
    files = school()
    files["enrollments"] += [
        {"sourcedId": "x1", "classSourcedId": "4a", "userSourcedId": "personne", "role": "student"},
        {"sourcedId": "x2", "classSourcedId": "rien", "userSourcedId": "s1", "role": "student"},
        {"sourcedId": "x3", "classSourcedId": "z", "userSourcedId": "s1", "role": "student"},
    ]
    files["roles"].append({"userSourcedId": "fantôme", "role": "student", "orgSourcedId": "o1"})
    files["classes"].append(
        {"sourcedId": "z", "title": "Z", "classType": "scheduled", "courseSourcedId": "zz", "schoolSourcedId": "o1"}
    )
    files["users"][1]["agentSourcedIds"] = "g9"
    reading = read(archive(files))
    aside = told(reading, "unknown_reference")
    assert {each.severity for each in aside} == {Severity.QUARANTINE}
    assert {each.record for each in aside} == {"x1", "x2", "fantôme", "Z", "Noa PETIT"}
    assert [(each.key, each.groups) for each in reading.students] == [("s1", ("4ALL",)), ("s2", ())]


def test_rows_left_aside_by_thousands_are_counted():
    files = school()
    files["enrollments"] += [
        {"sourcedId": f"x{number}", "classSourcedId": "4a", "userSourcedId": "personne", "role": "student"}
        for number in range(1000)
    ]
    aside = told(read(archive(files)), "unknown_reference")
    assert len(aside) == 201
    assert aside[-1].reason.startswith("800 autres lignes")


def test_of_two_rows_of_one_identifier_the_last_wins():
    files = school()
    files["users"].append({**files["users"][1], "familyName": "GRAND"})
    reading = read(archive(files))
    assert [each.who.last_name for each in reading.students] == ["MARTIN", "GRAND"]
    assert [(each.record, each.severity) for each in told(reading, "same_id")] == [("s2", Severity.NOTICE)]


def test_whoever_is_to_be_deleted_is_not_told_of_any_more_and_nobody_else_is_gone():
    files = school()
    files["users"][1]["status"] = "tobedeleted"
    for each in (*files["roles"], *files["enrollments"]):
        each["status"] = "tobedeleted" if each["userSourcedId"] == "s2" else "active"
    reading = read(archive(files))
    assert [each.key for each in reading.students] == ["s1"]
    assert (reading.is_whole, reading.aside) == (True, [])
    assert not told(reading, "unknown_reference")


def test_births_are_read_in_french_order_and_told():
    files = school()
    files["demographics"] = [
        {"sourcedId": "s1", "status": "", "dateLastModified": "", "birthDate": "1/05/2013", "sex": "female"},
        {"sourcedId": "s2", "status": "", "dateLastModified": "", "birthDate": "31/31/2013", "sex": "x"},
    ]
    reading = read(archive(files, manifest={"file.demographics": "bulk"}))
    lou, noa = reading.students
    assert (str(lou.who.birth_date), lou.who.sex) == ("2013-05-01", "F")
    assert (noa.who.birth_date, noa.who.sex) == (None, "")
    assert len(told(reading, "french_date")) == len(told(reading, "bad_birth_date")) == 1


def test_somebody_without_a_name_is_left_aside_and_not_gone():
    files = school()
    files["users"][1]["givenName"] = ""
    reading = read(archive(files))
    assert [each.record for each in told(reading, "no_name")] == ["PETIT"]
    assert reading.aside == [OutsideId("csv", UAI, "oneroster|s2")]


def test_the_open_school_is_found_among_several_or_the_archive_is_refused():
    files = school()
    files["orgs"].append({"sourcedId": "o2", "name": "Lycée", "type": "school", "identifier": "0990002P"})
    files["users"].append({"sourcedId": "s9", "givenName": "Tim", "familyName": "LOIN"})
    files["roles"].append({"userSourcedId": "s9", "role": "student", "orgSourcedId": "o2"})
    files["classes"].append({"sourcedId": "2a", "title": "2de A", "classType": "homeroom", "schoolSourcedId": "o2"})
    files["enrollments"].append({"sourcedId": "e9", "classSourcedId": "2a", "userSourcedId": "s9", "role": "student"})
    reading = read(archive(files))
    assert ([each.key for each in reading.students], [each.code for each in reading.groups]) == (
        ["s1", "s2"],
        ["4A", "4ALL"],
    )
    assert not told(reading, "unknown_reference")
    with pytest.raises(Rejected, match="Collège, Lycée"):
        read(archive(files), uai="0990003R")
    with pytest.raises(Rejected, match="ne parle pas de l’établissement"):
        read(archive(school()), uai="0990003R")
    unnamed = school()
    unnamed["orgs"][0]["identifier"] = ""
    assert len(told(read(archive(unnamed)), "school_without_code")) == 1


def test_an_administrator_of_a_tool_is_a_guest_here_and_a_relative_is_a_contact():
    files = school()
    files["roles"][2]["role"] = "systemAdministrator"
    files["roles"][4]["role"] = "relative"
    reading = read(archive(files))
    assert {each.who.last_name: each.function for each in reading.staff} == {"ROY": "INV", "NOËL": "DIR"}
    assert [each.record for each in told(reading, "role_to_give")] == ["Ève Roy"]
    assert reading.links[0].level == 3
    assert not told(reading, "level_to_confirm")


def test_when_a_row_cannot_be_read_nobody_is_gone_and_groups_stay():
    files = school()
    usual = archive(files)
    assert all(each.says_groups for each in read(usual).students)
    torn = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(usual)) as held, zipfile.ZipFile(torn, "w") as out:
        for name in held.namelist():
            more = (
                "a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q,r,s,t,u,v,w,x,y,z\r\n"
                if name in ("users.csv", "enrollments.csv")
                else ""
            )
            out.writestr(name, held.read(name).decode() + more)
    reading = read(torn.getvalue())
    assert len(told(reading, "bad_width")) == 2
    assert (reading.is_whole, any(each.says_groups for each in reading.students)) == (False, False)


def test_a_person_without_an_identifier_is_left_aside():
    files = former(school())
    files["users"].append(
        {"sourcedId": "", "givenName": "Max", "familyName": "SANS", "role": "student", "orgSourcedIds": "o1"}
    )
    reading = read(archive(files))
    assert [each.record for each in told(reading, "no_id")] == ["SANS"]
    assert (reading.is_whole, len(reading.students)) == (False, 2)


def test_a_file_alone_says_that_the_whole_archive_is_wanted():
    with pytest.raises(Rejected, match="l’archive"):
        read_all("users.csv", io.BytesIO(b"sourcedId,givenName,familyName\r\n1,a,b\r\n"), uai=UAI)


@pytest.fixture
def empty(db, tmp_path):
    """A school that knows nobody, and the way to give it an archive."""
    with clock.at("2026-09-16T08:00"):
        held = Engine(open_establishment(uai="0990008X", name="Collège des Essais", kind="college"))

        def give(files, **facts):
            path = tmp_path / "oneroster.zip"
            path.write_bytes(archive(files, **facts))
            return held.files(path, applied=True, confirmed=True)

        yield held, give


def _of_the_empty_school(files):
    files["orgs"][0]["identifier"] = "0990008X"
    return files


def test_an_archive_fills_an_empty_school_and_given_twice_changes_nothing(empty):
    engine, give = empty
    outcome = give(_of_the_empty_school(school()))
    assert outcome.job.state == "applied", outcome.job.reasons
    with scope(engine.school.pk):
        assert {(each.group.code, each.student.person.last_name) for each in Membership.objects.all()} == {
            *(("4A", "MARTIN"), ("4A", "PETIT"), ("4ALL", "MARTIN"))
        }
        assert {(each.group.code, each.subject.code) for each in Course.objects.all()} == {
            *(("4A", "061300"), ("4ALL", "030102"))
        }
        assert FormTeacher.objects.get().person.last_name == "ROY"
    link = Guardianship.objects.get(establishment=engine.school)
    assert (link.guardian.first_name, link.student.first_name, link.level) == ("Léa", "Lou", 1)
    before = engine.everything()
    again = give(_of_the_empty_school(school()))
    assert again.kinds == {}
    assert engine.everything() == before


def test_a_teacher_who_is_a_parent_has_two_records_that_the_house_may_join(empty):
    engine, give = empty
    files = _of_the_empty_school(school())
    files["roles"].append({"userSourcedId": "t1", "role": "parent", "orgSourcedId": "o1"})
    files["users"][1]["agentSourcedIds"] = "t1"
    outcome = give(files)
    assert outcome.job.state == "applied", outcome.job.reasons
    assert Guardianship.objects.filter(establishment=engine.school).count() == 2
    assert Person.objects.filter(last_name="ROY", first_name="Ève").count() == 2
    assert give(files).kinds == {}


def test_an_archive_without_families_says_nothing_of_them(empty):
    engine, give = empty
    give(_of_the_empty_school(school()))
    files = _of_the_empty_school(school())
    files["users"] = [each for each in files["users"] if each["sourcedId"] != "g1"]
    files["users"][0]["agentSourcedIds"] = ""
    files["roles"] = [each for each in files["roles"] if each["role"] != "parent"]
    outcome = give(files)
    assert (outcome.kinds, outcome.found("no_legal_guardian")) == ({}, [])
    assert Guardianship.objects.filter(establishment=engine.school, ends_on=None).count() == 1


def test_somebody_who_is_to_be_deleted_leaves_and_is_not_erased(empty):
    engine, give = empty
    files = _of_the_empty_school(school())
    # A tenth of the students, so that nothing is held.
    for number in range(30):
        files["users"].append({"sourcedId": f"n{number}", "givenName": f"Élève {number}", "familyName": "NOMBREUX"})
        files["roles"].append({"userSourcedId": f"n{number}", "role": "student", "orgSourcedId": "o1"})
        files["enrollments"].append(
            {"sourcedId": f"en{number}", "classSourcedId": "4a", "userSourcedId": f"n{number}", "role": "student"}
        )
    give(files)
    for each in (*files["users"], *files["roles"], *files["enrollments"]):
        if "s2" in (each["sourcedId"] if "givenName" in each else each["userSourcedId"]):
            each["status"] = "tobedeleted"
    with clock.at("2026-10-05T08:00"):
        outcome = give(files)
    assert outcome.job.state == "applied"
    with scope(engine.school.pk):
        noa = Student.objects.get(person__last_name="PETIT")
        assert noa.left_on is not None
        assert Student.objects.filter(left_on=None).count() == 31

"""The files, read back as another program reads them: columns, order, references, who is in them and what is told."""

import csv
import io
import zipfile

import pytest

from pupitre.directory.models import FormTeacher, Group, Membership, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import affiliate, make_group, make_subject
from pupitre.establishments.models import SchoolYear, Term
from pupitre.establishments.scope import scope
from pupitre.integrations.oneroster.columns import COLUMNS, joined, manifest_of, row
from pupitre.integrations.oneroster.models import RosterFile
from pupitre.integrations.oneroster.services.making import make_file
from pupitre.integrations.oneroster.services.receivers import NoReason, NotForGuardians, NotOpen, set_receiver
from pupitre.integrations.oneroster.services.taking import take
from pupitre.integrations.oneroster.tests.gestures import headers, made, make_receiver, opened, referent, taken
from pupitre.integrations.services.models import Connector, Pseudonym, Service
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.timetable.tests.factories import make_course
from tests.statements import statements_of

_HEADERS = {
    "academicSessions.csv": "sourcedId,status,dateLastModified,title,type,startDate,endDate,parentSourcedId,schoolYear",
    "orgs.csv": "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId",
    "courses.csv": (
        "sourcedId,status,dateLastModified,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects,subjectCodes"
    ),
    "classes.csv": (
        "sourcedId,status,dateLastModified,title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,"
        "termSourcedIds,subjects,subjectCodes,periods"
    ),
    "users.csv": (
        "sourcedId,status,dateLastModified,enabledUser,username,userIds,givenName,familyName,middleName,identifier,email,"
        "sms,phone,agentSourcedIds,grades,password,userMasterIdentifier,preferredGivenName,preferredMiddleName,"
        "preferredFamilyName,primaryOrgSourcedId,pronouns"
    ),
    "roles.csv": (
        "sourcedId,status,dateLastModified,userSourcedId,roleType,role,beginDate,endDate,orgSourcedId,userProfileSourcedId"
    ),
    "enrollments.csv": (
        "sourcedId,status,dateLastModified,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate"
    ),
    "manifest.csv": "propertyName,value",
}
_LINKS = {
    "academicSessions": {"parentSourcedId": "academicSessions"},
    "courses": {"schoolYearSourcedId": "academicSessions", "orgSourcedId": "orgs"},
    "classes": {"courseSourcedId": "courses", "schoolSourcedId": "orgs", "termSourcedIds": "academicSessions"},
    "users": {"agentSourcedIds": "users", "primaryOrgSourcedId": "orgs"},
    "roles": {"userSourcedId": "users", "orgSourcedId": "orgs"},
    "enrollments": {"classSourcedId": "classes", "schoolSourcedId": "orgs", "userSourcedId": "users"},
}


@pytest.fixture
def college(cast):
    """The collège, with two terms, a language group, a group where nothing is taught, and a form teacher."""
    with scope(cast.college.pk):
        year = SchoolYear.objects.get()
        Term.objects.create(
            school_year=year,
            establishment=cast.college,
            code="S1",
            label="Semestre 1",
            starts_on="2026-09-01",
            ends_on="2027-01-31",
        )
        Term.objects.create(
            school_year=year,
            establishment=cast.college,
            code="S2",
            label="Semestre 2",
            starts_on="2027-02-01",
            ends_on="2027-07-03",
        )
        group = make_group(cast.college, "4ALL2", Group.Kind.GROUP)
        make_course(group, make_subject(cast.college, "030102", "Allemand, LV2"), cast.people["collegue"])
        help_group = make_group(cast.college, "AIDE", Group.Kind.GROUP)
        make_group(cast.college, "VIDE")
        ines = Student.objects.get(person=cast.people["eleve"])
        Student.objects.filter(pk=ines.pk).update(ine="0123456789A")
        for each in (group, help_group):
            Membership.objects.create(establishment=cast.college, student=ines, group=each, starts_on="2026-09-01")
        FormTeacher.objects.create(
            establishment=cast.college,
            group=cast.groups["4B"],
            person=cast.people["enseignante"],
            starts_on="2026-09-01",
        )
    return cast


def test_columns_stand_in_their_order_and_every_file_is_named(college):
    file = made(college, make_receiver(college))
    with scope(college.college.pk):
        data = take(file, actor=referent(college))
    assert headers(data) == _HEADERS
    assert list(COLUMNS) == [each.removesuffix(".csv") for each in _HEADERS if each != "manifest.csv"]
    told = {each["propertyName"]: each["value"] for each in opened(data)["manifest"]}
    assert (told["manifest.version"], told["oneroster.version"]) == ("1.0", "1.2")
    assert {name for name, value in told.items() if value == "bulk"} == {f"file.{name}" for name in COLUMNS}
    assert sum(value == "absent" for value in told.values()) == 14
    assert told["file.demographics"] == told["file.userProfiles"] == "absent"
    assert len(manifest_of("bulk")) == 25


def test_every_reference_is_found_and_every_identifier_is_single(college):
    held = taken(college, made(college, make_receiver(college)))
    known = {name: [each["sourcedId"] for each in held[name]] for name in COLUMNS}
    for name, keys in known.items():
        assert keys, name
        assert len(keys) == len(set(keys)), name
    for name, links in _LINKS.items():
        for column, target in links.items():
            told = {key for each in held[name] for key in each[column].split(",") if key}
            assert told <= set(known[target]), (name, column)


def test_the_school_its_year_and_its_classes(college):
    held = taken(college, made(college, make_receiver(college)))
    [org] = held["orgs"]
    assert (org["name"], org["type"], org["identifier"]) == ("Collège Sophie-Germain", "school", "0990001N")
    year, *terms = held["academicSessions"]
    assert (year["title"], year["type"], year["schoolYear"]) == ("2026-2027", "schoolYear", "2027")
    assert [(each["title"], each["type"], each["startDate"], each["schoolYear"]) for each in terms] == [
        ("Semestre 1", "semester", "2026-09-01", "2027"),
        ("Semestre 2", "semester", "2027-02-01", "2027"),
    ]
    assert {each["parentSourcedId"] for each in terms} == {year["sourcedId"]}
    assert [(each["title"], each["classType"], each["classCode"]) for each in held["classes"]] == [
        ("4B", "homeroom", "4B"),
        ("6C", "homeroom", "6C"),
        ("AIDE", "scheduled", "AIDE"),
        ("Mathématiques, 4B", "scheduled", "4B 061300"),
        ("Français, 4B", "scheduled", "4B 020700"),
        ("Mathématiques, 6C", "scheduled", "6C 061300"),
        ("Allemand, LV2, 4ALL2", "scheduled", "4ALL2 030102"),
    ]
    german = held["classes"][-1]
    assert (german["subjects"], german["subjectCodes"]) == ("Allemand LV2", "030102")
    assert german["termSourcedIds"] == ",".join(each["sourcedId"] for each in terms)
    assert [each["title"] for each in held["courses"]] == [
        *("Vie de classe", "Groupes", "Mathématiques", "Français", "Allemand, LV2")
    ]


def test_who_is_in_a_class_and_who_leads_it(college):
    held = taken(college, made(college, make_receiver(college)))
    names = {each["sourcedId"]: each["givenName"] for each in held["users"]}
    titles = {each["sourcedId"]: each["title"] for each in held["classes"]}
    assert [
        (titles[each["classSourcedId"]], names[each["userSourcedId"]], each["role"], each["primary"])
        for each in held["enrollments"]
    ] == [
        ("4B", "Hélène", "teacher", "true"),
        ("4B", "Inès", "student", "false"),
        ("6C", "Elias", "student", "false"),
        ("AIDE", "Inès", "student", "false"),
        ("Mathématiques, 4B", "Hélène", "teacher", "true"),
        ("Mathématiques, 4B", "Inès", "student", "false"),
        ("Français, 4B", "Bruno", "teacher", "true"),
        ("Français, 4B", "Inès", "student", "false"),
        ("Mathématiques, 6C", "Hélène", "teacher", "true"),
        ("Mathématiques, 6C", "Elias", "student", "false"),
        ("Allemand, LV2, 4ALL2", "Bruno", "teacher", "true"),
        ("Allemand, LV2, 4ALL2", "Inès", "student", "false"),
    ]
    assert {names[each["userSourcedId"]]: (each["roleType"], each["role"]) for each in held["roles"]} == {
        "Inès": ("primary", "student"),
        "Elias": ("primary", "student"),
        "Hélène": ("primary", "teacher"),
        "Bruno": ("primary", "teacher"),
        "Karim": ("primary", "counselor"),
        "Anne": ("primary", "principal"),
        "Odile": ("primary", "aide"),
        "Aurore": ("primary", "siteAdministrator"),
    }


def test_nothing_is_told_of_families_births_addresses_and_numbers(college):
    people = college.people
    Person.objects.filter(pk=people["eleve"].pk).update(
        birth_date="2013-03-31", email="ines@exemple.invalid", mobile="0600000000"
    )
    file = made(college, make_receiver(college))
    with scope(college.college.pk):
        held = opened(take(file, actor=referent(college)))
    told = repr(held)
    for secret in ("2013", "ines@", "0600000000", "0123456789A", "Nadia", people["eleve"].user.username):
        assert secret not in told
    assert {each["password"] + each["email"] + each["userMasterIdentifier"] for each in held["users"]} == {""}
    assert {each["status"] + each["dateLastModified"] for name in COLUMNS for each in held[name]} == {""}


def test_people_are_known_by_the_number_that_a_sign_on_tells(college):
    receiver = make_receiver(college)
    held = taken(college, made(college, receiver))
    [ines] = [each for each in held["users"] if each["givenName"] == "Inès"]
    with scope(college.college.pk):
        connector = Connector.objects.select_related("service").get(pk=receiver.connector_id)
        assert disclose(connector, person_id=college.people["eleve"].pk).user == ines["sourcedId"]
    assert ines["username"] == ines["sourcedId"]
    by_login = make_receiver(
        college, name="Anglais", release="generic", protocol="cas", address="https://a.example.example/"
    )
    with scope(college.college.pk):
        Service.objects.filter(pk=by_login.connector.service_id).update(identifier="login")
    other = taken(college, made(college, by_login))
    [again] = [each for each in other["users"] if each["givenName"] == "Inès"]
    assert again["username"] == college.people["eleve"].user.username
    assert not set(_identifiers(held)) & set(_identifiers(other)), "two receivers compare nothing"


def _identifiers(held):
    return [each["sourcedId"] for name in COLUMNS for each in held[name]]


def test_identifiers_last(college):
    receiver = make_receiver(college)
    first, second = made(college, receiver), made(college, receiver)
    assert first.sha256 == second.sha256
    assert taken(college, first) == taken(college, second)


def test_guardians_are_told_both_ways_once_ticked(college):
    receiver = make_receiver(college)
    with scope(college.college.pk):
        set_receiver(receiver, actor=referent(college), with_guardians=True, with_ine=False, ine_reason="")
    file = made(college, receiver)
    assert file.counts["guardians"] == 1
    held = taken(college, file)
    users = {each["givenName"]: each for each in held["users"]}
    nadia = users["Nadia"]
    assert set(nadia["agentSourcedIds"].split(",")) == {users["Inès"]["sourcedId"], users["Elias"]["sourcedId"]}
    assert users["Inès"]["agentSourcedIds"] == nadia["sourcedId"]
    [role] = [each["role"] for each in held["roles"] if each["userSourcedId"] == nadia["sourcedId"]]
    assert role == "parent"


def test_a_guardian_shut_out_of_a_child_is_not_told_of_them(college):
    receiver = make_receiver(college)
    with scope(college.college.pk):
        set_receiver(receiver, actor=referent(college), with_guardians=True, with_ine=False, ine_reason="")
        college.people["parent"].wards.filter(student=college.people["eleve"]).update(is_restricted=True)
        college.people["parent"].wards.filter(student=college.people["frere"]).update(level=3)
    assert "Nadia" not in {each["givenName"] for each in taken(college, made(college, receiver))["users"]}


def test_the_ine_goes_for_a_reason_alone(college):
    receiver = make_receiver(college)
    with scope(college.college.pk):
        with pytest.raises(NoReason):
            set_receiver(receiver, actor=referent(college), with_guardians=False, with_ine=True, ine_reason="  ")
        set_receiver(
            receiver, actor=referent(college), with_guardians=False, with_ine=True, ine_reason="Certifications"
        )
    held = taken(college, made(college, receiver))
    assert {
        each["givenName"]: each["userMasterIdentifier"] for each in held["users"] if each["userMasterIdentifier"]
    } == {"Inès": "0123456789A"}


def test_only_those_to_whom_the_service_is_open_are_told(college):
    receiver = make_receiver(college, profiles=[Profile.STUDENT, Profile.TEACHER], groups=[college.groups["6C"]])
    held = taken(college, made(college, receiver))
    assert {each["givenName"] for each in held["users"]} == {"Elias", "Hélène", "Bruno"}
    assert {each["title"] for each in held["classes"]} == {"6C", "Mathématiques, 6C"}
    with scope(college.college.pk), pytest.raises(NotForGuardians):
        set_receiver(receiver, actor=referent(college), with_guardians=True, with_ine=False, ine_reason="")


def test_whoever_is_several_things_has_one_primary_role(college):
    with scope(college.college.pk):
        affiliate(college.people["collegue"], college.college, Profile.LOCAL_ADMIN)
    held = taken(college, made(college, make_receiver(college)))
    [bruno] = [each["sourcedId"] for each in held["users"] if each["givenName"] == "Bruno"]
    assert [(each["roleType"], each["role"]) for each in held["roles"] if each["userSourcedId"] == bruno] == [
        ("primary", "teacher"),
        ("secondary", "siteAdministrator"),
    ]


def test_whoever_has_no_first_name_is_left_out_and_named(college):
    Person.objects.filter(pk=college.people["frere"].pk).update(first_name="")
    file = made(college, make_receiver(college))
    assert file.left_out == ["BELKACEM"]
    assert "Elias" not in {each["givenName"] for each in taken(college, file)["users"]}


@pytest.mark.parametrize(("change", "code"), [("year", "no_year"), ("classes", "no_class")])
def test_a_school_without_a_year_or_classes_gives_no_file(college, change, code):
    receiver = make_receiver(college)
    with scope(college.college.pk):
        if change == "year":
            SchoolYear.objects.update(starts_on="2025-09-01", ends_on="2026-08-31")
        else:
            Group.objects.filter(kind="division").update(ends_on="2026-10-01")
    file = made(college, receiver)
    assert (file.state, file.why, file.data) == (RosterFile.State.FAILED, code, None)


def test_a_mere_link_or_a_service_that_is_shut_receives_nothing(college):
    with pytest.raises(NotOpen):
        make_receiver(college, protocol="link", name="Lien", address="https://lien.example.example/")
    receiver = make_receiver(college)
    with scope(college.college.pk):
        waiting = RosterFile(receiver=receiver, content="bulk", asked_at="2026-11-24T09:20:00Z")
        waiting.save()
        Connector.objects.filter(pk=receiver.connector_id).update(is_on=False)
    make_file(college.college.pk, waiting.pk)
    with scope(college.college.pk):
        waiting.refresh_from_db()
    assert (waiting.state, waiting.why) == ("failed", "closed")


def test_a_file_costs_the_same_whatever_the_school(college):
    receiver = make_receiver(college)
    made(college, receiver)
    few = len(statements_of(lambda: made(college, receiver)))
    with scope(college.college.pk):
        for number in range(30):
            code = f"5{number}"
            make_course(make_group(college.college, code), make_subject(college.college), college.people["enseignante"])
            student = Student.objects.get(person=college.people["frere"])
            group = Group.objects.get(code=code)
            Membership.objects.create(
                establishment=college.college, student=student, group=group, starts_on="2026-09-01"
            )
    assert len(statements_of(lambda: made(college, receiver))) == few
    assert Pseudonym.objects.exclude(service=None).count() == 8


def test_cells_are_quoted_and_lists_hold_no_comma_of_their_own(college):
    Person.objects.filter(pk=college.people["eleve"].pk).update(last_name='EL "K", B', first_name="Inès\nLou")
    file = made(college, make_receiver(college))
    with scope(college.college.pk):
        data = take(file, actor=referent(college))
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        text = held.read("users.csv").decode()
    assert '"EL ""K"", B"' in text
    assert "Inès Lou" in text
    assert all(len(each) == 22 for each in csv.reader(io.StringIO(text, newline="")))
    assert "\n" not in text.replace("\r\n", "")
    assert joined("a, b", "", "c") == "a b,c"
    with pytest.raises(KeyError):
        row("orgs", birthDate="2013-03-31")

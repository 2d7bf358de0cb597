"""Accounts, cohorts and courses kept like the school's, against a stand-in that answers as a real Moodle did."""

import pytest
from django.conf import settings as house

from pupitre.directory.models import Affiliation, Membership, Person
from pupitre.directory.profiles import Profile
from pupitre.directory.tests.factories import PersonFactory, affiliate
from pupitre.establishments.scope import scope
from pupitre.integrations.moodle.models import Account, Change, LinkedCourse, Report, Site
from pupitre.integrations.moodle.services.forgetting import forget_everywhere
from pupitre.integrations.moodle.services.marking import read_marks_everywhere
from pupitre.integrations.moodle.services.reporting import ask_everywhere, begin_applying
from pupitre.integrations.moodle.tests.factories import link
from pupitre.integrations.moodle.tests.keeping import applied, changes, compared, user_of
from pupitre.integrations.services.models import Disclosure, Service
from pupitre.integrations.services.services.naming import users_at
from pupitre.integrations.services.services.outcomes import disclose
from pupitre.integrations.services.services.registering import withdraw_service
from pupitre.integrations.services.tests.factories import admin_of
from tests.jobs import run_jobs

pytestmark = pytest.mark.usefixtures("tuesday")
Act, State = Change.Act, Report.State


def test_a_report_writes_nothing_and_what_it_says_is_then_done(cast, moodle):
    site = link(cast, moodle.url, with_courses=True)
    report = compared(site)
    assert report.state == State.TO_REVIEW
    assert not [name for name in moodle.heard if "create" in name or "add" in name or "enrol_manual" in name]
    assert [label for act, label, _fate in changes(report) if act == Act.CREATE] == [
        *("Elias Belkacem", "Inès Belkacem", "Bruno Lemoine", "Hélène Roussel", "4B (0990001N)", "6C (0990001N)"),
        *("Français 4B", "Mathématiques 4B", "Mathématiques 6C"),
    ]
    with scope(cast.college.pk):
        assert begin_applying(report, actor=None)
        assert not begin_applying(report, actor=None)
    run_jobs()
    ines, helene = user_of(cast, moodle, "eleve"), user_of(cast, moodle, "enseignante")
    assert (ines["auth"], ines["firstname"], ines["lastname"]) == ("cas", "Inès", "BELKACEM")
    assert ines["email"] == f"{ines['idnumber']}@{house.TECHNICAL_MAIL_DOMAIN}"
    maths = next(each for each in moodle.courses if each["fullname"] == "Mathématiques 4B")
    assert moodle.enrolled[maths["id"]] == {ines["id"]: {5}, helene["id"]: {3}}
    assert sorted(map(len, moodle.members.values())) == [1, 1]
    assert [each["name"] for each in moodle.categories] == ["Collège Sophie-Germain", "2026-2027"]
    assert compared(site).state == State.ALIKE


def test_the_user_is_what_the_cas_will_say(cast, moodle):
    site = link(cast, moodle.url)
    applied(site)
    with scope(cast.college.pk):
        told = disclose(site.connector, person_id=cast.people["eleve"].pk)
    assert user_of(cast, moodle, "eleve")["username"] == told.user.lower()


def test_who_has_an_account_made_or_changed_sees_that_moodle_was_told(cast, moodle):
    site = link(cast, moodle.url)
    applied(site)
    person = cast.people["eleve"]

    def log() -> Disclosure:
        with scope(cast.college.pk):
            return Disclosure.objects.get(connector=site.connector, person=person)

    assert (log().times, log().names) == (1, ["email", "firstname", "idnumber", "lastname", "username"])
    Person.objects.filter(pk=person.pk).update(first_name="Inès-Lou")
    applied(site)
    assert (log().times, log().names) == (2, ["email", "firstname", "idnumber", "lastname", "username"])
    applied(site)
    assert log().times == 2, "nothing was told"


@pytest.mark.parametrize("identifier", Service.Identifier.values)
def test_people_are_named_many_at_once_as_they_are_one_by_one(cast, moodle, identifier):
    site = link(cast, moodle.url)
    service = site.connector.service
    service.identifier = identifier
    service.save()
    people = [cast.people["eleve"].pk, cast.people["enseignante"].pk]
    with scope(cast.college.pk):
        named = users_at(service, people)
        assert named == {pk: disclose(site.connector, person_id=pk).user for pk in people}


def test_who_leaves_is_suspended_never_deleted_and_comes_back(cast, moodle):
    site = link(cast, moodle.url, most_suspended=50)
    applied(site)
    held = Affiliation.objects.filter(person=cast.people["frere"], establishment=cast.college)
    held.update(ends_on="2026-11-01")
    assert changes(applied(site))[0] == (Act.SUSPEND, "Elias Belkacem", "done")
    assert user_of(cast, moodle, "frere")["suspended"]
    assert compared(site).state == State.ALIKE
    held.update(ends_on=None)
    assert changes(applied(site))[0] == (Act.CHANGE, "Elias Belkacem", "done")
    assert not user_of(cast, moodle, "frere")["suspended"]


def test_whom_moodle_s_own_people_suspended_stays_so(cast, moodle):
    site = link(cast, moodle.url)
    applied(site)
    user_of(cast, moodle, "eleve")["suspended"] = True
    assert compared(site).state == State.ALIKE


def test_at_night_too_many_suspensions_wait_for_somebody(cast, moodle):
    link(cast, moodle.url, is_on=True, applies_alone=True)
    ask_everywhere()
    run_jobs()
    assert len(moodle.users) == 4
    Affiliation.objects.filter(establishment=cast.college, profile=Profile.STUDENT).update(ends_on="2026-11-01")
    ask_everywhere()
    run_jobs()
    with scope(cast.college.pk):
        report = Report.objects.order_by("-pk")[0]
    assert (report.state, report.known, report.suspended) == (State.TO_REVIEW, 4, 2)
    assert not any(each["suspended"] for each in moodle.users)
    # The next night, the one that nobody read gives place.
    ask_everywhere()
    run_jobs()
    with scope(cast.college.pk):
        assert Report.objects.get(pk=report.pk).state == State.ABANDONED


def test_a_service_that_was_withdrawn_is_told_nothing_more(cast, moodle):
    site = link(cast, moodle.url, is_on=True, applies_alone=True, reads_marks=True)
    with scope(cast.college.pk):
        withdraw_service(site.connector.service, actor=admin_of(cast))
    ask_everywhere()
    read_marks_everywhere()
    run_jobs()
    with scope(cast.college.pk):
        assert not Report.objects.exists()
        assert Site.objects.get().marks_read_at is None
    assert moodle.users == []


def test_a_class_changes_and_those_put_there_by_hand_stay(cast, moodle):
    site = link(cast, moodle.url, with_courses=True)
    applied(site)
    number = user_of(cast, moodle, "eleve")["id"]
    with scope(cast.college.pk):
        Membership.objects.filter(student__person=cast.people["eleve"]).update(group=cast.groups["6C"])
    by_hand = moodle.cohorts[0]["id"]
    moodle.members[by_hand].add(999)
    report = applied(site)
    assert {act for act, _label, _fate in changes(report)} == {Act.MEMBERS}
    sixth = next(each for each in moodle.cohorts if each["name"].startswith("6C"))
    assert number in moodle.members[sixth["id"]]
    assert moodle.members[by_hand] == {999}
    assert compared(site).state == State.ALIKE


def test_one_refused_account_holds_nobody_else(cast, moodle):
    site = link(cast, moodle.url)
    with scope(cast.college.pk):
        moodle.refuses = {users_at(site.connector.service, [cast.people["eleve"].pk])[cast.people["eleve"].pk]}
    report = applied(site)
    assert (Act.CREATE, "Inès Belkacem", "refused") in changes(report)
    assert report.state == State.APPLIED
    assert len(moodle.users) == 3
    with scope(cast.college.pk):
        assert "invalidparameter" in Change.objects.get(label="Inès Belkacem").detail


def test_who_cannot_be_written_is_named_with_the_reason(cast, moodle):
    site = link(cast, moodle.url)
    Person.objects.filter(pk=cast.people["frere"].pk).update(first_name="")
    service = site.connector.service
    service.identifier = Service.Identifier.LOGIN
    service.save()
    user = cast.people["eleve"].user
    user.username = "inès.belkacem"
    user.save()
    affiliate(PersonFactory(last_name="SANS", first_name="Compte", user=None), cast.college, Profile.TEACHER)
    report = compared(site)
    refused = {label for act, label, _fate in changes(report) if act == Act.REFUSE}
    assert len(refused) == 3
    assert {"Inès Belkacem", "Compte Sans"} < refused


def test_an_account_of_the_same_name_is_recognised_only_when_it_enters_by_the_cas(cast, moodle):
    site = link(cast, moodle.url)
    applied(site)
    with scope(cast.college.pk):
        Account.objects.all().delete()
    ines, helene = (user for user in moodle.users if user["firstname"] in ("Inès", "Hélène"))
    ines["idnumber"] = ""
    helene["idnumber"], helene["auth"] = "", "manual"
    report = applied(site)
    assert (Act.CHANGE, "Inès Belkacem", "done") in changes(report)
    assert (Act.REFUSE, "Hélène Roussel", "refused") in changes(report)
    assert ines["idnumber"] == ines["username"]
    with scope(cast.college.pk):
        assert not Account.objects.filter(person=cast.people["enseignante"]).exists()


def test_what_was_deleted_there_is_made_again(cast, moodle):
    site = link(cast, moodle.url, with_courses=True)
    applied(site)
    moodle.users = [each for each in moodle.users if each["firstname"] != "Inès"]
    moodle.courses = [each for each in moodle.courses if each["fullname"] != "Français 4B"]
    report = applied(site)
    created = {label for act, label, _fate in changes(report) if act == Act.CREATE}
    assert created == {"Inès Belkacem", "Français 4B"}
    assert compared(site).state == State.ALIKE
    with scope(cast.college.pk):
        assert LinkedCourse.objects.count() == 3


def test_only_the_chosen_classes_have_accounts(cast, moodle):
    site = link(cast, moodle.url)
    with scope(cast.college.pk):
        site.connector.groups.create(establishment_id=cast.college.pk, group=cast.groups["6C"])
    labels = [label for _act, label, _fate in changes(compared(site))]
    assert "Elias Belkacem" in labels
    assert "Inès Belkacem" not in labels


def test_a_mail_is_told_only_when_the_service_is_told_it(cast, moodle):
    site = link(cast, moodle.url)
    Person.objects.filter(pk=cast.people["eleve"].pk).update(email="ines@exemple.example")
    service = site.connector.service
    service.attributes = [["email", "email"]]
    service.save()
    applied(site)
    assert user_of(cast, moodle, "eleve")["email"] == "ines@exemple.example"
    # What somebody wrote there instead of an address that leads nowhere stays.
    user_of(cast, moodle, "frere")["email"] = "elias@exemple.example"
    assert compared(site).state == State.ALIKE


def test_a_failure_stops_there_is_said_and_the_rest_is_found_later(cast, moodle):
    site = link(cast, moodle.url)
    report = compared(site)
    moodle.lacks = {"core_cohort_create_cohorts"}
    with scope(cast.college.pk):
        begin_applying(report, actor=None)
    run_jobs()
    with scope(cast.college.pk):
        report.refresh_from_db()
        site.refresh_from_db()
    assert (report.state, report.failure, site.last_failure) == (State.FAILED, "function", "function")
    moodle.lacks = set()
    assert [act for act, _label, _fate in changes(applied(site))] == [Act.CREATE, Act.CREATE]


def test_an_answer_that_nobody_expects_ends_the_report(cast, moodle, caplog):
    site = link(cast, moodle.url)
    report = compared(site)
    # Accounts were asked for, and it says that it made none.
    moodle.instead = (200, {}, b"[]")
    with scope(cast.college.pk):
        begin_applying(report, actor=None)
    run_jobs()
    with scope(cast.college.pk):
        report.refresh_from_db()
    assert (report.state, report.failure) == (State.FAILED, "unreadable")
    assert "report" in caplog.text
    moodle.instead = None
    assert applied(site).state == State.APPLIED


def test_a_moodle_that_went_down_meanwhile_refused_nobody(cast, moodle):
    site = link(cast, moodle.url)
    report = compared(site)
    moodle.fall()
    with scope(cast.college.pk):
        begin_applying(report, actor=None)
    run_jobs()
    with scope(cast.college.pk):
        report.refresh_from_db()
    assert (report.state, report.failure) == (State.FAILED, "refused")
    assert not [label for _act, label, fate in changes(report) if fate == Change.Fate.REFUSED]


def test_a_moodle_that_fails_is_left_in_peace_longer_and_longer(cast, moodle):
    site = link(cast, moodle.url, is_on=True)
    moodle.instead = (503, {}, b"<html>")
    rests = []
    for _turn in range(2):
        report = compared(site)
        assert (report.state, report.failure) == (State.FAILED, "status")
        with scope(cast.college.pk):
            site.refresh_from_db()
        assert site.resting_until_at is not None
        rests.append(site.resting_until_at)
    assert rests[1] > rests[0]
    ask_everywhere()
    assert run_jobs() == []


def test_old_reports_are_forgotten(cast, moodle):
    site = link(cast, moodle.url)
    compared(site)
    with scope(cast.college.pk):
        Report.objects.update(created_at="2026-08-01T08:00Z")
    assert len(forget_everywhere()) == 1
    with scope(cast.college.pk):
        assert not Change.objects.exists()
    assert forget_everywhere() == []

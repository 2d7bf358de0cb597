"""The wall between schools, in the manager and again in the database."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from pupitre.directory.models import Group, Membership, Student
from pupitre.directory.tests.factories import FIRST_DAY
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import EstablishmentOwned, NoScope, scope
from pupitre.establishments.walls import owned_foreign_keys, wall_name

OUTSIDE_THE_WALL = {
    # Reference data: a person, and what makes them known, may belong to several schools.
    "accounts.ActivationCode",
    "accounts.CodeGenerator",
    "accounts.Passkey",
    "accounts.PasswordReset",
    "accounts.RecoveryCode",
    "accounts.Session",
    "accounts.SignInFailures",
    "accounts.TrustedDevice",
    "accounts.User",
    "directory.Affiliation",
    "directory.ExternalId",
    "directory.Grant",
    "directory.Guardianship",
    "directory.Person",
    # Asked for at sign-in, before any school is open.
    "directory.SecondFactorRule",
    "establishments.Establishment",
    "foundation.AuditEntry",
    "foundation.Stamp",
    # One access serves the schools of an academy, whose delivery is the whole of it; figures, and reports that are sealed.
    "gar.Access",
    "gar.Delivery",
    "gar.Report",
    # A mailbox belongs to the person, whatever their schools.
    "messaging.AutoAnswer",
    "messaging.Category",
    "messaging.Draft",
    "messaging.Folder",
    "messaging.MailboxEntry",
    # Notices and preferences belong to the person.
    "notifications.Envelope",
    "notifications.Mute",
    "notifications.Notification",
    "notifications.PersonSchedule",
    "notifications.Preference",
    "notifications.PushSubscription",
    "portal.PersonLayout",
    # An archive of the academy speaks for all its schools.
    "aaf.ArchivePiece",
    "aaf.Batch",
    "aaf.Feed",
    "aaf.Placement",
    "aaf.Record",
    "aaf.SchoolPart",
    # A sign-in by a provider names no school.
    "federation.Attempt",
    "federation.Link",
    "federation.Provider",
    "federation.SeenAssertion",
    # Counted before the school of a token is known; it names nobody.
    "api.Pace",
    # Presented by services, whose address names no school.
    "cas.Ticket",
    "oidc.Client",
    "oidc.Grant",
    "oidc.SigningKey",
    "lti.AccessToken",
    "lti.Launch",
    "lti.Registration",
    "lti.SeenProof",
    "lti.Tool",
    # A sign-on begins at an address that names no school; a number given to services belongs to the person.
    "services.Pseudonym",
    "services.Service",
}
OWNED = [model for model in apps.get_models() if issubclass(model, EstablishmentOwned)]


def test_every_model_is_behind_the_wall_or_says_why_not():
    ours = {m._meta.label for m in apps.get_models() if m.__module__.startswith("pupitre.")}
    assert ours - {m._meta.label for m in OWNED} == OUTSIDE_THE_WALL


def test_tests_run_as_a_role_that_owns_nothing(db):
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper or rolbypassrls from pg_roles where rolname = current_user")
        assert cursor.fetchone() == (False,)
        cursor.execute("select count(*) from pg_tables where tableowner = current_user")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_the_database_walls_every_owned_table(model, db):
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("select relrowsecurity from pg_class where relname = %s", [table])
        assert cursor.fetchone() == (True,)
        cursor.execute("select conname from pg_constraint where conrelid = %s::regclass", [table])
        names = {name for (name,) in cursor.fetchall()}
    assert f"{table}_in_school" in names
    for field in owned_foreign_keys(model):
        assert wall_name(table, field.column) in names


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_links_between_owned_tables_stay_in_one_school(model):
    loose = [
        f.name
        for f in model._meta.local_fields
        if f.is_relation and issubclass(f.related_model, EstablishmentOwned) and f not in owned_foreign_keys(model)
    ]
    assert loose == []


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model._meta.label)
def test_unique_constraints_begin_with_the_school(model):
    for constraint in model._meta.constraints:
        if hasattr(constraint, "fields") and constraint.fields:
            assert constraint.fields[0] == "establishment", constraint.name


def test_school_data_cannot_be_read_without_a_school(cast):
    with pytest.raises(NoScope):
        Group.objects.count()


def test_a_school_sees_its_own_rows_only(cast):
    with scope(cast.college.pk):
        assert {group.code for group in Group.objects.all()} == {"4B", "6C"}
    with scope(cast.neighbour.pk):
        assert {group.code for group in Group.objects.all()} == {"1PRO"}


def test_the_database_hides_the_others_even_when_the_manager_is_forgotten(cast):
    with scope(cast.college.pk), connection.cursor() as cursor:
        cursor.execute("select distinct establishment_id from directory_group")
        assert cursor.fetchall() == [(cast.college.pk,)]


def test_nothing_is_seen_when_no_school_is_open(cast):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select set_config('pupitre.establishment', '', true)")
        cursor.execute("select count(*) from directory_student")
        assert cursor.fetchone() == (0,)


def test_inner_scopes_close_behind_themselves(cast):
    with scope(cast.college.pk):
        with scope(cast.neighbour.pk):
            assert Group.objects.get().code == "1PRO"
        assert Group.objects.count() == 2


def test_a_row_cannot_be_written_into_another_school(cast):
    with pytest.raises(Exception, match="row-level security"), scope(cast.college.pk), connection.cursor() as cursor:
        cursor.execute(
            "insert into directory_programme (establishment_id, mef, label) values (%s, '1', 'x')", [cast.neighbour.pk]
        )


def test_a_link_cannot_point_into_another_school(cast):
    with scope(cast.neighbour.pk):
        stranger = Student.objects.get()

    def enrol_the_stranger():
        with scope(cast.college.pk), connection.cursor() as cursor:
            Membership.objects.create(student_id=stranger.pk, group=cast.groups["4B"], starts_on=FIRST_DAY)
            # Checked at the latest when the transaction ends, which tests never reach.
            cursor.execute("set constraints all immediate")

    with pytest.raises(IntegrityError):
        enrol_the_stranger()


def test_establishments_are_what_the_wall_separates(cast):
    assert Establishment.objects.count() == 3

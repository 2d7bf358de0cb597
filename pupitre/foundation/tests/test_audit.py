import pytest
from django.db import connection

from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.models import AuditEntry

pytestmark = pytest.mark.django_db


def open_school(number: int) -> None:
    """As the wall does, for the rest of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select set_config('pupitre.establishment', %s, true)", [str(number)])


@pytest.fixture
def actor() -> Actor:
    return Actor(1, 2, 3, "0990001N", frozenset(), frozenset())


def test_a_line_says_who_did_what_to_what_and_when(actor):
    open_school(3)
    with clock.at("2026-11-24T07:55"):
        audit.record(actor, "accounts.suspend", AuditEntry(pk=7), reason="misuse")
    [line] = AuditEntry.objects.all()
    assert (line.user_id, line.person_id, line.establishment_id) == (1, 2, 3)
    assert (line.verb, line.target, line.target_id, line.detail) == (
        "accounts.suspend",
        "foundation.auditentry",
        7,
        {"reason": "misuse"},
    )
    assert line.at.isoformat() == "2026-11-24T06:55:00+00:00"


def test_a_school_reads_its_own_lines_only_even_when_another_writes(actor):
    open_school(4)
    audit.record(actor, "imports.apply")
    assert not AuditEntry.objects.filter(establishment_id=3).exists()
    open_school(3)
    assert AuditEntry.objects.filter(verb="imports.apply").count() == 1


def test_the_system_may_write_about_a_school(actor):
    audit.record(None, "directory.affiliate", establishment_id=3, profile="teacher")
    open_school(3)
    [line] = AuditEntry.objects.filter(verb="directory.affiliate")
    assert line.user_id is None
    assert line.detail == {"profile": "teacher"}


@pytest.mark.parametrize(
    "statement", ["update foundation_auditentry set verb = 'x'", "delete from foundation_auditentry"]
)
def test_nobody_changes_what_is_written(actor, statement):
    audit.record(None, "imports.apply")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount == 0
    assert AuditEntry.objects.get().verb == "imports.apply"

"""What changed since the last file that was taken."""

import pytest

from pupitre.directory.models import Membership, Person
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.oneroster.columns import COLUMNS
from pupitre.integrations.oneroster.models import RosterFile
from pupitre.integrations.oneroster.services.forgetting import forget_files
from pupitre.integrations.oneroster.services.taking import Gone
from pupitre.integrations.oneroster.tests.gestures import made, make_receiver, taken


def test_a_delta_tells_what_came_what_changed_and_what_is_gone(cast):
    receiver = make_receiver(cast)
    before = taken(cast, made(cast, receiver))
    Person.objects.filter(pk=cast.people["collegue"].pk).update(usage_name="LEMOINE-DURAND")
    with scope(cast.college.pk):
        moved = Membership.objects.get(student__person=cast.people["frere"])
        moved.group = cast.groups["4B"]
        moved.save()
    with clock.at("2026-11-25T09:00"):
        held = taken(cast, made(cast, receiver, "delta"))
    told = {each["propertyName"]: each["value"] for each in held["manifest"]}
    assert {told[f"file.{name}"] for name in COLUMNS} == {"delta"}
    [bruno] = held["users"]
    assert (bruno["familyName"], bruno["status"], bruno["dateLastModified"]) == (
        *("LEMOINE-DURAND", "active", "2026-11-25T08:00:00Z"),
    )
    titles = {each["sourcedId"]: each["title"] for each in before["classes"]}
    assert {(each["title"], each["status"]) for each in held["classes"]} == {
        *(("6C", "tobedeleted"), ("Mathématiques, 6C", "tobedeleted"))
    }
    moves = [(titles[each["classSourcedId"]], each["role"], each["status"]) for each in held["enrollments"]]
    assert sorted(moves) == [
        ("4B", "student", "active"),
        ("6C", "student", "tobedeleted"),
        ("Français, 4B", "student", "active"),
        ("Mathématiques, 4B", "student", "active"),
        ("Mathématiques, 6C", "student", "tobedeleted"),
        ("Mathématiques, 6C", "teacher", "tobedeleted"),
    ]
    assert held["orgs"] == held["academicSessions"] == held["courses"] == held["roles"] == []


def test_deltas_follow_one_another_and_what_was_not_taken_does_not_count(cast):
    receiver = make_receiver(cast)
    taken(cast, made(cast, receiver))
    Person.objects.filter(pk=cast.people["collegue"].pk).update(last_name="UN")
    left = made(cast, receiver, "delta")
    assert len(taken(cast, made(cast, receiver, "delta"))["users"]) == 1
    with pytest.raises(Gone):
        taken(cast, left)
    with clock.at("2026-12-10T05:00"):
        forget_files()
    Person.objects.filter(pk=cast.people["collegue"].pk).update(last_name="DEUX")
    with clock.at("2026-12-10T09:00"):
        held = taken(cast, made(cast, receiver, "delta"))
        assert [each["familyName"] for each in held["users"]] == ["DEUX"]
        assert taken(cast, made(cast, receiver, "delta"))["users"] == []
    with scope(cast.college.pk):
        kept = RosterFile.objects.exclude(whole=None, data=None)
        assert kept.filter(taken_at__isnull=False).count() == 1, "what the last one replaced is erased"


def test_somebody_who_leaves_is_gone_from_the_next_delta(cast):
    receiver = make_receiver(cast)
    before = taken(cast, made(cast, receiver))
    cast.people["frere"].affiliations.update(ends_on="2026-11-20")
    held = taken(cast, made(cast, receiver, "delta"))
    [elias] = held["users"]
    assert (elias["status"], elias["givenName"]) == ("tobedeleted", "Elias")
    assert elias["sourcedId"] in {each["sourcedId"] for each in before["users"]}
    assert [each["status"] for each in held["roles"]] == ["tobedeleted"]

import datetime as dt
from functools import partial

import pytest
from django.db import connection, transaction

from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.models import AuditEntry
from pupitre.notifications.kinds import UnknownKind
from pupitre.notifications.models import Mute, Notification
from pupitre.notifications.quiet_hours import DEFAULT_WEEK, Opening
from pupitre.notifications.services.choices import mute
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.notifications.services.publication import NotUrgent, may_send_urgent, release_time
from pupitre.notifications.services.school import set_hours
from pupitre.notifications.tests.factories import actor_of, paris
from tests.cast import TUESDAY
from tests.statements import statements_of

EVENING, SATURDAY = "2026-11-24T21:15", "2026-11-28T10:00"


def tell(cast, *recipients, kind="try.message", **facts):
    people = [Recipient(*(cast.people[slug].pk for slug in slugs)) for slugs in recipients]
    notify(kind, people, establishment_id=cast.college.pk, **{"title": "Sortie du 12", "url": "/messages/1/", **facts})
    return list(Notification.objects.order_by("pk"))


def jobs_waiting():
    with connection.cursor() as cursor:
        cursor.execute("select task_name from procrastinate_jobs where status = 'todo'")
        return [name for (name,) in cursor.fetchall()]


def test_during_the_day_it_is_visible_at_once_and_leaves_with_the_transaction(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"))
    assert notice.visible_at == paris(TUESDAY)
    assert (notice.child_name, notice.title, notice.url) == ("Inès", "Sortie du 12", "/messages/1/")
    assert jobs_waiting() == ["notifications.route"]


def test_in_the_evening_families_wait_for_seven_and_their_place_in_the_hour(cast):
    with clock.at(EVENING):
        parent, student = tell(cast, ("parent", "eleve"), ("eleve",))
    for notice in (parent, student):
        assert paris("2026-11-25T07:00") <= notice.visible_at < paris("2026-11-25T08:00")
    assert parent.visible_at != student.visible_at
    assert jobs_waiting() == []


def test_a_weekend_is_quiet(cast):
    with clock.at(SATURDAY):
        (notice,) = tell(cast, ("parent", "eleve"))
    assert paris("2026-11-30T07:00") <= notice.visible_at < paris("2026-11-30T08:00")


def test_who_works_there_sees_it_at_once_but_as_a_parent_waits_like_the_others(cast):
    with clock.at(EVENING):
        notices = tell(cast, ("enseignante",), ("enseignante", "eleve"))
    as_teacher, as_parent = sorted(notices, key=lambda notice: notice.child_id is not None)
    assert as_teacher.visible_at == paris(EVENING)
    assert as_parent.visible_at >= paris("2026-11-25T07:00")


def test_an_absence_and_an_urgent_message_pass(cast):
    with clock.at(EVENING):
        tell(cast, ("parent", "eleve"), kind="try.absence")
        tell(cast, ("parent", "eleve"), urgent=True)
    assert {notice.visible_at for notice in Notification.objects.all()} == {paris(EVENING)}
    assert all(notice.is_urgent for notice in Notification.objects.all())


def test_what_a_room_publishes_later_waits_for_its_own_hour(cast, tuesday):
    (notice,) = tell(cast, ("parent", "eleve"), visible_at=paris("2026-11-25T14:00"))
    assert notice.visible_at == paris("2026-11-25T14:00")
    with clock.at(SATURDAY):
        tell(cast, ("parent", "eleve"), visible_at=paris("2026-11-28T12:00"))
    assert Notification.objects.latest("pk").visible_at >= paris("2026-11-30T07:00")


def test_a_rollback_leaves_neither_notice_nor_job(cast, tuesday):
    with transaction.atomic():
        assert tell(cast, ("parent", "eleve"))
        transaction.set_rollback(True)
    assert not Notification.objects.exists()
    assert jobs_waiting() == []


def test_the_urgent_lane_is_for_a_named_right_and_is_written_in_the_journal(cast):
    head, teacher = actor_of(cast, "principal"), actor_of(cast, "enseignante")
    assert may_send_urgent(head)
    assert not may_send_urgent(teacher)
    with clock.at(EVENING):
        tell(cast, ("parent", "eleve"), ("eleve",), urgent=True, actor=head)
        with pytest.raises(NotUrgent), transaction.atomic():
            tell(cast, ("parent", "eleve"), urgent=True, actor=teacher)
    assert Notification.objects.count() == 2
    with scope(cast.college.pk):
        line = AuditEntry.objects.get(verb="notifications.urgent")
    assert (line.person_id, line.detail) == (head.person_id, {"kind": "try.message", "recipients": 2})


def test_nobody_is_told_twice_by_one_call(cast, tuesday):
    assert len(tell(cast, ("parent", "eleve"), ("parent", "eleve"), ("parent", "frere"))) == 2


def test_it_asks_the_database_as_often_for_two_people_as_for_all(cast, tuesday):
    everyone = [(slug,) for slug in cast.people]
    few, many = (statements_of(partial(tell, cast, *some)) for some in (everyone[:2], everyone))
    assert len(few) == len(many) == 9  # One of them reads the notices back, for this test.


def test_a_silence_keeps_the_number_of_the_menu_still(cast, tuesday):
    mute(person_id=cast.people["parent"].pk, until=paris("2026-11-25T10:00"), child_id=cast.people["frere"].pk)
    about_ines, about_elias = tell(cast, ("parent", "eleve"), ("parent", "frere"))
    assert about_ines.is_counted
    assert not about_elias.is_counted
    with clock.at("2026-11-26T10:00"):
        tell(cast, ("parent", "frere"))
    assert Mute.objects.count() == 1
    assert Notification.objects.latest("pk").is_counted


def test_a_silence_from_somebody_leaves_the_others_counted(cast, tuesday):
    teacher, colleague = cast.people["enseignante"], cast.people["collegue"]
    mute(person_id=cast.people["parent"].pk, until=paris("2026-11-25T10:00"), author=(teacher.pk, str(teacher)))
    for author in ((teacher.pk, str(teacher)), (colleague.pk, str(colleague)), None):
        tell(cast, ("parent", "eleve"), author=author)
    assert [each.is_counted for each in Notification.objects.order_by("pk")] == [False, True, True]


def test_a_kind_that_no_room_declares_is_refused(cast, tuesday):
    with pytest.raises(UnknownKind):
        tell(cast, ("parent", "eleve"), kind="try.unknown")


def test_a_school_has_its_own_table(cast):
    until_six = (*[Opening(dt.time(8), dt.time(18))] * 5, None, None)
    head = actor_of(cast, "principal")
    with scope(cast.college.pk):
        set_hours(week=until_six, actor=head)
    at_college, at_lycee = (
        release_time(establishment_id=school.pk, now=paris("2026-11-24T18:30")) for school in (cast.college, cast.lycee)
    )
    assert at_college == paris("2026-11-25T08:00")
    assert at_lycee == paris("2026-11-24T18:30")
    with scope(cast.college.pk):
        set_hours(week=DEFAULT_WEEK, actor=head)
    assert release_time(establishment_id=cast.college.pk, now=paris("2026-11-24T18:30")) == paris("2026-11-24T18:30")


def test_an_item_opens_at_seven_and_each_reader_within_the_hour(cast):
    evening, seven = paris(EVENING), paris("2026-11-25T07:00")
    asked = {"establishment_id": cast.college.pk, "now": evening}
    assert release_time(**asked) == seven
    assert release_time(**asked, urgent=True) == evening
    readers = [release_time(**asked, reader_id=person.pk) for person in cast.people.values()]
    assert all(seven <= at < seven + dt.timedelta(hours=1) for at in readers)
    assert len(set(readers)) == len(readers)

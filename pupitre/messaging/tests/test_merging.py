"""Two records that are one person: letters, files and notices go to the one that stays."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from pupitre.directory.models import Person
from pupitre.directory.services.merging import merge_people
from pupitre.directory.tests.factories import PersonFactory, make_guardian
from pupitre.establishments.scope import scope
from pupitre.files.models import StoredFile
from pupitre.messaging.models import Addressee, ClassDelegate, Draft, MailboxEntry, Message, Thread
from pupitre.messaging.services.drafts import save_draft
from pupitre.messaging.services.filing import make_folder, put_away
from pupitre.messaging.services.ruling import name_delegate
from pupitre.messaging.tests.letters import actor_of, answer, post, received_by
from pupitre.notifications.models import Mute, Notification, PersonSchedule, Preference
from pupitre.notifications.services.choices import choose_rhythms, choose_times, mute
from pupitre.notifications.tests.factories import paris
from tests.cast import Cast, session_of


@pytest.fixture
def twin(cast: Cast, tuesday: object) -> Person:
    """Nadia Belkacem, entered a second time as the guardian of Elias."""
    made = PersonFactory(last_name="BELKACEM", first_name="Nadia")
    with scope(cast.college.pk):
        make_guardian(made, cast.people["frere"], cast.college)
    cast.people["jumelle"] = made
    return made


def test_letters_folders_drafts_and_files_go_to_the_record_that_stays(cast: Cast, twin: Person, settings, tmp_path):
    keep, absorbed = cast.people["parent"], twin.pk
    with scope(cast.college.pk):
        both = post(cast, "enseignante", "parents-6C", body="À tous les parents")
        own = post(cast, "jumelle", "p@enseignante", about="frere", body="Une question")
        reply_to_it = answer(cast, "enseignante", own, "Une réponse")
        name_delegate(cast.groups["6C"], absorbed, actor=actor_of(cast, "principal"))
        folder, kept = make_folder(absorbed, "École"), make_folder(keep.pk, "École")
        assert folder
        assert kept
        put_away(absorbed, [own.thread_id], folder)
        save_draft(
            key=uuid4(), version=0, subject="", body="Pas fini", content={},
            actor=actor_of(cast, "jumelle"), device="",
        )  # fmt: skip
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of(twin)
    client.post(
        reverse("messages_of_school:write", args=[cast.college.uai]),
        {"body": "Le mot du médecin", "find": "1", "files": SimpleUploadedFile("mot.txt", b"Bonjour")},
    )
    merge_people(keep, twin)
    # The letter that both had received is there once.
    assert [each.message_id for each in received_by(cast, "parent")] == [both.pk, reply_to_it.pk]
    assert not MailboxEntry.objects.filter(person_id=absorbed).exists()
    assert not MailboxEntry.objects.filter(author_id=absorbed).exists()
    assert MailboxEntry.objects.get(person_id=keep.pk, message_id=reply_to_it.pk).folder_id == kept.pk
    assert Draft.objects.get().person_id == keep.pk
    with scope(cast.college.pk):
        assert Message.objects.get(pk=own.pk).author_id == keep.pk
        assert Thread.objects.get(pk=own.thread_id).started_by_id == keep.pk
        assert Addressee.objects.get(message=reply_to_it).target_id == keep.pk
        assert ClassDelegate.objects.get().person_id == keep.pk
        assert StoredFile.objects.get().owner_id == keep.pk
    page = cast.sign_in(Client(), "parent").get(
        reverse("messages_of_school:thread", args=[cast.college.uai, own.thread_id])
    )
    assert "Une réponse" in page.text


def test_notices_and_choices_go_to_the_record_that_stays(cast: Cast, twin: Person):
    keep = cast.people["parent"]
    with scope(cast.college.pk):
        post(cast, "enseignante", "parents-6C")
    choose_rhythms(person_id=keep.pk, child_id=None, rhythms={("messaging.message", "mail"): "weekly"})
    for kind in ("messaging.message", "messaging.to_answer"):
        choose_rhythms(person_id=twin.pk, child_id=None, rhythms={(kind, "mail"): "never"})
    choose_times(person_id=twin.pk, daily_at=None, weekly_day=2, is_weekly_only=False)
    mute(person_id=twin.pk, until=paris("2026-11-25T10:00"))
    told = Notification.objects.count()
    merge_people(keep, twin)
    assert Notification.objects.filter(person=keep).count() == told == 2
    assert dict(Preference.objects.filter(person=keep).values_list("kind", "rhythm")) == {
        "messaging.message": "weekly",
        "messaging.to_answer": "never",
    }
    assert PersonSchedule.objects.get().person_id == keep.pk
    assert Mute.objects.get().person_id == keep.pk


def test_a_child_known_twice_keeps_what_was_said_of_them(cast: Cast, tuesday: object):
    child, parent = PersonFactory(last_name="BELKACEM", first_name="Elias"), cast.people["parent"]
    with scope(cast.college.pk):
        post(cast, "enseignante", "parents-6C")
        entry = MailboxEntry.objects.get(person_id=parent.pk)
        MailboxEntry.objects.filter(pk=entry.pk).update(child_ids=[child.pk])
    merge_people(cast.people["frere"], child)
    entry.refresh_from_db()
    assert entry.child_ids == [cast.people["frere"].pk]

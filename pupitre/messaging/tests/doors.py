from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from pupitre.directory.models import Group
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.messaging.models import Category, ClassDelegate, Draft, Folder, Message, MessagingSuspension, WritingRule
from pupitre.messaging.services.reporting import report
from pupitre.messaging.services.suspending import suspend
from pupitre.messaging.tests.letters import actor_of, post
from tests.cast import Cast
from tests.doors import CALLERS, door

AT = {"uai": "college"}
SIGNED_IN: dict[str, Any] = {caller: 200 for caller in CALLERS if caller != "anonymous"}
# Those who take part in the messages of the college.
WRITE: dict[str, Any] = dict.fromkeys(
    ("eleve", "parent", "enseignante", "collegue", "cpe", "principal", "secretaire", "referent"), 200
)
STAFF: dict[str, Any] = {caller: 200 for caller in WRITE if caller not in ("eleve", "parent")}
WATCH: dict[str, Any] = dict.fromkeys(("cpe", "principal", "secretaire"), 200)
RULE: dict[str, Any] = {"principal": 200, "referent": 200}


def _sent(answers: dict[str, Any], status: int = 302) -> dict[str, Any]:
    return dict.fromkeys(answers, status)


@dataclass(frozen=True)
class Made:
    """A row made when the door is tried, by its name; inside the college."""

    name: str
    make: Callable[[Cast], int]

    def __call__(self, cast: Cast) -> int:
        with scope(cast.college.pk):
            return self.make(cast)

    def __repr__(self) -> str:
        return self.name


def _letter(cast: Cast) -> Message:
    """From Mme Roussel to the parents of the 4B and the CPE, followed."""
    return post(cast, "enseignante", "parents-4B", "v@cpe", body="Sortie au musée.", tracks_reading=True)


def _chain(cast: Cast) -> Message:
    """Inès writes to Mme Roussel, whom it hurts."""
    return post(cast, "eleve", "p@enseignante", body="Un mot de trop.")


def _held(cast: Cast) -> int:
    """A letter that an adult reads first."""
    return int(Message.objects.create(
        thread=_letter(cast).thread, key=uuid4(), state="review", hold="mass", author_id=cast.people["collegue"].pk,
        author_name="Bruno Lemoine", author_party="teacher", addressed_to="Tous", subject="Appel", body="Appel.",
        replies="author", recipient_count=0, written_at=clock.now(), visible_at=clock.now(),
    ).pk)  # fmt: skip


def _reported(cast: Cast) -> int:
    return report(
        _chain(cast), reason="insult", note="", actor=actor_of(cast, "enseignante"), name="Hélène Roussel"
    ).pk  # fmt: skip


def _draft(cast: Cast) -> int:
    return Draft.objects.create(
        person_id=cast.people["parent"].pk,
        establishment_id=cast.college.pk,
        key=uuid4(),
        body="Bon",
        saved_at=clock.now(),
    ).pk


def _suspension(cast: Cast) -> int:
    group: Group = cast.groups["6C"]
    actor = actor_of(cast, "principal")
    found: MessagingSuspension = suspend(group=group, reason="Trop de messages.", actor=actor, name="Anne Vasseur")
    return found.pk


def _rule(cast: Cast) -> int:
    made = WritingRule.objects.create(group=cast.groups["4B"], sender="student", recipient="student", scope="class")
    return int(made.pk)


def _delegate(cast: Cast) -> int:
    return int(ClassDelegate.objects.create(group=cast.groups["4B"], person_id=cast.people["parent"].pk).pk)


THREAD = Made("thread", lambda cast: _letter(cast).thread_id)
LETTER = Made("letter", lambda cast: _letter(cast).pk)
HELD, REPORTED, DRAFT = Made("held", _held), Made("reported", _reported), Made("draft", _draft)
FOLDER = Made(
    "folder", lambda cast: Folder.objects.get_or_create(person_id=cast.people["parent"].pk, name="Cantine")[0].pk
)
CATEGORY = Made(
    "category",
    lambda cast: Category.objects.create(person_id=cast.people["parent"].pk, name="Santé", colour="m-vert").pk,
)
SUSPENSION, RULED, DELEGATE = Made("suspension", _suspension), Made("rule", _rule), Made("delegate", _delegate)
READERS: dict[str, Any] = {"enseignante": 200, "cpe": 200, "parent": 200}

DOORS = [
    *(door(f"messaging:{page}", **SIGNED_IN) for page in ("inbox", "sent", "drafts", "bin", "search", "organise")),
    door("messaging:folder", at={"pk": FOLDER}, parent=200),
    door("messaging:drop", "post", at={"pk": DRAFT}, parent=302),
    door("messaging:file", "post", **_sent(SIGNED_IN)),
    door("messaging:organise", "post", **_sent(SIGNED_IN, 422)),
    door("messaging:remove_folder", "post", at={"pk": FOLDER}, parent=302),
    door("messaging:remove_category", "post", at={"pk": CATEGORY}, parent=302),
    # Whoever has one school and one way of writing there goes straight to the letter.
    door("messaging:away", **STAFF, enseignante_voisine=200),
    door("messaging:away", "post", **_sent(STAFF, 422), enseignante_voisine=422),
    door("messaging:begin", **{**_sent(SIGNED_IN), "academie": 404, "parent": 200, "enseignante": 200}),
    door("messages_of_school:write", at=AT, **WRITE),
    door("messages_of_school:write", "post", at=AT, **_sent(WRITE, 422)),
    door("messages_of_school:classes", at=AT, **STAFF),
    door("messages_of_school:autosave", "post", at=AT, data={"body": "Bon"}, **WRITE),
    door("messages_of_school:draft", at={**AT, "pk": DRAFT}, parent=200),
    door("messages_of_school:thread", at={**AT, "pk": THREAD}, **READERS),
    door("messages_of_school:answer", "post", at={**AT, "pk": THREAD}),
    door("messages_of_school:edit", at={**AT, "pk": LETTER}, enseignante=200),
    door("messages_of_school:edit", "post", at={**AT, "pk": LETTER}, enseignante=422),
    door("messages_of_school:withdraw", at={**AT, "pk": LETTER}, enseignante=200),
    door("messages_of_school:withdraw", "post", at={**AT, "pk": LETTER}, enseignante=302),
    # A piece of a page: the page itself, without a script.
    door("messages_of_school:progress", at={**AT, "pk": LETTER}, enseignante=302),
    door("messages_of_school:readers", at={**AT, "pk": LETTER}, enseignante=200),
    door("messages_of_school:report", at={**AT, "pk": LETTER}, cpe=200, parent=200),
    door("messages_of_school:report", "post", at={**AT, "pk": LETTER}, cpe=422, parent=422),
    door("messages_of_school:moderation", at=AT, **WATCH),
    # Decided by the first who may; then it waits no more.
    door("messages_of_school:decide", "post", at={**AT, "pk": HELD}, cpe=302),
    door("messages_of_school:settle", "post", at={**AT, "pk": REPORTED}, data={"outcome": "kept"}, cpe=302),
    door("messages_of_school:suspension", at=AT, **WATCH),
    door("messages_of_school:suspension", "post", at=AT, **_sent(WATCH, 422)),
    door("messages_of_school:resume", "post", at={**AT, "pk": SUSPENSION}, cpe=302),
    door("messages_of_school:rules", at=AT, **WRITE),
    door("messages_of_school:rules", "post", at=AT, data={"sender": "x"}, **_sent(RULE, 422)),
    door("messages_of_school:trial", at=AT, **RULE),
    door("messages_of_school:drop_rule", "post", at={**AT, "pk": RULED}, principal=302),
    door("messages_of_school:delegates", at=AT, **RULE),
    door("messages_of_school:dismiss", "post", at={**AT, "pk": DELEGATE}, principal=302),
]

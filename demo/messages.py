"""A history of messages for the cast, sent by the room's own services at the hours when they would have been."""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from demo.accounts import person_of
from demo.cast import member
from demo.correspondence import COLLEGE_LETTERS, LYCEE_LETTERS, Letter
from demo.identifiers import COLLEGE, LYCEE
from pupitre.directory.models import Affiliation, Group, Guardianship, Person
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.messaging.audiences import Audience, Kind
from pupitre.messaging.models import MailboxEntry, Message
from pupitre.messaging.parties import Party
from pupitre.messaging.services.being_away import say_away
from pupitre.messaging.services.drafts import save_draft
from pupitre.messaging.services.filing import categorise, make_category, make_folder, mark_read, put_away
from pupitre.messaging.services.replying import reply
from pupitre.messaging.services.reporting import report
from pupitre.messaging.services.sending import send
from pupitre.messaging.services.writing import Gesture, Options, Words
from pupitre.notifications.models import Notification

_PARTIES = {
    Profile.TEACHER: Party.TEACHER,
    Profile.SCHOOL_LIFE: Party.SCHOOL_LIFE,
    Profile.HEAD: Party.HEAD,
    Profile.ADMINISTRATIVE: Party.OFFICE,
    Profile.LOCAL_ADMIN: Party.OFFICE,
    Profile.STUDENT: Party.STUDENT,
}
_NEIGHBOUR = "voisine-de-table"
_UNREAD = 3
"""The last letters that each of the cast has not opened yet."""


@dataclass
class Post:
    """The letters of one school, on their way."""

    school: Establishment
    sent: dict[str, Message] = field(default_factory=dict)

    def deliver(self, letters: Sequence[Letter]) -> None:
        """Send them in the order of time."""
        for letter in sorted(letters, key=lambda each: (-each.days, each.hour)):
            with _at(letter.days, letter.hour), scope(self.school.pk):
                self._send(letter)

    def _send(self, letter: Letter) -> None:
        author = self.actor(letter.author)
        words = Words(
            letter.body, uuid5(NAMESPACE_URL, f"{self.school.uai}/{letter.name}"), letter.subject,
            options=Options(tracks_reading=letter.is_followed, needs_answer=letter.needs_answer),
        )  # fmt: skip
        about = self.person(letter.about).pk if letter.about else None
        if letter.author == _NEIGHBOUR:
            about = _other_parent(self.school).student_id
        if letter.answers:
            message = reply(self.sent[letter.answers], words, author, to_all=letter.to_all, about_id=about)
        else:
            audiences = [self.audience(each) for each in letter.to]
            message = send(words, audiences, author, about_id=about, gesture=Gesture(confirmed=True))
        self.sent[letter.name] = message

    def audience(self, who: str) -> Audience:
        """« parents 4e B », « équipe 4e B », « parent/eleve » (the parent of that child), or a slug."""
        kinds = {"parents": Kind.GUARDIANS, "élèves": Kind.STUDENTS, "équipe": Kind.TEAM}
        word, _space, label = who.partition(" ")
        if word in kinds:
            return Audience(kinds[word], Group.objects.get(kind=Group.Kind.DIVISION, label=label, ends_on=None).pk)
        if word == "personnels":
            return Audience(Kind.EVERYONE)
        slug, _slash, child = who.partition("/")
        person = self.person(slug)
        if child:
            return Audience(Kind.PERSON, person.pk, Party.GUARDIAN, self.person(child).pk)
        profiles = Affiliation.objects.filter(person=person, establishment=self.school).values_list(
            "profile", flat=True
        )
        return Audience(Kind.PERSON, person.pk, next(_PARTIES[each] for each in _PARTIES if each in set(profiles)))

    def person(self, slug: str) -> Person:
        """One of the cast, or a parent of the same class."""
        if slug == _NEIGHBOUR:
            return _other_parent(self.school).guardian
        person = person_of(member(slug))
        if person is None:
            raise LookupError(f"{slug} is not in the directory")
        return person

    def actor(self, slug: str) -> Actor:
        """They, acting in the school."""
        person = self.person(slug)
        profiles = frozenset(
            Affiliation.objects.filter(person=person, establishment=self.school).values_list("profile", flat=True)
        )
        user = person.user_id or 0
        return Actor(user, person.pk, self.school.pk, self.school.uai, profiles, capabilities_of(profiles))


def write_messages(schools: dict[str, Establishment]) -> None:
    """What the cast wrote to each other in the last fortnight."""
    college, lycee = Post(schools[COLLEGE]), Post(schools[LYCEE])
    college.deliver(COLLEGE_LETTERS)
    lycee.deliver(LYCEE_LETTERS)
    _open_most()
    _put_in_order(college)
    # It was told in its time: nobody is sent a fortnight of mail when the demonstration opens.
    told = Notification.objects.filter(kind__startswith="messaging.", visible_at__lte=clock.now())
    told.update(routed_at=clock.now(), read_at=clock.now())


def _open_most() -> None:
    """Each of the cast, and most families, have read all but the last letters."""
    letters = MailboxEntry.objects.filter(read_at=None, visible_at__lte=clock.now())
    for person in set(letters.values_list("person_id", flat=True)):
        mine = letters.filter(person_id=person).order_by("-visible_at").values_list("thread_id", flat=True)
        for thread in list(mine)[_UNREAD - person % 3 :]:
            mark_read(person, thread)


def _put_in_order(post: Post) -> None:
    """A folder and a category of Mme Roussel, a draft of hers, a message that she reported; a colleague who is away."""
    teacher = post.actor("enseignante")
    folder, category = make_folder(teacher.person_id, "Sorties"), make_category(teacher.person_id, "À suivre")
    put_away(teacher.person_id, [post.sent["musée, Nadia"].thread_id], folder)
    categorise(teacher.person_id, [post.sent["progrès"].thread_id], category)
    away = post.person("referent")
    say_away(
        away.pk, name=str(away), text="En formation à l’académie. Pour un mot de passe perdu, le secrétariat peut aider.",
        starts_on=clock.today(), ends_on=clock.today() + dt.timedelta(days=2),
    )  # fmt: skip
    with _at(1, "14:32"), scope(post.school.pk):
        token = post.audience("équipe 4e B").token
        save_draft(
            key=uuid5(NAMESPACE_URL, "demo/brouillon"), version=0, subject="Conseil de classe de la 4e B",
            body="Chers collègues,\n\nLe conseil de la 4e B approche. Pouvez-vous me signaler, avant vendredi, les élèves",
            content={"tokens": {"to": [token]}}, actor=teacher, device="Firefox sur Windows",
        )  # fmt: skip
    with _at(1, "16:10"), scope(post.school.pk):
        message = post.sent["colère"]
        report(
            message, reason="insult", note="Ton blessant, deuxième message de ce genre cette semaine.",
            actor=teacher, name=str(post.person("enseignante")),
        )  # fmt: skip


@contextmanager
def _at(days: int, hour: str) -> Iterator[None]:
    """That hour, so many school days ago."""
    day = clock.today()
    while days:
        day -= dt.timedelta(days=1)
        days -= day.weekday() < 5
    with clock.at(f"{day.isoformat()}T{hour}"):
        yield


def _other_parent(school: Establishment) -> Guardianship:
    """A parent of the 4e B who is not of the cast, and their child."""
    ines = person_of(member("eleve"))
    with scope(school.pk):
        group = Group.objects.get(kind=Group.Kind.DIVISION, label="4e B", ends_on=None)
        links = Guardianship.objects.filter(
            establishment=school, level=1, is_restricted=False, student__schoolings__memberships__group=group
        ).exclude(student=ines)
        return links.order_by("guardian__sort_key").select_related("guardian__user")[0]

"""An evening made ready: its hours, its classes, its teachers and their rooms; opened to wishes; called off."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _

from pupitre.directory.group_staff import group_staff_sql
from pupitre.directory.models import Affiliation, Group, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import current_establishment_id
from pupitre.foundation import audit, clock
from pupitre.foundation.actor import Actor
from pupitre.foundation.clock import PARIS
from pupitre.foundation.ui.french import day
from pupitre.meetings.models import Meeting, MeetingGroup, MeetingTeacher, Wish
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.services.telling import CHANGED, OPENED, guardians_invited, teachers_of, tell
from pupitre.meetings.slots import starts_of

State = Meeting.State
_FEWEST_SLOTS = 2


@dataclass(frozen=True, slots=True)
class Evening:
    """What is said of an evening."""

    title: str
    held_on: dt.date
    starts_at: dt.time
    ends_at: dt.time
    slot_minutes: int
    most_wishes: int
    closes_at: dt.datetime
    gap_minutes: int = 0
    pause_starts_at: dt.time | None = None
    pause_ends_at: dt.time | None = None
    confirm_until_on: dt.date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when one teacher receives."""

    room: str = ""
    zone: str = ""
    from_at: dt.time | None = None
    until_at: dt.time | None = None
    video_url: str = ""


@transaction.atomic
def prepare(*, evening: Evening, groups: Sequence[int], actor: Actor, meeting: Meeting | None = None) -> Meeting:
    """Write an evening, or change it while nothing is planned; teachers of the invited classes are entered. Raises Refusal."""
    if meeting and meeting.state not in (State.PREPARING, State.OPEN):
        raise Refusal(
            _("Le planning de cette soirée est fait : ses heures ne changent plus. Annulez-la pour la refaire.")
        )
    row = meeting or Meeting()
    for name, value in asdict(evening).items():
        setattr(row, name, value)
    _check(row)
    row.save()
    known = set(Group.objects.filter(pk__in=groups).values_list("pk", flat=True))
    MeetingGroup.objects.filter(meeting=row).exclude(group__in=known).delete()
    MeetingGroup.objects.bulk_create(
        [MeetingGroup(establishment_id=row.establishment_id, meeting=row, group_id=pk) for pk in sorted(known)],
        ignore_conflicts=True,
    )
    if meeting is None:
        add_teachers(meeting=row, people=teachers_of_groups(known))
    audit.record(actor, "meetings.prepare", row)
    return row


def _check(row: Meeting) -> None:
    if row.held_on < clock.today():
        raise Refusal(_("Ce jour est passé : choisissez un jour à venir."))
    if row.ends_at <= row.starts_at:
        raise Refusal(_("La soirée finit avant de commencer. Changez l’une des deux heures."))
    if (row.pause_starts_at is None) != (row.pause_ends_at is None):
        raise Refusal(_("Une pause a un début et une fin : complétez-la, ou laissez les deux vides."))
    if row.pause_starts_at and row.pause_ends_at and row.pause_ends_at <= row.pause_starts_at:
        raise Refusal(_("La pause finit avant de commencer. Changez l’une des deux heures."))
    if len(starts_of(row)) < _FEWEST_SLOTS:
        raise Refusal(
            _("La soirée est trop courte pour deux rendez-vous : allongez-la, ou raccourcissez les rendez-vous.")
        )
    if row.closes_at >= dt.datetime.combine(row.held_on, row.starts_at, PARIS):
        raise Refusal(_("Les vœux se ferment avant la soirée, pour que le planning puisse être fait."))
    if row.confirm_until_on and row.confirm_until_on > row.held_on:
        raise Refusal(_("La confirmation se donne avant la soirée : avancez son dernier jour."))


def teachers_of_groups(groups: Iterable[int]) -> list[int]:
    """Who works with these classes, or every teacher of the school; one statement."""
    wanted = sorted(groups)
    if not wanted:
        roles = Affiliation.objects.filter(held_on(clock.today()), establishment=current_establishment_id())
        return sorted(roles.filter(profile=Profile.TEACHER).values_list("person_id", flat=True))
    # A class is taught as a class, and in the groups where its students sit.
    statement = f"""select distinct w.person_id from ({group_staff_sql()}) w where w.group_id in (
      select other.group_id from directory_membership mine
      join directory_membership other on other.establishment_id = %(school)s and other.student_id = mine.student_id
        and %(today)s between other.starts_on and coalesce(other.ends_on, 'infinity')
      where mine.establishment_id = %(school)s and mine.group_id = any(%(groups)s)
        and %(today)s between mine.starts_on and coalesce(mine.ends_on, 'infinity'))"""  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": current_establishment_id(), "today": clock.today(), "groups": wanted})
        return [pk for (pk,) in cursor.fetchall()]


@transaction.atomic
def add_teachers(*, meeting: Meeting, people: Sequence[int]) -> None:
    """Enter teachers who are not there yet."""
    names = dict(Person.objects.filter(pk__in=people).values_list("pk", "formal_name"))
    roles = Affiliation.objects.filter(
        held_on(clock.today()), establishment=meeting.establishment_id, person__in=people
    )
    subjects = dict(roles.filter(profile=Profile.TEACHER).values_list("person_id", "function"))
    MeetingTeacher.objects.bulk_create(
        [
            MeetingTeacher(
                establishment_id=meeting.establishment_id,
                meeting=meeting,
                person_id=pk,
                name=name,
                subject=subjects.get(pk, ""),
            )
            for pk, name in names.items()
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def settle(*, meeting: Meeting, places: Mapping[int, Place], left_out: Iterable[int], actor: Actor) -> None:
    """Say where each teacher receives, and who does not take part; nobody with a wish is left out. Raises Refusal."""
    out = set(left_out)
    asked = Wish.objects.filter(teacher__in=out).select_related("teacher").first()
    if asked:
        text = _("Des familles ont déjà demandé %(name)s : ce professeur ne peut plus être retiré.")
        raise Refusal(text % {"name": asked.teacher.name})
    rows = list(MeetingTeacher.objects.filter(meeting=meeting))
    for row in rows:
        place = places.get(row.pk)
        if place is None or row.pk in out:
            continue
        if place.from_at and place.until_at and place.until_at <= place.from_at:
            raise Refusal(_("%(name)s repart avant d’arriver : changez l’une des deux heures.") % {"name": row.name})
        for name, value in asdict(place).items():
            setattr(row, name, value)
    MeetingTeacher.objects.bulk_update(rows, ["room", "zone", "from_at", "until_at", "video_url"])
    MeetingTeacher.objects.filter(meeting=meeting, pk__in=out).delete()
    audit.record(actor, "meetings.settle", meeting)


@transaction.atomic
def open_wishes(*, meeting: Meeting, actor: Actor) -> None:
    """Let families say whom they wish to see; they are told. Raises Refusal."""
    if meeting.state != State.PREPARING:
        raise Refusal(_("Les vœux de cette soirée ont déjà été ouverts."))
    if meeting.closes_at <= clock.now():
        raise Refusal(_("Le dernier moment pour les vœux est passé : changez-le avant de les ouvrir."))
    if not MeetingTeacher.objects.filter(meeting=meeting).exists():
        raise Refusal(_("Aucun professeur ne reçoit encore : ajoutez-en avant d’ouvrir les vœux."))
    meeting.state = State.OPEN
    meeting.save(update_fields=["state"])
    audit.record(actor, "meetings.open", meeting)
    title = _("%(title)s, %(day)s : qui souhaitez-vous rencontrer ?")
    tell(OPENED, meeting, guardians_invited(meeting), title % {"title": meeting.title, "day": day(meeting.held_on)})


@transaction.atomic
def call_off(*, meeting: Meeting, actor: Actor) -> None:
    """Call an evening off; its appointments fall, everyone concerned is told. A second call changes nothing."""
    if meeting.state == State.CANCELLED:
        return
    was_known = meeting.state != State.PREPARING
    meeting.state = State.CANCELLED
    meeting.save(update_fields=["state"])
    Wish.objects.filter(request__meeting=meeting).update(state=Wish.State.CANCELLED, slot=None)
    audit.record(actor, "meetings.call_off", meeting)
    if was_known:
        title = _("%(title)s du %(day)s : la soirée est annulée")
        text = title % {"title": meeting.title, "day": day(meeting.held_on)}
        tell(CHANGED, meeting, guardians_invited(meeting), text)
        tell(CHANGED, meeting, teachers_of(meeting), text, for_staff=True)

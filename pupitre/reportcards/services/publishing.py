"""Giving bulletins to families: by a job, class after class, archived as PDF; what was given never changes."""

import datetime as dt
import hashlib
import tempfile
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.directory.activation import divisions_of_today
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Group, Guardianship, Student
from pupitre.establishments.models import Establishment, Term
from pupitre.establishments.scope import current_establishment_id
from pupitre.files.models import StoredFile
from pupitre.files.services.attaching import attach
from pupitre.files.services.keeping import Deposit, keep
from pupitre.files.services.uploading import new_key
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.foundation.stamps import person_audience, raise_stamps
from pupitre.foundation.ui.french import day_month
from pupitre.gradebook.models import ClassTerm
from pupitre.notifications.queries import hours_of
from pupitre.notifications.quiet_hours import opens_at
from pupitre.notifications.services.posting import Recipient, notify
from pupitre.reportcards.document import Bulletin, frozen
from pupitre.reportcards.models import PrintRun, ReportCard, ReportVersion
from pupitre.reportcards.paper.drawing import draw
from pupitre.reportcards.queries.bulletins import bulletins_of
from pupitre.reportcards.refusals import Refusal

PURPOSE = "reportcards.version"
JOB = "reportcards.print_run"
GIVEN = "reportcards.given"


class AlreadyGiven(Refusal):
    """Some of the bulletins were given before: `count` of them, out of `of`. Whoever publishes says that they are made again."""

    def __init__(self, count: int, of: int) -> None:
        super().__init__(_("Des bulletins ont déjà été remis : confirmez que vous les refaites."))
        self.count, self.of = count, of


@transaction.atomic
def ask_publication(*, term: Term, division: Group | None, actor: Actor, makes_again: bool = False) -> PrintRun:
    """Have the validated bulletins of a class given to families, or of every class, by a job. Raises Refusal.

    Refused: nothing validated, a council still to be held, a run of the same class that is going on; AlreadyGiven, without
    `makes_again`, when families hold a version already (GRA-16). That version stays whatever is made.
    """
    divisions = [division] if division is not None else list(divisions_of_today())
    cards = ReportCard.objects.filter(term=term, division__in=divisions, status=ReportCard.Status.VALIDATED)
    count = cards.count()
    if not count:
        raise Refusal(_("Aucun bulletin n’est arrêté : le conseil de classe d’abord, puis la publication."))
    coming = ClassTerm.objects.filter(term=term, division__in=divisions, council_on__gt=clock.today())
    if (row := coming.select_related("division").order_by("council_on").first()) is not None:
        raise Refusal(
            _("%(group)s : le conseil de classe est le %(day)s. Les bulletins se publient après.")
            % {"group": row.division.label, "day": day_month(row.council_on)}
        )
    going = PrintRun.objects.filter(term=term, state__in=(PrintRun.State.WAITING, PrintRun.State.RUNNING))
    if division is not None:
        going = going.filter(division__in=[division]) | going.filter(division=None)
    if going.exists():
        raise Refusal(_("Une publication est déjà en cours. Attendez qu’elle finisse, ou arrêtez-la."))
    if not makes_again and (again := cards.filter(published_at__isnull=False).count()):
        raise AlreadyGiven(again, count)
    run = PrintRun(term=term, division=division, total=count, asked_by_id=actor.person_id, asked_at=clock.now())
    run.save()
    audit.record(actor, "reportcards.publish", run, cards=count, makes_again=makes_again)
    jobs.enqueue(JOB, establishment_id=actor.establishment_id, run_id=run.pk, user_id=actor.user_id)
    return run


@transaction.atomic
def cancel_run(*, run: PrintRun, actor: Actor) -> None:
    """Stop a publication: what is given stays given, the rest waits."""
    state = PrintRun.objects.select_for_update().filter(
        pk=run.pk, state__in=(PrintRun.State.WAITING, PrintRun.State.RUNNING)
    )
    if state.update(state=PrintRun.State.CANCELLED, ended_at=clock.now()):
        audit.record(actor, "reportcards.cancel_run", run)


def give(cards: Sequence[ReportCard], division: Group, term: Term, actor: Actor) -> tuple[int, int]:
    """Give these validated bulletins of one class to families: how many were made, how many were as they had been given.

    Each is drawn, archived under the next number, and told to the student and the guardians, in the open hours.
    """
    by_student = {each.student_id: each for each in cards}
    last = _last_versions(cards)
    at = _given_at(division, term)
    made = 0
    for bulletin in bulletins_of(division, term, only=set(by_student)):
        card = by_student[bulletin.student]
        version = last.get(card.pk)
        if version is None or version.content != frozen(bulletin):
            archive(card, bulletin, (version.number if version else 0) + 1, at, actor)
            made += 1
    ReportCard.objects.filter(pk__in=[each.pk for each in cards]).update(
        # What families could read already stays in their hands while it is corrected.
        status=ReportCard.Status.PUBLISHED,
        published_at=Coalesce("published_at", Value(at)),
    )
    _tell(by_student, at)
    return made, len(cards) - made


def archive(card: ReportCard, bulletin: Bulletin, number: int, at: dt.datetime, actor: Actor) -> ReportVersion:
    """Draw a bulletin and keep it for ever under its number. The file is the school’s: nobody finds it among theirs."""
    pdf = draw(bulletin, number=number, given=f"{day_month(at)} {at.year}")
    version = ReportVersion(
        card=card, number=number, content=frozen(bulletin), sha256=hashlib.sha256(pdf).hexdigest(),
        made_at=clock.now(), made_by_id=actor.person_id, seen_at=at,
    )  # fmt: skip
    version.save()
    name = f"Bulletin {bulletin.name} {bulletin.term_code} {bulletin.year} n{number}.pdf".replace("/", "-")[:150]
    with tempfile.TemporaryFile() as content:
        content.write(pdf)
        file = keep(Deposit(name, PURPOSE, new_key(actor), is_previewed=False), content, actor=actor)
    attach(upload_ids=[file.pk], target=version, actor=actor)
    StoredFile.objects.filter(pk=file.pk).update(owner=None)
    return version


def _last_versions(cards: Iterable[ReportCard]) -> dict[int, ReportVersion]:
    rows = ReportVersion.objects.filter(card__in=cards).order_by("number")
    return {row.card_id: row for row in rows}


def _given_at(division: Group, term: Term) -> dt.datetime:
    """Now, or the day that the head set for the class, in the open hours of the school (16.4)."""
    hours = hours_of(current_establishment_id())
    day = (
        ClassTerm.objects.filter(term=term, division=division, published_on__gt=clock.today())
        .values_list("published_on", flat=True)
        .first()
    )
    now = clock.now()
    return opens_at(hours, now if day is None else now + (day - clock.today()))


def _tell(cards: dict[int, ReportCard], at: dt.datetime) -> None:
    school = current_establishment_id()
    uai = Establishment.objects.values_list("uai", flat=True).get(pk=school)
    persons = list(Student.objects.filter(pk__in=cards).values_list("person_id", flat=True))
    links = Guardianship.objects.filter(
        open_on(clock.today()), establishment=school, student__in=persons, guardian__is_organisation=False
    ).values_list("guardian_id", "student_id")
    people = [*map(Recipient, persons), *(Recipient(guardian, student) for guardian, student in links)]
    raise_stamps(person_audience(each.person_id) for each in people)
    notify(
        GIVEN, people, establishment_id=school, title=_("Un bulletin est à lire"),
        url=reverse("reportcards:home", args=[uai]), visible_at=at, group_key=GIVEN,
        collapse=("%(count)s bulletin à lire", "%(count)s bulletins à lire"),
    )  # fmt: skip

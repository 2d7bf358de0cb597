"""The plan of an evening, made by a job: what families asked becomes appointments, or a reason told in words."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from pupitre.establishments.scope import scope
from pupitre.foundation import audit, clock, jobs
from pupitre.foundation.actor import Actor
from pupitre.meetings.models import FamilyRequest, Meeting, MeetingTeacher, Wish
from pupitre.meetings.planner.improving import Planned, improve
from pupitre.meetings.planner.problem import Family, Plan, Problem, Teacher, Worth
from pupitre.meetings.planner.problem import Wish as ToPlan
from pupitre.meetings.queries.elsewhere import busy_elsewhere
from pupitre.meetings.refusals import Refusal
from pupitre.meetings.slots import slots_of_family, slots_of_teacher, starts_of

PLAN = "meetings.plan"
SECONDS = 30
State, Work = Meeting.State, Meeting.Work
_STANDS = (Wish.State.ASKED, Wish.State.PROPOSED, Wish.State.ACCEPTED)


@transaction.atomic
def ask_plan(*, meeting: Meeting, actor: Actor) -> None:
    """Close wishes and have the plan made, or made again; what was placed by hand stays. Raises Refusal."""
    if meeting.state not in (State.OPEN, State.PLANNED):
        raise Refusal(_("Le planning se fait après les vœux, et avant la publication."))
    if meeting.work in (Work.ASKED, Work.RUNNING):
        raise Refusal(_("Le calcul du planning est déjà en cours."))
    if not Wish.objects.filter(request__meeting=meeting).exists():
        raise Refusal(_("Aucune famille n’a encore rien demandé : il n’y a pas de planning à faire."))
    now = clock.now()
    meeting.work, meeting.percent, meeting.closes_at = Work.ASKED, 0, min(meeting.closes_at, now)
    meeting.save(update_fields=["work", "percent", "closes_at"])
    audit.record(actor, "meetings.ask_plan", meeting)
    jobs.enqueue(PLAN, meeting=meeting.pk, establishment=meeting.establishment_id)


def make_plan(meeting_id: int, establishment_id: int) -> None:
    """Plan an evening that waits for it; done twice, the second finds nothing to do, or the same plan."""
    with scope(establishment_id):
        meeting = Meeting.objects.filter(pk=meeting_id, work__in=(Work.ASKED, Work.RUNNING)).first()
        if meeting is None:
            return
        Meeting.objects.filter(pk=meeting_id).update(work=Work.RUNNING)
        problem = problem_of(meeting)

    planned = improve(problem, seconds=SECONDS, progress=_teller(meeting_id, establishment_id))
    with scope(establishment_id):
        _apply(meeting_id, problem, planned)


def _teller(meeting_id: int, establishment_id: int) -> Callable[[int], None]:
    """Write how far the work is, every five percent, for the page that waits."""

    def progress(percent: int) -> None:
        if percent % 5 == 0:
            with scope(establishment_id):
                Meeting.objects.filter(pk=meeting_id).update(percent=percent)

    return progress


def problem_of(meeting: Meeting) -> Problem:
    """The evening as the planner sees it; a family's times in its other schools are hours when it cannot come."""
    teachers = {each.pk: each for each in MeetingTeacher.objects.filter(meeting=meeting)}
    requests = list(FamilyRequest.objects.filter(meeting=meeting).order_by("asked_at", "pk"))
    busy = busy_elsewhere({each.guardian_id for each in requests}, meeting)
    rows = Wish.objects.filter(request__meeting=meeting, state__in=_STANDS).order_by("request__asked_at", "pk")
    return Problem(
        starts=starts_of(meeting),
        length=meeting.slot_minutes,
        teachers={
            pk: Teacher(pk, each.zone or each.room, slots_of_teacher(meeting, each)) for pk, each in teachers.items()
        },
        families={
            each.pk: Family(each.pk, slots_of_family(meeting, each.away_at, busy.get(each.guardian_id, [])))
            for each in requests
        },
        wishes=[
            ToPlan(each.pk, each.request_id, each.teacher_id, each.level, each.slot if each.is_fixed else None)
            for each in rows
        ],
    )


def _apply(meeting_id: int, problem: Problem, planned: Planned) -> None:
    meeting = Meeting.objects.select_for_update().get(pk=meeting_id)
    if meeting.state not in (State.OPEN, State.PLANNED):
        return
    rows = {each.pk: each for each in Wish.objects.filter(pk__in=[each.key for each in problem.wishes])}
    moving = [each for each in rows.values() if not each.is_fixed]
    # Two may change places: both leave first.
    Wish.objects.filter(pk__in=[each.pk for each in moving]).update(slot=None)
    for wish in moving:
        wish.slot = planned.plan.get(wish.pk)
        wish.why = "" if wish.slot is not None else why_not(problem, planned.plan, wish)
        wish.state = Wish.State.ASKED
    Wish.objects.bulk_update(moving, ["slot", "why", "state"])
    meeting.state, meeting.work, meeting.percent = State.PLANNED, Work.NONE, 100
    meeting.figures = {
        "planned": _figures(planned.worth),
        "first_come": _figures(planned.first_come),
        "was_cut": planned.was_cut,
    }
    meeting.save(update_fields=["state", "work", "percent", "figures"])
    audit.record(None, "meetings.plan", meeting, establishment_id=meeting.establishment_id, **_figures(planned.worth))


def _figures(worth: Worth) -> dict[str, int]:
    served = worth.priority + worth.wished
    return {"served": served, "priority": worth.priority, "waiting": worth.waiting, "walks": worth.walks}


def why_not(problem: Problem, plan: Plan, wish: Wish) -> str:
    """Why a wish could not be served, from the plan itself."""
    taken = {plan[each.key] for each in problem.wishes if each.teacher == wish.teacher_id and each.key in plan}
    free = problem.teachers[wish.teacher_id].slots - taken
    if not free:
        return Wish.Why.FULL
    if not free & problem.families[wish.request_id].slots:
        return Wish.Why.HOURS
    return Wish.Why.CLASH


def give_up(meeting_id: int, establishment_id: int) -> None:
    """Say that the work stopped, so that the page does not wait for ever."""
    with scope(establishment_id):
        Meeting.objects.filter(pk=meeting_id, work__in=(Work.ASKED, Work.RUNNING)).update(work=Work.FAILED)

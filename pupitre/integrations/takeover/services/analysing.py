"""What a file would give, told line by line; nothing is taken."""

from pupitre.attendance.models import AbsenceReason
from pupitre.attendance.queries.rules import rules_of_school
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.directory.models import Subject
from pupitre.directory.names import fold
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import current_establishment_id
from pupitre.integrations.exchange.csv import Table
from pupitre.integrations.takeover.bulletins import current_year
from pupitre.integrations.takeover.importer import plan_of
from pupitre.integrations.takeover.mapping import DayHours, reader_of
from pupitre.integrations.takeover.matching import students_of_school
from pupitre.integrations.takeover.models import RESULTS, LineIssue, TakeOver
from pupitre.integrations.takeover.outcomes import results_plan
from pupitre.integrations.takeover.plans import Plan
from pupitre.integrations.takeover.queries import remembered_of
from pupitre.integrations.takeover.results import result_reader_of
from pupitre.integrations.takeover.services.receiving import table_of

_BATCH = 2000


def analyse(take: TakeOver) -> Plan:
    """Read a file whole, and write what would become of each line."""
    plan = plan_for(take, table_of(take))
    LineIssue.objects.filter(take_over=take).delete()
    write_issues(take, plan)
    take.state = TakeOver.State.TO_REVIEW
    take.save(update_fields=["state", "counts", "reasons", "subjects"])
    return plan


def plan_for(take: TakeOver, table: Table) -> Plan:
    """What becomes of each line, as the school stands now."""
    if take.thing in RESULTS:
        results = result_reader_of(table, take.columns, take.thing, take.said, current_year())
        return results_plan(table, results, students_of_school(take.author_id), subjects_known())
    reader = reader_of(table, take.columns, take.thing, day_hours())
    return plan_of(table, reader, students_of_school(take.author_id), reasons_known())


def write_issues(take: TakeOver, plan: Plan) -> None:
    """Keep the lines that are not taken, and the figures."""
    LineIssue.objects.bulk_create(
        [
            LineIssue(
                establishment_id=take.establishment_id,
                take_over=take,
                number=each.number,
                thing=each.thing,
                fate=each.fate,
                told=each.told,
                reason=each.reason,
            )
            for each in plan.issues
        ],
        batch_size=_BATCH,
    )
    take.counts = {thing: dict(counts) for thing, counts in plan.counts.items()}
    # Those that wait for the school first, then the most frequent.
    take.subjects = sorted(plan.subjects.values(), key=lambda each: (each["subject"] is not None, -each["lines"]))
    take.reasons = sorted(plan.reasons.values(), key=lambda each: (each["reason"] is not None, -each["lines"]))


def reasons_known() -> dict[str, AbsenceReason | None]:
    """Our reason for each of theirs: the same words, else what the school said; None when it said none of ours."""
    ours = reasons_of_school()
    by_pk = {str(each.pk): each for each in ours}
    found: dict[str, AbsenceReason | None] = {fold(each.label): each for each in ours}
    for outside, value in remembered_of("reason").items():
        # A reason hidden since is asked again.
        if value == "0":
            found[outside] = None
        elif value in by_pk:
            found[outside] = by_pk[value]
    return found


def subjects_known() -> dict[str, int | None]:
    """Our subject for each of theirs that the school said; None when it said none of ours. Two statements."""
    ours = {str(pk) for pk in Subject.objects.values_list("pk", flat=True)}
    said = remembered_of("subject")
    return {key: None if value == "0" else int(value) for key, value in said.items() if value == "0" or value in ours}


def day_hours() -> DayHours:
    """The hours of the school's half-days; two statements."""
    rules = rules_of_school()
    cut = Establishment.objects.values_list("half_day_cut", flat=True).get(pk=current_establishment_id())
    return DayHours(rules.day_opens_at, cut, max(rules.afternoon_opens_at, cut), rules.day_closes_at)

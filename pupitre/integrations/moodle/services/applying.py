"""Doing in Moodle what a report says, in batches. Stopped anywhere, the next comparison finds what is left."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.moodle import naming
from pupitre.integrations.moodle.answers import Done, Made
from pupitre.integrations.moodle.client import Moodle, MoodleFailure
from pupitre.integrations.moodle.found import category_of
from pupitre.integrations.moodle.models import Account, Change, LinkedCourse, Report, Site
from pupitre.integrations.moodle.services.outcomes import failed, moodle_of, worked
from pupitre.integrations.services.services.bulk import disclosed

BATCH = 50
Act, Kind, Fate = Change.Act, Change.Kind, Change.Fate
# What concerns one row of a batch; anything else stops the whole report.
_OF_A_ROW = ("denied",)
# Of what is written in an account, the facts about somebody.
_TOLD = {"username", "firstname", "lastname", "email", "idnumber"}


@dataclass(slots=True)
class Work:
    """A report being applied."""

    establishment_id: int
    site: Site
    moodle: Moodle
    changes: list[Change]

    def of(self, kind: str, *acts: str) -> list[Change]:
        """The changes that wait, of a kind."""
        return [each for each in self.changes if each.kind == kind and each.act in acts and each.fate == Fate.WAITING]


def apply_report(establishment_id: int, pk: int) -> None:
    """Do what a report says, and say what Moodle refused."""
    with scope(establishment_id):
        report = Report.objects.filter(pk=pk, state=Report.State.APPLYING).first()
        if report is None:
            return
        site = Site.objects.select_related("connector").get(pk=report.site_id)
        changes = list(Change.objects.filter(report=report, fate=Fate.WAITING).order_by("pk"))
    state, failure = Report.State.APPLIED, ""
    try:
        work = Work(establishment_id, site, moodle_of(site), changes)
        _accounts(work)
        _cohorts(work)
        _courses(work)
    except MoodleFailure as no:
        state, failure = Report.State.FAILED, no.code
        with scope(establishment_id):
            failed(site, no)
    with scope(establishment_id):
        Report.objects.filter(pk=pk).update(state=state, failure=failure, ended_at=clock.now())
        if not failure:
            worked(site)


def _accounts(work: Work) -> None:
    for batch in _batches(work.of(Kind.ACCOUNT, Act.CREATE)):
        _do(work, batch, _create_accounts)
    for batch in _batches(work.of(Kind.ACCOUNT, Act.CHANGE, Act.SUSPEND)):
        _do(work, batch, _update_accounts)


def _create_accounts(work: Work, batch: Sequence[Change]) -> None:
    made = work.moodle.ask("core_user_create_users", list[Made], users=[each.content for each in batch])
    with scope(work.establishment_id):
        for change, new in zip(batch, made, strict=True):
            Account.objects.update_or_create(
                site=work.site,
                person_id=change.person_id,
                defaults={"number": new.id, "username": change.content["username"], "is_suspended": False},
            )
        _done(batch)
        _log_told(work, batch)


def _update_accounts(work: Work, batch: Sequence[Change]) -> None:
    answer = work.moodle.ask("core_user_update_users", Done, users=[each.content for each in batch])
    kept = {each.itemid for each in answer.warnings}
    done = [each for each in batch if each.content["id"] not in kept]
    with scope(work.establishment_id):
        for change in done:
            known = Account.objects.filter(site=work.site, number=change.content["id"])
            if "suspended" in change.content:
                known.update(is_suspended=bool(change.content["suspended"]))
            if "username" in change.content:
                known.update(username=change.content["username"])
        _done(done)
        _log_told(work, done)
        _refused([each for each in batch if each not in done])


def _log_told(work: Work, done: Sequence[Change]) -> None:
    """Note what Moodle has just learnt of people; a suspension tells nothing of them."""
    told = {each.person_id: set(each.content) & _TOLD for each in done if each.person_id}
    disclosed(work.site.connector, {person: names for person, names in told.items() if names})


def _cohorts(work: Work) -> None:
    new = work.of(Kind.COHORT, Act.CREATE)
    for batch in _batches(new):
        _do(work, batch, _create_cohorts)
    for change in work.of(Kind.COHORT, Act.CHANGE):
        _do(work, [change], _rename_cohort)
    numbers = _numbers(work)
    for change in [each for each in work.of(Kind.COHORT, Act.CREATE, Act.CHANGE, Act.MEMBERS) if each.content["id"]]:
        _do(work, [change], lambda here, rows: _move_members(here, rows[0], numbers))


def _create_cohorts(work: Work, batch: Sequence[Change]) -> None:
    rows = [
        {
            "categorytype": {"type": "system", "value": ""},
            "name": each.content["name"],
            "idnumber": each.content["number"],
        }
        for each in batch
    ]
    made = work.moodle.ask("core_cohort_create_cohorts", list[Made], cohorts=rows)
    for change, new in zip(batch, made, strict=True):
        change.content["id"] = new.id


def _rename_cohort(work: Work, batch: Sequence[Change]) -> None:
    for each in batch:
        row = {
            "id": each.content["id"],
            "categorytype": {"type": "system", "value": ""},
            "name": each.content["name"],
            "idnumber": each.content["number"],
        }
        work.moodle.ask("core_cohort_update_cohorts", Any, cohorts=[row])


def _move_members(work: Work, change: Change, numbers: dict[int, int]) -> None:
    cohort = change.content["id"]
    add = [
        {"cohorttype": {"type": "id", "value": cohort}, "usertype": {"type": "id", "value": numbers[person]}}
        for person in change.content["add"]
        if person in numbers
    ]
    for batch in _batches(add):
        work.moodle.ask("core_cohort_add_cohort_members", Done, members=batch)
    drop = [{"cohortid": cohort, "userid": numbers[each]} for each in change.content["drop"] if each in numbers]
    for batch in _batches(drop):
        work.moodle.ask("core_cohort_delete_cohort_members", Any, members=batch)
    with scope(work.establishment_id):
        _done([change])


def _courses(work: Work) -> None:
    new = work.of(Kind.COURSE, Act.CREATE)
    if new:
        category = _category(work)
        for batch in _batches(new):
            _do(work, batch, lambda here, rows: _create_courses(here, rows, category))
    numbers = _numbers(work)
    for change in [each for each in work.of(Kind.COURSE, Act.CREATE, Act.MEMBERS) if each.content["id"]]:
        _do(work, [change], lambda here, rows: _enrol(here, rows[0], numbers))


def _category(work: Work) -> int:
    """The category of the school year, inside that of the school; both are made the first time."""
    with scope(work.establishment_id):
        school = Establishment.objects.get(pk=work.establishment_id)
    year = naming.school_year_of(clock.today())
    outer = _category_of(work.moodle, naming.school_number(school.uai), school.name, 0)
    return _category_of(work.moodle, naming.year_number(school.uai, year), f"{year}-{year + 1}", outer)


def _category_of(moodle: Moodle, number: str, name: str, parent: int) -> int:
    found = category_of(moodle, number)
    if found is not None:
        return found
    rows = [{"name": name, "idnumber": number, "parent": parent}]
    return moodle.ask("core_course_create_categories", list[Made], categories=rows)[0].id


def _create_courses(work: Work, batch: Sequence[Change], category: int) -> None:
    rows = [
        {
            "fullname": each.content["name"],
            "shortname": each.content["short_name"],
            "idnumber": each.content["number"],
            "categoryid": category,
        }
        for each in batch
    ]
    made = work.moodle.ask("core_course_create_courses", list[Made], courses=rows)
    with scope(work.establishment_id):
        for change, new in zip(batch, made, strict=True):
            change.content["id"] = new.id
            LinkedCourse.objects.update_or_create(
                site=work.site, course_id=change.content["course"], defaults={"number": new.id}
            )


def _enrol(work: Work, change: Change, numbers: dict[int, int]) -> None:
    course = change.content["id"]
    for function, people in (
        ("enrol_manual_enrol_users", change.content["add"]),
        ("enrol_manual_unenrol_users", change.content["drop"]),
    ):
        rows = [
            {"roleid": role, "userid": numbers[person], "courseid": course}
            for role, person in people
            if person in numbers
        ]
        for batch in _batches(rows):
            work.moodle.ask(function, Any, enrolments=batch)
    with scope(work.establishment_id):
        _done([change])


def _numbers(work: Work) -> dict[int, int]:
    with scope(work.establishment_id):
        return dict(Account.objects.filter(site=work.site).values_list("person_id", "number"))


def _do(work: Work, batch: Sequence[Change], act: Callable[[Work, Sequence[Change]], None]) -> None:
    """Do a batch; when Moodle refuses it, each by itself, so that one wrong name does not hold the others."""
    try:
        act(work, batch)
    except MoodleFailure as no:
        if no.code not in _OF_A_ROW:
            raise
        if len(batch) > 1:
            for each in batch:
                _do(work, [each], act)
            return
        with scope(work.establishment_id):
            _refused(batch, no.detail)


def _done(batch: Sequence[Change]) -> None:
    for each in batch:
        each.fate = Fate.DONE
    Change.objects.filter(pk__in=[each.pk for each in batch]).update(fate=Fate.DONE)


def _refused(batch: Sequence[Change], code: str = "") -> None:
    words = (
        _("Moodle refuse ce compte : son nom d’utilisateur ou son adresse y sont peut-être déjà pris.")
        if batch and batch[0].kind == Kind.ACCOUNT
        else _("Moodle refuse cette demande.")
    )
    detail = f"{words} ({code})" if code else words
    for each in batch:
        each.fate = Fate.REFUSED
    Change.objects.filter(pk__in=[each.pk for each in batch]).update(fate=Fate.REFUSED, detail=detail[:300])


def _batches(rows: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(rows), BATCH):
        yield list(rows[start : start + BATCH])

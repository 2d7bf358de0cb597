"""The engine at work on one school: readings or files in, differences and rows out."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
from msgspec import structs

from pupitre.directory.models import Affiliation, ExternalId, Group, Guardianship, Membership, Person, Student
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.imports.models import Decision, Difference, ImportJob, JobFinding
from pupitre.integrations.imports.sealing import seal
from pupitre.integrations.imports.services.analysis import analyse
from pupitre.integrations.imports.services.application import apply
from pupitre.integrations.imports.services.gesture import import_files
from pupitre.timetable.models import Course, CourseTeacher, TimetableSlot

WRITTEN = (
    Person,
    ExternalId,
    Affiliation,
    Student,
    Group,
    Membership,
    Guardianship,
    Course,
    CourseTeacher,
    TimetableSlot,
)


@dataclass(frozen=True)
class Outcome:
    """An analysis: the job, what would change, what was found."""

    job: ImportJob
    differences: list[Difference]
    findings: list[JobFinding]

    @property
    def kinds(self) -> dict[str, int]:
        return dict(Counter(each.kind for each in self.differences))

    @property
    def codes(self) -> set[str]:
        return {each.code for each in self.findings}

    def told(self, kind: str) -> list[tuple[str, str, str, str]]:
        """Record, field, old and new value of the differences of a kind."""
        return [(each.record, each.field, each.old, each.new) for each in self.differences if each.kind == kind]

    def found(self, code: str) -> list[JobFinding]:
        """The findings of a code."""
        return [each for each in self.findings if each.code == code]


@dataclass(frozen=True)
class Engine:
    """One school, and its imports."""

    school: Establishment

    def analysed(self, readings: Sequence[Reading]) -> Outcome:
        """What readings would change."""
        with scope(self.school.pk):
            job = ImportJob.objects.create(created_at=clock.now(), readings=seal(msgspec.msgpack.encode([*readings])))
        return self.outcome(analyse(job.pk, self.school.pk))

    def applied(self, readings: Sequence[Reading], *, confirmed: bool = False) -> Outcome:
        """What readings changed."""
        return self.apply(self.analysed(readings), confirmed=confirmed)

    def files(self, *paths: Path, applied: bool = False, confirmed: bool = False) -> Outcome:
        """What files would change, or changed."""
        return self.outcome(import_files(establishment=self.school, paths=paths, apply=applied, confirmed=confirmed))

    def apply(self, outcome: Outcome, *, confirmed: bool = False) -> Outcome:
        """Write what was analysed."""
        return self.outcome(apply(outcome.job.pk, self.school.pk, confirmed=confirmed))

    def decide(self, outcome: Outcome, decision: Decision, **facts: Any) -> None:
        """Apply or ignore the differences that have these facts."""
        with scope(self.school.pk):
            assert Difference.objects.filter(job=outcome.job, **facts).update(decision=decision)

    def outcome(self, job: ImportJob) -> Outcome:
        with scope(self.school.pk):
            return Outcome(
                ImportJob.objects.get(pk=job.pk),
                list(Difference.objects.filter(job=job).order_by("pk")),
                list(JobFinding.objects.filter(job=job).order_by("pk")),
            )

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row that an import may write, without its key."""
        with scope(self.school.pk):
            return {
                model.__name__: sorted(
                    (
                        tuple(value for name, value in row.items() if name != "id")
                        for row in model._base_manager.values()
                    ),
                    key=repr,
                )
                for model in WRITTEN
            }


def changed(record: Any, **values: Any) -> Any:
    """A record that says something else; `who__…` of the person."""
    who = {name.removeprefix("who__"): value for name, value in values.items() if name.startswith("who__")}
    own = {name: value for name, value in values.items() if not name.startswith("who__")}
    if who:
        own["who"] = structs.replace(record.who, **who)
    return structs.replace(record, **own)


def only(readings: Sequence[Reading], *kinds: str) -> list[Reading]:
    """The readings of some kinds."""
    return [each for each in readings if each.kind in kinds]

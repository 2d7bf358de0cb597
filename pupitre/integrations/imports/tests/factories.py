"""Imports for tests, at any step of their way."""

import datetime as dt
from pathlib import Path

from pupitre.directory.models import Affiliation, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Kind as Content
from pupitre.integrations.exchange.verdicts import Severity
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import (
    Correspondence,
    Decision,
    Difference,
    ImportFile,
    ImportJob,
    JobFinding,
    MatchQuestion,
    RememberedMatch,
    Verdict,
)

State = ImportJob.State
_OVER = (State.APPLIED, State.UNDONE, State.ABANDONED, State.REJECTED)
_CHANGES = (
    (Kind.CHANGED_CLASS, "Colin Gabin, 5C", "Classe", "5C", "5A", ""),
    (Kind.CHANGED_CONTACT, "Kowalski Anna", "Téléphone portable", "+33639980041", "+33639980087", ""),
    (Kind.REMOVED_LINK, "Renard Axel, 4B", "Père", "Renard Paul", "(aucun)", "Perd l’accès à la scolarité de l’élève."),
    (Kind.NEW_STUDENT, "Nguyen Emma", "", "", "6C", ""),
    (
        Kind.LEFT_STUDENT,
        "Perrin Jules, 4B",
        "Date de sortie",
        "(aucun)",
        "10/11/2026",
        "Accès fermés, données gardées.",
    ),
)


def make_job(school: Establishment, state: str = State.TO_REVIEW, verdict: str = Verdict.QUARANTINE) -> ImportJob:
    """An import with differences of three parts, a record left aside and something to know."""
    now = clock.now()
    with scope(school.pk):
        job: ImportJob = ImportJob.objects.create(
            state=state, verdict=verdict, contents=[Content.STUDENTS, Content.GUARDIANS], year=2026, created_at=now,
            produced_at=now - dt.timedelta(hours=8), counts={"students": 619, "guardians": 900, "links": 1100},
            alive_at=now, analysed_at=now, reasons=[],
            applied_at=now if state in (State.APPLIED, State.UNDONE) else None, ended_at=now if state in _OVER else None,
        )  # fmt: skip
        ImportFile.objects.create(job=job, name="ElevesAvecAdresses.xml", size=240_000)
        for number, (kind, record, field, old, new, reason) in enumerate(_CHANGES):
            word = "guardian" if kind == Kind.CHANGED_CONTACT else "link" if kind == Kind.REMOVED_LINK else "student"
            Difference.objects.create(
                job=job, key=f"{word}:{number}", kind=kind, record=record, field=field, old=old, new=new, reason=reason,
                decision=Decision.APPLY,
            )  # fmt: skip
        add_finding(job, "unknown_group", "Marchal Jade", new="5EME F", choices=["4B", "6C"])
        add_finding(job, "no_contact", "Haddad Samir", Severity.NOTICE)
    return job


def add_finding(
    job: ImportJob, code: str, record: str, severity: Severity = Severity.QUARANTINE, *, new: str = "",
    choices: list[str] | None = None,
) -> JobFinding:  # fmt: skip
    """Something found by an import, inside an open scope."""
    found: JobFinding = JobFinding.objects.create(
        job=job, severity=severity, code=code, record=record, reason="À corriger dans la base de l’établissement.", new=new,
        choices=choices or [],
    )  # fmt: skip
    return found


def add_question(job: ImportJob, kind: str, outside: str, *near: tuple[str, str, int]) -> MatchQuestion:
    """A name that is not recognised, with its nearest answers (value, label, score), inside an open scope."""
    candidates = [
        {"value": value, "label": label, "why": "même libellé", "score": score} for value, label, score in near
    ]
    add_finding(job, "to_match", outside)
    question: MatchQuestion = MatchQuestion.objects.create(
        job=job, source="edt", kind=kind, outside=outside, label=outside, lessons=3, candidates=candidates
    )
    return question


def make_correspondence(
    school: Establishment, outside: str = "6EME A", verdict: str = "ignore", value: str = ""
) -> Correspondence:
    """A name of EDT that was said once to be something."""
    with scope(school.pk):
        said = {"verdict": verdict, "value": value, "decided_at": clock.now()}
        kept: Correspondence
        kept, _made = Correspondence.objects.update_or_create(
            source="edt", kind="group", outside=outside, defaults=said
        )
    return kept


def ignore(job: ImportJob, key: str, *, for_good: bool = False) -> Difference:
    """A difference that somebody chose not to apply."""
    difference: Difference = Difference.objects.get(job=job, key=key)
    difference.decision, difference.decided = Decision.SKIP, True
    difference.save(update_fields=["decision", "decided"])
    if for_good:
        RememberedMatch.objects.create(kind="skip", outside=f"{key} → {difference.new}", decided_at=clock.now())
    return difference


SAMPLES_UAI, SAMPLES_DAY = "0999910J", "2025-11-18T10:20"
"""The invented school of the sample files, and a day when they are of this year."""
_INTEGRATIONS = Path(__file__).parents[2]
SAMPLES = (
    *(_INTEGRATIONS / "siecle" / "samples" / f"{name}.xml" for name in (
        "Communs", "Nomenclature", "Structures", "ElevesAvecAdresses", "ResponsablesAvecAdresses")),
    *(_INTEGRATIONS / "sts" / "samples" / f"{name}_0999910J_2025.xml" for name in ("sts_emp", "emp_sts")),
)  # fmt: skip
"""Its files, as a secretary exports them in September."""


def open_empty_school(*people: Person, uai: str = SAMPLES_UAI) -> Establishment:
    """A school where nothing was imported, with its digital referents."""
    school = open_establishment(uai=uai, name="Collège des Essais", kind="college")
    for person in people:
        Affiliation.objects.create(
            person=person, establishment=school, profile=Profile.LOCAL_ADMIN, function="Référente numérique",
            source="test", starts_on=dt.date(2025, 8, 25),
        )  # fmt: skip
    return school

"""The right school, the right year, the newest first; what was looked at is what is applied."""

import datetime as dt

import pytest

from pupitre.directory.models import Person
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Finding, Rejected, Severity
from pupitre.integrations.imports.models import Difference, ImportJob
from pupitre.integrations.imports.services.analysis import plan_of
from pupitre.integrations.imports.services.application import NotAppliable
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed


def dated(moment: dt.datetime, *kinds: str) -> list[Reading]:
    """The files, those of some kinds produced at another moment."""
    return [changed(each, produced_at=moment) if each.kind in kinds else each for each in samples.readings()]


def test_the_wrong_school_is_refused_and_nothing_is_changed(engine: Engine) -> None:
    outcome = engine.analysed([changed(each, uai="0999930F") for each in samples.readings()])
    assert (outcome.job.state, outcome.job.verdict) == (ImportJob.State.REJECTED, "reject")
    assert (
        "«\u00a0Communs.xml\u00a0» est celui de l’établissement 0999930F, et non de 0999910J" in outcome.job.reasons[0]
    )
    assert (outcome.differences, outcome.job.readings) == ([], None)
    assert not Person.objects.exists()


def test_one_file_of_another_school_is_enough(engine: Engine) -> None:
    *others, last = samples.readings()
    assert engine.analysed([*others, changed(last, uai="0999930F")]).job.verdict == "reject"


def test_last_year_is_refused_once_this_year_is_there(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.analysed([changed(each, year=2025) for each in samples.readings()])
    assert outcome.job.verdict == "reject"
    assert "2025-2026. L’établissement est déjà en 2026-2027" in outcome.job.reasons[0]


def test_last_year_waits_for_a_human_in_an_empty_school(engine: Engine) -> None:
    outcome = engine.analysed([changed(each, year=2025) for each in samples.readings()])
    assert (outcome.job.verdict, outcome.job.may_apply) == ("hold", True)
    assert engine.apply(outcome, confirmed=True).job.state == ImportJob.State.APPLIED


def test_next_year_waits_for_the_switch_whoever_confirms(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.analysed([changed(each, year=2027) for each in samples.readings()])
    assert (outcome.job.verdict, outcome.job.may_apply) == ("hold", False)
    with pytest.raises(NotAppliable, match="2027-2028"):
        engine.apply(outcome, confirmed=True)
    with clock.at("2027-08-01T08:00"):
        assert engine.analysed([changed(each, year=2027) for each in samples.readings()]).job.may_apply


def test_files_of_two_years_are_refused(engine: Engine) -> None:
    first, *others = samples.readings()
    with scope(engine.school.pk), pytest.raises(Rejected, match="deux années scolaires"):
        plan_of([changed(first, year=2025), *others])


def test_an_older_file_is_held_with_both_dates(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.analysed(dated(dt.datetime(2026, 9, 1, 12), "siecle_students"))
    assert outcome.job.verdict == "hold"
    assert outcome.job.reasons == [
        "Le fichier «\u00a0Eleves.xml\u00a0» date du 01/09/2026\u00a0; un fichier plus récent, du 15/09/2026, a déjà été appliqué."
    ]


def test_an_older_file_of_the_same_day_is_held_with_both_hours(engine: Engine) -> None:
    engine.applied(samples.readings())
    (reason,) = engine.analysed(dated(dt.datetime(2026, 9, 15, 7, 45), "siecle_students")).job.reasons
    assert "15/09/2026 07:45" in reason
    assert "15/09/2026 18:00" in reason


def test_files_exported_one_after_the_other_have_each_their_age(engine: Engine) -> None:
    readings = dated(dt.datetime(2026, 9, 15, 19), "siecle_guardians", "sts_emp")
    engine.applied(readings)
    assert engine.analysed(readings).job.verdict == "accept"


def test_an_older_variant_beside_the_newer_one_is_not_held(engine: Engine) -> None:
    light = changed(
        samples.readings()[2], name="ElevesSansAdresses.xml", digest="z", produced_at=dt.datetime(2026, 9, 15, 19)
    )
    engine.applied([*samples.readings(), light])
    assert engine.analysed([*samples.readings(), light]).job.verdict == "accept"
    assert engine.analysed(samples.readings()).job.verdict == "hold"


def test_an_import_taken_back_no_longer_counts_as_the_newest(engine: Engine) -> None:
    job = engine.applied(samples.readings()).job
    with scope(engine.school.pk):
        ImportJob.objects.filter(pk=job.pk).update(state=ImportJob.State.UNDONE)
    assert engine.analysed(dated(dt.datetime(2026, 9, 1), "siecle_students")).job.verdict == "accept"


@pytest.mark.parametrize(
    ("severity", "verdict"),
    [(Severity.NOTICE, "accept"), (Severity.REPAIR, "repair"), (Severity.QUARANTINE, "quarantine")],
)
def test_the_verdict_is_the_worst_of_what_was_found(engine: Engine, severity: Severity, verdict: str) -> None:
    readings = samples.readings()
    readings[2].findings = [Finding(severity, "bad_phone", "Inès Belkacem", "Un téléphone à vérifier.")]
    assert engine.analysed(readings).job.verdict == verdict


def test_a_school_that_changed_since_asks_for_a_new_analysis(engine: Engine) -> None:
    first, second = engine.analysed(samples.readings()), engine.analysed(samples.readings())
    engine.apply(first)
    with pytest.raises(NotAppliable, match="Relancez-la"):
        engine.apply(second)
    with pytest.raises(NotAppliable, match="n’attend plus"):
        engine.apply(first)


def test_an_application_that_fails_changes_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    outcome, before = engine.analysed(samples.readings()), engine.everything()
    monkeypatch.setattr("pupitre.integrations.imports.services.application.raise_stamps", lambda _names: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        engine.apply(outcome)
    assert engine.everything() == before
    with scope(engine.school.pk):
        assert ImportJob.objects.get(pk=outcome.job.pk).state == ImportJob.State.TO_REVIEW
        assert Difference.objects.filter(job=outcome.job).exists()

"""What a human decided is not asked again."""

import pytest

from pupitre.directory.models import Person
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.integrations.imports.models import Decision, Difference, RememberedMatch
from pupitre.integrations.imports.services.analysis import analyse
from pupitre.integrations.imports.services.decisions import decide, settle_group
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, Outcome, changed


@pytest.fixture
def actor(engine: Engine) -> Actor:
    engine.applied(samples.readings())
    person = Person.objects.get(last_name="ROUSSEL")
    return Actor(user_id=person.user_id or 0, person_id=person.pk, establishment_id=engine.school.pk, uai=samples.UAI)


def regime(code: str) -> list:  # type: ignore[type-arg]
    ines, *others = samples.students()
    return samples.readings(students=[changed(ines, boarding_code=code), *others])


def ignore(engine: Engine, outcome: Outcome, actor: Actor, *, for_good: bool) -> None:
    with scope(engine.school.pk):
        keys = [each.key for each in outcome.differences]
        assert decide(outcome.job, keys, Decision.SKIP, actor, for_good=for_good) == len(keys)


def test_what_is_ignored_for_good_is_ignored_next_time(engine: Engine, actor: Actor) -> None:
    ignore(engine, engine.analysed(regime("21")), actor, for_good=True)
    (again,) = engine.analysed(regime("21")).differences
    assert (again.decision, again.decided) == (Decision.SKIP, True)


def test_what_is_ignored_once_is_asked_again(engine: Engine, actor: Actor) -> None:
    ignore(engine, engine.analysed(regime("21")), actor, for_good=False)
    (again,) = engine.analysed(regime("21")).differences
    assert (again.decision, again.decided) == (Decision.APPLY, False)


def test_another_value_is_another_question(engine: Engine, actor: Actor) -> None:
    ignore(engine, engine.analysed(regime("21")), actor, for_good=True)
    (other,) = engine.analysed(regime("30")).differences
    assert other.decision == Decision.APPLY


def test_applying_it_after_all_forgets_the_choice(engine: Engine, actor: Actor) -> None:
    ignore(engine, engine.analysed(regime("21")), actor, for_good=True)
    outcome = engine.analysed(regime("21"))
    with scope(engine.school.pk):
        decide(outcome.job, [outcome.differences[0].key], Decision.APPLY, actor)
        assert not RememberedMatch.objects.filter(kind="skip").exists()


def test_decisions_outlive_a_new_analysis_of_the_same_job(engine: Engine, actor: Actor) -> None:
    outcome = engine.analysed(regime("21"))
    ignore(engine, outcome, actor, for_good=False)
    analyse(outcome.job.pk, engine.school.pk)
    with scope(engine.school.pk):
        assert Difference.objects.get(job=outcome.job).decision == Decision.SKIP


def test_a_code_of_another_source_is_settled_once_for_all_its_files(engine: Engine, actor: Actor) -> None:
    lessons = [samples.lesson(group="5EME A")]
    outcome = engine.analysed(samples.readings(lessons=lessons))
    with scope(engine.school.pk):
        settle_group(outcome.job, "5EME A", "5A", actor)
        settle_group(outcome.job, "5EME A", "5A", actor)
        assert RememberedMatch.objects.count() == 1
    assert engine.analysed(samples.readings(lessons=lessons)).kinds == {}

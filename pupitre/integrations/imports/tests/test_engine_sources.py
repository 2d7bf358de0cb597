"""Whom to believe: better sources, hands that corrected, other schools, files given twice."""

import datetime as dt

from pupitre.directory.models import Guardianship, Person, Student
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.integrations.exchange.records import (
    GuardianRecord,
    Identity,
    LinkRecord,
    OutsideId,
    Reading,
    StudentRecord,
)
from pupitre.integrations.exchange.records import (
    Kind as Content,
)
from pupitre.integrations.imports.kinds import Kind
from pupitre.integrations.imports.models import Decision
from pupitre.integrations.imports.tests import samples
from pupitre.integrations.imports.tests.engine import Engine, changed

INE = OutsideId("ine", "national", "099000001AB")


def fregata(*students: StudentRecord) -> list[Reading]:
    return [
        Reading(
            kind=Content.FREGATA, name="fregata.csv", digest="g", students=[*students], groups=[samples.group("5A")]
        )
    ]


def told_by_fregata(**more: object) -> StudentRecord:
    """Inès, as Fregata may tell her: by her INE."""
    who = Identity((INE,), "BELKACEM", "Inès", birth_date=dt.date(2014, 1, 2))
    return changed(StudentRecord(INE.value, who, ine=INE.value, division="5A", says_groups=False), **more)


def test_a_lesser_source_only_adds_what_is_missing(engine: Engine) -> None:
    ines, *others = samples.students()
    engine.applied(samples.readings(students=[changed(ines, mef=""), *others]))
    lesser = told_by_fregata(
        mef="20112018110", status="AP", who__usage_name="BENALI", who__first_name="INES", division="5B"
    )
    outcome = engine.applied(fregata(lesser))
    assert {(each.field, each.new) for each in outcome.differences} == {
        ("Formation (MEF)", "20112018110"), ("Nom d’usage", "BENALI"),
    }  # fmt: skip
    assert engine.analysed(fregata(lesser)).kinds == {}


def test_a_lesser_source_does_not_say_who_is_gone(engine: Engine) -> None:
    engine.applied(samples.readings())
    assert engine.analysed(fregata(told_by_fregata())).kinds == {}


def test_the_students_of_another_base_are_not_the_business_of_siecle(engine: Engine) -> None:
    own = StudentRecord(
        "F1", Identity((OutsideId("fregata", samples.UAI, "F1"),), "RURAL", "Léa"), status="AP", says_groups=False
    )
    engine.applied(fregata(own))
    outcome = engine.applied(samples.readings())
    assert Kind.MISSING_STUDENT not in outcome.kinds
    assert engine.analysed(fregata(own)).kinds == {}


def test_a_student_told_by_two_bases_at_once_is_one(engine: Engine) -> None:
    for readings in (
        [*samples.readings(), *fregata(told_by_fregata())],
        [*fregata(told_by_fregata()), *samples.readings()],
    ):
        outcome = engine.analysed(readings)
        assert outcome.kinds[Kind.NEW_STUDENT] == 4
    engine.apply(outcome)
    assert Person.objects.filter(first_name="Inès").count() == 1


def test_the_same_export_in_two_variants_counts_once(engine: Engine) -> None:
    light = changed(samples.readings()[2], name="ElevesSansAdresses.xml", digest="z")
    outcome = engine.applied([*samples.readings(), light])
    assert outcome.job.counts["students"] == 4
    assert "ine_twice" not in outcome.codes
    assert Person.objects.count() == 9


def test_of_two_exports_the_newer_one_is_believed(engine: Engine) -> None:
    newer = [changed(each, boarding_code="21") for each in samples.students()]
    late = changed(samples.readings()[2], students=newer, digest="z", produced_at=dt.datetime(2026, 9, 16, 7))
    for readings in ([*samples.readings(), late], [late, *samples.readings()]):
        outcome = engine.analysed(readings)
    engine.apply(outcome)
    with scope(engine.school.pk):
        assert set(Student.objects.values_list("boarding_code", flat=True)) == {"21"}


def csv_guardian(*links: LinkRecord, **more: object) -> list[Reading]:
    who = Identity(
        (OutsideId("csv", samples.UAI, "belkacem samia|s@exemple.invalid"),),
        "BELKACEM",
        "Samia",
        email="s@exemple.invalid",
    )
    record = GuardianRecord("samia", changed(who, **more))
    return [Reading(kind=Content.CSV_GUARDIANS, name="r.csv", digest="h", guardians=[record], links=[*links])]


def test_a_table_of_guardians_names_students_by_their_ine(engine: Engine) -> None:
    pupils = [each for each in samples.readings() if each.kind in ("siecle_students", "siecle_structures")]
    link = LinkRecord(INE.value, "samia", 1, "10")
    engine.applied([*pupils, *csv_guardian(link)])
    assert Guardianship.objects.get().student.first_name == "Inès"
    assert engine.analysed(csv_guardian(link)).kinds == {}


def test_a_table_of_guardians_takes_nothing_away_from_siecle(engine: Engine) -> None:
    engine.applied(samples.readings())
    outcome = engine.applied(csv_guardian(LinkRecord(INE.value, "samia", 3, "10")))
    assert outcome.kinds == {Kind.NEW_GUARDIAN: 1}
    assert Guardianship.objects.filter(source="siecle", ends_on=None).count() == 4


def test_what_was_corrected_by_hand_is_a_conflict_and_stays(engine: Engine) -> None:
    engine.applied(samples.readings())
    Person.objects.filter(first_name="Samia").update(email="samia@maison.invalid")
    outcome = engine.applied(samples.readings())
    (conflict,) = outcome.differences
    assert (conflict.kind, conflict.decision) == (Kind.CHANGED_CONTACT, Decision.SKIP)
    assert (conflict.old, conflict.new) == ("samia@maison.invalid", "samia.belkacem@exemple.invalid")
    assert "Modifié depuis le dernier import" in conflict.reason
    assert Person.objects.get(first_name="Samia").email == "samia@maison.invalid"


def test_a_conflict_is_settled_by_a_human(engine: Engine) -> None:
    engine.applied(samples.readings())
    Person.objects.filter(first_name="Samia").update(mobile="+33600000000", birth_date=None)
    outcome = engine.analysed(samples.readings())
    engine.decide(outcome, Decision.APPLY, kind=Kind.CHANGED_CONTACT)
    engine.apply(outcome)
    assert Person.objects.get(first_name="Samia").mobile == "+33639980011"
    assert engine.analysed(samples.readings()).kinds == {}


def test_what_the_source_changes_is_no_conflict(engine: Engine) -> None:
    engine.applied(samples.readings())
    for mobile in ("+33639980001", "+33639980002"):
        adults = [changed(samples.guardians()[0], who__mobile=mobile), *samples.guardians()[1:]]
        engine.applied(samples.readings(guardians=adults))
        assert Person.objects.get(first_name="Samia").mobile == mobile


def test_two_schools_that_disagree_do_not_undo_each_other(engine: Engine) -> None:
    engine.applied(samples.readings())
    lycee = Engine(open_establishment(uai="0999930F", name="Lycée des Essais", kind="lycee"))
    ids = (OutsideId("siecle_student", "0999930F", "5"), INE)
    here = changed(samples.students()[0], key="5", who__ids=ids, who__email="autre@exemple.invalid")
    told = [changed(each, uai="0999930F")
            for each in samples.readings(students=[here], guardians=[], links=[], staff=[], lessons=[])]  # fmt: skip
    engine.applied(samples.readings(students=[changed(samples.students()[0], who__email="ines@exemple.invalid"),
                                              *samples.students()[1:]]))  # fmt: skip
    for _ in range(2):
        assert lycee.applied(told).told(Kind.CHANGED_CONTACT) == [
            ("Inès Belkacem, 5A", "Adresse électronique", "ines@exemple.invalid", "autre@exemple.invalid")
        ]
        assert Person.objects.get(first_name="Inès").email == "ines@exemple.invalid"

"""The rules of the feed, from the archive to what a school would change. Source: SDET, annexes 4 and 4bis."""

import datetime as dt

import pytest

from pupitre.directory.models import Affiliation, ExternalId, Group, Guardianship, Membership, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.establishments.services import open_establishment
from pupitre.foundation import clock
from pupitre.integrations.aaf.models import Batch, Feed, SchoolPart
from pupitre.integrations.aaf.services.gesture import import_archive
from pupitre.integrations.aaf.tests.writing import archive, document, request
from pupitre.integrations.imports.models import Difference

State = SchoolPart.State
UAI, OTHER = "0999910J", "0999930F"
ETAB = request("EtabEducNat", "1", ENTStructureUAI=UAI, ENTStructureNomCourant="CLG$LES TILLEULS$V",
               ENTStructureCodeTypeStruct="340")  # fmt: skip


@pytest.fixture(autouse=True)
def november():
    with clock.at("2026-11-24T10:20"):
        yield


@pytest.fixture
def college(db):
    return open_establishment(uai=UAI, name="Collège Les Tilleuls", kind="college", academy="15")


@pytest.fixture
def send(tmp_path):
    """Pack requests as a complete or a delta of a day, and import it."""

    def send(*requests, kind="Complet", day="20/11/2026", apply=True, academy="15", degree="2D", **options):
        stamp = "".join(reversed(day.split("/")))
        path = archive(
            tmp_path / f"{kind}-{stamp}-{len(list(tmp_path.iterdir()))}.tgz",
            {f"ENT_{kind}_{stamp}_x_0000.xml": document(*requests, academy=academy, degree=degree, day=day)},
        )
        return import_archive(path, apply=apply, **options)

    return send


def pupil(key, last="LEROY", first="Ana", *, action="addRequest", **more):
    values = {
        "ENTPersonNomPatro": last, "sn": last, "givenName": first, "ENTPersonDateNaissance": "01/02/2013",
        "ENTPersonStructRattach": "1", "ENTEleveClasses": "1$6A",
    }  # fmt: skip
    return request("Eleve", str(key), action, **(values | more))


def adult(key, last="LEROY", first="Paul", **more):
    return request("PersRelEleve", str(key), sn=last, givenName=first, **more)


def member(key, *functions, last="MARTIN", first="Luc", **more):
    values = {"ENTPersonDateNaissance": "03/04/1980", "ENTPersonStructRattach": "1"}
    return request(
        "PersEducNat", str(key), sn=last, givenName=first, ENTPersonFonctions=list(functions), **(values | more)
    )


def findings(batch):
    return {each["code"] for each in batch.findings}


def level_of(guardian_key):
    person = ExternalId.objects.get(source="aaf", value=guardian_key).person
    return list(Guardianship.objects.filter(guardian=person, ends_on=None).values_list("level", "relation"))


@pytest.mark.parametrize(
    ("written", "level", "relation"),
    [
        ("9$10$1$1$1$1", 1, "10"),
        ("9$42$0$2$1$0", 2, "42"),
        ("9$90$0$3$0$0", 3, "90"),
        # Files of 2013: the 2 is the second legal responsible, never a person in charge.
        ("9$1$0$2$0$0", 1, "20"),
        ("9$2$1$1$1$0", 1, "10"),
        ("9$4$0$0$1$0", 3, "39"),
    ],
)
def test_legal_responsibility_by_the_form_of_the_relation(college, send, written, level, relation):
    send(ETAB, pupil(1, ENTElevePersRelEleve=written), adult(9))
    assert level_of("9") == [(level, relation)]


def test_the_same_adult_twice_keeps_the_stronger_rights(college, send):
    batch = send(ETAB, pupil(1, ENTElevePersRelEleve=["9$90$0$3$0$0", "9$10$1$1$1$1"]), adult(9))
    assert level_of("9") == [(1, "90")]
    assert batch.parts.get().state == State.APPLIED


def test_a_link_cut_short_is_left_aside(college, send):
    batch = send(ETAB, pupil(1, ENTElevePersRelEleve=["9$10$1", "8$20$0$1$0$0"]), adult(9), adult(8, first="Eve"))
    assert batch.parts.get().aside == 1
    assert level_of("8") == [(1, "20")]
    assert not ExternalId.objects.filter(source="aaf", value="9").exists()


def test_a_parent_who_is_not_sent_yet_waits(college, send):
    send(ETAB, pupil(1, ENTElevePersRelEleve="9$10$1$1$1$1"))
    with scope(college.pk):
        assert Student.objects.count() == 1
    send(adult(9), kind="Delta", day="21/11/2026")
    assert level_of("9") == [(1, "10")]


def test_a_delta_does_not_repeat_known_parents(college, send):
    send(ETAB, pupil(1, ENTElevePersRelEleve="9$10$1$1$1$1"), adult(9))
    send(pupil(2, first="Tom", ENTElevePersRelEleve="9$10$1$1$1$1"), kind="Delta", day="21/11/2026")
    assert len(level_of("9")) == 2
    assert Person.objects.filter(first_name="Paul").count() == 1


def test_a_modification_replaces_the_whole_attribute(college, send):
    send(ETAB, pupil(1, ENTEleveGroupes=["1$LATIN", "1$CHANT"]))
    send(request("Eleve", "1", "modifyRequest", ENTEleveGroupes="1$GREC"), kind="Delta", day="21/11/2026")
    with scope(college.pk):
        held = Membership.objects.filter(ends_on=None).values_list("group__code", flat=True)
        assert sorted(held) == ["6A", "GREC"]


def test_a_link_removed_by_a_delta_ends_the_right_at_once(college, send):
    send(ETAB, pupil(1, ENTElevePersRelEleve=["9$10$1$1$1$1", "8$20$0$1$0$0"]), adult(9), adult(8, first="Eve"))
    change = request("Eleve", "1", "modifyRequest", ENTElevePersRelEleve="9$10$1$1$1$1")
    send(change, kind="Delta", day="21/11/2026")
    assert level_of("8") == []
    assert level_of("9") == [(1, "10")]
    gone = ExternalId.objects.get(source="aaf", value="8").person
    assert not Affiliation.objects.filter(person=gone, ends_on=None).exists()


def test_a_change_of_somebody_unknown_is_left_aside(college, send):
    send(ETAB, pupil(1))
    batch = send(request("Eleve", "77", "modifyRequest", sn="X"), request("Eleve", "78", "deleteRequest"),
                 kind="Delta", day="21/11/2026")  # fmt: skip
    assert [each["code"] for each in batch.findings].count("unknown_id") == 2
    assert "archive complète" in batch.findings[0]["reason"]
    assert not batch.parts.exists()


def test_a_delta_before_any_complete_is_refused(college, send):
    batch = send(request("Eleve", "1", "deleteRequest"), kind="Delta")
    assert batch.state == Batch.State.REJECTED
    assert "archive complète" in batch.why


@pytest.mark.parametrize("kind", ["Complet", "Delta"])
def test_an_archive_older_than_the_last_complete_is_refused(college, send, kind):
    send(ETAB, pupil(1), day="20/11/2026")
    batch = send(ETAB, pupil(1, last="AUTRE"), kind=kind, day="18/11/2026")
    assert batch.state == Batch.State.REJECTED
    assert "20/11/2026" in batch.why
    with scope(college.pk):
        assert Student.objects.get().person.last_name == "LEROY"


def test_a_delta_older_than_the_last_one_is_refused(college, send):
    send(ETAB, pupil(1))
    send(pupil(1, "NEUF", action="modifyRequest"), kind="Delta", day="22/11/2026")
    batch = send(pupil(1, "ANCIEN", action="modifyRequest"), kind="Delta", day="21/11/2026")
    assert batch.state == Batch.State.REJECTED
    assert "22/11/2026" in batch.why
    with scope(college.pk):
        assert Student.objects.get().person.last_name == "NEUF"


def test_a_delta_sent_again_after_another_of_the_day_is_refused(college, send, tmp_path):
    send(ETAB, pupil(1))
    first = send(pupil(1, "PREMIER", action="modifyRequest"), kind="Delta", day="21/11/2026")
    send(pupil(1, "SECOND", action="modifyRequest"), kind="Delta", day="21/11/2026")
    batch = import_archive(tmp_path / first.name, apply=True)
    assert batch.state == Batch.State.REJECTED
    assert "déjà été lue" in batch.why
    with scope(college.pk):
        assert Student.objects.get().person.last_name == "SECOND"


def test_a_complete_without_a_category_says_nobody_is_gone(college, send):
    send(
        ETAB,
        *(pupil(n, first=f"A{n}", ENTPersonDateNaissance=f"0{n}/02/2013") for n in range(1, 4)),
        member(50, "1$ENS$x$-$-"),
    )
    batch = send(ETAB, pupil(1, first="A1", ENTPersonDateNaissance="01/02/2013"), day="21/11/2026")
    assert "lacking" in findings(batch)
    assert batch.counts["4"]["gone"] == 2
    assert Affiliation.objects.filter(profile=Profile.TEACHER, ends_on=None).count() == 1


def test_somebody_left_out_of_a_complete_leaves_after_the_grace(college, send):
    everybody = [pupil(n, first=f"A{n}", ENTPersonDateNaissance=f"0{n}/02/2013") for n in range(1, 6)]
    send(ETAB, *everybody)
    batch = send(ETAB, *everybody[1:], day="21/11/2026")
    assert not batch.parts.exists()
    with clock.at("2026-11-28T10:20"):
        batch = send(ETAB, *everybody[1:], day="27/11/2026")
        assert batch.parts.get().counts["leaving"] == 1
    with scope(college.pk):
        assert Student.objects.filter(left_on=None).count() == 4


def test_somebody_who_comes_back_within_the_grace_never_left(college, send):
    everybody = [pupil(n, first=f"A{n}", ENTPersonDateNaissance=f"0{n}/02/2013") for n in range(1, 6)]
    send(ETAB, *everybody)
    send(ETAB, *everybody[1:], day="21/11/2026")
    with clock.at("2026-11-28T10:20"):
        assert not send(ETAB, *everybody, day="27/11/2026").parts.exists()


def test_too_many_departures_wait_for_a_human(college, send):
    everybody = [pupil(n, first=f"A{n}", ENTPersonDateNaissance=f"{n:02d}/02/2013") for n in range(1, 21)]
    send(ETAB, *everybody)
    gone = [request("Eleve", str(n), "deleteRequest") for n in range(1, 11)]
    batch = send(*gone, kind="Delta", day="21/11/2026")
    part = batch.parts.get()
    assert part.state == State.HELD
    assert "10" in part.why
    with scope(college.pk):
        assert Student.objects.filter(left_on=None).count() == 20
    send(*gone, kind="Delta", day="21/11/2026", confirmed=True)
    with scope(college.pk):
        assert Student.objects.filter(left_on=None).count() == 10


def test_the_same_id_twice_keeps_the_last(college, send):
    batch = send(ETAB, pupil(1, last="PREMIER"), pupil(1, last="DERNIER"))
    assert "same_id" in findings(batch)
    with scope(college.pk):
        assert Student.objects.get().person.last_name == "DERNIER"


def test_the_same_id_in_two_academies_is_two_people(college, send):
    open_establishment(uai=OTHER, name="Autre collège", kind="college", academy="3")
    send(ETAB, pupil(1))
    send(request("EtabEducNat", "1", ENTStructureUAI=OTHER), pupil(1, last="KLEIN"), academy="3")
    assert {(each.namespace, each.person.last_name) for each in ExternalId.objects.filter(source="aaf")} == {
        ("15", "LEROY"), ("3", "KLEIN"),
    }  # fmt: skip


def test_a_class_that_the_school_does_not_describe_is_made(college, send):
    send(ETAB, pupil(1, ENTEleveClasses="1$6 Éveil"))
    with scope(college.pk):
        assert Group.objects.get().code == "6 Éveil"


def test_a_structure_that_is_not_described_waits(college, send):
    batch = send(ETAB, pupil(1), pupil(2, first="Tom", ENTPersonStructRattach="404", ENTEleveClasses="404$6A"))
    states = dict(batch.parts.values_list("structure", "state"))
    assert states == {"1": State.APPLIED, "404": State.UNOPENED}


def test_a_student_whose_class_is_in_another_school_is_in_both(college, send):
    other = open_establishment(uai=OTHER, name="Autre collège", kind="college", academy="15")
    send(ETAB, request("EtabEducNat", "2", ENTStructureUAI=OTHER), pupil(1, ENTEleveClasses="2$3B"))
    for school, classes in ((college, []), (other, ["3B"])):
        with scope(school.pk):
            assert Student.objects.count() == 1
            assert list(Membership.objects.values_list("group__code", flat=True)) == classes
    assert Person.objects.filter(last_name="LEROY").count() == 1


def test_somebody_has_several_functions_and_loses_one(college, send):
    functions = ["1$ENS$ENSEIGNEMENT$L1300$MATHS", "1$EDU$EDUCATION$E0030$CPE"]
    send(ETAB, pupil(1), member(50, *functions))
    held = Affiliation.objects.filter(establishment=college, person__last_name="MARTIN", ends_on=None)
    assert set(held.values_list("profile", "function")) == {("teacher", "Mathématiques"), ("school_life", "CPE")}
    send(ETAB, pupil(1), member(50, functions[0]), day="21/11/2026")
    assert set(held.values_list("profile", flat=True)) == {"teacher"}


def test_a_post_that_sees_no_student_gives_no_right(college, send):
    send(ETAB, pupil(1), member(50, "1$OUV$OUVRIER$-$-"))
    held = Affiliation.objects.get(person__last_name="MARTIN")
    assert held.profile == Profile.GUEST


def test_a_teacher_by_the_three_signs(college, send):
    send(
        ETAB, pupil(1),
        member(51, last="UN", ENTPersonCategorieEnseignant="O"),
        member(52, last="DEUX", PersEducNatPresenceDevantEleves="O"),
        member(53, "1$DOC$DOCUMENTATION$-$-", last="TROIS"),
        member(54, last="QUATRE"),
    )  # fmt: skip
    held = dict(Affiliation.objects.exclude(profile="student").values_list("person__last_name", "profile"))
    assert held == {"UN": "teacher", "DEUX": "teacher", "TROIS": "teacher", "QUATRE": "guest"}


def test_the_first_degree_has_its_own_names(college, send):
    send(
        request("EtabEducNat", "1", ENTStructureUAI=UAI, ENTStructureNomCourant="EEPU$LES TILLEULS$V"),
        request("Eleve", "1", ENTPersonNom="PETIT", ENTPersonPrenom="Lou", ENTPersonDateNaissance="01/02/2018",
                ENTPersonStructRattach="1", ENTPersonClasses="1$x$y$8812$CE1 Mme Roy", ENTEleveAutoriteParentale="9$1"),
        request("PersRelEleve", "9", ENTPersonNom="PETIT", ENTPersonPrenom="Max", ENTPersRelEleveTelMobile="0639980001"),
        degree="1D",
    )  # fmt: skip
    assert Feed.objects.get().degree == "1D"
    assert level_of("9") == [(1, "")]
    assert Person.objects.get(first_name="Max").mobile == "+33639980001"
    with scope(college.pk):
        group = Group.objects.get()
        assert (group.code, group.label, Membership.objects.get().group_id) == ("8812", "CE1 Mme Roy", group.pk)


def test_the_agricultural_feed_is_one_of_its_own(db, send):
    school = open_establishment(uai="0999940S", name="Lycée agricole", kind="lycee_agricole", academy="15")
    send(
        request("EtabEducNat", "1", ENTStructureUAI="0999940S", ENTServAcCodeAcademie="015"),
        pupil(1, ENTEleveINE="A1234567890"[:11], ENTEleveStructRattachId=[], ENTEleveStructureRattachIdMEN="5"),
        academy="98",
    )
    assert ExternalId.objects.get(source="aaf").namespace == "98"
    with scope(school.pk):
        assert Student.objects.get().ine == "A1234567890"


def test_a_school_of_another_academy_is_not_written(db, send):
    open_establishment(uai=UAI, name="Collège", kind="college", academy="3")
    part = send(ETAB, pupil(1)).parts.get()
    assert (part.state, part.establishment) == (State.UNOPENED, None)
    assert "autre académie" in part.why


def test_a_school_said_to_be_of_another_academy_is_not_written(db, send):
    """An archive speaks for its own academy, whatever it says of a school."""
    open_establishment(uai=UAI, name="Collège", kind="college", academy="3")
    theirs = request("EtabEducNat", "1", ENTStructureUAI=UAI, ENTServAcCodeAcademie="003")
    part = send(theirs, pupil(1)).parts.get()
    assert (part.state, part.establishment) == (State.UNOPENED, None)


def test_what_was_corrected_here_is_a_conflict(college, send):
    send(ETAB, pupil(1), adult(9))
    Person.objects.filter(last_name="LEROY", first_name="Ana").update(first_name="Anaïs")
    batch = send(ETAB, pupil(1, first="Anna"), adult(9), day="21/11/2026", apply=False)
    with scope(college.pk):
        told = Difference.objects.get(job=batch.parts.get().job, kind="changed_identity")
        assert (told.old, told.new, told.decision) == ("Anaïs", "Anna", "skip")


def test_an_academy_that_is_not_said_may_be_given(college, send, tmp_path):
    data = document(ETAB, pupil(1)).replace(b'<!-- codeAcademieExport="15" -->\n', b"")
    path = archive(tmp_path / "x.zip", {"ENT_Complet_20261120_x_0000.xml": data})
    assert "quelle académie" in import_archive(path).why
    assert import_archive(path, academy="15").academy == "15"


def test_names_that_say_neither_kind_infer_no_departure(college, send, tmp_path):
    send(ETAB, pupil(1), pupil(2, first="Tom"))
    path = archive(tmp_path / "x.zip", {"Eleve.xml": document(pupil(1), day="21/11/2026")})
    batch = import_archive(path, apply=True)
    assert not batch.is_complete
    assert "no_kind" in findings(batch)
    assert Feed.objects.get().complete_on == dt.date(2026, 11, 20)

import pytest

from pupitre.accounts.models import User
from pupitre.directory.models import Affiliation, ExternalId, Guardianship, Person, Student
from pupitre.directory.profiles import Profile
from pupitre.directory.services.merging import NotMergeable, merge_people
from pupitre.directory.tests.factories import PersonFactory, enrol, make_group, make_guardian
from pupitre.establishments.scope import scope
from pupitre.foundation.models import Stamp
from pupitre.foundation.stamps import person_audience, school_audience


def version(audience: str) -> int:
    return Stamp.objects.filter(audience=audience).values_list("version", flat=True).first() or 0


def numbered(person: Person, value: str, namespace: str, source: str = "siecle_person") -> ExternalId:
    return ExternalId.objects.create(person=person, source=source, namespace=namespace, value=value)


def test_a_guardian_known_twice_has_all_their_children(cast):
    keep, twin = cast.people["parent"], PersonFactory(last_name="BELKACEM", first_name="Nadia", user=None)
    with scope(cast.neighbour.pk):
        make_guardian(twin, cast.people["eleve-voisin"], cast.neighbour)
    numbered(keep, "5000001", cast.college.uai)
    numbered(twin, "7000001", cast.neighbour.uai)
    merge_people(keep, twin)
    assert not Person.objects.filter(pk=twin.pk).exists()
    children = {link.student.first_name for link in Guardianship.objects.filter(guardian=keep)}
    assert children == {"Inès", "Elias", "Sarah", "Noé"}
    assert set(keep.external_ids.values_list("value", flat=True)) == {"5000001", "7000001"}
    schools = keep.affiliations.filter(profile=Profile.GUARDIAN).values_list("establishment__uai", flat=True)
    assert set(schools) == {cast.college.uai, cast.lycee.uai, cast.neighbour.uai}


def test_two_links_to_one_child_become_one_and_a_shut_access_stays_shut(cast):
    keep, twin = cast.people["parent"], PersonFactory(user=None)
    with scope(cast.college.pk):
        make_guardian(twin, cast.people["eleve"], cast.college, level=2, is_restricted=True)
    merge_people(keep, twin)
    link = Guardianship.objects.get(establishment=cast.college, student=cast.people["eleve"], guardian=keep)
    assert (link.level, link.is_restricted) == (1, True)
    assert Affiliation.objects.filter(person=keep, establishment=cast.college).count() == 1


def test_a_student_known_twice_keeps_both_schools(cast):
    keep, twin = cast.people["eleve"], PersonFactory(last_name="BELKACEM", first_name="Inès", user=None)
    with scope(cast.lycee.pk):
        enrol(twin, make_group(cast.lycee, "2DE1"))
    merge_people(keep, twin)
    for school in (cast.college, cast.lycee):
        with scope(school.pk):
            assert Student.objects.filter(person=keep).count() == 1


def test_missing_details_are_filled_and_known_ones_stay(cast):
    keep, twin = cast.people["parent"], PersonFactory(user=None, email="autre@exemple.invalid", mobile="0639980001")
    Person.objects.filter(pk=keep.pk).update(email="nadia@exemple.invalid", mobile="")
    keep = merge_people(keep, twin)
    assert (keep.email, keep.mobile) == ("nadia@exemple.invalid", "0639980001")


def test_the_account_of_the_absorbed_record_is_taken_or_closed(cast):
    keep, twin = cast.people["parent"], PersonFactory()
    theirs, own = twin.user, keep.user
    keep = merge_people(keep, twin)
    assert keep.user == own
    assert User.objects.get(pk=theirs.pk).state == User.State.CLOSED
    without, last = PersonFactory(user=None), PersonFactory()
    spare = last.user
    assert merge_people(without, last).user == spare


def test_everyone_concerned_sees_it_at_once(cast):
    keep, twin = cast.people["parent"], PersonFactory(user=None)
    audiences = (person_audience(keep.pk), school_audience(cast.college.pk), school_audience(cast.lycee.pk))
    before = [version(audience) for audience in audiences]
    merge_people(keep, twin)
    assert all(version(audience) > old for audience, old in zip(audiences, before, strict=True))


def test_what_cannot_be_one_person_is_refused(cast):
    people = cast.people
    other = PersonFactory(user=None)
    with scope(cast.college.pk):
        enrol(other, cast.groups["6C"])
    for keep, absorb in (
        (people["parent"], people["parent"]),
        (people["parent"], people["enseignante"]),
        (people["parent"], people["eleve"]),
        (people["eleve"], other),
    ):
        with pytest.raises(NotMergeable):
            merge_people(keep, absorb)
    assert Person.objects.filter(pk=other.pk).exists()


def test_a_teacher_may_absorb_the_guardian_they_also_are(cast):
    keep, twin = cast.people["enseignante"], PersonFactory(user=None)
    with scope(cast.college.pk):
        make_guardian(twin, cast.people["frere"], cast.college)
    merge_people(keep, twin)
    assert set(keep.affiliations.values_list("profile", flat=True)) == {Profile.TEACHER, Profile.GUARDIAN}

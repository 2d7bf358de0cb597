from collections import Counter

import pytest
from django.db import connection

from pupitre.agenda.services.inviting import invite
from pupitre.councils.models import Member, Sitting, SittingVersion
from pupitre.councils.refusals import Refusal
from pupitre.councils.retention import forget_everywhere
from pupitre.councils.services.members import add_member, note_presences
from pupitre.councils.services.publishing import publish_summary
from pupitre.councils.services.reminding import remind
from pupitre.councils.services.reviewing import place_of_course
from pupitre.councils.services.sitting import close_sitting, open_sitting, sitting_of
from pupitre.councils.services.writing import write_sitting
from pupitre.directory.identity import counts_sql
from pupitre.foundation import clock
from pupitre.notifications.models import Notification
from pupitre.reportcards.models.texts import Place
from pupitre.reportcards.services.entering import Told, Where, note_texts


def roles_of(sitting):
    return dict(Member.objects.filter(sitting=sitting).values_list("name", "role"))


def test_opening_names_the_team_the_head_and_the_counsellor_once(division, term, teacher):
    sitting = open_sitting(term=term, division=division, actor=teacher)
    assert sitting.state == Sitting.State.OPEN
    assert Counter(roles_of(sitting).values()) == {"form_teacher": 1, "teacher": 1, "president": 1, "school_life": 1}
    assert Member.objects.get(person=teacher.person_id).presence == "present"
    close_sitting(sitting=sitting, actor=teacher)
    again = open_sitting(term=term, division=division, actor=teacher)
    assert again.pk == sitting.pk
    assert Member.objects.count() == 4


def test_opening_names_those_of_the_convocation_delegates_too(college, division, term, head, teacher, planned, ines):
    invite(event=planned, person_ids=[ines.person_id], actor=head)
    sitting = open_sitting(term=term, division=division, actor=teacher)
    assert Member.objects.get(sitting=sitting, person=ines.person_id).role == "student"


def test_a_person_of_another_school_is_not_named(college, division, term, teacher):
    sitting = sitting_of(term, division)
    with pytest.raises(Refusal, match="n’est pas de l’établissement"):
        add_member(sitting=sitting, person_id=college.people["eleve-voisin"].pk, actor=teacher)


def test_a_presence_that_does_not_exist_changes_nothing(college, division, term, teacher):
    sitting = sitting_of(term, division)
    member = add_member(sitting=sitting, person_id=college.people["parent"].pk, actor=teacher)
    assert member.role == "parent"
    assert note_presences(sitting=sitting, told={member.pk: "dancing", member.pk + 1: "present"}, actor=teacher) == 0
    assert note_presences(sitting=sitting, told={member.pk: "excused"}, actor=teacher) == 1


def test_a_summary_is_published_once_closed_and_does_not_change_any_more(division, term, teacher):
    written = write_sitting(
        term=term, division=division, summary="Une classe agréable.", minutes="", base=0, actor=teacher
    )
    sitting = open_sitting(term=term, division=division, actor=teacher)
    with pytest.raises(Refusal, match="Terminez d’abord"):
        publish_summary(sitting=sitting, actor=teacher)
    close_sitting(sitting=sitting, actor=teacher)
    publish_summary(sitting=sitting, actor=teacher)
    with pytest.raises(Refusal, match="publié"):
        write_sitting(term=term, division=division, summary="Autre.", minutes="", base=written.version, actor=teacher)
    with pytest.raises(Refusal, match="ne s’ouvre plus"):
        open_sitting(term=term, division=division, actor=teacher)
    # The minutes may be completed.
    facts = {"term": term, "division": division, "actor": teacher, "base": written.version}
    assert write_sitting(summary="Une classe agréable.", minutes="Prochain conseil en mars.", **facts).version == 2


def test_two_people_writing_of_the_class_lose_nothing(division, term, teacher, head):
    facts = {"term": term, "division": division, "minutes": "", "base": 0}
    write_sitting(summary="Du travail.", actor=teacher, **facts)
    crossed = write_sitting(summary="Des efforts.", actor=head, **facts)
    assert crossed.theirs == ("Du travail.", "")
    assert "Votre texte est gardé" in crossed.sentence
    assert SittingVersion.objects.get(is_kept=False).summary == "Des efforts."
    assert sitting_of(term, division).summary == "Du travail."


def test_a_summary_too_long_is_refused_with_its_count(division, term, teacher):
    with pytest.raises(Refusal, match="1501 caractères, 1500 au plus"):
        write_sitting(term=term, division=division, summary="a" * 1501, minutes="", base=0, actor=teacher)


def test_each_person_who_owes_something_is_told_once_a_day(
    college, division, term, teacher, head, marks, maths, ines, django_capture_on_commit_callbacks
):
    note_texts(where=place_of_course(maths, term), told=[Told(ines.pk, "Bien.", 0)], actor=teacher)
    with django_capture_on_commit_callbacks(execute=True):
        assert remind(term=term, division=division, actor=head) == 2
    told = dict(Notification.objects.values_list("person_id", "title"))
    assert told == {
        teacher.person_id: "Conseil de la 4B\xa0: il vous reste 1\xa0appréciation et 2\xa0synthèses à écrire",
        college.people["collegue"].pk: "Conseil de la 4B\xa0: il vous reste 2\xa0appréciations à écrire",
    }
    with pytest.raises(Refusal, match="déjà relancé"):
        remind(term=term, division=division, actor=teacher)
    assert Notification.objects.count() == 2
    with clock.at("2026-11-25T09:00"):
        assert remind(term=term, division=division, actor=head) == 2


def test_nothing_missing_reminds_nobody(college, division, term, head, teacher, ines):
    note_texts(where=Where(Place.SYNTHESIS, term, division.pk), told=[Told(ines.pk, "Bien.", 0)], actor=teacher)
    with pytest.raises(Refusal, match="Il ne manque rien"):
        remind(term=term, division=division, actor=head)
    # A class without a form teacher: its syntheses are owed by nobody.
    with pytest.raises(Refusal, match="Personne n’est indiqué"):
        remind(term=term, division=college.groups["6C"], actor=head)


def test_those_who_sit_are_told_that_their_council_changed_and_nobody_else(college, division, term, teacher):
    def changes_of(slug):
        with connection.cursor() as cursor:
            cursor.execute(
                f"select ({counts_sql()}) ->> 'councils.changes' from directory_person p where p.id = %(person)s",  # noqa: S608
                {"person": college.people[slug].pk, "now": clock.now(), "today": clock.today()},
            )
            return int(cursor.fetchone()[0])

    open_sitting(term=term, division=division, actor=teacher)
    before = changes_of("collegue")
    assert before > 0
    write_sitting(term=term, division=division, summary="Du travail.", minutes="", base=0, actor=teacher)
    assert changes_of("collegue") > before
    assert changes_of("parent") == changes_of("eleve") == 0


def test_a_council_is_forgotten_after_the_year_that_follows(college, division, term, teacher):
    sitting = open_sitting(term=term, division=division, actor=teacher)
    with clock.at("2028-08-30T02:00"):
        assert forget_everywhere() == []
    with clock.at("2028-09-02T02:00"):
        assert forget_everywhere() == ["Conseils de classe\xa0: 1\xa0conseil ancien effacé"]
    assert not Sitting.objects.filter(pk=sitting.pk).exists()
    assert not Member.objects.exists()

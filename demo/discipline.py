"""A few weeks of school life at the collège: punishments, detentions, incidents and sanctions, made as people make them."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Any

from django.db.models import Q

from demo.accounts import person_of
from demo.cast import member
from pupitre.attendance.models import RollCall
from pupitre.directory.models import Affiliation, Guardianship, Person, Student
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.discipline.models import Detention, DetentionSlot, Punishment, Sanction
from pupitre.discipline.queries.delays import year_end
from pupitre.discipline.services.detentions import Sitting, add_slot, attended, missed, plan
from pupitre.discipline.services.erasing import ask_erasure
from pupitre.discipline.services.incidents import Part, Reported, follow_up, report, show
from pupitre.discipline.services.punishing import Given, end, punish
from pupitre.discipline.services.reading import acknowledge
from pupitre.discipline.services.sanctioning import Decision, decide, note_notification
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

_WORK = (
    ("Travail non fait pour la troisième fois.", "Exercices 3 à 6 page 42, rédigés."),
    ("Bavardages malgré plusieurs rappels.", "Résumer la leçon du jour en une page."),
    ("Matériel oublié quatre fois ce mois-ci.", "Recopier le plan du chapitre et le compléter."),
)
_DETENTIONS = (
    ("Insolence envers un adulte de l’établissement.", "Rédiger une page sur le respect des règles communes."),
    ("Sortie de la salle sans autorisation.", "Exercices de révision donnés par le professeur."),
    ("Usage répété du téléphone en classe.", "Lire l’article du règlement intérieur et en rédiger une synthèse."),
    ("Refus de travailler pendant le cours.", "Reprendre l’évaluation et la corriger."),
)
_REPORT = (
    "L’élève a lancé des objets pendant une manipulation. Après deux rappels et un changement de place, il a recommencé : "
    "le cours ne pouvait pas continuer en sécurité. Il a été accompagné à la vie scolaire."
)


class Storyteller:
    """Whoever acts in the story, and the students it is about, drawn the same every time."""

    def __init__(self, college: Establishment) -> None:
        self.college, self.today, self.random = college, clock.today(), Random("vie scolaire")
        self.cpe = self.acting(
            self._first(Q(profile=Profile.SCHOOL_LIFE, function__istartswith="CPE")), Profile.SCHOOL_LIFE
        )
        self.head = self.acting(self._first(Q(profile=Profile.HEAD)), Profile.HEAD)
        self.lessons = self._lessons()

    def _first(self, who: Q) -> int:
        return Affiliation.objects.filter(who, establishment=self.college).earliest("pk").person_id

    def acting(self, person_id: int, profile: str) -> Actor:
        """Somebody acting in the collège with the rights of one profile."""
        profiles = frozenset({str(profile)})
        return Actor(0, person_id, self.college.pk, self.college.uai, profiles, capabilities_of(profiles))

    def _lessons(self) -> Iterator[tuple[RollCall, Student, Actor]]:
        """A lesson of the last weeks, one of its students, and who taught it; no student comes twice."""
        cast = [person.pk for slug in ("eleve", "frere") if (person := person_of(member(slug)))]
        students = {each.pk: each for each in Student.objects.exclude(person__in=cast).select_related("person")}
        registers = list(RollCall.objects.filter(held_on__lt=self.today, state="done").order_by("held_on", "pk"))
        self.random.shuffle(registers)
        for register in registers:
            present = [pk for pk in register.student_ids if pk in students]
            if present and register.teacher_ids:
                student = students.pop(self.random.choice(present))
                yield register, student, self.acting(register.teacher_ids[0], Profile.TEACHER)

    def school_day(self, away: int) -> dt.date:
        """A day some working days from today."""
        day, step = self.today, dt.timedelta(days=1 if away > 0 else -1)
        for _n in range(abs(away)):
            day += step
            while day.weekday() > 4:
                day += step
        return day

    def at(self, day: dt.date, hour: int = 11) -> str:
        """An instant of a day, for the clock."""
        return f"{day}T{hour:02}:15"


def fill_discipline(college: Establishment) -> None:
    """Punishments, detentions, incidents and sanctions of the last weeks; nothing when no register was ever taken."""
    with scope(college.pk):
        if not RollCall.objects.filter(state="done").exists():
            return
        story = Storyteller(college)
        _punishments(story)
        _detentions(story)
        _family(story)
        _incidents(story)
        _sanctions(story)


def _punishments(story: Storyteller) -> None:
    """Work to do, done or late, and an exclusion from a lesson with its report."""
    for place, (motive, task) in enumerate(_WORK * 3):
        register, student, teacher = next(story.lessons)
        due = story.school_day(place - 5)
        with clock.at(story.at(register.held_on)):
            given = Given(Punishment.Kind.EXTRA_WORK, register.held_on, motive, task, max(due, register.held_on))
            row = punish(student=student, given=given, actor=teacher)
        if place < 5:
            with clock.at(story.at(max(due, register.held_on), 16)):
                end(punishment=row, is_done=place != 2, actor=teacher)
    for _n in range(2):
        register, student, teacher = next(story.lessons)
        day = max(register.held_on, story.school_day(-2))
        with clock.at(story.at(day)):
            motive = "Mise en danger d’autres élèves pendant le cours."
            punish(
                student=student,
                given=Given(Punishment.Kind.LESSON_EXCLUSION, day, motive, report=_REPORT),
                actor=teacher,
            )


def _detentions(story: Storyteller) -> None:
    """Times of the week, sittings done, missed and to come, and two that wait to be planned."""
    supervisor = Person.objects.get(pk=story.cpe.person_id)
    for weekday, starts, ends in ((3, dt.time(13, 30), dt.time(15, 30)), (5, dt.time(16, 30), dt.time(17, 30))):
        slot = DetentionSlot(
            weekday=weekday, starts_at=starts, ends_at=ends, room="Permanence", seats=15, supervisor=supervisor
        )
        add_slot(slot=slot, actor=story.cpe)
    for place, day in enumerate([story.school_day(-3), story.school_day(-1), story.today, story.school_day(1)]):
        for _n in range(2):
            row = _detention(story, place)
            when = min(story.school_day(-5), day)
            with clock.at(story.at(when)):
                sitting = Sitting(day, dt.time(16, 30), dt.time(17, 30), "Permanence", supervisor)
                detention = plan(punishment=row, sitting=sitting, actor=story.cpe)
            if day < story.today:
                _note(story, detention, is_done=_n == 0)
    for place in range(2):
        _detention(story, place)


def _detention(story: Storyteller, place: int) -> Punishment:
    register, student, teacher = next(story.lessons)
    motive, task = _DETENTIONS[place]
    day = min(register.held_on, story.school_day(-5))
    with clock.at(story.at(day)):
        return punish(student=student, given=Given(Punishment.Kind.DETENTION, day, motive, task), actor=teacher)


def _note(story: Storyteller, detention: Detention, *, is_done: bool) -> None:
    with clock.at(story.at(detention.held_on, 17)):
        (attended if is_done else missed)(detention=detention, actor=story.cpe)


def _family(story: Storyteller) -> None:
    """Inès apologised for chatting, and has read it; Elias has work to hand in, that Nadia has not read yet."""
    ines, elias = (_cast_student(slug) for slug in ("eleve", "frere"))
    teacher = person_of(member("enseignante"))
    if ines is None or elias is None or teacher is None:
        return
    actor = story.acting(teacher.pk, Profile.TEACHER)
    day = story.school_day(-6)
    with clock.at(story.at(day)):
        given = Given(Punishment.Kind.EXCUSE, day, "Bavardages pendant une évaluation.")
        excuse = punish(student=ines, given=given, actor=actor)
    with clock.at(story.at(story.school_day(-5), 18)):
        acknowledge(target=excuse, actor=story.acting(ines.person_id, Profile.STUDENT))
        for guardian in Guardianship.objects.filter(student=ines.person_id, establishment=story.college, level__lt=3):
            acknowledge(target=excuse, actor=story.acting(guardian.guardian_id, Profile.GUARDIAN))
        end(punishment=excuse, is_done=True, actor=actor)
    yesterday = story.school_day(-1)
    with clock.at(story.at(yesterday, 16)):
        motive, task = _WORK[0]
        given = Given(Punishment.Kind.EXTRA_WORK, yesterday, motive, task, story.school_day(2))
        punish(student=elias, given=given, actor=actor)


def _cast_student(slug: str) -> Student | None:
    person = person_of(member(slug))
    found: Student | None = Student.objects.filter(person=person).select_related("person").first() if person else None
    return found


def _incidents(story: Storyteller) -> None:
    """Five incidents: one student comes back in three of them; one is shown to families, one is to be looked at again."""
    _register, again, _teacher = next(story.lessons)
    told = (
        (
            -12,
            "verbal",
            3,
            "Cour",
            "Insultes envers un élève de la même classe, entendues par l’assistante d’éducation.",
        ),
        (-8, "damage", 2, "Couloir du premier étage", "Un panneau d’affichage arraché pendant l’interclasse."),
        (-6, "physical", 4, "Vestiaires du gymnase", "Bousculade puis coup porté au bras. Passage à l’infirmerie."),
        (-4, "insolence", 1, "Salle de permanence", "Refus de changer de place, puis retour au calme."),
        (
            -1,
            "harassment",
            4,
            "Abords du collège",
            "Messages moqueurs répétés, montrés par la victime à la vie scolaire.",
        ),
    )
    for place, (away, kind, gravity, where, facts) in enumerate(told):
        _roll, victim, teacher = next(story.lessons)
        day = story.school_day(away)
        offender = again if gravity >= 3 else next(story.lessons)[1]
        parts = [Part("offender", offender), Part("victim" if gravity >= 3 else "witness", victim)]
        with clock.at(story.at(day, 14)):
            happened = Reported(day, dt.time(10, 5), where, kind, gravity, facts)
            row = report(reported=happened, parts=parts, actor=teacher)
        with clock.at(story.at(min(story.school_day(away + 1), story.today), 9)):
            if place == 2:
                text = "Une bousculade a eu lieu au gymnase. Les élèves ont été reçus, les familles vont être appelées."
                show(incident=row, text=text, actor=story.cpe)
            if place in (2, 4):
                partners = ["academy"] if kind == "harassment" else []
                suite = "Élèves reçus séparément. Familles à rappeler."
                on = story.school_day(1)
                follow_up(incident=row, text=suite, on=on, partners=partners, gravity=gravity, actor=story.cpe)


def _sanctions(story: Storyteller) -> None:
    """One of each that a year knows: written, suspended, running, and one of which the erasure is asked."""
    days = {"starts_on": story.school_day(-1), "ends_on": story.school_day(1)}
    measure = {"hours": 6, "activity": "Participer à la remise en état du mobilier avec l’agent d’entretien."}
    suspended = {"suspended_until_on": year_end(story.today), "days": 3}
    _decided(story, "warning", -18, "Absences répétées aux retenues.", "Un élève de 5e n’a pas fait trois retenues.")
    row = _decided(story, "reprimand", -14, "Insultes envers un personnel.", "Un élève de 3e a insulté un personnel.")
    _decided(story, "responsibility", -10, "Matériel dégradé.", "Un élève de 4e a dégradé une table.", **measure)
    _decided(story, "class_exclusion", -2, "Menaces répétées.", "Un élève de 4e a menacé un camarade.", **days)
    _decided(story, "school_exclusion", -4, "Coup porté.", "Un élève de 3e a frappé un camarade.", **suspended)
    day = story.school_day(-8)
    council = {
        "by_council": True,
        "summoned_on": day - dt.timedelta(days=9),
        "council_members": "La principale, le CPE, deux professeurs, un agent, deux délégués, trois parents.",
        "suspended_until_on": year_end(story.today),
    }
    expelled = _decided(story, "expulsion", -8, "Violence grave.", "Un élève de 3e a blessé un camarade.", **council)
    note_notification(sanction=expelled, on=story.school_day(-7), actor=story.head)
    link = Guardianship.objects.filter(student=row.student.person_id, establishment=story.college, level__lt=3).first()
    if link is not None:
        guardian = story.acting(link.guardian_id, Profile.GUARDIAN)
        with clock.at(story.at(story.school_day(-1), 18)):
            ask_erasure(
                sanction=row, why="Nous déménageons : inscription dans un autre collège en janvier.", actor=guardian
            )


def _decided(story: Storyteller, kind: str, away: int, motive: str, facts: str, **more: Any) -> Sanction:
    _register, student, _teacher = next(story.lessons)
    day = story.school_day(away)
    with clock.at(story.at(day, 15)):
        heard = day - dt.timedelta(days=6)
        decision = Decision(kind, motive, facts, heard_on=heard, decided_on=day, **more)
        return decide(student=student, decision=decision, actor=story.head)

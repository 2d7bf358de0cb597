"""A term of the calendar at the collège, and a little at the lycée: councils, outings, exams, meetings."""

import datetime as dt
from typing import Any

from demo.accounts import person_of
from demo.cast import member
from pupitre.agenda.audiences import Audience
from pupitre.agenda.models import Event, Outing, Participant
from pupitre.agenda.services.answering import agree, answer
from pupitre.agenda.services.inviting import invite, invite_group
from pupitre.agenda.services.meetings import Council, convene, plan_council, publish_minutes, write_minutes
from pupitre.agenda.services.outings import OutingFacts, approve, draft, submit
from pupitre.agenda.services.scheduling import EventFacts, schedule
from pupitre.directory.guardians import open_on
from pupitre.directory.models import Affiliation, Group, Guardianship
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Closure, Establishment, Term
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

_PROGRAMME = (
    "Représentation du Médecin malgré lui à 14 h, puis rencontre avec les comédiens. Départ à pied du collège à 13 h 15, retour "
    "au collège à 17 h."
)
_MINUTES = (
    "Le groupe travaille sérieusement ; l’ambiance est bonne.\n"
    "Décisions : un devoir commun de mathématiques et de français chaque mois ; une heure d’aide aux devoirs le jeudi.\n"
    "Prochaine réunion avant le conseil de classe."
)
_EIGHT, _SEVENTEEN = dt.time(8, 5), dt.time(17)


class _School:
    """A school of the demonstration, and those of it who act."""

    def __init__(self, school: Establishment) -> None:
        self.school, self.today = school, clock.today()
        self.closures = list(Closure.objects.all())

    def acting(self, person_id: int, profile: str) -> Actor:
        """Somebody acting here with one profile."""
        profiles = frozenset({str(profile)})
        return Actor(0, person_id, self.school.pk, self.school.uai, profiles, capabilities_of(profiles))

    def cast(self, slug: str, profile: str) -> Actor | None:
        """One of the cast acting here; None when they are not of this demonstration."""
        person = person_of(member(slug))
        return self.acting(person.pk, profile) if person else None

    def head(self) -> Actor | None:
        """The head, or whoever comes first in the office."""
        rows = Affiliation.objects.filter(establishment=self.school, profile__in=(Profile.HEAD, Profile.ADMINISTRATIVE))
        found = rows.order_by("-profile", "pk").first()
        return self.acting(found.person_id, found.profile) if found else None

    def day(self, away: int) -> dt.date:
        """A day with lessons, some working days from today."""
        day, step = self.today, dt.timedelta(days=1 if away > 0 else -1)
        left = abs(away)
        while left:
            day += step
            if day.weekday() < 5 and not any(each.starts_on <= day <= each.ends_on for each in self.closures):
                left -= 1
        return day

    def classes(self, first: str) -> list[Group]:
        """The classes of a level, by the first letter of their code."""
        return list(
            Group.objects.filter(kind=Group.Kind.DIVISION, code__startswith=first, ends_on=None).order_by("code")
        )


def fill_agenda(schools: dict[str, Establishment], college: str, lycee: str) -> None:
    """What the calendars of the collège and of the lycée hold; a school without a head has none."""
    with scope(schools[college].pk):
        place = _School(schools[college])
        head = place.head()
        if head is not None:
            _whole_school(place, head)
            _councils(place, head)
            _theatre(place, head)
            _farm(place)
            _teams(place)
            _own(place)
    with scope(schools[lycee].pk):
        place = _School(schools[lycee])
        head = place.head()
        if head is not None:
            _lycee(place, head)


def _write(actor: Actor, kind: str, title: str, on: dt.date, audience: tuple[Audience, ...] = (), **more: Any) -> Event:
    facts = EventFacts(kind=kind, title=title, starts_on=on, ends_on=more.pop("ends_on", on), audience=audience, **more)
    return schedule(facts=facts, actor=actor, names_people=not audience and not facts.is_personal)


def _of(groups: list[Group], *parties: str) -> tuple[Audience, ...]:
    return tuple(Audience(party, group.pk) for group in groups for party in parties)


def _whole_school(place: _School, head: Actor) -> None:
    """An election, mock exams, the meeting with parents, a commission, the open day."""
    fourth, third = place.classes("4"), place.classes("3")
    everyone = (Audience("students"), Audience("staff"))
    learn = ("students", "guardians", "teachers")
    with clock.at(f"{place.day(-9)}T11:15"):
        hours = {"starts_at": dt.time(10), "ends_at": dt.time(16), "place": "CDI"}
        _write(head, "election", "Élection au conseil de la vie collégienne", place.day(3), everyone, **hours)
        hours = {"starts_at": dt.time(12, 30), "ends_at": dt.time(13, 30), "place": "Bureau du CPE"}
        _write(head, "committee", "Commission éducative", place.day(4), (Audience("teachers"),), **hours)
        hours = {"starts_at": dt.time(9), "ends_at": dt.time(12)}
        families = (Audience("guardians"), Audience("staff"))
        _write(head, "other", "Portes ouvertes du collège", place.day(14), families, **hours)
        if third:
            days = {"ends_on": place.day(12), "text": "Les convocations sont données en classe."}
            _write(head, "exam", "Brevet blanc", place.day(11), _of(third, *learn), **days)
        if fourth:
            hours = {"starts_at": _EIGHT, "ends_at": dt.time(10), "place": "Salles 201 à 206"}
            _write(head, "exam", "Évaluation commune de mathématiques", place.day(6), _of(fourth, *learn), **hours)
            hours = {"starts_at": _SEVENTEEN, "ends_at": dt.time(19, 30), "place": "Salle polyvalente"}
            called = _of(fourth, "guardians", "teachers")
            _write(head, "parents", "Réunion parents-professeurs des 4es", place.day(9), called, **hours)


def _councils(place: _School, head: Actor) -> None:
    """The councils of the 4es: that of the 4e B is convened, the others wait."""
    terms = list(Term.objects.filter(starts_on__lte=place.today, ends_on__gte=place.today))
    for rank, group in enumerate(place.classes("4")):
        council = Council(
            group=group,
            on=place.day(2 + rank // 2),
            starts_at=dt.time(17 + rank % 2),
            ends_at=dt.time(17 + rank % 2, 55),
            place="Salle des conseils",
            term=terms[0] if terms else None,
            topics="Bilan de la classe par le professeur principal\nSituation de chaque élève\nParole des délégués",
            marks_due_on=place.day(1),
        )
        with clock.at(f"{place.day(-6)}T15:15"):
            event = plan_council(council=council, actor=head)
            if group.code != "4B":
                continue
            ines = place.cast("eleve", Profile.STUDENT)
            if ines is not None:
                invite(event=event, person_ids=[ines.person_id], actor=head)
            convene(event=event, actor=head)
        teacher = place.cast("enseignante", Profile.TEACHER)
        part = Participant.objects.filter(event=event, person=teacher.person_id if teacher else None).select_related(
            "event"
        )
        if teacher is not None and (mine := part.first()) is not None:
            with clock.at(f"{place.day(-4)}T12:15"):
                answer(participant=mine, is_coming=True, actor=teacher)


def _theatre(place: _School, head: Actor) -> None:
    """The 4e B goes to the theatre: approved; half of the families have answered, Nadia has not."""
    teacher = place.cast("enseignante", Profile.TEACHER)
    group = Group.objects.filter(kind=Group.Kind.DIVISION, code="4B", ends_on=None).first()
    if teacher is None or group is None:
        return
    on = place.day(13)
    facts = EventFacts(
        kind="outing", title="Sortie au théâtre", starts_on=on, ends_on=on, starts_at=dt.time(13, 15), ends_at=_SEVENTEEN,
        place="Théâtre municipal", text=_PROGRAMME,
    )  # fmt: skip
    added = OutingFacts(
        cost_cents=600,
        cost_note="Le fonds social peut aider : écrivez au secrétariat, en toute discrétion.",
        insurance_note="Assurance responsabilité civile et individuelle accidents corporels, à jour pour l’année.",
        transport="À pied",
        answer_by_on=place.day(8),
    )
    with clock.at(f"{place.day(-8)}T14:15"):
        outing = draft(facts=facts, outing=added, actor=teacher)
        invite_group(event=outing.event, group=group, actor=teacher)
        colleague = place.cast("collegue", Profile.TEACHER)
        if colleague is not None:
            invite(event=outing.event, person_ids=[colleague.person_id], actor=teacher)
        submit(outing=outing, actor=teacher)
    with clock.at(f"{place.day(-7)}T10:15"):
        approve(outing=Outing.objects.get(pk=outing.pk), note="Bon spectacle.", actor=head)
    _answers(place, outing)


def _answers(place: _School, outing: Outing) -> None:
    cast = {actor.person_id for slug in ("eleve", "frere") if (actor := place.cast(slug, Profile.STUDENT))}
    rows = Participant.objects.filter(event=outing.event_id, role="student").exclude(person__in=cast)
    for rank, part in enumerate(rows.select_related("event").order_by("pk")):
        link = Guardianship.objects.filter(
            open_on(place.today), student=part.person_id, establishment=place.school
        ).first()
        if link is None or rank % 3 == 2:
            continue
        with clock.at(f"{place.day(-5)}T18:45"):
            refuses = rank == 4
            note = "Rendez-vous chez l’orthodontiste ce jour-là." if refuses else ""
            guardian = place.acting(link.guardian_id, Profile.GUARDIAN)
            agree(participant=part, agrees=not refuses, note=note, actor=guardian)


def _farm(place: _School) -> None:
    """The 6e C to the farm: it waits for the head."""
    teacher = place.cast("collegue", Profile.TEACHER)
    group = Group.objects.filter(kind=Group.Kind.DIVISION, code="6C", ends_on=None).first()
    if teacher is None or group is None:
        return
    on = place.day(15)
    facts = EventFacts(
        kind="outing", title="Visite de la ferme pédagogique", starts_on=on, ends_on=on, starts_at=dt.time(8, 30),
        ends_at=dt.time(12), place="Ferme des Saules", text="De la graine au pain, avec une animatrice.",
    )  # fmt: skip
    added = OutingFacts(is_optional=False, transport="Tramway", meals_cancelled=False)
    with clock.at(f"{place.day(-1)}T16:15"):
        outing = draft(facts=facts, outing=added, actor=teacher)
        invite_group(event=outing.event, group=group, actor=teacher)
        submit(outing=outing, actor=teacher)


def _teams(place: _School) -> None:
    """The team of the 4e B met, and its minutes are published; it meets again."""
    teacher = place.cast("enseignante", Profile.TEACHER)
    colleague = place.cast("collegue", Profile.TEACHER)
    group = Group.objects.filter(kind=Group.Kind.DIVISION, code="4B", ends_on=None).first()
    if teacher is None or group is None:
        return
    hours = {"starts_at": dt.time(12, 30), "ends_at": dt.time(13, 20), "place": "Salle 204"}
    people = [colleague.person_id] if colleague else []
    with clock.at(f"{place.day(-11)}T16:15"):
        past = _write(
            teacher, "meeting", "Réunion d’équipe de la 4e B", place.day(-4), _of([group], "teachers"), **hours
        )
        invite(event=past, person_ids=[teacher.person_id, *people], actor=teacher)
    with clock.at(f"{place.day(-4)}T17:15"):
        write_minutes(event=past, topics="Bilan de mi-trimestre\nAide aux devoirs", minutes=_MINUTES, actor=teacher)
        publish_minutes(event=past, actor=teacher)
    with clock.at(f"{place.day(-2)}T16:15"):
        coming = _write(
            teacher, "meeting", "Réunion d’équipe de la 4e B", place.day(2), _of([group], "teachers"), **hours
        )
        invite(event=coming, person_ids=people, actor=teacher)


def _own(place: _School) -> None:
    """What is for oneself alone."""
    ines, helene = place.cast("eleve", Profile.STUDENT), place.cast("enseignante", Profile.TEACHER)
    wednesday = place.today + dt.timedelta(days=(2 - place.today.weekday()) % 7)
    if ines is not None:
        _write(
            ines,
            "other",
            "Piscine",
            wednesday,
            is_personal=True,
            starts_at=dt.time(15),
            ends_at=dt.time(16, 30),
            rule="FREQ=WEEKLY",
        )
    if helene is not None:
        _write(helene, "other", "Corriger le contrôle des 4e B", place.day(1), is_personal=True)


def _lycee(place: _School, head: Actor) -> None:
    """A mock exam and an evening for parents, so that Nadia sees two schools on one page."""
    second = place.classes("2")
    if not second:
        return
    with clock.at(f"{place.day(-6)}T11:15"):
        _write(head, "exam", "Devoir commun de français", place.day(5), _of(second, "students", "guardians"),
               starts_at=dt.time(8), ends_at=dt.time(11), place="Gymnase")  # fmt: skip
        _write(head, "parents", "Rencontre avec les professeurs de 2de", place.day(7), _of(second, "guardians"),
               starts_at=_SEVENTEEN, ends_at=dt.time(20))  # fmt: skip

"""Notes of follow-up about Inès and her brother, by those who follow them."""

import datetime as dt

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile, capabilities_of, given_by
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.pathway.services import write_note

_NOTES = (
    # Of whom, by whom, with which profile, days ago, for whom, what.
    ("eleve", "enseignante", Profile.TEACHER, 33, "team", "Après le contrôle de rentrée, Inès demande de l’aide en calcul. "
     "Deux séances de devoirs faits par semaine, jusqu’aux vacances."),
    ("eleve", "cpe", Profile.SCHOOL_LIFE, 14, "team", "Échange avec Mme Belkacem : les retards du lundi viennent du bus. "
     "La ligne change d’horaire le 1er décembre."),
    ("eleve", "cpe", Profile.SCHOOL_LIFE, 5, "office", "Rendez-vous proposé à la famille avant le conseil de classe."),
    ("frere", "cpe", Profile.SCHOOL_LIFE, 9, "team", "Elias a trouvé sa place dans la classe. Revoir en janvier."),
)  # fmt: skip


def fill_pathway(college: Establishment) -> None:
    """A few notes, written on the days they tell."""
    with scope(college.pk):
        for of, by, profile, ago, audience, text in _NOTES:
            student, author = person_of(member(of)), person_of(member(by))
            schooling = Student.objects.filter(person=student).first() if student else None
            if schooling is None or author is None:
                continue
            profiles = frozenset({str(profile)})
            rights = capabilities_of(profiles, given_by(profile, "CPE"))
            actor = Actor(author.user_id or 0, author.pk, college.pk, college.uai, profiles, rights)
            with clock.at(f"{clock.today() - dt.timedelta(days=ago)}T16:40"):
                write_note(student=schooling, audience=audience, text=text, actor=actor)

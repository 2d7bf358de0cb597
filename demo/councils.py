"""The council of the 4e B, in two days: its members named, the first words of the class; its bulletins are being written."""

from demo.accounts import person_of
from demo.cast import member
from pupitre.councils.services.members import add_member, name_expected
from pupitre.councils.services.sitting import sitting_of
from pupitre.councils.services.writing import write_sitting
from pupitre.directory.models import FormTeacher, Group
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.gradebook.queries.terms import term_asked, terms_of_year

_SUMMARY = (
    "Une classe agréable et solidaire, où l’on s’entraide. Le travail à la maison reste irrégulier pour quelques-uns. L’oral "
    "progresse dans toutes les matières."
)


def prepare_councils(college: Establishment) -> None:
    """What the form teacher of the 4e B has prepared: Inès sits for her class, her mother for the parents."""
    with scope(college.pk):
        division = Group.objects.filter(kind=Group.Kind.DIVISION, code="4B", ends_on=None).first()
        term = term_asked(terms_of_year(), "")
        lead = FormTeacher.objects.filter(group=division).order_by("pk").first() if division else None
        if division is None or term is None or lead is None:
            return
        profiles = frozenset({str(Profile.TEACHER)})
        actor = Actor(0, lead.person_id, college.pk, college.uai, profiles, capabilities_of(profiles))
        write_sitting(term=term, division=division, summary=_SUMMARY, minutes="", base=0, actor=actor)
        sitting = sitting_of(term, division)
        name_expected(sitting=sitting, actor=actor)
        mother = person_of(member("parent"))
        if mother is not None:
            add_member(sitting=sitting, person_id=mother.pk, actor=actor)

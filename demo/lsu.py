"""The LSU of the first term: the office made a file of the class whose bulletins are given, the other reports wait."""

from contextlib import suppress

from demo.accounts import person_of
from demo.cast import member
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation.actor import Actor
from pupitre.gradebook.queries.terms import term_asked, terms_of_year
from pupitre.integrations.lsu.refusals import Refusal
from pupitre.integrations.lsu.services.checks import look_everywhere
from pupitre.integrations.lsu.services.exporting import export_term


def send_booklets(college: Establishment) -> None:
    """Look at the term as every night does, and make the file of what is ready."""
    look_everywhere()
    office = person_of(member("secretaire"))
    with scope(college.pk):
        terms = terms_of_year()
        term = term_asked(terms, "")
        if office is None or term is None:
            return
        profiles = frozenset({str(Profile.ADMINISTRATIVE)})
        actor = Actor(0, office.pk, college.pk, college.uai, profiles, capabilities_of(profiles))
        # On a day before the first council, no report is complete yet.
        with suppress(Refusal):
            export_term(term=term, terms=terms, division=None, actor=actor)

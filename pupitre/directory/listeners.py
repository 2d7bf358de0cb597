"""What the directory does when it hears news from the accounts."""

from django.db.models import Q

from pupitre.accounts.events import AccountOpened
from pupitre.directory.models import Affiliation
from pupitre.directory.periods import held_on
from pupitre.foundation import clock
from pupitre.foundation.events import listen
from pupitre.foundation.stamps import person_audience, raise_stamps, school_audience


@listen(AccountOpened)
def count_again(event: AccountOpened) -> None:
    """The schools of the person show how many accounts are opened."""
    rows = Affiliation.objects.filter(held_on(clock.today()), Q(person__user=event.user_id))
    people, schools = zip(*rows.values_list("person_id", "establishment_id"), strict=True) if rows else ((), ())
    raise_stamps([*map(person_audience, people), *map(school_audience, schools)])

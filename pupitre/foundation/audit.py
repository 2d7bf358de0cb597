"""The journal: who did what, where and when."""

from typing import Any

from django.db import connection
from django.db.models import Model
from psycopg.types.json import Jsonb

from pupitre.foundation import clock
from pupitre.foundation.actor import Actor

# Not through the ORM, which reads back the line it wrote: a line about another school may be written, not read.
_WRITE = (
    "insert into foundation_auditentry (at, user_id, person_id, establishment_id, verb, target, target_id, detail) "
    "values (%s, %s, %s, %s, %s, %s, %s, %s)"
)


def record(actor: Actor | None, verb: str, target: Model | None = None, **detail: Any) -> None:
    """Write one line of the journal, in the transaction of the act itself. `actor` is None for the system.

    `detail` holds objective facts only (numbers, codes): never free text, a password or a code.
    """
    who = (actor.user_id, actor.person_id, actor.establishment_id) if actor else (None, None, None)
    here = detail.pop("establishment_id", None)
    what = (target._meta.label_lower, target.pk) if target else ("", None)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, (clock.now(), *who[:2], who[2] or here, verb, *what, Jsonb(detail)))  # type: ignore[arg-type]

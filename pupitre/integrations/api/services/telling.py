"""Telling an application who calls: numbers that it never saw are drawn then."""

from django.http import QueryDict

from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.queries.students import me_of, students_of
from pupitre.integrations.api.records import Me
from pupitre.integrations.api.scopes import STUDENTS
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.services.naming import pseudonyms_at


def me(call: Call, query: QueryDict) -> Me:
    """Who calls and whom they may read; one statement, and three more the first time that a child is told."""
    rows = students_of(call)
    mine = next((row.mine for row in rows), None)
    if mine is None or any(row.number is None for row in rows):
        service = Service.objects.get(pk=call.caller.service)
        known = pseudonyms_at(service, {call.actor.person_id, *(row.person_id for row in rows)})
        mine = known[call.actor.person_id]
        for row in rows:
            row.number = known[row.person_id]
    if STUDENTS in call.scopes:
        call.named.update(row.person_id for row in rows)
    return me_of(call, rows, mine)

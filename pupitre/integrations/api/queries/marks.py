"""The marks of a student, as families read them: only what is published, to each at its hour."""

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.http import QueryDict

from pupitre.establishments.models import Term as YearTerm
from pupitre.foundation import clock
from pupitre.gradebook.queries.student import SeenMark, ServiceMarks, StudentMarks, marks_of
from pupitre.gradebook.queries.terms import term_asked
from pupitre.gradebook.sql_student import SEEN_BY_GUARDIAN, SEEN_BY_STUDENT
from pupitre.integrations.api.asked import page_of
from pupitre.integrations.api.problems import nothing_here
from pupitre.integrations.api.queries.calling import Call
from pupitre.integrations.api.records import Average, Mark, Marks, Term


def terms_too() -> dict[str, Combinable]:
    """The terms of the year, read with the access."""
    today = clock.today()
    rows = YearTerm.objects.filter(school_year__starts_on__lte=today, school_year__ends_on__gte=today)
    facts = JSONObject(id="pk", label="label", starts_on="starts_on", ends_on="ends_on")
    return {"terms": ArraySubquery(rows.order_by("starts_on").values(json=facts))}


def marks(call: Call, query: QueryDict) -> Marks:
    """The marks and the averages of a term (`term`), that of today unless told; one statement. Raises Problem."""
    terms = [_term(each) for each in call.facts["terms"]]
    asked = query.get("term", "")
    shown = term_asked(terms, asked)
    if asked and str(getattr(shown, "pk", "")) != asked:
        raise nothing_here()
    if shown is None:
        return Marks([], None, [], [], None)
    found = marks_of(call.child, shown, SEEN_BY_STUDENT if call.is_own else SEEN_BY_GUARDIAN)
    every = [(service, one) for service in found.services for one in service.marks]
    rows, after = page_of(query, every, _place, newest_first=True)
    return Marks(
        data=[_mark(service, one, found) for service, one in rows],
        next=after,
        terms=[Term(each.pk, each.label, each.starts_on, each.ends_on, each.pk == shown.pk) for each in terms],
        averages=[_average(each, found) for each in found.services],
        general=found.write(found.general) if found.services else None,
    )


def _term(facts: dict[str, Any]) -> YearTerm:
    days = {name: dt.date.fromisoformat(facts[name]) for name in ("starts_on", "ends_on")}
    return YearTerm(pk=facts["id"], label=facts["label"], **days)


def _place(row: tuple[ServiceMarks, SeenMark]) -> str:
    return f"{row[1].held_on} {row[1].id:012}"


def _mark(service: ServiceMarks, each: SeenMark, found: StudentMarks) -> Mark:
    spread = found.spreads.get(each.id) if found.shows_class else None
    return Mark(
        id=str(each.id),
        subject=service.service.subject,
        title=each.title,
        held_on=each.held_on,
        term=each.term,
        value=None if each.points is None else each.points / 100,
        scale=each.scale,
        coefficient=each.coefficient / 100,
        text=each.text,
        remark=each.remark,
        class_mean=round(float(spread.mean), 2) if spread else None,
    )


def _average(each: ServiceMarks, found: StudentMarks) -> Average:
    return Average(
        subject=each.service.subject,
        teachers=each.service.teachers,
        average=found.write(each.value),
        class_average=found.write(each.spread.mean) if each.spread and found.shows_class else None,
        coefficient=each.weight / 100,
    )

"""Reads: how a school stands with the GAR, what was sent of it, what an academy's people look after."""

from collections.abc import Collection
from dataclasses import dataclass

from pupitre.directory.models import Group
from pupitre.establishments.models import Establishment
from pupitre.foundation.access import allowed
from pupitre.foundation.actor import Actor
from pupitre.integrations.gar.checking import Fault, Screen, check
from pupitre.integrations.gar.deriving import structure_of
from pupitre.integrations.gar.facts import people_of, school_now, standing_here
from pupitre.integrations.gar.held import Standing
from pupitre.integrations.gar.models import Access, Assigner, Delivery, Report, ReportLine, SchoolDelivery
from pupitre.integrations.gar.profiles import STAFF_PROFILES, STUDENT
from pupitre.integrations.gar.records import Degree, Human, Structure


@dataclass(frozen=True, slots=True)
class Look:
    """What would be sent of the open school now, and what is to be mended first."""

    standing: Standing
    structure: Structure
    students: int
    staff: list[Human]
    faults: dict[Screen, list[Fault]]
    assigners: list[Assigner]

    @property
    def namable(self) -> list[Human]:
        """The staff who may be named to assign resources, by name."""
        named = {each.person_id for each in self.assigners}
        found = [each for each in self.staff if each.person not in named and each.first_name]
        return sorted(found, key=lambda each: (each.last_name, each.first_name))


def look(actor: Actor) -> Look:
    """The open school as the next delivery would tell it; four statements, and nothing is drawn."""
    school = standing_here()
    people = list(people_of([school.school], ["student", *STAFF_PROFILES], draw=False))
    students = [each for each in people if (school.uai, STUDENT) in each.roles]
    staff = [each for each in people if (school.uai, STUDENT) not in each.roles]
    degree = Degree.FIRST if school.kind == Establishment.Kind.ECOLE else Degree.SECOND
    numbers = {each.person: str(each.person) for each in people if each.first_name}
    structure = structure_of(school.uai, school.name, degree, school_now(), numbers)
    assigners = list(Assigner.objects.select_related("person", "named_by").order_by("named_at", "pk"))
    there = {each.person: each for each in staff}
    named = [(str(each.person), there.get(each.person_id)) for each in assigners]
    faults = check(structure, students, staff, named, has_mefs=degree == Degree.SECOND)
    sent = sum(1 for each in students if each.first_name)
    return Look(school, structure, sent, staff, faults, assigners)


def sent_of_school(actor: Actor, most: int = 8) -> list[SchoolDelivery]:
    """What the last deliveries held of the open school, the latest first."""
    rows = SchoolDelivery.objects.select_related("delivery").order_by("-delivery__started_at")
    return list(allowed(actor, "gar.view_delivery", rows)[:most])


def lines_of_report(actor: Actor, report: int) -> list[ReportLine]:
    """What a report says of the open school, what is refused first, then by name."""
    rows = ReportLine.objects.filter(report=report).select_related("person")
    seen = allowed(actor, "gar.view_report_line", rows)
    return list(seen.order_by("level", "person__sort_key", "group_code", "pk"))


def groups_named(actor: Actor, lines: Collection[ReportLine]) -> dict[str, Group]:
    """The groups of the school whose codes the lines bear, by code, those of the last year; one statement at most."""
    codes = {line.group_code for line in lines if line.group_code}
    rows = allowed(actor, "directory.view_group", Group.objects.filter(code__in=codes)) if codes else ()
    return {each.code: each for each in sorted(rows, key=lambda one: one.pk)}


def report_for(access: Access, pk: int) -> Report | None:
    """One report of an access, without its bytes; one statement."""
    return Report.objects.filter(access=access, pk=pk).defer("data").select_related("delivery").first()


def schools_of(report: Report) -> list[tuple[Establishment, int, int]]:
    """The schools that a report speaks of: how many things are refused, how many are to be looked at; one statement."""
    found = Establishment.objects.filter(uai__in=list(report.schools)).order_by("name", "uai")
    return [(each, *report.schools[each.uai]) for each in found]


def access_looked_after(academies: Collection[str]) -> Access | None:
    """The access of these academies."""
    return Access.objects.filter(academies__overlap=list(academies)).first() if academies else None


def deliveries_of(access: Access, most: int = 15) -> list[Delivery]:
    """The last deliveries, the latest first; one statement."""
    return list(Delivery.objects.filter(access=access).select_related("asked_by").order_by("-started_at")[:most])


def reports_of(access: Access, most: int = 10) -> list[Report]:
    """The last reports, without their bytes; one statement."""
    return list(Report.objects.filter(access=access).defer("data").order_by("-received_at", "-name")[:most])

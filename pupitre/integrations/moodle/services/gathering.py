"""What the open school wants in its Moodle: the people that the service is open to, their classes, their courses."""

from collections import defaultdict
from collections.abc import Collection, Iterator

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from pupitre.directory.models import Affiliation, Group, Membership, Person
from pupitre.directory.periods import held_on
from pupitre.directory.profiles import Profile
from pupitre.establishments.models import Establishment
from pupitre.foundation import clock
from pupitre.foundation.registry import Text
from pupitre.integrations.moodle import naming
from pupitre.integrations.moodle.models import Site
from pupitre.integrations.moodle.wanted import Unwritable, Wanted, WantedAccount, WantedCohort, WantedCourse
from pupitre.integrations.services.models import Connector
from pupitre.integrations.services.services.naming import pseudonyms_at, users_at
from pupitre.timetable.models import Course, CourseTeacher

_NO_NAME = _("Il manque le nom ou le prénom, que Moodle exige.")
_NO_USER = _("Pas encore d’identifiant de connexion.")
_WRONG_USER = _("L’identifiant a un caractère que Moodle refuse.")
_SAME_USER = _("Deux personnes auraient le même nom d’utilisateur dans Moodle, qui ne distingue pas les majuscules.")


def wanted_of(site: Site) -> Wanted:
    """What the open school wants; about twelve statements, whatever its size."""
    school = Establishment.objects.get(pk=site.establishment_id)
    members = _members(site.connector)
    people = _people(site.connector, members)
    accounts, unwritable = _accounts(site, people)
    ours = {each.person for each in accounts}
    groups = {each.pk: each for each in Group.objects.filter(ends_on=None, pk__in=members).order_by("code", "pk")}
    return Wanted(
        uai=school.uai,
        school=school.name,
        year=naming.school_year_of(clock.today()),
        accounts=accounts,
        cohorts=[
            WantedCohort(
                naming.cohort_number(school.uai, pk),
                f"{group.label} ({school.uai})",
                frozenset(members[pk] & ours),
            )
            for pk, group in groups.items()
            if group.kind != Group.Kind.PART and members[pk] & ours
        ],
        courses=list(_courses(school.uai, members, ours)) if site.with_courses else [],
        unwritable=unwritable,
    )


def _members(connector: Connector) -> dict[int, set[int]]:
    """The persons of each group today; only students of the chosen classes when some were chosen."""
    rows = Membership.objects.filter(held_on(clock.today()))
    chosen = list(connector.groups.values_list("group_id", flat=True))
    if chosen:
        rows = rows.filter(student__in=rows.filter(group__in=chosen).values("student"))
    found: dict[int, set[int]] = defaultdict(set)
    for group, person in rows.values_list("group_id", "student__person_id"):
        found[group].add(person)
    return found


def _people(connector: Connector, members: dict[int, set[int]]) -> list[Person]:
    """Those whose profile the service is open to. Guardians have no account: they read nothing in Moodle."""
    held = Affiliation.objects.filter(held_on(clock.today()), establishment=connector.establishment_id)
    profiles = set(connector.profiles) - {Profile.GUARDIAN}
    kept = set(held.filter(profile__in=profiles - {Profile.STUDENT}).values_list("person_id", flat=True))
    if Profile.STUDENT in profiles:
        students = set(held.filter(profile=Profile.STUDENT).values_list("person_id", flat=True))
        kept |= students & set().union(*members.values()) if connector.groups.exists() else students
    rows = Person.objects.filter(pk__in=kept, is_organisation=False).select_related("user")
    return list(rows.order_by("sort_key", "pk"))


def _accounts(site: Site, people: Collection[Person]) -> tuple[list[WantedAccount], list[Unwritable]]:
    service = site.connector.service
    ids = [each.pk for each in people]
    users, numbers = users_at(service, ids), pseudonyms_at(service, ids)
    tells_mail = any(source == "email" and name not in site.connector.withheld for name, source in service.attributes)
    accounts: list[WantedAccount] = []
    refused: list[Unwritable] = []
    taken: set[str] = set()
    mails: set[str] = set()
    for person in people:
        # Moodle lowers what the CAS says before it looks for the account.
        user = users.get(person.pk, "").lower()
        reason = _reason(person, user, taken)
        if reason:
            refused.append(Unwritable(person.pk, person.display_name, reason))
            continue
        taken.add(user)
        mail = ((person.user and person.user.email) or person.email).lower() if tells_mail else ""
        is_technical = not mail or mail in mails
        mails.add(mail)
        accounts.append(
            WantedAccount(
                person=person.pk,
                label=person.display_name,
                number=numbers[person.pk],
                user=user,
                first_name=person.first_name[:100],
                last_name=(person.usage_name or person.last_name)[:100],
                email=f"{numbers[person.pk]}@{settings.TECHNICAL_MAIL_DOMAIN}" if is_technical else mail,
                is_technical=is_technical,
            )
        )
    return accounts, refused


def _reason(person: Person, user: str, taken: Collection[str]) -> Text:
    if not (person.first_name.strip() and person.last_name.strip()):
        return _NO_NAME
    if not user:
        return _NO_USER
    if not naming.IDENTIFIER.fullmatch(user):
        return _WRONG_USER
    return _SAME_USER if user in taken else ""


def _courses(uai: str, members: dict[int, set[int]], ours: Collection[int]) -> Iterator[WantedCourse]:
    """The teachings of the year that have at least a student and a teacher there."""
    teachers: dict[int, set[int]] = defaultdict(set)
    for course, person in CourseTeacher.objects.filter(held_on(clock.today())).values_list("course_id", "person_id"):
        teachers[course].add(person)
    rows = Course.objects.filter(ends_on=None, group__ends_on=None).select_related("group", "subject")
    for course in rows.order_by("group__code", "subject__label", "pk"):
        students = members.get(course.group_id, set()) & set(ours)
        taught = teachers[course.pk] & set(ours)
        if students and taught:
            what = course.subject.short_label or course.subject.label
            yield WantedCourse(
                course=course.pk,
                number=naming.course_number(uai, course.pk),
                name=f"{course.subject.label} {course.group.label}"[:250],
                short_name=f"{what} {course.group.code} ({uai}-{course.pk})"[:100],
                students=frozenset(students),
                teachers=frozenset(taught),
            )

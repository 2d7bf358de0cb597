"""Asking PRONOTE what it says of somebody, as the CAS server that it trusts: with a proxy ticket of this house.

Source: « accueil ENT » of Index Éducation. PRONOTE presents the ticket at our `/cas/proxyValidate` before it answers.
"""

from django.urls import reverse

from pupitre.directory.guardians import open_on
from pupitre.directory.models import Guardianship, Person
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.integrations.cas.services.proxying import grant_own_proxy_ticket
from pupitre.integrations.pronote.answers import Unknown, Unreadable, read_answer
from pupitre.integrations.pronote.mapping import sections_of, unread_of
from pupitre.integrations.pronote.matching import is_whole, person_of
from pupitre.integrations.pronote.pages import lessons_of
from pupitre.integrations.pronote.records import Answer
from pupitre.integrations.services.addresses import parse_address, with_parameter
from pupitre.integrations.services.copies import Section
from pupitre.integrations.services.models import Service
from pupitre.integrations.services.outside import call
from pupitre.integrations.services.readers import Asked, Found, NoAnswer

KEY = "pronote"


def ask_pronote(asked: Asked) -> Found:
    """What PRONOTE says of a student, or of each child of a guardian. Raises NoAnswer, and Unreachable of `outside`.

    The school is not open while PRONOTE works: it comes back to us in the meantime.
    """
    service = asked.connector.service
    target = f"{base_of(service)}donneesUtilisateur"
    raw = grant_own_proxy_ticket(
        identity=asked.identity,
        establishment_id=asked.connector.establishment_id,
        service=service,
        address=target,
    )
    address = with_parameter(with_parameter(target, "ticket", raw), "methode", "proxyValidate")
    answer = call(parse_address(address), method="POST", fields={}, seconds=asked.seconds)
    if answer.status != 200:
        raise NoAnswer("status")
    try:
        return _found(asked, read_answer(answer.body))
    except Unknown:
        raise NoAnswer("nobody", is_ill=False) from None
    except Unreadable:
        raise NoAnswer("unreadable") from None


def base_of(service: Service) -> str:
    """The address of the PRONOTE server, with its last slash: a page that was registered is left out."""
    folder, _slash, last = service.path.rpartition("/")
    path = folder if "." in last else service.path.rstrip("/")
    return f"{service.origin}{path}/"


def _found(asked: Asked, answer: Answer) -> Found:
    base, today = base_of(asked.connector.service), clock.today()
    people, shown = _people(asked, is_guardian=answer.is_guardian)
    lessons_url = reverse("pronote:lessons", args=[asked.uai])
    found = Found()
    named = [(pupil, person) for pupil in answer.pupils if (person := person_of(pupil, people)) is not None]
    # Who bears the whole name comes last, and has the last word.
    for pupil, person in sorted(named, key=lambda each: is_whole(*each)):
        if person.pk in shown:
            found.about[person.pk] = sections_of(pupil, base=base, today=today, lessons_url=lessons_url)
            found.whole[str(person.pk)] = lessons_of(pupil, base=base)
    if not found.about:
        # An account of PRONOTE that was tied to another person: nothing of it is shown, nor kept.
        raise NoAnswer("nobody", is_ill=False)
    unread: list[Section] = unread_of(answer, base=base)
    mine = found.about.get(asked.identity.person, [])
    found.about[asked.identity.person] = [*unread, *mine]
    return found


def _people(asked: Asked, *, is_guardian: bool) -> tuple[list[Person], set[int]]:
    """Those whom PRONOTE may name to whoever asks, and of them those of whom it may speak: themself as a student, or the
    children who are open to them today. One who is not is recognised too, so as not to be taken for a brother or a sister.
    """
    person = asked.identity.person
    with scope(asked.connector.establishment_id):
        if is_guardian:
            links = Guardianship.objects.filter(guardian=person, establishment=asked.connector.establishment_id)
            shown = set(links.filter(open_on(clock.today())).values_list("student_id", flat=True))
            return list({link.student_id: link.student for link in links.select_related("student")}.values()), shown
    roles = asked.identity.roles_in(asked.uai)
    is_student = any(role.profile == Profile.STUDENT for role in roles)
    return list(Person.objects.filter(pk=person)) if is_student else [], {person}

"""News of the collège and of the lycée: read and unread, signed, asked, to come, and one that waits to be read over."""

import datetime as dt
import io
from contextlib import AbstractContextManager

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from demo.accounts import person_of
from demo.cast import member
from demo.identifiers import COLLEGE, LYCEE
from pupitre.directory.models import Affiliation, Group
from pupitre.directory.profiles import Profile, capabilities_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.files.services.plain import keep_plain
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.news.models import News
from pupitre.news.queries.following import readers_of
from pupitre.news.services.answering import answer, note_reading
from pupitre.news.services.publishing import send, set_rules, tell
from pupitre.news.services.writing import Asked, Audience, Words, write

_CROSS = """Le cross du collège a lieu vendredi matin, de 9 h à 11 h 30, autour du stade des Ormes.

Il faut :
- une tenue de sport et des chaussures qui tiennent
- une gourde
- un vêtement chaud pour l’arrivée

Les familles peuvent venir encourager les coureurs : l’entrée se fait par la rue du Canal."""
_MUSEUM = """La 4e B visite le musée des Beaux-Arts le jeudi 10 décembre, de 13 h 30 à 16 h 30, avec Mme Roussel et M. Delmas.

Le transport et l’entrée sont pris en charge par le collège. Le retour se fait au collège."""
_CANTEEN = """Le repas de fin d’année aura lieu le vendredi 18 décembre.

Pour que la cuisine prévoie les bonnes quantités, dites-nous quel menu prendra votre enfant."""
_FORUM = """Le forum des métiers se tient au lycée le samedi 5 décembre, de 9 h à 12 h.

Trente professionnels répondent aux questions des élèves et de leurs parents."""
_EVERYONE = (Profile.STUDENT, Profile.GUARDIAN, Profile.TEACHER, Profile.SCHOOL_LIFE, Profile.SUPPORT)
_FAMILIES = (Profile.STUDENT, Profile.GUARDIAN)


def write_news(schools: dict[str, Establishment]) -> None:
    """News of both schools of the family, as people write them."""
    with scope(schools[COLLEGE].pk):
        _college(schools[COLLEGE])
    with scope(schools[LYCEE].pk):
        _lycee(schools[LYCEE])


def _college(college: Establishment) -> None:
    head, teacher = _acting("principal", college, Profile.HEAD), _acting("enseignante", college, Profile.TEACHER)
    today = clock.today()
    group = _group("4e B") or _group("4B")
    with _days(-3):
        picture = keep_plain(SimpleUploadedFile("cross.png", _poster(), "image/png"), "news.news", actor=head)
        words = Words(
            "Le cross du collège, vendredi", _CROSS, "Tous les élèves courent. Les familles sont les bienvenues.",
            News.Category.LIFE, picture.pk, "Des silhouettes courent sur une colline, un fanion à l’arrivée.",
            ends_on=today + dt.timedelta(days=10),
        )  # fmt: skip
        cross = _publish(words, Asked(), Audience(_EVERYONE), head)
    _read(cross, 0.6)
    with _days(-2):
        choices = ["Menu de fête", "Menu de fête sans viande", "Repas apporté de la maison"]
        asked = Asked(News.Answer.ONE, choices, last_answer_on=today + dt.timedelta(days=6))
        words = Words("Repas de fin d’année : quel menu ?", _CANTEEN, category=News.Category.PRACTICAL)
        meal = _publish(words, asked, Audience([Profile.GUARDIAN]), head)
    _answer(meal, 0.4)
    if group:
        with _days(-1):
            asked = Asked(News.Answer.ACKNOWLEDGE, last_answer_on=today + dt.timedelta(days=4))
            words = Words("Sortie au musée, jeudi 10 décembre", _MUSEUM, "Départ à 13 h 30.", News.Category.OUTING)
            outing = _publish(words, asked, Audience(_FAMILIES, [group.pk]), head)
        _answer(outing, 0.5)
        words = Words("Concours Kangourou : inscriptions", "Le concours a lieu en mars. Inscriptions auprès de moi.")
        row = write(words=words, asked=Asked(), audience=Audience(_FAMILIES, [group.pk]), uploads=(), actor=teacher)
        send(news=row, actor=teacher)
    later = clock.now() + dt.timedelta(days=6)
    words = Words("Portes ouvertes : le programme", "Le programme complet paraîtra ici.", starts_at=later)
    _publish(words, Asked(), Audience(_EVERYONE), head)


def _lycee(lycee: Establishment) -> None:
    teacher = _acting("enseignante", lycee, Profile.TEACHER)
    set_rules(reads_over=False, actor=teacher)
    group = _group("2de 4") or _group("2DE4")
    if group:
        with _days(-1):
            words = Words("Forum des métiers le 5 décembre", _FORUM, category=News.Category.ORIENTATION)
            _publish(words, Asked(), Audience(_FAMILIES, [group.pk]), teacher)


def _publish(words: Words, asked: Asked, audience: Audience, actor: Actor) -> News:
    row = send(news=write(words=words, asked=asked, audience=audience, uploads=(), actor=actor), actor=actor)
    tell(row.pk, row.establishment_id)
    return row


def _read(news: News, share: float) -> None:
    for reader in _drawn(news, share):
        note_reading(news=news, actor=_as(reader, news))


def _answer(news: News, share: float) -> None:
    for place, reader in enumerate(_drawn(news, share)):
        chosen = [place % len(news.choices)] if news.choices else []
        answer(news=news, chosen=chosen, text="", actor=_as(reader, news))


def _drawn(news: News, share: float) -> list[int]:
    """The same readers every time; the family of the cast keeps them to read."""
    kept = {person.pk for slug in ("parent", "eleve") if (person := person_of(member(slug)))}
    readers = [each.person_id for each in readers_of(news) if each.person_id not in kept]
    return [pk for place, pk in enumerate(readers) if place * share % 1 < share][:60]


def _as(person_id: int, news: News) -> Actor:
    school = news.establishment
    return Actor(0, person_id, school.pk, school.uai)


def _acting(slug: str, school: Establishment, profile: Profile) -> Actor:
    person = person_of(member(slug))
    found = (
        person.pk
        if person
        else Affiliation.objects.filter(establishment=school, profile=profile).earliest("pk").person_id
    )
    profiles = frozenset({str(profile)})
    return Actor(0, found, school.pk, school.uai, profiles, capabilities_of(profiles))


def _group(label: str) -> Group | None:
    found: Group | None = Group.objects.filter(label=label).first()
    return found


def _days(away: int) -> AbstractContextManager[dt.datetime]:
    return clock.at(clock.now() + dt.timedelta(days=away))


def _poster() -> bytes:
    """A drawing of our own: a hill, runners, a flag."""
    image = Image.new("RGB", (960, 540), "#dff0f1")
    draw = ImageDraw.Draw(image)
    draw.ellipse((660, 60, 780, 180), fill="#f0c878")
    draw.polygon([(0, 540), (0, 400), (480, 250), (960, 360), (960, 540)], fill="#2b8f5e")
    draw.polygon([(820, 330), (820, 180), (900, 205), (820, 232)], fill="#d5405a")
    draw.line([(820, 180), (820, 335)], fill="#1b2140", width=6)
    for place, colour in enumerate(("#2f44b8", "#d96f20", "#8453c4", "#1b2140")):
        x, y = 150 + 150 * place, 330 - 18 * place + 14 * max(0, place - 2)
        draw.ellipse((x - 14, y - 78, x + 14, y - 50), fill=colour)
        draw.line([(x, y - 50), (x - 8, y)], fill=colour, width=14)
        draw.line([(x - 30, y - 20), (x - 4, y - 40), (x + 26, y - 52)], fill=colour, width=8)
        draw.line([(x - 34, y + 34), (x - 8, y), (x + 26, y + 10), (x + 34, y + 40)], fill=colour, width=10)
    content = io.BytesIO()
    image.save(content, "PNG")
    return content.getvalue()

"""Portraits of a class at the collège: drawn shapes, never a face, taken in as the office takes them, from a zip."""

import io
import zipfile
from random import Random

from django.db.models import Q
from PIL import Image, ImageDraw

from demo.attendance import actor_where
from pupitre.directory.activation import divisions_of_today
from pupitre.directory.models import Student
from pupitre.directory.profiles import Profile
from pupitre.directory.queries import students_of
from pupitre.establishments.models import Establishment
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.portraits.models import Portrait
from pupitre.portraits.services.consents import record_consent
from pupitre.portraits.services.receiving import receive_archive

_CLASSES = ("4B", "4D", "6C")
_WALLS = ("#cfe3ea", "#e4dccf", "#dde6d2", "#eadbe4", "#d8d9ee")
_CLOTHES = ("#2b6f77", "#8a3f5c", "#44598f", "#7a5a2b", "#4b7350", "#8c4a2f")
_SKINS = ("#f1cfb4", "#d9a883", "#b98059", "#8c5a3b", "#eab897")
_HAIRS = ("#2c2320", "#5a3a22", "#8d5d2b", "#c79a4a", "#1f1f24", "#75432f")
_SIDE = 240


def take_portraits(college: Establishment) -> None:
    """Families of three classes answer on the sheet of September: most say yes, two say no, one says nothing yet."""
    with scope(college.pk):
        office = actor_where(college, Q(profile=Profile.ADMINISTRATIVE), Profile.ADMINISTRATIVE)
        photos: dict[str, bytes] = {}
        for division in divisions_of_today().filter(code__in=_CLASSES):
            students = list(students_of(division))
            silent, refusing = students[-1:], students[-3:-1]
            answering = [each for each in students if each not in silent and each not in refusing]
            for consent, said in ((Portrait.Consent.GIVEN, answering), (Portrait.Consent.REFUSED, refusing)):
                record_consent(
                    students=said,
                    consent=consent,
                    told_by="Fiche de rentrée signée",
                    told_on=clock.today().replace(day=1),
                    actor=office,
                )
            photos |= {f"{division.code}/{_name(each)}.jpg": _drawn(each) for each in students}
        receive_archive(_zip(photos), actor=office)


def _name(student: Student) -> str:
    return f"{student.person.last_name} {student.person.first_name}"


def _zip(photos: dict[str, bytes]) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, photo in photos.items():
            archive.writestr(name, photo)
    out.seek(0)
    return out


def _drawn(student: Student) -> bytes:
    """Shoulders, a head, some hair: the same for the same name, nobody in particular."""
    random = Random(f"portrait {_name(student)}")
    image = Image.new("RGB", (_SIDE * 2, _SIDE * 2), random.choice(_WALLS))
    draw, skin, hair = ImageDraw.Draw(image), random.choice(_SKINS), random.choice(_HAIRS)
    wide, tall = random.randint(62, 72), random.randint(82, 92)
    middle, eyes = _SIDE, 220
    if random.random() < 0.5:
        long = random.randint(90, 150)
        draw.rounded_rectangle((middle - wide - 22, eyes - tall, middle + wide + 22, eyes + long), 70, hair)
    draw.rounded_rectangle((middle - 150, 365, middle + 150, 560), 100, random.choice(_CLOTHES))
    draw.rounded_rectangle((middle - 28, 270, middle + 28, 400), 26, skin)
    draw.ellipse((middle - wide, eyes - tall, middle + wide, eyes + tall), skin)
    draw.chord((middle - wide - 8, eyes - tall - 16, middle + wide + 8, eyes + tall), 180, 360, hair)
    fringe = random.randint(10, 42)
    draw.ellipse((middle - wide + 4, eyes - fringe, middle + wide - 4, eyes + 60), skin)
    for side in (-1, 1):
        draw.ellipse((middle + side * 26 - 6, eyes + 6, middle + side * 26 + 6, eyes + 18), "#2b2b33")
    draw.arc((middle - 22, eyes + 28, middle + 22, eyes + 58), 20, 160, "#7d4a3a", 5)
    if random.random() < 0.3:
        for side in (-1, 1):
            draw.ellipse(
                (middle + side * 26 - 20, eyes - 8, middle + side * 26 + 20, eyes + 32), outline="#33404d", width=4
            )
    out = io.BytesIO()
    image.resize((_SIDE, _SIDE)).save(out, "JPEG", quality=88)
    return out.getvalue()

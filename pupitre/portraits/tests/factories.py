"""Photographs and zips of photographs for tests, drawn: nobody is on them."""

import io
import zipfile

from PIL import Image

from pupitre.directory.models import Person, Student
from pupitre.foundation import clock
from pupitre.foundation.actor import Actor
from pupitre.portraits.models import Portrait
from pupitre.portraits.services.consents import record_consent
from pupitre.portraits.services.photos import put_square


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 400), place: bool = False) -> bytes:
    """A drawn photograph; `place`: it says where it was taken."""
    image, out = Image.new("RGB", size, "teal"), io.BytesIO()
    exif = Image.Exif()
    if place:
        exif.get_ifd(0x8825)[1] = "N"
        exif[0x010F] = "Appareil"
    image.save(out, kind, exif=exif)
    return out.getvalue()


def zipped(**files: bytes) -> io.BytesIO:
    """A zip; names are given without their end, « / » as « __ »."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(f"{name.replace('__', '/')}.jpg", data)
    out.seek(0)
    return out


def said(person: Person, actor: Actor, consent: str = Portrait.Consent.GIVEN) -> Student:
    """What a family says, in the open school; the schooling of their child."""
    student: Student = Student.objects.get(person=person)
    record_consent(students=[student], consent=consent, told_by="Fiche de rentrée", told_on=clock.today(), actor=actor)
    return student


def with_photo(person: Person, actor: Actor) -> Portrait:
    """A student whose family allows a photograph, and has one."""
    student = said(person, actor)
    portrait: Portrait = Portrait.objects.get(student=student)
    out = io.BytesIO()
    Image.new("RGB", (24, 24), "teal").save(out, "WEBP")
    put_square(portrait, out.getvalue(), actor=actor)
    return portrait

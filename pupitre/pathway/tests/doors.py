import datetime as dt

from pupitre.directory.models import FormTeacher, Student
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from pupitre.pathway.models import FollowUpNote
from tests.doors import door


def schooling_of_ines(cast):
    """Inès, whose form teacher is Mme Roussel; made once."""
    with scope(cast.college.pk):
        FormTeacher.objects.get_or_create(
            establishment=cast.college, group=cast.groups["4B"], person=cast.people["enseignante"],
            defaults={"starts_on": dt.date(2026, 9, 1)},
        )  # fmt: skip
        return Student.objects.get(person=cast.people["eleve"]).pk


def note_of_cpe(cast):
    """A note of the CPE that the team reads; made once."""
    pk = schooling_of_ines(cast)
    with scope(cast.college.pk):
        note, _made = FollowUpNote.objects.get_or_create(
            establishment=cast.college, student_id=pk, text="Rendez-vous avec la famille.",
            defaults={
                "author_id": cast.people["cpe"].pk, "author_name": "M. Bensaïd", "written_at": clock.now(),
                "keep_until_on": dt.date(2027, 8, 31),
            },
        )  # fmt: skip
        return note.pk


_INES = {"uai": "college", "pk": schooling_of_ines}

DOORS = [
    # Nobody else: neither the student, nor a guardian, nor a teacher who is not the form teacher of the class.
    door("pathway:student", at=_INES, enseignante=200, cpe=200, principal=200),
    door("pathway:student", "post", at=_INES, enseignante=422, cpe=422, principal=422),
    # A form teacher erases their own notes only. Erased by the CPE, it is no longer there for the head.
    door("pathway:erase_note", "post", at={"uai": "college", "pk": note_of_cpe}, cpe=302),
]

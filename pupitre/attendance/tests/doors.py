import datetime as dt

from pupitre.attendance.models import AbsenceCase, ExitRequest, Observation, OutsideRegister
from pupitre.attendance.services.exits import regimes_of_school
from pupitre.attendance.services.observing import observe
from pupitre.attendance.services.outside import open_outside
from pupitre.attendance.services.reasons import reasons_of_school
from pupitre.attendance.tests.factories import absent, acting, register, student
from pupitre.directory.profiles import Profile
from pupitre.establishments.scope import scope
from pupitre.foundation import clock
from tests.doors import door

_OFFICE = dict.fromkeys(("cpe", "principal", "secretaire"), 200)


def french_of_4b(cast):
    """The register of the lesson going on, whose teacher is the colleague."""
    with scope(cast.college.pk):
        return register("4B", "10:10").pk


def absence_of_ines(cast):
    """The dossier of Inès, absent this morning; made once."""
    with scope(cast.college.pk):
        found = AbsenceCase.objects.filter(student__person=cast.people["eleve"]).first()
        return (found or absent(cast)).pk


def schooling_of_ines(cast):
    with scope(cast.college.pk):
        return student(cast.people["eleve"]).pk


def a_regime(cast):
    with scope(cast.college.pk):
        return regimes_of_school()[0].pk


def study_room(cast):
    """A register of the study room this morning, for the class of Inès."""
    with scope(cast.college.pk):
        found = OutsideRegister.objects.first() or open_outside(
            kind="study", place="Salle d’étude", starts_at=dt.time(10), ends_at=dt.time(11),
            who=str(cast.groups["4B"].pk), actor=acting(cast, "cpe", Profile.SCHOOL_LIFE),
        )  # fmt: skip
        return found.pk


def exit_asked(cast):
    """What the mother of Inès asks for the gate."""
    with scope(cast.college.pk):
        row, _new = ExitRequest.objects.get_or_create(
            student=student(cast.people["eleve"]),
            defaults={
                "establishment": cast.college, "regime": regimes_of_school()[0], "asked_at": clock.now(),
                "asked_by_id": cast.people["parent"].pk, "asked_by_name": "Mme Belkacem",
            },
        )  # fmt: skip
        return row.pk


def a_reason(cast):
    with scope(cast.college.pk):
        return reasons_of_school()[0].pk


def notebook_of_ines(cast):
    """What the colleague noted of Inès this morning; made once."""
    with scope(cast.college.pk):
        observe(
            roll_call=register("4B", "10:10"), students=[student(cast.people["eleve"]).pk], kind="notebook", text="",
            is_shown=True, actor=acting(cast, "collegue", Profile.TEACHER),
        )  # fmt: skip
        return Observation.objects.get().pk


_ROLL = {"place": "college", "pk": french_of_4b}

_CASE = {"uai": "college", "pk": absence_of_ines}

DOORS = [
    # Those who teach today land on their register, the others of the office on the list of all.
    door(
        "attendance:now",
        at={"place": "college"},
        enseignante=200,
        collegue=200,
        referent=200,
        **dict.fromkeys(("cpe", "principal", "secretaire"), 302),
    ),
    door("attendance:roll_call", at=_ROLL, collegue=200, **_OFFICE),
    door("attendance:roll_call", "post", at=_ROLL, collegue=302, **dict.fromkeys(_OFFICE, 302)),
    # Nothing of what our page sends: told so, to those who may see the register.
    door("attendance:marks", "post", at=_ROLL, collegue=422, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:observations", at={"uai": "college", "pk": french_of_4b}, collegue=200, **_OFFICE),
    # Nothing ticked: said so.
    door(
        "attendance:observations",
        "post",
        at={"uai": "college", "pk": french_of_4b},
        collegue=422,
        **dict.fromkeys(_OFFICE, 422),
    ),
    door("attendance:read_observation", "post", at={"uai": "college", "pk": notebook_of_ines}, parent=302),
    door("attendance:cancel", "post", at={"uai": "college", "pk": french_of_4b}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:registers", at={"uai": "college"}, **_OFFICE, enseignante=200, collegue=200, referent=200),
    door("attendance:remind", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:desk", at={"uai": "college"}, **_OFFICE),
    # Nothing ticked: said so.
    door("attendance:desk", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:cases", at={"uai": "college"}, **_OFFICE),
    # Nothing ticked: said so.
    door("attendance:treat", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:tell", at={"uai": "college"}, **_OFFICE),
    door("attendance:tell", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:enter", at={"uai": "college"}, **_OFFICE),
    door("attendance:enter", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:alerts", at={"uai": "college"}, **_OFFICE),
    door("attendance:alerts", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:annual", at={"uai": "college"}, **_OFFICE),
    door("attendance:annual_csv", at={"uai": "college"}, **_OFFICE),
    door("attendance:annual_ods", at={"uai": "college"}, **_OFFICE),
    door("attendance:letters", at={"uai": "college"}, **_OFFICE),
    door("attendance:year_file", at={"uai": "college", "pk": schooling_of_ines}, eleve=200, parent=200, **_OFFICE),
    door("attendance:watching", at={"uai": "college"}, **_OFFICE),
    # Nothing ticked, nothing typed: said so.
    door("attendance:watch_reset", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:watch_levels", at={"uai": "college"}, principal=200),
    door("attendance:watch_levels", "post", at={"uai": "college"}, principal=422),
    door("attendance:recounts", at={"uai": "college"}, **_OFFICE),
    door("attendance:where", at={"uai": "college"}, **_OFFICE),
    door("attendance:gate", at={"uai": "college"}, **_OFFICE),
    door("attendance:regimes", at={"uai": "college"}, **_OFFICE),
    door("attendance:regime", at={"uai": "college", "pk": a_regime}, principal=200),
    door("attendance:regime", "post", at={"uai": "college", "pk": a_regime}, principal=422),
    door("attendance:exit_choice", at={"uai": "college", "pk": schooling_of_ines}, eleve=200, parent=200, **_OFFICE),
    # The school of the cast does not let families choose: said so.
    door("attendance:exit_choice", "post", at={"uai": "college", "pk": schooling_of_ines}, parent=422),
    door("attendance:answer_exit", "post", at={"uai": "college", "pk": exit_asked}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:class_exits", at={"uai": "college", "pk": "4B"}, **_OFFICE),
    door("attendance:class_exits", "post", at={"uai": "college", "pk": "4B"}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:rules", at={"uai": "college"}, principal=200),
    door("attendance:rules", "post", at={"uai": "college"}, principal=422),
    door("attendance:reason", at={"uai": "college", "pk": a_reason}, principal=200),
    door("attendance:reason", "post", at={"uai": "college", "pk": a_reason}, principal=422),
    door("attendance:closing", at={"uai": "college"}, principal=200),
    door("attendance:closing", "post", at={"uai": "college"}, principal=200),
    door("attendance:outside_registers", at={"uai": "college"}, **_OFFICE),
    door("attendance:outside_registers", "post", at={"uai": "college"}, **dict.fromkeys(_OFFICE, 422)),
    door("attendance:outside", at={"uai": "college", "pk": study_room}, **_OFFICE),
    door("attendance:outside", "post", at={"uai": "college", "pk": study_room}, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:infirmary", at={"uai": "college"}, **_OFFICE),
    # A passage that does not exist.
    door("attendance:infirmary", "post", at={"uai": "college"}),
    door("attendance:evacuation", at={"uai": "college"}, **_OFFICE),
    door("attendance:family", parent=200, parent_voisin=302),
    door("attendance:announce", at={"uai": "college"}, parent=200),
    door("attendance:announce", "post", at={"uai": "college"}, parent=422),
    door("attendance:mine", at={"uai": "college"}, eleve=302),
    # The student, a parent, the office, and the teachers of the class; not those who only see timetables.
    door(
        "attendance:record",
        at={"uai": "college", "pk": schooling_of_ines},
        eleve=200,
        parent=200,
        enseignante=200,
        collegue=200,
        **_OFFICE,
    ),
    door("attendance:case", at=_CASE, eleve=200, parent=200, enseignante=200, collegue=200, **_OFFICE),
    door("attendance:act", "post", at=_CASE, **dict.fromkeys(_OFFICE, 302)),
    door("attendance:contact", "post", at=_CASE, **dict.fromkeys(_OFFICE, 302)),
    # A family's own page; a reason is missing when nothing is chosen.
    door("attendance:justify", at=_CASE, eleve=200, parent=200),
    door("attendance:justify", "post", at=_CASE, eleve=422, parent=422),
]

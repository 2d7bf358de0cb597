import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pupitre.directory.profiles import Profile
from pupitre.foundation.registry import Action, ActionSource, Capability, Chore, MenuEntry, PersonalData, contribute
from pupitre.foundation.ui.french import plural
from pupitre.integrations.lsu.models import CycleEnd, LsuExport, LyceeSubject, LyceeYear
from pupitre.integrations.lsu.policies import MANAGE, WRITE_CYCLES
from pupitre.integrations.lsu.services.checks import look_everywhere

_GROUP = _("Bulletins")
_PURPOSE = _("Transmettre au livret scolaire unique les bilans de l’élève (Code de l’éducation, D311-7).")
_LYCEE = _("Remplir le livret scolaire du lycée (arrêté du 8 février 2016).")

# What the last look at a term found, from six weeks before its end until two after.
_WAITING = """(select json_build_object('ready', c.ready, 'blocked', c.blocked, 'faults', c.faults, 'uai', e.uai, 'term', t.label)
from lsu_lsucheck c join establishments_term t on t.establishment_id = wall.id and t.id = c.term_id
join establishments_establishment e on e.id = wall.id
where c.establishment_id = wall.id and c.blocked > 0 and %(today)s between t.ends_on - 21 and t.ends_on + 14
order by t.ends_on desc limit 1)"""


class Waiting(msgspec.Struct, frozen=True):
    """Reports that cannot leave yet."""

    ready: int
    blocked: int
    faults: int
    uai: str
    term: str


_decode = msgspec.json.Decoder(Waiting | None).decode


def waiting(told: msgspec.Raw, uai: str) -> list[Action]:
    """A line of « À faire » while reports of the term are not ready."""
    held = _decode(told)
    if held is None:
        return []
    return [
        Action(
            label=plural(held.blocked, _now("bilan LSU incomplet"), _now("bilans LSU incomplets")),
            detail=_now("%(term)s, hier soir : %(faults)s à corriger")
            % {"term": held.term, "faults": plural(held.faults, _now("point"), _now("points"))},
            url=reverse("lsu:home", args=[uai]),
            verb=_now("Vérifier"),
            level="warn",
            icon="livre",
        )
    ]


# From the beginning of the last term on: the students of one's own classes of 6e and 3e whose end of cycle is not whole; in a
# lycée, those of whose year the booklet says nothing yet.
_CYCLES = """(select json_build_object('count', count(*), 'uai', max(e.uai),
  'is_lycee', coalesce(bool_or(e.kind <> 'college'), false))
from directory_formteacher f
join directory_group g on g.establishment_id = wall.id and g.id = f.group_id and g.kind = 'division'
join establishments_schoolyear y on y.establishment_id = wall.id and y.id = g.school_year_id
  and %(today)s between y.starts_on and y.ends_on
join establishments_establishment e on e.id = wall.id and e.kind <> 'ecole'
join directory_membership m on m.establishment_id = wall.id and m.group_id = g.id
  and %(today)s between m.starts_on and coalesce(m.ends_on, 'infinity')
join directory_student st on st.establishment_id = wall.id and st.id = m.student_id
left join lsu_cycleend c on c.establishment_id = wall.id and c.student_id = st.id and c.school_year_id = y.id
left join lsu_lyceeyear l on l.establishment_id = wall.id and l.student_id = st.id and l.school_year_id = y.id
where f.establishment_id = wall.id and f.person_id = %(person)s
  and %(today)s between f.starts_on and coalesce(f.ends_on, 'infinity')
  and (select max(t.starts_on) from establishments_term t where t.establishment_id = wall.id
    and t.school_year_id = y.id) <= %(today)s
  and case when e.kind = 'college' then
    left(coalesce(nullif(st.mef, ''), case left(g.label, 1) when '6' then '100' when '3' then '103' end), 3) in ('100', '103')
    and (c.id is null or c.synthesis = '' or (select count(*) from jsonb_object_keys(c.levels)) < 8)
  else l.id is null end)"""


class Cycles(msgspec.Struct, frozen=True):
    """Ends of cycle that are not whole."""

    count: int
    uai: str | None
    is_lycee: bool


_decode_cycles = msgspec.json.Decoder(Cycles).decode


def cycles_to_write(told: msgspec.Raw, uai: str) -> list[Action]:
    """A line of « À faire » for a form teacher of 6e or 3e, or of a lycée, in the last term."""
    held = _decode_cycles(told)
    if not held.count:
        return []
    if held.is_lycee:
        return [
            Action(
                label=plural(held.count, _now("livret scolaire"), _now("livrets scolaires")),
                detail=_now("Engagements, appréciation annuelle, avis pour l’examen"),
                url=reverse("lsu:lycee_classes", args=[uai]),
                verb=_now("Écrire"),
                icon="livre",
            )
        ]
    return [
        Action(
            label=plural(held.count, _now("bilan de fin de cycle"), _now("bilans de fin de cycle")),
            detail=_now("Huit composantes et une synthèse pour chaque élève"),
            url=reverse("lsu:cycles", args=[uai]),
            verb=_now("Écrire"),
            icon="cible",
        )
    ]


# In the last term of a lycée, and nothing at any other time: the courses of whose year nothing is written yet.
_SUBJECTS = """(select json_build_object('uai', e.uai, 'count', case when e.kind not in ('college', 'ecole')
  and (select max(t.starts_on) from establishments_term t join establishments_schoolyear y on y.establishment_id = wall.id
    and y.id = t.school_year_id and %(today)s between y.starts_on and y.ends_on
    where t.establishment_id = wall.id) <= %(today)s
  then (select count(*) from timetable_courseteacher ct
    join timetable_course c on c.establishment_id = wall.id and c.id = ct.course_id and c.ends_on is null
    join directory_group g on g.establishment_id = wall.id and g.id = c.group_id
    where ct.establishment_id = wall.id and ct.person_id = %(person)s
      and %(today)s between ct.starts_on and coalesce(ct.ends_on, 'infinity')
      and not exists (select from lsu_lyceesubject s join directory_membership m on m.establishment_id = wall.id
        and m.student_id = s.student_id and m.group_id = c.group_id
        where s.establishment_id = wall.id and s.subject_id = c.subject_id and s.school_year_id = g.school_year_id
          and s.text <> '')) else 0 end)
from establishments_establishment e where e.id = wall.id)"""


class Subjects(msgspec.Struct, frozen=True):
    """Courses of whose year nothing is written."""

    count: int
    uai: str


_decode_subjects = msgspec.json.Decoder(Subjects).decode


def subjects_to_write(told: msgspec.Raw, uai: str) -> list[Action]:
    """A line of « À faire » for a teacher of a lycée, in the last term."""
    held = _decode_subjects(told)
    if not held.count:
        return []
    return [
        Action(
            label=plural(
                held.count, _now("service sans appréciation annuelle"), _now("services sans appréciation annuelle")
            ),
            detail=_now("Une ligne par élève, pour le livret scolaire"),
            url=reverse("lsu:lycee_courses", args=[uai]),
            verb=_now("Écrire"),
            icon="livre",
        )
    ]


contribute(
    Capability(MANAGE, _("Vérifier et exporter le livret scolaire (LSU)"), _GROUP),
    Capability(WRITE_CYCLES, _("Écrire les bilans de fin de cycle de toutes les classes"), _GROUP),
    # One line for the LSU of a collège and the booklet of a lycée.
    MenuEntry("lsu.home", _("Livret scolaire"), "livre", "lsu:home", 54, capability=MANAGE, group="teaching", short=_("Livret")),
    ActionSource("lsu.waiting", _WAITING, waiting, capability=MANAGE),
    ActionSource("lsu.cycles", _CYCLES, cycles_to_write, profiles=frozenset({Profile.TEACHER})),
    ActionSource("lsu.subjects", _SUBJECTS, subjects_to_write, profiles=frozenset({Profile.TEACHER})),
    Chore("lsu.look", look_everywhere),
    PersonalData(CycleEnd, "student", _PURPOSE, _("Le temps de la scolarité dans l’établissement.")),
    PersonalData(LyceeYear, "student", _LYCEE, _("Le temps de la scolarité dans l’établissement.")),
    PersonalData(LyceeSubject, "student", _LYCEE, _("Le temps de la scolarité dans l’établissement.")),
    PersonalData(
        LsuExport, "student_ids", _PURPOSE,
        _("Le fichier est chiffré et effacé au bout d’un an ; qui l’a fait, quand et son empreinte restent."),
    ),
)  # fmt: skip

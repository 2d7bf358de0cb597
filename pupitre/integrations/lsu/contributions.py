import msgspec
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pupitre.foundation.registry import Action, ActionSource, Capability, Chore, MenuEntry, PersonalData, contribute
from pupitre.foundation.ui.french import plural
from pupitre.integrations.lsu.models import CycleEnd, LsuExport
from pupitre.integrations.lsu.policies import MANAGE, WRITE_CYCLES
from pupitre.integrations.lsu.services.checks import look_everywhere

_GROUP = _("Bulletins")
_PURPOSE = _("Transmettre au livret scolaire unique les bilans de l’élève (Code de l’éducation, D311-7).")

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


contribute(
    Capability(MANAGE, _("Vérifier et exporter le livret scolaire (LSU)"), _GROUP),
    Capability(WRITE_CYCLES, _("Écrire les bilans de fin de cycle de toutes les classes"), _GROUP),
    MenuEntry("lsu.home", _("Livret scolaire (LSU)"), "livre", "lsu:home", 54, capability=MANAGE, group="teaching", short=_("LSU")),
    ActionSource("lsu.waiting", _WAITING, waiting, capability=MANAGE),
    Chore("lsu.look", look_everywhere),
    PersonalData(CycleEnd, "student", _PURPOSE, _("Le temps de la scolarité dans l’établissement.")),
    PersonalData(
        LsuExport, "student_ids", _PURPOSE,
        _("Le fichier est chiffré et effacé au bout d’un an ; qui l’a fait, quand et son empreinte restent."),
    ),
)  # fmt: skip

"""The national starter set of reasons: those that entcore gives, with what each changes. Schools tune them after.

Source: code de l’éducation, L131-8, for the five legitimate ones; entcore `presences` for the others.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.attendance.models import AbsenceReason

Family = AbsenceReason.Family


@dataclass(frozen=True, slots=True)
class Starter:
    """A reason of the starter set; flags as in `AbsenceReason`."""

    code: str
    label: str
    family: str = Family.OTHER
    hint: str = ""
    is_receivable: bool = True
    needs_document: bool = False
    settles: bool = False
    counts: bool = True
    is_health: bool = False
    usable_by_families: bool = False
    raises_alerts: bool = True


def second_degree() -> list[Starter]:
    """For collèges and lycées."""
    illness, transport = Family.ILLNESS, Family.TRANSPORT
    return [
        Starter("maladie", _("Maladie"), illness, is_health=True, usable_by_families=True),
        Starter(
            "rdv_medical",
            _("Rendez-vous médical"),
            illness,
            _("médecin, dentiste, orthodontiste…"),
            is_health=True,
            usable_by_families=True,
        ),
        Starter("familial", _("Raison familiale"), usable_by_families=True),
        Starter("transport", _("Problème de transport"), transport, _("bus, panne, route"), usable_by_families=True),
        Starter(
            "maladie_certificat",
            _("Maladie, avec certificat"),
            illness,
            needs_document=True,
            settles=True,
            is_health=True,
        ),
        Starter("hospitalisation", _("Hospitalisation"), illness, is_health=True),
        Starter("contagion", _("Maladie contagieuse dans la famille"), Family.CONTAGION, is_health=True),
        Starter("fete_religieuse", _("Fête religieuse"), Family.GATHERING),
        Starter("reunion_famille", _("Réunion solennelle de famille"), Family.GATHERING),
        Starter("responsables_absents", _("Déplacement des responsables"), Family.GUARDIANS_AWAY),
        Starter("rdv_exterieur", _("Rendez-vous à l’extérieur")),
        Starter("competition", _("Compétition sportive")),
        Starter("bus", _("Retard du bus"), transport, usable_by_families=False),
        Starter("reveil", _("Panne de réveil, réveil tardif"), is_receivable=False),
        Starter("vacances", _("Vacances hors calendrier"), is_receivable=False),
        Starter("sans_motif", _("Sans motif valable"), is_receivable=False),
        _ours("infirmerie", _("Infirmerie"), is_health=True),
        _ours("pompiers", _("Évacué par les secours"), is_health=True),
        _ours("rdv_interne", _("Rendez-vous dans l’établissement (PsyEN, vie scolaire, direction)")),
        _ours("sortie", _("Sortie scolaire")),
        _ours("stage", _("Stage")),
        _ours("cdi", _("CDI ou salle d’étude")),
        _ours("inclusion", _("Inclusion ou classe relais")),
        _ours("edt_amenage", _("Emploi du temps aménagé")),
        _ours("erreur_edt", _("Emploi du temps erroné")),
        _ours("exclusion_interne", _("Exclusion avec présence dans l’établissement")),
        _ours("cantine", _("Absence à la cantine, décharge")),
    ]


def _ours(code: str, label: str, *, is_health: bool = False) -> Starter:
    """What the school answers for: no half-day, no alert, nothing more to ask of the family."""
    return Starter(code, label, counts=False, settles=True, raises_alerts=False, is_health=is_health)


def first_degree() -> list[Starter]:
    """For écoles: the eight of the ministry."""
    return [
        Starter("maladie", _("Maladie de l’enfant"), Family.ILLNESS, is_health=True, usable_by_families=True),
        Starter("reunion_famille", _("Réunion solennelle de famille"), Family.GATHERING, usable_by_families=True),
        Starter("transport", _("Incident de transport"), Family.TRANSPORT, usable_by_families=True),
        Starter("responsables_absents", _("Déplacement familial"), Family.GUARDIANS_AWAY, usable_by_families=True),
        Starter("autre_autorise", _("Autre motif autorisé")),
        Starter("non_autorise", _("Autre motif non autorisé"), is_receivable=False),
        Starter("valable", _("Motif valable")),
        Starter("sans_motif", _("Motif non valable"), is_receivable=False),
    ]

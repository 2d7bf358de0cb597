"""EDT (Index Éducation): the tables it writes as XML (`EXP_COURS.xml`, `EXP_ELEVES.xml`), whatever columns were chosen."""

from pupitre.integrations.edt.courses import read_courses
from pupitre.integrations.edt.partner import PARTNER_ROOTS, read_partner
from pupitre.integrations.edt.students import read_students
from pupitre.integrations.exchange.opening import Opened
from pupitre.integrations.exchange.records import Reading
from pupitre.integrations.exchange.verdicts import Rejected
from pupitre.integrations.exchange.xml import decode_head, root_name

_COURSES, _STUDENTS = ("<Cours ", "<Cours>", "<Cours_annuels"), ("<Eleves", "<Elèves", "<El\u00c3\u00a8ves")


def recognises(opened: Opened) -> bool:
    """Whether the root is that of a table, or of the export for partners."""
    return root_name(opened.data) in {"TABLE", *PARTNER_ROOTS}


def read(opened: Opened, *, uai: str) -> Reading:
    """Read one table. `uai`: the open school, whose students these are. Raises Rejected for a table of something else."""
    if root_name(opened.data) in PARTNER_ROOTS:
        return read_partner(opened)
    head = decode_head(opened.data)
    if any(tag in head for tag in _COURSES):
        return read_courses(opened)
    if any(tag in head for tag in _STUDENTS):
        return read_students(opened)
    raise Rejected(
        "Ce fichier d’EDT n’est ni la table des cours ni celle des élèves. Exportez les cours (EXP_COURS.xml) et, pour les "
        "groupes, les élèves (EXP_ELEVES.xml)."
    )

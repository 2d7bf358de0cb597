"""How people and audiences are named in messages: « mère d’Inès, 4e B », « Parents de la 4e B »."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pupitre.directory.models import Relation
from pupitre.foundation.ui.french import NBSP
from pupitre.messaging.audiences import STAFF, Kind
from pupitre.messaging.parties import Party

_RELATIONS = {
    Relation.MOTHER: gettext_lazy("mère"),
    Relation.FATHER: gettext_lazy("père"),
    Relation.TUTOR: gettext_lazy("tuteur"),
    Relation.EDUCATOR: gettext_lazy("éducateur"),
    Relation.FOSTER_CARER: gettext_lazy("assistant familial"),
}
_VOWELS = "aeiouyàâéèêëîïôöûüh"


def of_name(name: str) -> str:
    """« d’Inès », « de Sarah »."""
    return f"d’{name}" if name[:1].lower() in _VOWELS else f"de {name}"


def of_group(label: str, *, is_class: bool = True) -> str:
    """« de la 4e B », « du groupe 4e latin »: classes are feminine, whatever their name."""
    text = _("de la %(name)s") if is_class else _("du groupe %(name)s")
    return text % {"name": label.replace(" ", NBSP)}


def first_name(name: str) -> str:
    """A first name as people write it, whatever the source."""
    return name.title() if name == name.upper() else name


def about_guardian(relation: str, child: str, division: str) -> str:
    """« mère d’Inès, 4e B »."""
    link = _RELATIONS.get(Relation(relation) if relation in Relation.values else Relation.UNKNOWN, _("responsable"))
    text = f"{link} {of_name(first_name(child))}"
    return f"{text}, {division.replace(' ', NBSP)}" if division else text


def about_student(division: str) -> str:
    """« élève, 4e B »."""
    return _("élève, %(class)s") % {"class": division.replace(" ", NBSP)} if division else _("élève")


def about_person(party: str, function: str, relation: str, child: str, division: str) -> str:
    """What stands beside a name."""
    if party == Party.GUARDIAN:
        return about_guardian(relation, child, division)
    return about_student(division) if party == Party.STUDENT else function or str(Party(party).label)


_GROUPS = {
    Kind.STUDENTS: gettext_lazy("Élèves %(of)s"),
    Kind.GUARDIANS: gettext_lazy("Parents %(of)s"),
    Kind.TEAM: gettext_lazy("Équipe %(of)s"),
}
_POPULATIONS = {
    str(Party.STUDENT): gettext_lazy("Tous les élèves"),
    str(Party.GUARDIAN): gettext_lazy("Tous les responsables"),
    str(Party.TEACHER): gettext_lazy("Tous les professeurs et AESH"),
    str(Party.SCHOOL_LIFE): gettext_lazy("Toute la vie scolaire"),
    str(Party.HEAD): gettext_lazy("La direction"),
    str(Party.OFFICE): gettext_lazy("L’administration"),
    str(Party.HEALTH): gettext_lazy("Santé et social"),
    STAFF: gettext_lazy("Tous les personnels"),
}


def name_of_group(kind: Kind, label: str, *, is_class: bool = True) -> str:
    """« Parents de la 4e B »."""
    return str(_GROUPS[kind]) % {"of": of_group(label, is_class=is_class)}


def name_of_family(student: str) -> str:
    """« Parents d’Inès Belkacem »."""
    return _("Parents %(of)s") % {"of": of_name(student)}


def name_of_population(party: str) -> str:
    """« Tous les responsables »."""
    return str(_POPULATIONS[party])


def listed(names: list[str], most: int = 3) -> str:
    """« M. Bensaïd, Mme Roussel, M. Lemoine et 2 autres »."""
    shown = names if len(names) <= most + 1 else names[:most]
    left = len(names) - len(shown)
    if left:
        return _("%(names)s et %(left)s autres") % {"names": ", ".join(shown), "left": left}
    return (
        _("%(names)s et %(last)s") % {"names": ", ".join(shown[:-1]), "last": shown[-1]}
        if shown[1:]
        else "".join(shown)
    )

"""The blocks that come with a right, whatever the profile: the figures of the school, and its imports."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _

from pupitre.foundation.actor import Actor
from pupitre.foundation.ui.french import number, plural
from pupitre.portal.cards import Home, Kpi
from pupitre.portal.queries import HomeRows


def common_blocks(home: Home, actor: Actor, rows: HomeRows) -> Home:
    """The home with what the rights of this person add to it."""
    return replace(
        home,
        kpis=_kpis(rows),
        imports=rows.parts.get("imports.health", ()),
        imports_url=reverse("imports:jobs", args=[actor.uai]) if actor.has("imports.view") else "",
    )


def _kpis(rows: HomeRows) -> list[Kpi]:
    figures = rows.parts.get("directory.figures")
    if figures is None:
        return []
    staff = Kpi(_("Personnels"), number(figures.staff))
    if not figures.students:
        # A share of nobody means nothing.
        return [Kpi(_("Élèves"), number(0), detail=_("avant le premier import")), staff]
    return [
        Kpi(_("Élèves"), number(figures.students), detail=plural(figures.divisions, _("classe"), _("classes"))),
        staff,
        _share(_("Familles connectées"), figures.guardians_active, figures.guardians),
        _share(_("Élèves connectés"), figures.students_active, figures.students),
    ]


def _share(label: str, part: int, whole: int) -> Kpi:
    if not whole:
        return Kpi(label, number(0), detail=_("aucun compte attendu"))
    opened = plural(part, _("compte ouvert"), _("comptes ouverts"))
    detail = _("%(opened)s sur %(total)s") % {"opened": opened, "total": number(whole)}
    return Kpi(label, number(round(100 * part / whole)), "%", detail)

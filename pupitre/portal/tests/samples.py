"""Home pages as the cast would see them, to try the templates on."""

from __future__ import annotations

from datetime import date, time

from markupsafe import Markup

from pupitre.directory.profiles import Profile
from pupitre.foundation.ui.shell import Banner, MenuGroup, MenuLine, Role, School, Shell
from pupitre.portal.arrangement import arranged
from pupitre.portal.blocks import ORIGINAL
from pupitre.portal.cards import (
    Action,
    Badge,
    ChildCover,
    ClassCover,
    Day,
    Gap,
    Home,
    ImportLine,
    Kpi,
    LessonLine,
    NeedsMe,
    NowCard,
)
from pupitre.portal.layout import Layout

COLLEGE = "Collège Sophie-Germain"


def shell(role: Role, name: str, subtitle: str, schools: int = 1) -> Shell:
    """A frame with a few lines in each place."""
    menu = (
        MenuLine("Ma journée", "accueil", "/", current=True),
        MenuLine("Emploi du temps", "agenda", "/0540001A/emploi-du-temps/", short="Semaine"),
        MenuLine("Classes", "groupe", "/0540001A/classes/", count=2, soft=True),
    )
    known = (School(COLLEGE, "Valmont-sur-Meurthe", "/0540001A/", current=schools == 1),)
    return Shell(
        role=role,
        who="12",
        name=name,
        subtitle=subtitle,
        home_url="/",
        account_url="/compte/",
        sign_out_url="/deconnexion/",
        schools=known + (School("Lycée des Deux-Rives", "Valmont", "/0540002B/"),) * (schools - 1),
        menu=(MenuGroup("day", "", menu[:2]), MenuGroup("people", "Élèves et familles", menu[2:])),
        tabs=menu,
        search_url="/0540001A/annuaire/",
        banners=(Banner("Démonstration : toutes les personnes sont inventées."),),
    )


def lessons() -> tuple[LessonLine | Gap, ...]:
    """A day with the third lesson going on."""
    return (
        LessonLine("08:05", "09:00", "5e A", "Salle 204", "m-turquoise", "past", Badge("Terminé", icon="ok")),
        LessonLine("09:00", "09:55", "6e C", "Salle 204", "m-vert", "past"),
        LessonLine(time(10, 10), time(11, 5), "4e B", "Salle 204", "m-bleu", "now", url="/0540001A/classes/4/"),
        Gap("11:05", "Heure libre, puis déjeuner."),
        LessonLine("13:30", "14:25", "4e D", "Salle 204", "m-violet"),
        LessonLine("14:25", "15:20", "5e A", "Salle info 1", "m-turquoise", badge=Badge("Groupe 1", "info")),
    )


def teacher() -> Home:
    return Home(
        title="Mardi 17 novembre",
        lede=Markup("Bonjour Madame Roussel. Il est 10 h 14, <b>5 cours</b> aujourd’hui, fin à 16 h 25."),
        now=NowCard(
            "10:10", "11:05", "4e B", "26 élèves", "salle 204", "m-bleu", actions=(Action("Voir la classe", "/"),)
        ),
        day=Day("Mes cours", "/semaine/", lessons()),
        needs_me=(),
        classes=(ClassCover("4e B", "26 élèves", "m-bleu", "/4b/"), ClassCover("5e A", "24 élèves", "m-vert", "/5a/")),
        classes_url="/classes/",
    )


def student() -> Home:
    return Home(
        "Mardi 17 novembre", "Bonjour Inès.", day=Day("Aujourd’hui", "/semaine/", empty="Pas de cours aujourd’hui")
    )


def guardian() -> Home:
    return Home(
        title="Bonjour Madame Belkacem",
        lede=Markup("Mardi 17 novembre. <b>Une chose vous attend</b>, le reste va bien."),
        needs_me=(
            NeedsMe("Elias : adresse à vérifier", "Relisez-la.", "/x/", "Relire", "warn", "lettre", date(2026, 11, 20)),
        ),
        children=(
            ChildCover("Inès", "m-bleu", "4e B", COLLEGE, "/s/1/", "SVT, labo 2", ends_at="15:25"),
            ChildCover("Elias", "m-vert", "6e C", COLLEGE, "/s/2/", quiet_line="Pas de cours aujourd’hui"),
            ChildCover(
                "Sarah", "m-orange", "2de 4", "Lycée des Deux-Rives", "/s/3/", badge=Badge("Nouvelle classe", "info")
            ),
        ),
    )


def head() -> Home:
    return Home(
        title="Le collège en un regard",
        lede="Mardi 17 novembre, 10 h 24.",
        kpis=(Kpi("Élèves", "612"), Kpi("Classes", "22"), Kpi("Familles venues", "91", "%", "54 comptes à activer")),
        needs_me=(
            NeedsMe("Import SIECLE : 7 fiches à vérifier", "Rien n’est changé.", "/i/", "Vérifier", icon="base"),
        ),
        classes=(ClassCover("4e B", "26 élèves", "m-bleu", "/4b/"), ClassCover("6e C", "25 élèves", "m-rose", "/6c/")),
        imports=(ImportLine("SIECLE", "appliqué, 43 changements", "ok", "/i/1/"),),
        imports_url="/i/",
    )


def in_place(home: Home, profile: str) -> Home:
    """The home with its blocks in the order Pupitre gives them."""
    return arranged(home, Layout(tuple(ORIGINAL[profile])), profile)


EVERY: dict[Role, tuple[Home, Shell]] = {
    "prof": (in_place(teacher(), Profile.TEACHER), shell("prof", "Hélène Roussel", "Mathématiques")),
    "eleve": (in_place(student(), Profile.STUDENT), shell("eleve", "Inès Belkacem", "Élève · 4e B")),
    "parent": (in_place(guardian(), Profile.GUARDIAN), shell("parent", "Nadia Belkacem", "Parent · 3 enfants", 2)),
    "direction": (in_place(head(), Profile.HEAD), shell("direction", "Claire Ortega", "Principale")),
}

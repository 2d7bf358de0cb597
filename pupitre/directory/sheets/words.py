"""The words of an activation sheet: a student is told « tu », an adult « vous »."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from pupitre.directory.names import capitalise
from pupitre.foundation.ui.french import day_year


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one sheet says. `kind`: student, guardian or staff; `children`: lines naming those a guardian answers for.

    `about` is the class of a student or the trade of a member of staff; `proof_names` the children whose birth date is
    asked; `asks_date` whether a birth date is asked at all.
    """

    kind: str
    first_name: str
    formal_name: str
    is_organisation: bool
    about: str
    username: str
    code: str
    expires_at: dt.datetime
    asks_date: bool
    children: Sequence[str] = ()
    proof_names: Sequence[str] = ()
    sees_children: bool = True


def words_of(sheet: Sheet) -> dict[str, str | list[str]]:
    """The texts of a sheet by place on the page."""
    return _to_student(sheet) if sheet.kind == "student" else _to_adult(sheet)


def _to_student(sheet: Sheet) -> dict[str, str | list[str]]:
    until = day_year(sheet.expires_at)
    return {
        "audience": _("Fiche d’élève") + (f" · {sheet.about}" if sheet.about else ""),
        "title": _("%(name)s, ouvre ton compte Pupitre") % {"name": capitalise(sheet.first_name)},
        "lede": _("Ton emploi du temps et la vie de ta classe, sur téléphone comme sur ordinateur."),
        "username_label": _("Ton identifiant"),
        "code_label": _("Ton code"),
        "address_label": _("L’adresse du site"),
        "steps": [
            _("Scanne le carré avec l’appareil photo d’un téléphone, ou va à l’adresse ci-dessus et tape ton code."),
            _("Donne ta date de naissance : le site vérifie que c’est bien toi.")
            if sheet.asks_date
            else _("Vérifie que c’est bien ton nom qui s’affiche."),
            _("Choisis ton mot de passe. Ensuite, tu entres avec ton identifiant et ce mot de passe."),
        ],
        "validity": _("Cette fiche sert une seule fois, jusqu’au %(day)s.") % {"day": until},
        "keep": _("Elle est à toi : ne la prête à personne. Si tu la perds, l’établissement t’en donnera une autre."),
    }


def _to_adult(sheet: Sheet) -> dict[str, str | list[str]]:
    until = day_year(sheet.expires_at)
    return {
        "audience": _audience(sheet),
        "title": _title(sheet),
        "lede": _lede(sheet),
        "username_label": _("Votre identifiant"),
        "code_label": _("Votre code"),
        "address_label": _("L’adresse du site"),
        "steps": [
            _(
                "Scannez le carré avec l’appareil photo d’un téléphone, "
                "ou allez à l’adresse ci-dessus et tapez votre code."
            ),
            _proof_step(sheet),
            _("Choisissez votre mot de passe. Ensuite, vous entrez avec votre identifiant et ce mot de passe."),
        ],
        "validity": _("Cette fiche sert une seule fois, jusqu’au %(day)s.") % {"day": until},
        "keep": _("Ne la confiez à personne. Si vous la perdez, l’établissement vous en donnera une autre."),
    }


def _audience(sheet: Sheet) -> str:
    if sheet.kind == "guardian":
        return _("Fiche de service") if sheet.is_organisation else _("Fiche de responsable")
    return _("Fiche de personnel") + (f" · {sheet.about}" if sheet.about else "")


def _title(sheet: Sheet) -> str:
    if sheet.is_organisation:
        return _("%(name)s : ouvrez le compte Pupitre de votre service") % {"name": sheet.formal_name}
    return _("%(name)s, ouvrez votre compte Pupitre") % {"name": sheet.formal_name}


def _lede(sheet: Sheet) -> str:
    if sheet.kind != "guardian":
        return _("L’espace numérique de votre établissement, sur téléphone comme sur ordinateur.")
    if not sheet.sees_children:
        return _("L’établissement vous compte parmi les contacts de cet élève. Un contact ne voit pas sa scolarité :")
    return (
        _("Suivez sa scolarité, sur téléphone comme sur ordinateur :")
        if len(sheet.children) == 1
        else _("Suivez leur scolarité sur une seule page, sur téléphone comme sur ordinateur :")
    )


def _proof_step(sheet: Sheet) -> str:
    if not sheet.asks_date:
        return _("Vérifiez que c’est bien votre nom qui s’affiche.")
    if sheet.kind == "staff":
        return _("Donnez votre date de naissance : le site vérifie que c’est bien vous.")
    if len(sheet.proof_names) == 1:
        name = sheet.proof_names[0]
        return _("Donnez la date de naissance de l’enfant, pour sa protection : %(name)s.") % {"name": name}
    *first, last = sheet.proof_names
    names = _("%(names)s ou %(last)s") % {"names": ", ".join(first), "last": last}
    return _("Donnez la date de naissance d’un des enfants, pour leur protection : %(names)s.") % {"names": names}

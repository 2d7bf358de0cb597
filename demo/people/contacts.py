"""Addresses, phones and mails of invented people: ranges reserved for fiction, `.invalid` mails."""

import unicodedata
from itertools import count
from random import Random

from demo.model import Home

_STREETS = (
    "RUE DES LILAS", "RUE DU MOULIN", "AVENUE DE LA MEURTHE", "RUE DES ÉCOLES", "CHEMIN DES VIGNES", "RUE DU LAVOIR",
    "ALLÉE DES NOISETIERS", "RUE DE LA TUILERIE", "PLACE DU MARCHÉ", "RUE DES TISSERANDS", "QUAI DES BATELIERS",
    "IMPASSE DU PUITS", "RUE DE LA GARE", "BOULEVARD DES PLATANES", "SQUARE DES HIRONDELLES", "RUE HAUTE",
    "RUE DU STADE", "CHEMIN DE LA SOURCE", "RUE DES JARDINS", "AVENUE DES PEUPLIERS", "RUE DU PONT NEUF",
)  # fmt: skip
_TOWNS = (
    ("Valmont-sur-Meurthe", "99110", 10), ("Sainte-Aurore", "99120", 3), ("Brécy-le-Haut", "99130", 3),
    ("Les Essarts-du-Lac", "99140", 2), ("Montferrand-le-Vieux", "99150", 2), ("Val-Fleuri", "99240", 2),
)  # fmt: skip


class AddressBook:
    """Gives out addresses, each with its own key."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._keys = count(1)

    def new_home(self) -> Home:
        town, postcode, _weight = self._random.choices(_TOWNS, weights=[weight for *_names, weight in _TOWNS])[0]
        line = f"{self._random.randint(1, 98)} {self._random.choice(_STREETS)}"
        return Home(next(self._keys), line, postcode, town)


def fold(text: str) -> str:
    """Letters and hyphens without accents, lower case, for mail addresses and user-chosen codes."""
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "Oe"))
    return "".join(
        char for char in plain.lower().replace(" ", "-") if char == "-" or (char.isascii() and char.isalnum())
    )


def mobile_of(key: int) -> str:
    """A mobile number of the range reserved for fiction (06 39 98 xx xx)."""
    return f"063998{key % 10_000:04d}"


def phone_of(key: int) -> str:
    """A landline of the range reserved for fiction (01 99 00 xx xx)."""
    return f"019900{key % 10_000:04d}"


def mail_of(first_name: str, last_name: str, key: int) -> str:
    return f"{fold(first_name)}.{fold(last_name)}.{key}@exemple.invalid"

"""Adults as the rows of a table name them: names, civility, means of contact."""

from collections.abc import Iterable

from msgspec import structs

from pupitre.directory.names import display_name, fold
from pupitre.integrations.exchange.csv import Row, Table, is_scientific
from pupitre.integrations.exchange.records import Identity, OutsideId
from pupitre.integrations.exchange.text import read_email, read_phones
from pupitre.integrations.exchange.verdicts import Finding, Severity

NAME = 100  # characters that the directory holds
_SEX = {"1": "M", "m": "M", "m.": "M", "mr": "M", "monsieur": "M"}
_SEX |= dict.fromkeys(("2", "3", "mme", "mme.", "mlle", "madame", "mademoiselle", "f"), "F")


class AdultReader:
    """Reads the adult of each row. The columns are named once, for each file names them in its own way."""

    def __init__(
        self,
        table: Table,
        *,
        civility: str,
        last_name: str,
        usage_name: str,
        first_name: str,
        mail: str,
        mobile: str,
        phones: Iterable[str],
        correct_in: str,
    ) -> None:
        self.findings: list[Finding] = []
        self._civility, self._mail, self._mobile = table.column(civility), table.column(mail), table.column(mobile)
        self._last, self._usage = table.column(last_name), table.column(usage_name)
        self._first = table.column(first_name)
        self._phones = tuple(table.column(name) for name in phones)
        self._correct_in = correct_in

    def read(self, row: Row) -> Identity | None:
        """Who the row speaks of, without ids; None, and a quarantine, when a name is missing."""
        last, usage, first = (row[column][:NAME] for column in (self._last, self._usage, self._first))
        if not (last or usage) or not first:
            self.tell(Severity.QUARANTINE, "no_name", str(row), "Il manque le nom ou le prénom de cette personne.")
            return None
        told = display_name(last_name=last, usage_name=usage, first_name=first)
        phones = (self._phone(row[column], told) for column in self._phones)
        return Identity(
            ids=(),
            last_name=last or usage,
            first_name=first,
            usage_name=usage if last and usage != last else "",
            sex=_SEX.get(fold(row[self._civility]), ""),
            email=self._email(row[self._mail], told),
            mobile=self._phone(row[self._mobile], told),
            phone=next((phone for phone in phones if phone), ""),
        )

    def tell(self, severity: Severity, code: str, record: str, told: str, old: str = "") -> None:
        """Note something about a row; where to correct it is added."""
        reason = f"{told} Corrigez cela dans {self._correct_in} puis déposez de nouveau le fichier."
        self.findings.append(Finding(severity, code, record, reason, old=old))

    def _email(self, written: str, told: str) -> str:
        mail = read_email(written)
        if written and not mail:
            self.tell(Severity.NOTICE, "bad_mail", told, "L’adresse de courriel n’est pas complète.", written)
        return mail

    def _phone(self, written: str, told: str) -> str:
        numbers, is_whole = read_phones("" if is_scientific(written) else written)
        if written and not (numbers and is_whole):
            self.tell(Severity.NOTICE, "bad_phone", told, "Le numéro de téléphone n’est pas complet.", written)
        return numbers[0] if numbers else ""


def with_ids(who: Identity, ids: Iterable[OutsideId]) -> Identity:
    """The same person, with the ids found elsewhere in the row."""
    return structs.replace(who, ids=tuple(ids))

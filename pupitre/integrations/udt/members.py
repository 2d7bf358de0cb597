"""Who is in which part of a class or group across classes (tables 10, 13, 19 and 21)."""

from collections import defaultdict

from pupitre.directory.names import display_name
from pupitre.integrations.exchange.records import MemberRecord
from pupitre.integrations.exchange.text import read_date
from pupitre.integrations.exchange.timetables import Names
from pupitre.integrations.udt.tables import Tables


def read_members(tables: Tables, names: Names) -> list[MemberRecord]:
    """The students of the groups that lessons name; the key of a group is its class and its code."""
    known = {each.key for each in names.all() if each.kind == "group"}
    across: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in tables.of("13"):
        across[row.get("code_div", ""), row.get("code_gpe", "")].add(f"[{row.get('nom', '')}]")
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for row in tables.of("21"):
        division, part = row.get("code_div", ""), row.get("gpe", "")
        for key in (f"<{division}> {part}", *sorted(across[division, part])):
            if key in known:
                groups[row.get("ele", "")][key] = None
    found = []
    for code, row in tables.by_code("10").items():
        if code in groups:
            last, first = row.get("nom", "")[:100], row.get("prenom", "")[:100]
            label = display_name(last_name=last, usage_name="", first_name=first)
            born = read_date(row.get("naissance", ""))
            found.append(MemberRecord(label, last, first, born, groups=tuple(groups[code])))
    return found

"""The XML of a booklet, written as it goes: references first, then each report.

Records refer to one another by identifiers that follow from what they are (`EL_610308`, `DI_020700S`), so that a file made
again is the same. What `checking.py` lets through is valid.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import IO, Any, TypeVar

from lxml import etree

from pupitre.integrations.lsu import limits
from pupitre.integrations.lsu.booklet import Booklet, CycleReport, Line, Project, Responsible, TermReport
from pupitre.integrations.lsu.references import (
    References,
    discipline_id,
    group_id,
    period_id,
    project_id,
    pupil_id,
    references_of,
    teacher_id,
)
from pupitre.integrations.lsu.text import clean, one_line

NAMESPACE = "urn:fr:edu:scolarite:lsun:bilans:import"
_N = f"{{{NAMESPACE}}}"
R = TypeVar("R")
# The types of the library know no name without a prefix.
_NAMES: Any = {None: NAMESPACE}


def write(booklet: Booklet, out: IO[bytes]) -> None:
    """Write the file of a booklet; at least one report."""
    with etree.xmlfile(out, encoding="UTF-8") as xml:
        xml.write_declaration()
        with xml.element(f"{_N}lsun-bilans", {"schemaVersion": booklet.header.version}, nsmap=_NAMES):
            xml.write(_header(booklet))
            with xml.element(f"{_N}donnees"):
                references = references_of(booklet)
                for section in _sections(booklet, references):
                    xml.write(section)
                _reports(xml, "bilans-periodiques", booklet.terms, lambda each: _term(each, references))
                _reports(xml, "bilans-cycle", booklet.cycles, lambda each: _cycle(each, references))


def _reports(xml: Any, name: str, reports: Sequence[R], made: Callable[[R], Any]) -> None:
    """One element at a time: what is written is forgotten."""
    if reports:
        with xml.element(f"{_N}{name}"):
            for each in reports:
                xml.write(made(each))


def _header(booklet: Booklet) -> Any:
    header = booklet.header
    head = _element("entete")
    _text(head, "editeur", header.editor[: limits.EDITOR])
    _text(head, "application", header.application[: limits.EDITOR])
    if header.application_version:
        _text(head, "appliVersion", header.application_version[: limits.EDITOR])
    _text(head, "etablissement", header.uai)
    return head


def _sections(booklet: Booklet, known: References) -> list[Any]:
    """What reports refer to, in the order of the schema; sections without anything are left out."""
    held = [
        _section("responsables-etab", "responsable-etab", [
            {"id": known.signatories[name], "libelle": one_line(name)[: limits.NAME]} for name in known.signatories
        ]),
        _section("eleves", "eleve", [
            {"id": pupil_id(each), "id-be": str(each.number), "nom": one_line(each.last_name), "prenom": one_line(each.first_name),
             "code-division": one_line(each.division)} for each in known.pupils
        ]),
        _section("periodes", "periode", [
            {"id": period_id(each), "millesime": str(each.year), "indice": str(each.index), "nb-periodes": str(each.count)}
            for each in known.periods
        ]),
        _section("disciplines", "discipline", [
            {"id": discipline_id(each), "code": each.code, "modalite-election": each.mode,
             "libelle": one_line(each.label)[: limits.DISCIPLINE].strip()} for each in known.disciplines
        ]),
        _section("enseignants", "enseignant", [
            {"id": teacher_id(each), "type": each.kind, "id-sts": str(each.number), "civilite": each.civility,
             "nom": one_line(each.last_name), "prenom": one_line(each.first_name)} for each in known.teachers
        ]),
        _section("elements-programme", "element-programme", [
            {"id": known.elements[text], "libelle": text} for text in known.elements
        ]),
        _class_paths(booklet),
        _section("epis-thematiques", "epi-thematique", [
            {"code": code, "libelle": one_line(label)[: limits.THEME_LABEL].strip()} for code, label in known.themes.items()
        ]),
        _projects("epis", "epi", known.epis),
        _groups("epis-groupes", "epi", known.epis),
        _projects("acc-persos", "acc-perso", known.helps),
        _groups("acc-persos-groupes", "acc-perso", known.helps),
    ]  # fmt: skip
    return [each for each in held if len(each)]


def _section(name: str, of: str, rows: list[dict[str, str]]) -> Any:
    section = _element(name)
    for row in rows:
        _child(section, of, row)
    return section


def _class_paths(booklet: Booklet) -> Any:
    section = _element("parcours-communs")
    for (period, division), texts in booklet.class_paths.items():
        said = {code: text for code in limits.PATHS if (text := clean(texts.get(code, "")))}
        if said:
            common = _child(
                section, "parcours-commun", {"periode-ref": period_id(period), "code-division": one_line(division)}
            )
            for code, text in said.items():
                _text(common, "parcours", text, code=code)
    return section


def _projects(name: str, of: str, projects: Mapping[Project, None]) -> Any:
    section = _element(name)
    for each in projects:
        facts = {
            "id": project_id(of, each), "intitule": one_line(each.title), "thematique": each.theme,
            "discipline-refs": " ".join(map(discipline_id, each.disciplines)),
        }  # fmt: skip
        _child(section, of, facts)
    return section


def _groups(name: str, of: str, projects: Mapping[Project, None]) -> Any:
    section = _element(name)
    for each in projects:
        facts = {"id": group_id(of, each), f"{of}-ref": project_id(of, each), "intitule": one_line(each.title)}
        group = _child(section, f"{of}-groupe", facts)
        if comment := clean(each.comment):
            _text(group, "commentaire", comment)
        pairs = _child(group, "enseignants-disciplines", {})
        for teacher, discipline in dict.fromkeys(each.lines):
            refs = {"enseignant-ref": teacher_id(teacher), "discipline-ref": discipline_id(discipline)}
            _child(pairs, "enseignant-discipline", refs)
    return section


def _term(report: TermReport, known: References) -> Any:
    made = _element("bilan-periodique", {
        "eleve-ref": pupil_id(report.pupil), "periode-ref": period_id(report.period),
        "date-conseil-classe": report.council_on.isoformat(), "date-scolarite": report.schooled_on.isoformat(),
        "date-verrou": report.locked_at.strftime("%Y-%m-%dT%H:%M:%S") if report.locked_at else "",
        "responsable-etab-ref": known.signatories[report.signatory],
        "prof-princ-refs": " ".join(map(teacher_id, report.form_teachers)),
    })  # fmt: skip
    lines = _child(made, "liste-acquis", {})
    for line in report.lines:
        _line(lines, line, known)
    _commented(made, "epis-eleve", "epi", report.epis)
    _commented(made, "acc-persos-eleve", "acc-perso", report.helps)
    _by_code(made, "liste-parcours", "parcours", report.paths)
    _supports(made, report.supports)
    _text(made, "acquis-conseils", clean(report.advice))
    if helped := clean(report.homework_help):
        _text(made, "devoirs-faits", helped)
    life = _child(made, "vie-scolaire", {
        "nb-retards": str(report.life.latenesses), "nb-abs-justifiees": str(report.life.justified),
        "nb-abs-injustifiees": str(report.life.unjustified),
    })  # fmt: skip
    if comment := clean(report.life.comment):
        _text(life, "commentaire", comment)
    _responsibles(made, report)
    return made


def _line(lines: Any, line: Line, known: References) -> None:
    is_marked = bool(line.average)
    facts = {
        "discipline-ref": discipline_id(line.discipline), "enseignant-refs": " ".join(map(teacher_id, line.teachers)),
        "element-programme-refs": " ".join(dict.fromkeys(
            known.elements[text] for each in line.elements if (text := one_line(each)))),
        "moyenne-eleve": f"{line.average}/20" if is_marked else "",
        "moyenne-structure": f"{line.class_average}/20" if line.class_average else "",
        "eleve-non-note": "false" if is_marked else "true",
        "structure-non-notee": "false" if line.class_average else "true",
        "positionnement": str(line.level) if line.level else "",
    }  # fmt: skip
    made = _child(lines, "acquis", facts)
    if appreciation := clean(line.appreciation):
        _text(made, "appreciation", appreciation)


def _commented(made: Any, name: str, of: str, projects: Any) -> None:
    if not projects:
        return
    section = _child(made, name, {})
    for project, comment in projects:
        one = _child(section, f"{of}-eleve", {f"{of}-groupe-ref": group_id(of, project)})
        if said := clean(comment):
            _text(one, "commentaire", said)


def _by_code(made: Any, name: str, of: str, texts: Mapping[str, str]) -> None:
    said = {code: text for code in limits.PATHS if (text := clean(texts.get(code, "")))}
    if said:
        section = _child(made, name, {})
        for code, text in said.items():
            _text(section, of, text, code=code)


def _supports(made: Any, supports: Mapping[str, str]) -> None:
    held = [code for code in limits.SUPPORTS if code in supports]
    if held:
        section = _child(made, "modalites-accompagnement", {})
        for code in held:
            one = _child(section, "modalite-accompagnement", {"code": code})
            name = {"PPRE": "complement-ppre", "CTR": "complement-contrat-reussite"}.get(code)
            if name and (text := clean(supports[code])):
                _text(one, name, text)


def _cycle(report: CycleReport, known: References) -> Any:
    made = _element("bilan-cycle", {
        "eleve-ref": pupil_id(report.pupil), "cycle": str(report.cycle), "millesime": str(report.year),
        "date-creation": report.made_on.isoformat(), "responsable-etab-ref": known.signatories[report.signatory],
        "prof-princ-refs": " ".join(map(teacher_id, report.form_teachers)),
    })  # fmt: skip
    levels = _child(made, "socle", {})
    for code in limits.COMPONENTS:
        _child(levels, "domaine", {"code": code, "positionnement": str(report.levels[code])})
    _text(made, "synthese", clean(report.synthesis))
    if report.complement:
        level = str(report.complement_level) if report.complement_level else ""
        _child(made, "enseignement-complement", {"code": report.complement, "positionnement": level})
    _responsibles(made, report)
    if report.language:
        level = str(report.language_level) if report.language_level else ""
        _child(made, "langue-culture-regionale", {"code": report.language, "positionnement": level})
    return made


def _responsibles(made: Any, report: TermReport | CycleReport) -> None:
    if report.responsibles:
        section = _child(made, "responsables", {})
        for each in report.responsibles:
            _child(section, "responsable", _responsible(each))


def _responsible(each: Responsible) -> dict[str, str]:
    return {
        "civilite": each.civility, "nom": one_line(each.last_name), "prenom": one_line(each.first_name),
        "legal1": "true" if each.rank == 1 else "", "legal2": "true" if each.rank == 2 else "",
        "lien-parente": one_line(each.relation)[: limits.RELATION].strip(),
    }  # fmt: skip


def _element(name: str, facts: Mapping[str, str] | None = None) -> Any:
    """An element; what is empty is not written."""
    return etree.Element(f"{_N}{name}", {key: value for key, value in (facts or {}).items() if value}, _NAMES)


def _child(parent: Any, name: str, facts: Mapping[str, str]) -> Any:
    return etree.SubElement(parent, f"{_N}{name}", {key: value for key, value in facts.items() if value})


def _text(parent: Any, name: str, text: str, **facts: str) -> None:
    _child(parent, name, facts).text = text

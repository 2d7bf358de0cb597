"""The texts of the house, found in its sources: templates, and what Python and Jinja mark for translation."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.template import engines
from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast

HOUSE = Path(__file__).resolve().parents[1]
_MARKS = ("_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy")


@dataclass(frozen=True)
class Text:
    """A text that people read, and where it is written."""

    at: str
    text: str


def environment() -> Environment:
    """The Jinja2 environment that renders pages."""
    found: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    return found


def templates() -> dict[str, Path]:
    """Every template by the name that pages use."""
    pages: Any = settings.TEMPLATES[0]
    return _under(tuple(Path(folder) for folder in pages["DIRS"]))


@lru_cache
def _under(folders: tuple[Path, ...]) -> dict[str, Path]:
    return {str(path.relative_to(folder)): path for folder in folders for path in sorted(folder.rglob("*.html"))}


def parsed(name: str) -> nodes.Template:
    """The tree of a template as it is written: the house's own parser replaces constants by their values."""
    return Environment(extensions=["jinja2.ext.do"], autoescape=True).parse(templates()[name].read_text())


@lru_cache
def marked_texts() -> tuple[Text, ...]:
    """Everything marked for translation in the rooms, the demonstration and the templates."""
    found: list[Text] = []
    for folder in ("pupitre", "demo", "config"):
        for path in sorted((HOUSE / folder).rglob("*.py")):
            if "tests" not in path.parts and "migrations" not in path.parts:
                found.extend(_in_python(path))
    for name in templates():
        calls = extract_from_ast(parsed(name), ("_",))
        found.extend(Text(f"{name}:{line}", text) for line, _call, text in calls if isinstance(text, str))
    return tuple(found)


def _in_python(path: Path) -> Iterator[Text]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            for argument in node.args:
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                    yield Text(f"{path.relative_to(HOUSE)}:{argument.lineno}", argument.value)


_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_ATTRIBUTE = re.compile(r"""\b[\w-]+="[^"]*\"""")
_READ_ALOUD = re.compile(r"""\b(?:alt|title|placeholder|aria-label)="([^"]*)\"""")


def unmarked_texts(source: str) -> list[str]:
    """Words of a template that people read and that nobody can translate."""
    bare = _JINJA.sub("§", source)
    # Macros write attributes outside any tag.
    texts = [*_ATTRIBUTE.sub("", _TAG.sub("\n", bare)).split("\n"), *_READ_ALOUD.findall(bare)]
    return [text.strip("§— ") for text in texts if re.search(r"[A-Za-zÀ-ÿ]{2}", text)]

"""Every template compiles, obeys the strict content policy, and draws with what the stylesheet and the icons hold."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from jinja2 import nodes

from tests.sources import environment, parsed, templates, unmarked_texts

UI = Path(settings.STATICFILES_DIRS[0])
ICONS = set(re.findall(r'id="i-([\w-]+)"', (UI / "icons.svg").read_text()))
# Names that are not words of French.
NAMES = {"Pupitre", "Ctrl K"}
# The macro, and the place of the icon's name among its arguments.
_DRAWN = {"icon": 0, "ico": 0, "badge": 2, "button": 3}

each = pytest.mark.parametrize("name", templates())


def source_of(name: str) -> str:
    return re.sub(r"\{#.*?#\}", "", templates()[name].read_text(), flags=re.DOTALL)


@each
def test_it_compiles(name):
    environment().get_template(name)


@each
def test_it_says_at_its_head_what_it_is(name):
    assert templates()[name].read_text().startswith(f"{{# {name} — ")


@each
def test_nothing_inline_and_nothing_from_elsewhere(name):
    source = source_of(name)
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=\"|javascript:|hx-on|<iframe|<object", source)
    assert all(" src=" in tag for tag in re.findall(r"<script[^>]*>", source))
    assert re.findall(r"(?:https?:)?//[a-z][\w.-]+", source) == []


@each
def test_every_word_can_be_translated(name):
    assert set(unmarked_texts(templates()[name].read_text())) <= NAMES


@each
def test_every_icon_is_drawn_and_every_static_file_lies_there(name):
    drawn, files = set(), set()
    for call in parsed(name).find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name):
            continue
        if call.node.name == "static" and isinstance(call.args[0], nodes.Const):
            files.add(call.args[0].value)
        place = _DRAWN.get(call.node.name)
        if place is not None and len(call.args) > place:
            drawn |= {const.value for const in _constants(call.args[place])}
    assert drawn - {""} <= ICONS
    assert {file for file in files if not finders.find(file) and not file.startswith("fonts/")} == set()


def _constants(node: nodes.Node) -> list[nodes.Const]:
    if isinstance(node, nodes.CondExpr):
        return [*_constants(node.expr1), *(_constants(node.expr2) if node.expr2 else [])]
    return [node] if isinstance(node, nodes.Const) and isinstance(node.value, str) else []


@each
def test_every_class_is_in_a_stylesheet(name):
    used = set()
    for value in re.findall(r'class="([^"{]*)"', source_of(name)):
        used |= set(value.split())
    assert used <= _classes_written()


@cache
def _classes_written() -> frozenset[str]:
    sheets = (Path(__file__).parents[1] / "pupitre").rglob("static/**/*.css")
    return frozenset(re.findall(r"\.(-?[A-Za-z_][\w-]*)", "".join(path.read_text() for path in sheets)))

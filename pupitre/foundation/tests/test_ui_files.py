"""The files of the look keep their promises: light, without inline code, every drawing there, every template whole."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

UI = Path(__file__).parent.parent / "ui"
STATIC = UI / "static"
ROOMS = UI.parent.parent
TEMPLATES = sorted(ROOMS.glob("**/templates/**/*.html"))
ICONS = set(re.findall(r'<symbol id="i-([\w-]+)"', (STATIC / "icons.svg").read_text()))
NAMED = re.compile(r"""(?:\bicon|\bico|\bfact)\(\s*"([\w-]+)"|icon_name\s*=\s*"([\w-]+)"|#i-([\w-]+)""")


def name_of(template: Path) -> str:
    return str(template).partition("/templates/")[2]


def test_the_stylesheet_is_light() -> None:
    assert len(gzip.compress((STATIC / "pupitre.css").read_bytes())) < 25_000


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_templates_hold_no_inline_code(template: Path) -> None:
    source = template.read_text()
    assert not re.search(r"<style|\sstyle\s*=|\son\w+\s*=|javascript:", source, re.IGNORECASE)
    assert all(re.search(r"\bsrc\s*=", tag) for tag in re.findall(r"<script[^>]*>", source))


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_icons_named_in_templates_exist(template: Path) -> None:
    named = {next(filter(None, groups)) for groups in NAMED.findall(template.read_text())}
    assert named <= ICONS


@pytest.mark.parametrize("template", TEMPLATES, ids=name_of)
def test_templates_compile_and_say_what_they_need(template: Path) -> None:
    get_template(name_of(template), using="jinja2")
    assert template.read_text().startswith("{#")


@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "503.html", "403_csrf.html"])
def test_error_pages_stand_alone(name: str) -> None:
    html = get_template(name).render()
    assert html.startswith("<!doctype html>")
    assert html.count("<h1") == 1
    assert "Traceback" not in html


def test_fonts_named_in_the_stylesheet_are_those_we_build() -> None:
    from_css = set(re.findall(r'url\("fonts/([\w-]+)\.woff2"\)', (STATIC / "pupitre.css").read_text()))
    assert from_css == {"bricolage", "figtree", "atkinson-regular", "atkinson-bold"}
    assert STATIC in [Path(folder) for folder in settings.STATICFILES_DIRS]


def test_the_script_that_keeps_texts_is_short() -> None:
    assert len((STATIC / "keep.js").read_text().splitlines()) <= 80

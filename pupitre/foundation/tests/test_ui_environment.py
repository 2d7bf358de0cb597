from pathlib import Path

import jinja2
import pytest
from django.test import override_settings
from django.urls import NoReverseMatch

from pupitre.foundation.ui.environment import HouseEnvironment, environment
from pupitre.foundation.ui.words import message


@pytest.fixture
def env() -> jinja2.Environment:
    return environment(autoescape=True)


def compiled(env: jinja2.Environment, source: str) -> str:
    code = env.compile(source, raw=True)
    assert isinstance(code, str)
    return code


def test_constants_are_resolved_when_the_template_is_compiled(env: jinja2.Environment) -> None:
    code = compiled(
        env, '<a href="{{ url("ui:display") }}">{{ _("L’été") }}</a>{{ static("logo.svg") }}{{ language() }}'
    )
    assert "/affichage/" in code
    assert "resolve('url')" not in code
    assert "resolve('_')" not in code
    assert "resolve('static')" not in code
    assert "resolve('language')" not in code


def test_what_depends_on_the_page_stays_for_run_time(env: jinja2.Environment) -> None:
    template = env.from_string('{{ static(name) }} {{ _("Bonjour <b>%(name)s</b>", name=name) }} {{ _(name) }}')
    assert template.render(name="<i>") == "/static/%3Ci%3E Bonjour <b>&lt;i&gt;</b> &lt;i&gt;"


def test_a_message_may_be_kept_in_a_variable_and_a_percent_sign_is_one(env: jinja2.Environment) -> None:
    assert env.from_string('{% set text = _("94 % <b>ici</b>") %}{{ text }}').render() == "94 % <b>ici</b>"


def test_an_unknown_address_fails_on_the_page_that_holds_it(env: jinja2.Environment) -> None:
    template = env.from_string('{{ url("nowhere:at_all") }}')
    with pytest.raises(NoReverseMatch):
        template.render()


def test_an_unknown_variable_is_an_error_where_it_matters() -> None:
    with override_settings(JINJA_STRICT=True), pytest.raises(jinja2.UndefinedError):
        environment().from_string("{{ nobody }}").render()
    with override_settings(JINJA_STRICT=False):
        assert environment().from_string("{{ nobody }}").render() == ""


def test_several_languages_translate_at_run_time() -> None:
    with override_settings(LANGUAGES=[("fr", "Français"), ("en", "English")]):
        env = environment(autoescape=True)
        code = compiled(env, '{{ _("Bonjour") }}')
        assert "_message" in code
        assert env.from_string('{{ _("Bonjour <b>%(n)s</b>", n="&") }}').render() == "Bonjour <b>&amp;</b>"


def test_message_escapes_its_values_only() -> None:
    assert message("<b>%(name)s</b>", name="<script>") == "<b>&lt;script&gt;</b>"


def test_compiled_templates_are_kept_and_forgotten_when_static_files_change(tmp_path: Path) -> None:
    def keys(static_url: str) -> set[str]:
        with override_settings(JINJA_BYTECODE_DIR=tmp_path, STATIC_URL=static_url):
            env = environment(autoescape=True, loader=jinja2.DictLoader({"page.html": "{{ static('logo.svg') }}"}))
            assert isinstance(env, HouseEnvironment)
            env.get_template("page.html").render()
        return {path.name for path in tmp_path.iterdir()}

    first = keys("/static/")
    assert keys("/static/") == first
    assert len(keys("/fichiers/")) == 2

"""What a template can know before anyone asks for it: addresses, static files and texts made of constants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.templatetags.static import static
from django.urls import NoReverseMatch
from jinja2 import Environment, nodes
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

from pupitre.foundation.ui import words
from pupitre.foundation.ui.addresses import address

_RESOLVED: dict[str, Callable[..., str]] = {"static": static, "url": address}


def resolve_constants(template: nodes.Template, env: Environment) -> nodes.Template:
    """Replace calls whose result cannot change while the server runs by that result.

    `static("…")` and `url("…")` with constant arguments always; `_("…")` and `language()` when the site speaks one
    language. A message is our own text, so it is markup: only the values put into it are escaped.
    """
    _ConstantCalls(env).visit(template)
    return template


class _ConstantCalls(NodeTransformer):
    def __init__(self, env: Environment) -> None:
        self.env = env
        self.one_language = words.one_language()

    def visit_Call(self, node: nodes.Call) -> nodes.Expr:
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.dyn_args or node.dyn_kwargs:
            return node
        name = node.node.name
        if name == "_":
            return self._text(node)
        if name == "language" and self.one_language:
            return self._constant(words.language(), node)
        if name in _RESOLVED:
            return self._resolved(node, _RESOLVED[name])
        return node

    def _text(self, node: nodes.Call) -> nodes.Expr:
        if not node.args or not isinstance(node.args[0], nodes.Const):
            return node
        if self.one_language and len(node.args) == 1 and not node.kwargs:
            return self._constant(Markup(node.args[0].value), node)  # noqa: S704 # nosec B704 - ours
        # With values, or several languages: same text, put together at run time.
        node.node = nodes.Name("_message", "load", lineno=node.lineno, environment=self.env)
        return node

    def _resolved(self, node: nodes.Call, resolve: Callable[..., str]) -> nodes.Expr:
        try:
            args = [arg.as_const() for arg in node.args]
            kwargs: dict[str, Any] = {pair.key: pair.value.as_const() for pair in node.kwargs}
            value = resolve(*args, **kwargs)
        except (nodes.Impossible, NoReverseMatch, ValueError):
            # Not constant; or wrong, and then the same call fails at run time, on the page that holds it.
            return node
        return self._constant(str(value), node)

    def _constant(self, value: str, node: nodes.Call) -> nodes.Const:
        return nodes.Const(value, lineno=node.lineno, environment=self.env)

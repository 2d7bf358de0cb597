"""What teachers type, and the page made of it: paragraphs and lists of the house, bold, italics, and formulas between $ signs.

A formula is read as LaTeX and drawn as MathML, which browsers show and screen readers say. One that cannot be read stays as typed.
"""

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from latex2mathml import exceptions
from latex2mathml.converter import convert

from pupitre.foundation.text import plain, to_html

__all__ = ["plain", "to_page"]

_FORMULA = re.compile(r"\$(?=\S)([^$\n]{1,400}?)(?<=\S)\$(?!\d)")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n<]+?)(?<=[^\s*])\*(?![\w*])")
_UNREADABLE: tuple[type[Exception], ...] = (
    *(each for each in vars(exceptions).values() if isinstance(each, type) and issubclass(each, Exception)),
    *(IndexError, KeyError, ValueError, RecursionError),
)
# Where a formula stands while the rest is made: letters of the private area, that plain() and typing never give.
_MARK, _END = "\ue000", "\ue001"
_PLACE = re.compile(f"{_MARK}(\\d+){_END}")
_MATH = {
    *(
        "math",
        "mrow",
        "mi",
        "mn",
        "mo",
        "mtext",
        "msup",
        "msub",
        "msubsup",
        "mfrac",
        "msqrt",
        "mroot",
        "mover",
        "munder",
    ),
    *("munderover", "mtable", "mtr", "mtd", "mstyle", "mspace", "mpadded", "menclose", "mphantom"),
}
_MATH_ATTRIBUTES = {
    "math": {"display"},
    "mo": {"stretchy", "fence", "form", "movablelimits", "lspace", "rspace", "separator"},
    "mi": {"mathvariant"},
    "mtable": {"columnalign"},
    "mspace": {"width"},
    "mover": {"accent"},
}


@lru_cache(maxsize=2048)
def to_page(text: str) -> SafeString:
    """The text as a page shows it."""
    formulas: list[str] = []

    def put_aside(found: re.Match[str]) -> str:
        drawn = _drawn(found[1])
        if not drawn:
            return found[0]
        formulas.append(drawn)
        return f"{_MARK}{len(formulas) - 1}{_END}"

    kept = text.replace(_MARK, "").replace(_END, "")
    html = str(to_html(_FORMULA.sub(put_aside, kept)))
    html = _BOLD.sub(r"<strong>\1</strong>", html)
    html = _ITALIC.sub(r"<em>\1</em>", html)
    # Bold over the end of a paragraph would not nest: cleaned once more, it does.
    html = nh3.clean(
        html,
        tags={"p", "br", "ul", "ol", "li", "a", "strong", "em"},
        attributes={"a": {"href"}},
        link_rel="noopener noreferrer nofollow",
    )
    html = _PLACE.sub(lambda found: formulas[int(found[1])], html)
    return mark_safe(html)  # noqa: S308 # nosec B308 B703 - made here of cleaned text and of cleaned MathML


def _drawn(formula: str) -> str:
    # The converter writes signs of markup as they come: they are named before it sees them.
    named = formula.replace("<", r"\lt ").replace(">", r"\gt ")
    try:
        mathml = convert(named)
    except _UNREADABLE:
        return ""
    return nh3.clean(mathml, tags=_MATH, attributes=_MATH_ATTRIBUTES)

"""What teachers type becomes a page that holds no program."""

import pytest

from pupitre.textbook.text import plain, to_page


def test_bold_italics_lists_and_links():
    page = to_page("**Rappel** et *méthode* :\n- un\n- deux\nVoir https://exemple.invalid/cours.")
    assert "<strong>Rappel</strong>" in page
    assert "<em>méthode</em>" in page
    assert "<ul><li>un</li><li>deux</li></ul>" in page
    assert 'href="https://exemple.invalid/cours"' in page


def test_a_formula_is_mathml_that_screen_readers_say():
    page = to_page(r"L’égalité $\frac{a}{b} = \sqrt{x^2}$ est vraie.")
    assert "<math" in page
    assert "<mfrac>" in page
    assert "<msqrt>" in page
    assert "$" not in page


@pytest.mark.parametrize("typed", [r"$\frac{$", "$x^$", r"$\begin{matrix}$", "10 $ et 20 $"])
def test_a_formula_that_cannot_be_read_stays_as_typed(typed):
    assert "<math" not in to_page(typed)
    assert "$" in to_page(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        r"$\text{<script>alert(1)</script>}$",
        r"$\href{javascript:alert(1)}{x}$",
        '$\\text{</math><img src=x onerror="alert(1)">}$',
        "<svg onload=alert(1)>",
        "**<b onclick=alert(1)>**",
    ],
)
def test_nothing_typed_runs(typed):
    for text in (typed, plain(typed)):
        page = to_page(text)
        assert "<script" not in page
        assert "<img" not in page
        assert "<svg" not in page
        assert "href=" not in page


def test_what_is_pasted_from_a_word_processor_keeps_its_words_alone():
    pasted = '<p class="MsoNormal" style="mso-x:1"><b>Leçon</b></p><style>p{color:red}</style><p>Suite</p>'
    assert plain(pasted) == "Leçon\nSuite"

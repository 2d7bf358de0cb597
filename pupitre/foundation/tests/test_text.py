"""What is typed comes out as it was meant, and runs nothing."""

import pytest
from lxml import html

from pupitre.foundation.text import plain, preview, subject_of, to_html


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "<a href='javascript:alert(1)'>ici</a>",
        "<svg onload=alert(1)>",
        "<iframe src='https://exemple.invalid'></iframe>",
        "javascript:alert(1)",
        'https://exemple.invalid/"onmouseover="alert(1)',
    ],
)
def test_no_script_ever_survives(typed):
    shown = html.fragment_fromstring(to_html(plain(typed)), create_parent="div")
    for element in shown.iter():
        assert element.tag in ("div", "p", "br", "ul", "ol", "li", "a")
        assert set(element.attrib) <= {"href", "rel"}
        assert element.get("href", "https://").startswith(("http://", "https://"))


def test_text_that_was_never_plain_is_escaped_even_so():
    assert to_html("<b>gras</b> & <script>x</script>") == (
        "<p>&lt;b&gt;gras&lt;/b&gt; &amp; &lt;script&gt;x&lt;/script&gt;</p>"
    )


def test_a_pasted_page_becomes_its_words():
    pasted = "<p>Bonjour,</p><p>La sortie est <b>jeudi</b>.<br>Prévoir&nbsp;un repas.</p><style>p{}</style>"
    assert plain(pasted).split("\n") == ["Bonjour,", "La sortie est jeudi.", "Prévoir\N{NO-BREAK SPACE}un repas."]


def test_mathematics_are_not_markup():
    assert plain("x < 3 et y > 2, a<b") == "x < 3 et y > 2, a<b"
    assert to_html("x < 3") == "<p>x &lt; 3</p>"


def test_paragraphs_lists_and_links_are_made():
    text = "Bonjour,\n\nÀ prévoir :\n- un repas\n- une gourde\n\nVoir https://exemple.invalid/sortie?a=1&b=2."
    assert to_html(text) == (
        "<p>Bonjour,</p><p>À prévoir :</p><ul><li>un repas</li><li>une gourde</li></ul>"
        '<p>Voir <a href="https://exemple.invalid/sortie?a=1&amp;b=2" rel="noopener noreferrer nofollow">'
        "https://exemple.invalid/sortie?a=1&amp;b=2</a>.</p>"
    )


def test_numbered_lists():
    assert to_html("1. lire\n2. écrire") == "<ol><li>lire</li><li>écrire</li></ol>"


def test_line_ends_and_blanks_are_tidied():
    assert plain("  Bonjour\r\n\r\n\r\n\r\nà demain\x00\x07  ") == "Bonjour\n\nà demain"


def test_a_message_without_subject_is_called_by_its_first_sentence():
    assert subject_of("Bonjour Madame,\n\nInès sera absente demain.") == "Inès sera absente demain."
    assert subject_of("Bonjour") == "Bonjour"
    assert len(subject_of("mot " * 40)) <= 60


def test_a_preview_is_one_line():
    assert preview("Bonjour,\n\nà demain") == "Bonjour, à demain"
    assert len(preview("mot " * 100)) <= 140

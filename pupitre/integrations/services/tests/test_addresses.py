"""Whatever two programs could read in two ways is not an address of a service."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pupitre.integrations.services.addresses import WrongAddress, parse_address, with_parameter


@pytest.mark.parametrize(
    ("text", "origin", "path"),
    [
        ("https://moodle.exemple.fr", "https://moodle.exemple.fr", "/"),
        ("https://moodle.exemple.fr/", "https://moodle.exemple.fr", "/"),
        ("HTTPS://Moodle.Exemple.fr/Cours", "https://moodle.exemple.fr", "/Cours"),
        ("https://moodle.exemple.fr:443/x", "https://moodle.exemple.fr", "/x"),
        ("https://moodle.exemple.fr:8443/x?a=1&b=", "https://moodle.exemple.fr:8443", "/x"),
        ("https://xn--lyce-epa.exemple.fr/a%20b/%C3%A9", "https://xn--lyce-epa.exemple.fr", "/a%20b/%C3%A9"),
    ],
)
def test_a_plain_address_is_read(text, origin, path):
    found = parse_address(text)
    assert (found.origin, found.path) == (origin, path)


@pytest.mark.parametrize(
    "text",
    [
        *("", "moodle.exemple.fr", "//moodle.exemple.fr/", "/cours", "https:///cours", "https://"),
        *("http://moodle.exemple.fr/", "ftp://moodle.exemple.fr/", "javascript:alert(1)", "data:text/html,x"),
        *("https://moodle.exemple.fr@evil.example/", "https://a:b@moodle.exemple.fr/", "https://@moodle.exemple.fr/"),
        *("https://moodle.exemple.fr#@evil.example/", "https://moodle.exemple.fr/#x"),
        *("https://evil.example\\@moodle.exemple.fr/", "https://moodle.exemple.fr\\.evil.example/"),
        *("https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/"),
        *("https://[::1]/", "https://[::ffff:127.0.0.1]/", "https://localhost/", "https://10.0.0.1:443/"),
        *("https://moodle.exemple.fr./", "https://.exemple.fr/", "https://moodle..fr/", "https://-a.exemple.fr/"),
        *("https://moodle.exemple.fr:/", "https://moodle.exemple.fr:0/", "https://moodle.exemple.fr:99999/"),
        *("https://moodle.exemple.fr:80a/", "https://mo odle.exemple.fr/", "https://moodle.exemple.fr/a b"),
        *("https://moodle.exemple.fr/\r\nSet-Cookie:x", "https://moodle\t.exemple.fr/", " https://moodle.exemple.fr/"),
        *("https://mоodle.exemple.fr/", "https://moodle。exemple.fr/", "https://moodle.exemple.fr/é"),
        *("https://moodle.exemple.fr/a/../b", "https://moodle.exemple.fr/a/%2e%2E/b", "https://moodle.exemple.fr/./b"),
        *(
            "https://moodle.exemple.fr/a/..;/b",
            "https://moodle.exemple.fr/a%2f..%2fb",
            "https://moodle.exemple.fr/a%5cb",
        ),
        *("https://moodle.exemple.fr//evil", "https://moodle.exemple.fr/a%252fb", "https://moodle.exemple.fr/%0d%0a"),
        f"https://moodle.exemple.fr/{'a' * 2000}",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text):
    with pytest.raises(WrongAddress):
        parse_address(text)


@pytest.mark.parametrize(
    ("asked", "is_under"),
    [
        ("/cours", True),
        ("/cours/", True),
        ("/cours/1", True),
        ("/coursdautres", False),
        ("/", False),
        ("/Cours", False),
    ],
)
def test_a_path_is_compared_by_its_segments(asked, is_under):
    assert parse_address(f"https://m.exemple.fr{asked}").lies_under("/cours") is is_under


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    for candidate in (text, f"https://{text}", f"https://m.exemple.fr/{text}", f"https://m.exemple.fr{text}"):
        try:
            found = parse_address(candidate)
        except WrongAddress:
            continue
        assert found.origin.startswith("https://")
        assert found.host[-1:].isalnum()


def test_a_parameter_comes_last_and_the_others_keep_their_order():
    assert with_parameter("https://m.fr/", "ticket", "ST-1") == "https://m.fr/?ticket=ST-1"
    assert with_parameter("https://m.fr/?b=2&a=%20", "ticket", "ST-1") == "https://m.fr/?b=2&a=%20&ticket=ST-1"

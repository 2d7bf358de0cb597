"""The token of a Moodle: sealed when it is given, opened to call, never shown."""

from cryptography.fernet import InvalidToken

from pupitre.foundation.sealing import Seal
from pupitre.integrations.moodle.client import MoodleFailure
from pupitre.integrations.moodle.models import Site

_seal = Seal(b"moodle.token")


def close_token(token: str) -> bytes:
    """A token, sealed."""
    return _seal.seal(token.encode())


def open_token(site: Site) -> str:
    """The token of a site. Raises MoodleFailure when the secret of the server has changed."""
    try:
        return _seal.unseal(site.token).decode()
    except InvalidToken:
        raise MoodleFailure("sealed") from None

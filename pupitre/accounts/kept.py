"""What was being sent when the session ended, carried through the sign-in page and given back to the same person."""

from dataclasses import dataclass

from django.conf import settings
from django.core.signing import BadSignature, dumps, loads
from django.http import HttpRequest

from pupitre.accounts.models import Session

_SALT = "pupitre.kept"
_ONE_DAY = 24 * 3600
# A password is typed again: no page carries it back.
_NOT_CARRIED = {"csrfmiddlewaretoken", "password", "current"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that could not be received: where it goes, its fields in order, whose session had ended (None: unknown).

    `had_files`: files cannot be carried, they are to be chosen again.
    """

    path: str
    fields: list[tuple[str, str]]
    user_id: int | None
    had_files: bool

    def sealed(self) -> str:
        """The form as a text that only this server could write."""
        return dumps([self.path, self.fields, self.user_id, self.had_files], salt=_SALT, compress=True)


def keep(request: HttpRequest) -> Kept:
    """The form of this request."""
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_CARRIED
        for value in values
        if isinstance(value, str)
    ]
    return Kept(request.get_full_path(), fields, _former_user(request), bool(request.FILES))


def opened(sealed: str) -> Kept | None:
    """The form that was sealed, or None when there is none, or it is older than a day."""
    try:
        path, fields, user_id, had_files = loads(sealed, salt=_SALT, max_age=_ONE_DAY)
    except (BadSignature, ValueError):
        return None
    return Kept(path, [(name, value) for name, value in fields], user_id, had_files)


def _former_user(request: HttpRequest) -> int | None:
    """Whose session the browser still names: it may have expired, its row is there for a while."""
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return Session.objects.filter(session_key=key).values_list("user_id", flat=True).first() if key else None

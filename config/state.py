"""The folder that holds everything that is not code: database, secret key, static build."""

import os
import secrets
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def state_folder() -> Path:
    """`PUPITRE_STATE`, by default `.state` beside the Makefile. Not created."""
    return Path(os.environ.get("PUPITRE_STATE") or HOUSE / ".state").resolve()


def secret_key(state: Path) -> str:
    """`SECRET_KEY` of the environment, else the one kept in the state folder, drawn the first time (0600)."""
    given = os.environ.get("SECRET_KEY")
    if given:
        return given
    path = state / "secret-key"
    state.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        # Written aside then linked: of two processes that start together, one draws and both read the same.
        drawn = path.with_name(f"secret-key.{os.getpid()}")
        drawn.touch(mode=0o600)
        drawn.write_text(secrets.token_urlsafe(50))
        try:
            path.hardlink_to(drawn)
        except FileExistsError:
            pass
        finally:
            drawn.unlink()
    return path.read_text()

"""The limit: the same bytes, from memory, by the same server without Django. `python -m bench.replay.memory --port N`.

The page lies in the file named by `BENCH_PAGE`, its headers in `BENCH_HEADERS` as JSON.
"""

import argparse
import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.replay.servers import HOST, cores

_page = os.environ.get("BENCH_PAGE")
_BODY = Path(_page).read_bytes() if _page else b""
_HEADERS = list(json.loads(os.environ.get("BENCH_HEADERS", "{}")).items())


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The whole of this application."""
    start_response("200 OK", _HEADERS)
    return [_BODY]


def main() -> None:
    """Serve it as `config/server.py` serves the pages."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, required=True)
    Granian(
        "bench.replay.memory:application",
        address=HOST,
        port=parser.parse_args().port,
        interface=Interfaces.WSGI,
        workers=cores(),
        blocking_threads=1,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


if __name__ == "__main__":
    main()

"""A stand-in for the web service of the GAR, on this machine: TLS, and a certificate asked of whoever calls."""

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from pupitre.integrations.gar.tests.gestures import make_certificate


class Gar:
    """`asked`: the paths that were called, by whom. It answers `told` (or its `refusal`), as JSON, with `status`."""

    def __init__(self, folder: Path) -> None:
        key, certificate = make_certificate("127.0.0.1")
        self.client_key, self.client_certificate = make_certificate("ENTTEST")
        self.authorities = folder / "server.pem"
        self.authorities.write_text(certificate)
        (folder / "server-key.pem").write_text(key)
        (folder / "clients.pem").write_text(self.client_certificate)
        self.asked: list[str] = []
        self.status = 200
        self.told: Any = {"listeRessources": {"ressource": []}}
        self.refusal: Any = None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.authorities, folder / "server-key.pem")
        context.load_verify_locations(folder / "clients.pem")
        context.verify_mode = ssl.CERT_REQUIRED
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.server.handle_error = lambda *_args: None  # type: ignore[method-assign]
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gar = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                gar.asked.append(self.path)
                body = json.dumps(gar.refusal or gar.told).encode()
                self.send_response(gar.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_args: object) -> None:
                """Quiet."""

        return Handler


def resource(name: str, **facts: Any) -> dict[str, Any]:
    """A resource as the web service tells it."""
    return {
        "idRessource": f"ark:/99999/{name}", "nomRessource": name, "nomEditeur": "Éditions du Val",
        "urlAccesRessource": f"https://ressources.exemple.fr/{name}",
        "domaineEnseignement": [{"uri": "u", "nom": "allemand"}], "typePresentation": {"code": "MAN", "nom": "manuels numériques"},
        **facts,
    }  # fmt: skip

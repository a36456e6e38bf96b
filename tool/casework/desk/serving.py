"""The site shown on this computer: plain files, to this computer only."""

from __future__ import annotations

import re
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

HOST = "127.0.0.1"
_OURS = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d+)?", re.IGNORECASE)


class Server:
    """Serves one folder on 127.0.0.1; OSError when the port is taken. Port 0 takes a free one."""

    def __init__(self, folder: Path, port: int) -> None:
        self._server = _Http((HOST, port), partial(_Files, directory=str(folder)))

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://{HOST}:{self._server.server_port}/"

    def run(self) -> None:
        """Answer until ``stop``, or KeyboardInterrupt."""
        self._server.serve_forever(poll_interval=0.2)

    def stop(self) -> None:
        """End ``run`` from another thread."""
        self._server.shutdown()

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *why: object) -> None:
        self._server.server_close()


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that hangs up is no news."""


class _Files(SimpleHTTPRequestHandler):
    """Files of one folder. A page of another site that had its name point here (DNS rebinding) is turned away."""

    server_version, sys_version = "casework", ""

    def send_head(self) -> Any:
        if not _OURS.fullmatch(self.headers.get("Host", "")):
            self.send_error(HTTPStatus.FORBIDDEN, "This site is for this computer only")
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> IO[bytes] | None:  # type: ignore[override]
        """Folders are not listed."""
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def end_headers(self) -> None:
        """Nothing is kept by the browser, framed, or guessed to be another kind of file."""
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("X-Frame-Options", "DENY")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Requests are not written to the terminal."""

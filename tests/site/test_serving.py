"""The site served on this computer: to this computer only, the built files and nothing else."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework.commands.main import casework_
from casework.desk.serving import Server
from click.testing import CliRunner

from .conftest import case_text, path_of, write_register


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Server]:
    (tmp_path / "site/data").mkdir(parents=True)
    (tmp_path / "site/index.html").write_text("<p>overview")
    (tmp_path / "secret.txt").write_text("not yours")
    with Server(tmp_path / "site", 0) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        yield server
        server.stop()
        thread.join()


def answer(server: Server, path: str, host: str = "") -> tuple[int, str, http.client.HTTPMessage]:
    port = int(server.url.rsplit(":", 1)[1].strip("/"))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    connection.putrequest("GET", path, skip_host=True)
    connection.putheader("Host", host or f"127.0.0.1:{port}")
    connection.endheaders()
    told = connection.getresponse()
    body = told.read().decode()
    connection.close()
    return told.status, body, told.headers


def test_the_files_are_served_and_not_kept(served: Server) -> None:
    status, body, headers = answer(served, "/")
    assert (status, body) == (200, "<p>overview")
    assert headers["Cache-Control"] == "no-store" and headers["X-Content-Type-Options"] == "nosniff"
    assert answer(served, "/", "localhost")[0] == 200


@pytest.mark.parametrize(
    "path", ["/../secret.txt", "/%2e%2e/secret.txt", "/data/", "/gone.html", "/..%5csecret.txt"]
)
def test_nothing_else_is(served: Server, path: str) -> None:
    status, body, _ = answer(served, path)
    assert status == 404 and "not yours" not in body


@pytest.mark.parametrize(
    "host", ["stranger.example", "stranger.example:80", "127.0.0.1.stranger.example", "localhost@x"]
)
def test_a_name_that_points_here_is_turned_away(served: Server, host: str) -> None:
    status, body, _ = answer(served, "/", host)
    assert status == 403 and "overview" not in body


def test_a_taken_port_is_one_sentence(served: Server, tmp_path: Path) -> None:
    root = write_register(tmp_path / "register", {})
    port = served.url.rsplit(":", 1)[1].strip("/")
    done = CliRunner().invoke(
        casework_, ["site", "serve", "--root", str(root), "--port", port, "--lang", "en"]
    )
    assert done.exit_code == 2 and f"port {port} cannot be used" in done.output


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process on Windows")
def test_it_builds_first_says_where_and_ends_by_ctrl_c(tmp_path: Path) -> None:
    root = write_register(tmp_path / "register", {path_of("2026-11-0001"): case_text("2026-11-0001")})
    command = [sys.executable, "-u", "-m", "casework", "site", "serve", "--root", str(root), "--lang", "en"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout and process.stderr
        line = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0
        said = process.stderr.read()
    assert re.match(r"http://127\.0\.0\.1:\d+/  \(as of 2026-11-20 18:00; ", line), line + said
    assert said.strip() == "" and (root / ".build/site/index.html").is_file()

"""A small register in a real repository, and the command run as a person runs it: in a pipe or at a terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner, Result

REPO = Path(__file__).parents[2]
SOUND = """\
case: 2026-03-{n:04}
receipt: {receipt}
policy: standard
summary: the lamp flickers
personal: {{name: Ouyang}}
events:
  - {{event: received, at: 2026-03-02T09:00, by: li}}
"""
RECEIPTS = ("7KQF-3M9P", "2ABC-4DEF", "9XYZ-8VWT")


@pytest.fixture
def register(repo: Repo) -> Repo:  # type: ignore[name-defined]  # noqa: F821 - tests/conftest.py
    """Two sound cases under the test policy, committed."""
    files = {
        path.relative_to(REPO).as_posix(): path.read_text("utf-8")
        for path in (REPO / "schema").rglob("*.json")
    }
    for path in (REPO / "tests/firm/policies").rglob("*.yaml"):
        files["policies/" + path.as_posix().rpartition("/policies/")[2]] = path.read_text("utf-8")
    for n, receipt in enumerate(RECEIPTS[:2], 1):
        files[f"cases/2026/03/2026-03-{n:04}.yaml"] = SOUND.format(n=n, receipt=receipt)
    repo.commit(files, "a register")
    return repo


@pytest.fixture
def run(register: Repo, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:  # type: ignore[name-defined]  # noqa: F821
    """Run `casework …` on the register, in English unless asked otherwise."""
    monkeypatch.setenv("CASEWORK_LANG", "en")

    def run(*args: str, root: bool = True) -> Result:
        where = ["--root", str(register.root)] if root else []
        return CliRunner().invoke(casework_, [*args[:1], *where, *args[1:]])

    return run


@pytest.fixture
def dated(register: Repo) -> Repo:  # type: ignore[name-defined]  # noqa: F821
    """The register with a clock of its own, 20 March 2026 at 10:00, and li as whom git takes us for."""
    firm, staff = (
        (register.root / f"policies/{name}.yaml").read_text("utf-8") for name in ("register", "staff")
    )
    register.commit(
        {
            "policies/register.yaml": f"{firm}as_of: 2026-03-20T10:00+08:00\n",
            "policies/staff.yaml": staff.replace("name: Li,", "name: Li, email: li@example.com,"),
        },
        "a clock",
    )
    return register


class Terminal:
    """The command at a pseudo-terminal, with a person who reads before typing."""

    def __init__(self, cwd: Path, *args: str) -> None:
        import pty

        self.seen = ""
        self._answered = 0  # how much stood on the screen at the last answer
        self._waits = self._is_over = False
        self.process, self._end = pty.fork()
        if self.process == 0:
            os.chdir(cwd)
            os.execv(sys.executable, [sys.executable, "-m", "casework", *args])

    def types(self, *lines: str) -> None:
        """Answer one question after another."""
        for line in lines:
            self._waits_for_question()
            os.write(self._end, f"{line}\n".encode())
            self._answered = len(self.seen)

    def stops(self) -> None:
        """Ctrl-C, once the next question stands there and the command has begun to wait for its answer."""
        self._waits_for_question()
        time.sleep(0.2)
        os.write(self._end, b"\x03")

    def _waits_for_question(self) -> None:
        """A question is the end of the screen; what was typed is echoed behind it."""
        while not (len(self.seen) > self._answered and self.seen.endswith(": ")):
            assert self._more(), f"no question at the end of:\n{self.seen}"

    def exit_code(self) -> int:
        """Read to the end and give the exit code."""
        while self._more():
            pass
        ended, status = os.waitpid(self.process, os.WNOHANG if self._waits else 0)
        if not ended:
            self.closes()
            pytest.fail(f"still waiting for an answer:\n{self.seen}")
        self._is_over = True
        return os.waitstatus_to_exitcode(status)

    def closes(self) -> None:
        """Hang up, and end the command if it has not ended."""
        os.close(self._end)
        if not self._is_over:
            os.kill(self.process, signal.SIGKILL)
            os.waitpid(self.process, 0)
            self._is_over = True

    def _more(self) -> bool:
        ready, _, _ = select.select([self._end], [], [], 20)
        self._waits = not ready
        try:
            read = os.read(self._end, 65536) if ready else b""
        except OSError:  # Linux: the other end is closed
            return False
        self.seen += read.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(read)


@pytest.fixture
def terminal(dated: Repo, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Terminal]]:  # type: ignore[name-defined]  # noqa: F821
    """Start `casework …` in the dated register at a terminal, in English unless asked otherwise."""
    if os.name == "nt":
        pytest.skip("Windows has no pseudo-terminals of this kind")
    monkeypatch.setenv("CASEWORK_LANG", "en")
    monkeypatch.setenv("TERM", "dumb")
    started: list[Terminal] = []

    def start(*args: str, cwd: Path = dated.root) -> Terminal:
        started.append(Terminal(cwd, *args))
        return started[-1]

    yield start
    for each in started:
        with suppress(OSError):
            each.closes()

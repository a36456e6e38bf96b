"""Starting other programs and waiting for them: a child and never an exec, which Windows does not have."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from types import FrameType


def surroundings() -> dict[str, str]:
    """The environment for a Python in .venv: UTF-8 everywhere, and no packages from elsewhere."""
    outside = ("PYTHONHOME", "PYTHONPATH")
    return {name: value for name, value in os.environ.items() if name not in outside} | {"PYTHONUTF8": "1"}


def run(command: Sequence[str | Path], cwd: Path | None = None, **variables: str) -> int:
    """Run to the end and give the exit code, 128 + n for a child that signal n ended.

    Ctrl-C is the child's to answer (it may have a draft to save), and a request to end is passed on to it.
    """
    with Popen(command, cwd=cwd, env=surroundings() | variables) as child, _signals_for(child):
        code = child.wait()
    return code if code >= 0 else 128 - code


@contextmanager
def _signals_for(child: Popen[bytes]) -> Iterator[None]:
    def leave_it(number: int, frame: FrameType | None) -> None:
        """A handler of our own, since one that ignores would be inherited by the child."""

    def pass_on(number: int, frame: FrameType | None) -> None:
        child.terminate()

    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, leave_it),
        signal.SIGTERM: signal.signal(signal.SIGTERM, pass_on),
    }
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

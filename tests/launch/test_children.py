"""Programs that are started: their exit codes, their surroundings, and who answers Ctrl-C."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from launch.children import run, surroundings

AS_PYTHON = (sys.executable, "-c")
needs_signals = pytest.mark.skipif(os.name == "nt", reason="Windows sends no signals to a group of processes")


@pytest.mark.parametrize("code", [0, 1, 2, 130])
def test_the_exit_code_is_the_childs(code: int) -> None:
    assert run([*AS_PYTHON, f"raise SystemExit({code})"]) == code


@needs_signals
def test_a_child_ended_by_a_signal_gives_what_a_shell_gives() -> None:
    assert run([*AS_PYTHON, "import os; os.kill(os.getpid(), 9)"]) == 128 + 9


def test_it_speaks_utf8_and_knows_no_packages_from_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    monkeypatch.setenv("PYTHONHOME", "elsewhere")
    assert surroundings()["PYTHONUTF8"] == "1"
    assert not {"PYTHONPATH", "PYTHONHOME"} & surroundings().keys()
    assert (
        run([*AS_PYTHON, "import os, sys; sys.exit(os.environ['TZ'] != 'Asia/Shanghai')"], TZ="Asia/Shanghai")
        == 0
    )


@needs_signals
@pytest.mark.parametrize(
    ("number", "to_group", "code"), [(signal.SIGINT, True, 7), (signal.SIGTERM, False, 128 + signal.SIGTERM)]
)
def test_the_child_answers_ctrl_c_and_is_told_to_end(
    tmp_path: Path, checkout: Path, number: signal.Signals, to_group: bool, code: int
) -> None:
    begun = tmp_path / "begun"
    child = f"""
import pathlib, sys, time
try:
    pathlib.Path({str(begun)!r}).touch()
    time.sleep(20)
except KeyboardInterrupt:
    time.sleep(0.4)  # longer than subprocess would wait by itself
    sys.exit(7)
"""
    script = f"import sys; from launch.children import run; sys.exit(run([sys.executable, '-c', {child!r}]))"
    launcher = subprocess.Popen([*AS_PYTHON, script], cwd=checkout / "tool", start_new_session=True)
    until = time.monotonic() + 10
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.killpg(launcher.pid, number) if to_group else launcher.send_signal(number)
    assert launcher.wait(10) == code

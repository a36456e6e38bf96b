"""The first command a newcomer types, on machines that lack something: one sentence in each language, no traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from launch import main as launcher
from launch.speech import Trouble

OLD = ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10")
CHINESE = re.compile(r"[\u4e00-\u9fff]")


def start(checkout: Path, *arguments: str, python: str = sys.executable, **variables: str):
    return subprocess.run(
        [python, str(checkout / "tool"), *arguments],
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def old_python(version: str) -> str | None:
    """One that really starts: a name on the PATH may be a stand-in that only says what else there is."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    for python in (*pyenv.glob(f"versions/{version}.*/bin/python"), shutil.which(f"python{version}")):
        if python and subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode == 0:
            return str(python)
    return None


@pytest.mark.parametrize("version", OLD)
def test_an_old_python_is_told_that_it_is_too_old(checkout: Path, version: str) -> None:
    python = old_python(version)
    if python is None:
        pytest.skip(f"there is no Python {version} on this machine to try")
    ended = start(checkout, "demo", python=python)
    english, chinese = ended.stderr.splitlines()
    assert ended.returncode == 2 and not ended.stdout
    assert "3.11" in english and version in english
    assert "3.11" in chinese and version in chinese and CHINESE.search(chinese)


def test_a_machine_without_git_is_told(checkout: Path, tmp_path: Path) -> None:
    ended = start(checkout, "demo", PATH=str(tmp_path))
    english, chinese = ended.stderr.splitlines()
    assert ended.returncode == 2
    assert "install git" in english and "git" in chinese and CHINESE.search(chinese)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_without_chinese_is_no_stumbling_block(
    checkout: Path, tmp_path: Path, encoding: str
) -> None:
    ended = start(checkout, "demo", PATH=str(tmp_path), PYTHONIOENCODING=encoding)
    assert ended.returncode == 2
    assert "install git" in ended.stderr and "Traceback" not in ended.stderr


@pytest.mark.parametrize(
    ("end", "code", "words"),
    [(Trouble("mend it", "请修正"), 2, "mend it\n请修正\n"), (KeyboardInterrupt(), 130, "Stopped")],
)
def test_every_end_has_its_code(monkeypatch, capsys, end: BaseException, code: int, words: str) -> None:
    def broken(root: Path, lock: str) -> Path:
        raise end

    monkeypatch.setattr(launcher, "ready_python", broken)
    monkeypatch.setattr(launcher, "demand_git", lambda: None)
    monkeypatch.setattr(launcher.signal, "signal", lambda *_: None)
    assert launcher.main(["list"]) == code
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "lock"),
    [
        (["demo", "--no-serve"], "tool/requirements.lock"),
        (["test"], "tool/requirements-dev.lock"),
        (["list", "--overdue"], "tool/requirements.lock"),
        ([], "tool/requirements.lock"),
    ],
)
def test_only_tests_need_the_test_lock(monkeypatch, arguments: list[str], lock: str) -> None:
    asked = []
    monkeypatch.setattr(launcher, "ready_python", lambda root, lock: asked.append(lock) or Path("python"))
    monkeypatch.setattr(launcher.steps, "run", lambda *_, **__: 0)
    assert launcher.do(Path(), arguments) == 0
    assert asked == [lock]


def test_anything_else_is_the_casework_command(monkeypatch) -> None:
    ran = []
    monkeypatch.setattr(launcher, "ready_python", lambda root, lock: Path("python"))
    monkeypatch.setattr(launcher.steps, "run", lambda command, cwd=None: ran.append((command, cwd)) or 1)
    assert launcher.do(Path("elsewhere"), ["show", "2026-11-0007"]) == 1
    assert ran == [(["python", "-P", "-m", "casework", "show", "2026-11-0007"], None)]

"""A made-up folder to set up, and pips and Pythons that only pretend."""

from __future__ import annotations

from pathlib import Path

import pytest
from launch import environment


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout as far as the launcher looks at one."""
    root = tmp_path / "our register 登记册"
    (root / "tool").mkdir(parents=True)
    (root / "pyproject.toml").write_text("[project]\n")
    (root / environment.RUN_LOCK).write_text("click==1\n")
    (root / environment.TEST_LOCK).write_text("click==1\npytest==1\n")
    return root


@pytest.fixture
def deeds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What a set-up did, in order; nothing is really installed."""
    done: list[str] = []

    def make_empty(venv: Path) -> None:
        done.append("made")
        python = environment.python_in(venv)
        python.parent.mkdir(parents=True, exist_ok=True)
        python.write_text("")

    monkeypatch.setattr(environment, "make_empty", make_empty)
    monkeypatch.setattr(environment, "install_lock", lambda python, lock: done.append(lock.name))
    monkeypatch.setattr(environment, "install_project", lambda python, root: done.append("project"))
    return done

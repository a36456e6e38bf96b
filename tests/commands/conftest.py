"""A small register in a real repository, and the command run as a person runs it."""

from __future__ import annotations

from collections.abc import Callable
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
    for path in (REPO / "tests/firm/policies").glob("*.yaml"):
        files[f"policies/{path.name}"] = path.read_text("utf-8")
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

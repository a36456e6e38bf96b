"""What every test may ask for: a git that knows nothing of this machine, and a fresh repository."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Repo:
    """A real repository in a temporary folder; ``root`` is its work tree."""

    root: Path

    def git(self, *args: str, check: bool = True) -> str:
        command = ["git", "--literal-pathspecs", "-c", "core.quotePath=false", "-C", str(self.root), *args]
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
        assert not check or done.returncode == 0, done.stderr
        return done.stdout.rstrip("\n")

    def write(self, path: str, text: str) -> Path:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
        return file

    def commit(self, files: dict[str, str], subject: str = "entry") -> str:
        for path, text in files.items():
            self.write(path, text)
        self.git("add", "--", *files)
        self.git("commit", "-q", "-m", subject, "--", *files)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def lone_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git without the configuration, identity or hooks of whoever runs the tests."""
    for name in [name for name in os.environ if name.startswith("GIT_") or name == "EMAIL"]:
        monkeypatch.delenv(name)
    home = tmp_path / "home"
    home.mkdir()
    for name, value in {
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Li Si",
        "GIT_AUTHOR_EMAIL": "li@example.com",
        "GIT_COMMITTER_NAME": "Li Si",
        "GIT_COMMITTER_EMAIL": "li@example.com",
    }.items():
        monkeypatch.setenv(name, value)


@pytest.fixture
def repo(tmp_path: Path, lone_git: None) -> Repo:
    """A repository without any commit yet, on branch main."""
    root = tmp_path / "register"
    root.mkdir()
    made = Repo(root)
    made.git("init", "-q", "-b", "main")
    return made

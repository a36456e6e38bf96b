"""What every test may ask for: a git that knows nothing of this machine, a fresh repository, real data, a browser."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

CHECKOUT = Path(__file__).resolve().parents[1]
IN_CI = os.environ.get("CI") == "true"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync")

settings.register_profile("house", deadline=None, derandomize=IN_CI, print_blob=True)
settings.load_profile("house")


def lacking(what: str) -> NoReturn:
    """Skip a test whose surroundings lack something; where CI=true nothing may be lacking."""
    if IN_CI:
        pytest.fail(what)
    pytest.skip(what)


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


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The root of this very checkout, for reading only."""
    return CHECKOUT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data and texts beside this checkout, for reading only."""
    folder = CHECKOUT.parent / "shared"
    if not folder.is_dir():
        lacking("the folder ../shared with the real data is not here")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for all tests of a process."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        lacking("no Chromium is installed (on Debian: apt install chromium fonts-noto-cjk)")
    with sync_playwright() as driver:
        # without its sandbox, since root's Chromium (a container's) does not start in it
        started = driver.chromium.launch(executable_path=program, args=QUIET, chromium_sandbox=False)
        yield started
        started.close()


@pytest.fixture
def browser(chromium: Browser) -> Iterator[Page]:
    """A fresh page in a headless Chromium."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def pytest_configure() -> None:
    """Ctrl-C is asked about too: whoever starts the tests in the background has it ignored, and children inherit that."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever speaks of days or shows them is asked again in three time zones."""
    for item in items:
        if (
            item.path.parent.name in ("state", "views", "figures", "stories")
            or item.path.name == "test_examples.py"
        ):
            item.add_marker(pytest.mark.time)

"""`casework init`: all by options or by questions; afterwards `check` is clean and `new` works."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner, Result

TOLD = (
    "--name-en",
    "Lantern Court",
    "--name-zh",
    "灯庭",
    "--zone",
    "Asia/Shanghai",
    "--policy",
    "department-store",
)

pytestmark = pytest.mark.usefixtures("lone_git")


@pytest.fixture
def casework(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Run `casework …` in English, wherever we stand."""
    monkeypatch.setenv("CASEWORK_LANG", "en")
    return lambda *args: CliRunner().invoke(casework_, args)


def test_begun_checked_and_a_complaint_taken_down(
    casework: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = casework("init", str(tmp_path / "r"), *TOLD, "--role", "clerk", "--role", "staff")
    assert done.exit_code == 0 and "the register is begun" in done.output
    monkeypatch.chdir(tmp_path / "r")
    clean = casework("check")
    assert clean.exit_code == 0 and " error" not in clean.output
    new = casework("new", "--channel", "phone", "--summary", "x", "--note", "y")
    assert new.exit_code == 0 and "Li Si" in new.output, "whoever began it is whom git signs for"
    assert casework("check").exit_code == 0


def test_one_name_for_both_languages_and_its_own_language(casework: Any, tmp_path: Path) -> None:
    told = (
        "--name",
        "Lantern",
        "--zone",
        "Europe/London",
        "--policy",
        "department-store",
        "--language",
        "zh",
    )
    assert casework("init", str(tmp_path / "r"), *told).exit_code == 0
    firm = (tmp_path / "r/policies/register.yaml").read_text("utf-8")
    assert "en: Lantern\n  zh: Lantern\n" in firm and "language: zh\n" in firm


def test_in_chinese(casework: Any, tmp_path: Path) -> None:
    done = casework("init", str(tmp_path / "r"), *TOLD, "--lang", "zh")
    assert "登记簿已建立" in done.output
    assert "language: zh\n" in (tmp_path / "r/policies/register.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "--name / --name-en"),
        (TOLD[:4], "--zone, --policy"),
        ((*TOLD[:5], "Asia/Shangai", *TOLD[6:]), "did you mean Asia/Shanghai"),
        ((*TOLD, "--policy", "none"), "no policy 'none'"),
        ((*TOLD, "--staff-id", "Li Si"), "small letters"),
        ((*TOLD, "--staff-email", "x"), "name@example.org"),
        ((*TOLD, "--language", "fr"), "fr"),
        (("--polcy", "x"), "polcy"),
    ],
)
def test_wrong_use_is_2_and_writes_nothing(
    casework: Any, tmp_path: Path, args: tuple[str, ...], words: str
) -> None:
    wrong = casework("init", str(tmp_path / "r"), *args)
    assert wrong.exit_code == 2 and words in wrong.output and "Traceback" not in wrong.output
    assert not (tmp_path / "r").exists()


def test_never_twice_and_never_over_something(casework: Any, tmp_path: Path) -> None:
    assert casework("init", str(tmp_path / "r"), *TOLD).exit_code == 0
    again = casework("init", str(tmp_path / "r"), *TOLD)
    assert again.exit_code == 2 and "already" in again.output
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.doc").write_text("x")
    assert casework("init", str(tmp_path / "full"), *TOLD).exit_code == 2
    assert os.listdir(tmp_path / "full") == ["letter.doc"]


def test_without_git(casework: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    none = casework("init", str(tmp_path / "r"), *TOLD)
    assert none.exit_code == 2 and "git is not installed" in none.output and not (tmp_path / "r").exists()


def test_questions(terminal: Any, tmp_path: Path) -> None:
    at = terminal("init", str(tmp_path / "r"), cwd=tmp_path)
    at.types("Lantern Court", "灯庭", "", "zh", "", "department-store", "", "", "li-si", "1,clerk")
    assert at.exit_code() == 0, at.seen
    assert "Policies, the default first: " in at.seen and "How the store handles" in at.seen
    assert "[Asia/Shanghai]" in at.seen and "[Li Si]" in at.seen and "[li@example.com]" in at.seen
    staff = (tmp_path / "r/policies/staff.yaml").read_text("utf-8")
    assert "  li-si:\n    name: Li Si\n    email: li@example.com\n    roles:\n" in staff
    assert "role: staff" in staff and "role: clerk" in staff
    status = ["git", "-C", str(tmp_path / "r"), "status", "--porcelain"]
    assert subprocess.run(status, capture_output=True, check=True).stdout == b""


def test_ctrl_c(terminal: Any, tmp_path: Path) -> None:
    at = terminal("init", str(tmp_path / "r"), cwd=tmp_path)
    at.types("Lantern Court")
    at.stops()
    assert at.exit_code() == 130 and at.seen.rstrip().endswith("stopped: nothing was written")
    assert not (tmp_path / "r").exists()


def test_a_disk_without_room_is_told(casework: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from casework.deeds import files

    def full(*args: object, now: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, "_prepare", full)
    told = casework("init", str(tmp_path / "r"), *TOLD)
    assert told.exit_code == 2 and "No space left on device" in told.output

"""When .venv is made, made again, added to, or left as it is."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path

import pytest
from launch import environment
from launch.environment import RUN_LOCK, TEST_LOCK, ready_python
from launch.speech import Trouble

RUN = ["made", "requirements.lock", "project"]
TEST = ["made", "requirements-dev.lock", "project"]


def test_it_is_made_once(folder: Path, deeds: list[str]) -> None:
    assert ready_python(folder, RUN_LOCK) == environment.python_in(folder / ".venv")
    ready_python(folder, RUN_LOCK)
    assert deeds == RUN
    assert not list((folder / ".build").iterdir())


@pytest.mark.parametrize("part", ["pyproject.toml", RUN_LOCK])
def test_a_changed_file_makes_it_again(folder: Path, deeds: list[str], part: str, capsys) -> None:
    ready_python(folder, RUN_LOCK)
    (folder / part).write_text("click==2\n")
    ready_python(folder, RUN_LOCK)
    ready_python(folder, RUN_LOCK)
    assert deeds == RUN * 2
    assert part in capsys.readouterr().err


def test_a_moved_folder_makes_it_again(folder: Path, deeds: list[str]) -> None:
    ready_python(folder, RUN_LOCK)
    moved = shutil.move(folder, folder.with_name("elsewhere"))
    ready_python(Path(moved), RUN_LOCK)
    assert deeds == RUN * 2


def test_another_python_makes_it_again(folder: Path, deeds: list[str], monkeypatch) -> None:
    ready_python(folder, RUN_LOCK)
    monkeypatch.setattr(sys, "version", "3.99.0")
    ready_python(folder, RUN_LOCK)
    assert deeds == RUN * 2


def test_tests_add_to_it_and_runs_leave_it(folder: Path, deeds: list[str]) -> None:
    for lock in (RUN_LOCK, TEST_LOCK, RUN_LOCK, TEST_LOCK):
        ready_python(folder, lock)
    assert deeds == [*RUN, "requirements-dev.lock", "project"]


def test_a_changed_test_lock_concerns_tests_alone(folder: Path, deeds: list[str]) -> None:
    ready_python(folder, TEST_LOCK)
    (folder / TEST_LOCK).write_text("pytest==2\n")
    ready_python(folder, RUN_LOCK)
    assert deeds == TEST
    ready_python(folder, TEST_LOCK)
    assert deeds == TEST * 2


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit, Trouble("no", "不")])
def test_what_was_interrupted_is_done_again(folder: Path, deeds: list[str], monkeypatch, stop) -> None:
    ready_python(folder, RUN_LOCK)
    (folder / RUN_LOCK).write_text("click==2\n")

    def interrupted(python: Path, root: Path) -> None:
        raise stop

    with monkeypatch.context() as patch, pytest.raises(stop if isinstance(stop, type) else type(stop)):
        patch.setattr(environment, "install_project", interrupted)
        ready_python(folder, RUN_LOCK)
    (folder / RUN_LOCK).write_text("click==1\n")  # even back at what the first stamp said
    ready_python(folder, RUN_LOCK)
    assert deeds == [*RUN, *RUN[:-1], *RUN]


@pytest.mark.parametrize("stamp", ["", "[1]", "\xff", '{"folder": 1}'])
def test_a_damaged_stamp_is_no_stamp(folder: Path, deeds: list[str], stamp: str) -> None:
    ready_python(folder, RUN_LOCK)
    environment.stamp_in(folder).write_text(stamp, "latin-1")
    ready_python(folder, RUN_LOCK)
    assert deeds == RUN * 2


def test_a_venv_without_its_python_is_made_again(folder: Path, deeds: list[str]) -> None:
    environment.python_in(ready_python(folder, RUN_LOCK).parents[1]).unlink()
    ready_python(folder, RUN_LOCK)
    assert deeds == RUN * 2


def test_the_stamp_names_what_it_covers(folder: Path, deeds: list[str]) -> None:
    ready_python(folder, TEST_LOCK)
    stamp = json.loads(environment.stamp_in(folder).read_text("utf-8"))
    assert set(stamp) == {"folder", "python", "pyproject.toml", RUN_LOCK, TEST_LOCK}


def test_a_missing_lock_is_told(folder: Path, deeds: list[str]) -> None:
    (folder / RUN_LOCK).unlink()
    with pytest.raises(Trouble) as told:
        ready_python(folder, RUN_LOCK)
    assert "requirements.lock" in told.value.en and "requirements.lock" in told.value.zh
    assert deeds == []


@pytest.mark.parametrize("missing", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told(folder: Path, monkeypatch, missing: str) -> None:
    monkeypatch.setattr(environment, "find_spec", lambda name: None if name == missing else object())
    with pytest.raises(Trouble) as told:
        ready_python(folder, RUN_LOCK)
    assert "python3-venv" in told.value.en and "python3-venv" in told.value.zh


def test_a_folder_that_cannot_be_made_is_told(folder: Path) -> None:
    (folder / ".venv").write_text("a file stands in the way")
    with pytest.raises(Trouble, match=r"\.venv"):
        ready_python(folder, RUN_LOCK)

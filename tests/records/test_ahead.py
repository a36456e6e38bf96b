"""Reading ahead in other processes: the same records in the same order, whatever becomes of the readers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from casework.records import ahead
from casework.records.ahead import Wanted, sound_records
from casework.records.read import sound_record
from casework.records.record import Record
from casework.records.schema import schemas_from
from casework.records.source import Files, WorkTree

REPO = Path(__file__).parents[2]
CASE = "case: 2026-03-00{n:02}\nreceipt: 7KQF-3M9P\npolicy: standard\nevents: [{{event: received, at: 2026-03-02, by: li}}]\n"


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> WorkTree:
    """Forty case files, each seventh of them flawed, and a machine of three cores that thinks five files are many."""
    (tmp_path / "schema").symlink_to(REPO / "schema")
    for n in range(40):
        path = tmp_path / f"cases/2026/03/2026-03-00{n:02}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CASE.format(n=n) + ("case: again\n" if n % 7 == 3 else ""), encoding="utf-8")
    monkeypatch.setattr(ahead, "MANY", 5)
    monkeypatch.setattr(ahead, "CHUNK", 3)
    monkeypatch.setattr(ahead, "_cores", lambda: 3)
    return WorkTree(tmp_path)


def wanted_of(source: WorkTree) -> list[Wanted]:
    return [Wanted(path, "case") for path in source.paths("cases")]


def test_the_same_as_one_by_one_in_the_same_order(register: WorkTree) -> None:
    schemas, wanted = schemas_from(register), wanted_of(register)
    read = list(sound_records(register, wanted, schemas))
    assert read == [sound_record(register, each.path, each.kind, schemas) for each in wanted]
    assert [isinstance(each, Record) for each in read] == [n % 7 != 3 for n in range(40)]


def test_a_record_read_elsewhere_still_knows_its_places(register: WorkTree) -> None:
    first = next(sound_records(register, wanted_of(register), schemas_from(register)))
    assert isinstance(first, Record) and first.place("events", 0, "at").line == 4


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """The processes started."""
    seen: list[subprocess.Popen[bytes]] = []

    class Seen(subprocess.Popen):  # type: ignore[type-arg]
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **options)
            seen.append(self)

    monkeypatch.setattr(subprocess, "Popen", Seen)
    return seen


def test_what_readers_that_died_owe_is_read_here(register: WorkTree, started: list[Any]) -> None:
    wanted = wanted_of(register)
    reading = sound_records(register, wanted, schemas_from(register))
    read = [next(reading)]
    assert len(started) == 2
    for each in started:
        each.kill()
        each.wait()
    read += reading
    assert [each.path if isinstance(each, Record) else each[0].place.path for each in read] == [
        each.path for each in wanted
    ]


def test_readers_end_when_nobody_takes_what_they_read(register: WorkTree, started: list[Any]) -> None:
    reading = sound_records(register, wanted_of(register), schemas_from(register))
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    assert len(started) == 2 and all(each.returncode is not None for each in started)


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="Windows knows no sessions")
def test_readers_hear_of_no_ctrl_c(register: WorkTree, started: list[Any]) -> None:
    reading = sound_records(register, wanted_of(register), schemas_from(register))
    next(reading)
    assert started and all(os.getsid(each.pid) == each.pid for each in started)
    reading.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("hindrance", ["one core", "no process", "not on disk"])
def test_where_no_reader_can_be_started_all_is_read_here(
    register: WorkTree, monkeypatch: pytest.MonkeyPatch, started: list[Any], hindrance: str
) -> None:
    schemas, wanted = schemas_from(register), wanted_of(register)
    if hindrance == "one core":
        monkeypatch.setattr(ahead, "_cores", lambda: 1)
    elif hindrance == "no process":
        monkeypatch.setattr(sys, "executable", "/none")
    files = Files({path: register.read(path) for path in register.paths("cases")})
    read = list(sound_records(files if hindrance == "not on disk" else register, wanted, schemas))
    assert len(read) == 40 and not started

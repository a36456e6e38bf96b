"""Reading a folder: one file after the other, the flawed ones among them, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from types import GeneratorType

import pytest
from casework.records.read import read_record, read_records
from casework.records.record import Record
from casework.records.source import Files, WorkTree

FOLDER = Files(
    {"cases/b.yaml": "a: 1\n", "cases/a.yml": "a: 1\na: 2\n", "cases/note.txt": "x", "c.yaml": "a: 1\n"}
)


def test_records_and_flaws_come_in_order_of_path():
    flawed, sound = read_records(FOLDER, "cases")
    assert not isinstance(flawed, Record) and flawed[0].place == ("cases/a.yml", 2, 1)
    assert isinstance(sound, Record) and sound.path == "cases/b.yaml"


def test_no_more_than_one_is_read_ahead():
    read: list[str] = []

    class Watched(Files):
        def read(self, path: str) -> bytes:
            read.append(path)
            return super().read(path)

    records: Iterator[object] = read_records(Watched(FOLDER.files), "cases")
    assert isinstance(records, GeneratorType)
    next(records)
    assert read == ["cases/a.yml"]


def test_a_file_that_cannot_be_opened_is_a_flaw(tmp_path):
    (tmp_path / "x.yaml").mkdir()
    for path in ("x.yaml", "none.yaml"):
        (flaw,) = read_record(WorkTree(tmp_path), path)
        assert flaw.place == (path, 1, 1)
        assert flaw.text.say("en").startswith("the file cannot be opened: ")
        assert flaw.text.say("zh").startswith("无法打开这个文件：")


@pytest.mark.parametrize("under", ["", "cases"])
def test_a_folder_that_is_not_there_holds_nothing(tmp_path, under):
    assert [*read_records(WorkTree(tmp_path / "none"), under)] == []

"""A table is read as its writer meant it, or refused with the line where it goes wrong."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from casework.deeds.import_table import Table, read_table
from casework.deeds.refused import Refused
from casework.records.record import Flaw
from hypothesis import given
from hypothesis import strategies as st


def write(folder: Path, body: str | bytes, name: str = "t.csv") -> Path:
    path = folder / name
    path.write_bytes(body.encode() if isinstance(body, str) else body)
    return path


def rows(table: Table | tuple[Flaw, ...]) -> list[tuple[int, tuple[str, ...]]]:
    assert isinstance(table, Table), [flaw.text.say("en") for flaw in table]
    return [(row.line, row.cells) for row in table.rows]


def flaw(table: Table | tuple[Flaw, ...]) -> tuple[int, int, str]:
    assert not isinstance(table, Table)
    (only,) = table
    assert only.text.say("zh") != only.text.say("en")
    return only.place.line, only.place.column, only.text.say("en")


def test_a_row_stands_where_its_first_cell_begins(tmp_path: Path) -> None:
    body = 'id,said\r\n1,"two\r\nlines, and ""more"""\n2, blank \r3,=1+1\n'
    assert rows(read_table(write(tmp_path, body))) == [
        (2, ("1", 'two\nlines, and "more"')),
        (4, ("2", "blank")),
        (5, ("3", "=1+1")),
    ]


def test_rows_without_content_are_counted_and_passed_over(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "\nid,a\n\n1,x\n , \u3000\n"))
    assert rows(table) == [(4, ("1", "x"))] and isinstance(table, Table) and table.blank == 3


@pytest.mark.parametrize("name", ["t.csv", "T.TSV", "t.csv.gz", "t.tsv.gz"])
def test_the_ending_tells_the_delimiter_and_the_packing(tmp_path: Path, name: str) -> None:
    body = "id\ta,b\n1\tx,y\n" if "tsv" in name.lower() else "id,a\n1,x\n"
    data = gzip.compress(body.encode()) if name.endswith(".gz") else body.encode()
    assert len(rows(read_table(write(tmp_path, data, name)))[0][1]) == 2


def test_a_delimiter_that_is_told_wins(tmp_path: Path) -> None:
    path = write(tmp_path, "id;a,b\n1;x\n")
    assert rows(read_table(path, delimiter="semicolon")) == [(2, ("1", "x"))]


def test_a_wrong_delimiter_is_named(tmp_path: Path) -> None:
    assert flaw(read_table(write(tmp_path, "id;a;b\n1;x;y\n"))) == (
        1,
        1,
        "the first row is a single cell, which holds 2 × semicolon: say in the map delimiter: semicolon",
    )


@pytest.mark.parametrize(
    ("data", "encoding", "guessed"),
    [
        ("编号,事由\n1,退款\n".encode(), "utf-8", False),
        ("编号,事由\n1,退款\n".encode("utf-8-sig"), "utf-8-sig", False),
        ("编号,事由\n1,退款\n".encode("utf-16"), "utf-16", False),
        ("编号,事由\n1,退款\n".encode("gb18030"), "gb18030", True),
    ],
)
def test_the_encoding_is_found(tmp_path: Path, data: bytes, encoding: str, guessed: bool) -> None:
    table = read_table(write(tmp_path, data))
    assert rows(table) == [(2, ("1", "退款"))] and isinstance(table, Table)
    assert (table.columns, table.decoded_as, table.is_guess) == (("编号", "事由"), encoding, guessed)


def test_an_encoding_that_is_told_wins(tmp_path: Path) -> None:
    path = write(tmp_path, "編號,事由\n1,退款\n".encode("big5"))
    assert rows(read_table(path, "big5")) == [(2, ("1", "退款"))]
    line, _, said = flaw(read_table(path, "ascii"))
    assert line == 1 and "not ascii" in said


@pytest.mark.parametrize(
    ("body", "line", "column", "said"),
    [
        ('id,a\n1,x\n2,"cut off\nhere', 3, 3, "ends inside the quoted cell"),
        ('id,a\n1,"a ""quoted"" end""', 2, 3, "ends inside the quoted cell"),
        ('id,a\n1,"x"y\n2,z\n', 2, 6, "behind the closing quote"),
        ('id,a\n1,"' + "x" * 140_000, 2, 3, "ends inside the quoted cell"),
        ('id,a\n1,"' + "x" * 140_000 + '"\n', 2, 3, "more than 131072 characters"),
        ("id,a\n1," + "x" * 140_000 + "\n", 2, 3, "more than 131072 characters"),
        (b"id,a\n1,caf\xff\xff\n", 2, 1, "neither UTF-8 nor GB18030"),
        ("id,a,id\n1,2,3\n", 1, 1, "“id” stands twice"),
        ("", 1, 1, "the table is empty"),
        (" , \n\n", 1, 1, "the table is empty"),
        (b"i\0d\0,\0a\0\n\0", 1, 1, "NUL characters"),
        (b"PK\x03\x04....", 1, 1, "an Excel workbook"),
    ],
)
def test_a_table_nobody_could_read_is_refused_where_it_goes_wrong(
    tmp_path: Path, body: str | bytes, line: int, column: int, said: str
) -> None:
    told = flaw(read_table(write(tmp_path, body)))
    assert told[:2] == (line, column) and said in told[2]


def test_a_damaged_archive_is_no_traceback(tmp_path: Path) -> None:
    packed = gzip.compress(b"id,a\n" * 999)
    assert "ends before its end" in flaw(read_table(write(tmp_path, packed[:-20], "t.csv.gz")))[2]
    assert "no sound gzip" in flaw(read_table(write(tmp_path, b"id,a\n", "t.csv.gz")))[2]
    broken = packed[:20] + b"\xff" * 9 + packed[29:]
    assert "gzip" in flaw(read_table(write(tmp_path, broken, "t.csv.gz")))[2]


def test_rows_of_another_width_are_bad_and_the_others_are_read(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, 'id,a\n1,"x\ny",z\n2,x\n3\n'))
    assert rows(table) == [(4, ("2", "x"))] and isinstance(table, Table)
    assert [(flaw.place.line, flaw.text.say("en")) for flaw in table.bad] == [
        (2, "cells in this row: 3; columns named in the first row: 2"),
        (5, "cells in this row: 1; columns named in the first row: 2"),
    ]


def test_a_column_without_a_name_is_called_by_its_place(tmp_path: Path) -> None:
    table = read_table(write(tmp_path, "id,,a,\n1,x,y,\n"))
    assert isinstance(table, Table) and table.columns == ("id", "#2", "a", "#4")


@pytest.mark.parametrize(
    ("name", "encoding", "said"),
    [
        ("t.xlsx", "", "takes .csv"),
        ("gone.csv", "", "cannot be opened"),
        ("t.csv", "klingon", "no encoding 'klingon'"),
    ],
)
def test_a_wrong_use_is_refused(tmp_path: Path, name: str, encoding: str, said: str) -> None:
    write(tmp_path, "id,a\n1,x\n")
    with pytest.raises(Refused, match=said):
        read_table(tmp_path / name, encoding)


def test_a_folder_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(Refused, match="cannot be opened"):
        read_table(tmp_path / "folder.csv")


@given(
    st.one_of(
        st.binary(max_size=200),
        st.text('ab",;\t\r\n\0\u2028客', max_size=60).map(lambda told: f"a,b\n{told}".encode()),
    )
)
def test_whatever_the_bytes_there_is_a_table_or_a_flaw(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    table = read_table(write(tmp_path_factory.getbasetemp(), data, "any.csv"))
    if isinstance(table, Table):
        assert all(len(row.cells) == len(table.columns) for row in table.rows)
    else:
        assert table and all(each.text.say("zh") for each in table)

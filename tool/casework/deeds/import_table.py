"""A table file as rows, each with the line it begins on; whatever cannot be a row is a flaw with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from casework.deeds.import_bytes import Decoded, text_of
from casework.records.record import Flaw, Flaws, line_starts, place_of
from casework.words import Place, Text

DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|"}
_DELIMITER_NAMES = {
    ",": Text("comma", "comma（逗号）"),
    ";": Text("semicolon", "semicolon（分号）"),
    "\t": Text("tab", "tab（制表符）"),
    "|": Text("pipe", "pipe（竖线）"),
}
_QUOTED = re.compile(r'"[^"]*+(?:""[^"]*+)*+"')  # one quoted cell, doubled quotes within it

ENDS_INSIDE = Text(
    "the file ends inside the quoted cell that begins here: it was cut off, or the closing quote is missing",
    "文件在此处开始的带引号单元格内就结束了：文件不完整，或缺少结束引号",
)
TOO_LONG = Text(
    "the cell that begins here holds more than {most} characters: most likely its closing quote is missing",
    "此处开始的单元格超过 {most} 个字符：很可能缺少结束引号",
    {"most": csv.field_size_limit()},
)
BEHIND_QUOTE = Text(
    "there is text behind the closing quote of a cell: a quote within a cell must be doubled; "
    "what follows was not read",
    "单元格的结束引号后面还有文字：单元格内的引号须写两个；后面的内容没有读取",
)
EMPTY = Text("the table is empty: its first row must name the columns", "表格是空的：第一行应为列名")
TWICE = ("the column “{column}” stands twice in the first row", "第一行中列名“{column}”出现了两次")
ONE_COLUMN = (
    "the first row is a single cell, which holds {n} × {name}: say in the map delimiter: {name}",
    "第一行只有一个单元格，其中有 {n} 个 {name}：请在对照表中写 delimiter: {word}",
)
RAGGED = (
    "cells in this row: {cells}; columns named in the first row: {columns}",
    "这一行有 {cells} 个单元格，而第一行有 {columns} 个列名",
)


class Row(NamedTuple):
    """One row: the line its first cell begins on (from 1, as editors count), its cells without outer blanks."""

    line: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read; a column without a name is called by its place, ``#7``.

    ``bad`` are rows that are none; ``blank`` counts rows without any content.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = field(repr=False)
    bad: Flaws
    blank: int
    decoded_as: str
    is_guess: bool

    def place(self, line: int) -> Place:
        """A line of the file."""
        return Place(self.name, line)


def read_table(path: Path, encoding: str = "", delimiter: str = "") -> Table | Flaws:
    """The rows of a ``.csv`` or ``.tsv`` file (or its ``.gz``), or why none can be told from another.

    RFC 4180: cells may be quoted, and then hold line breaks and doubled quotes. ``encoding`` and ``delimiter``
    (a name in ``DELIMITERS``) override what file and ending say. Cells lose the blanks around them, and their
    line breaks become ``\\n``; what looks like a formula or a number stays as it is. Refused if the file is no table at all.
    """
    decoded = text_of(path, encoding)
    if isinstance(decoded, Flaw):
        return (decoded,)
    parted = DELIMITERS[delimiter] if delimiter else "\t" if ".tsv" in path.name.lower() else ","
    rows = list(_rows(path.name, decoded.text, parted))
    if rows and isinstance(rows[-1], Flaw):
        return (rows[-1],)
    return _table(path.name, decoded, [row for row in rows if isinstance(row, Row)], parted)


def _table(name: str, decoded: Decoded, rows: list[Row], delimiter: str) -> Table | Flaws:
    told = [row for row in rows if any(row.cells)]
    if not told:
        return (Flaw(Place(name), EMPTY),)
    header, *body = told
    columns = tuple(cell or f"#{at}" for at, cell in enumerate(header.cells, 1))
    if flaws := tuple(_flaws_of_header(name, header, delimiter)):
        return flaws
    width = len(columns)
    bad = tuple(Flaw(Place(name, row.line), _ragged(row, width)) for row in body if len(row.cells) != width)
    sound = tuple(row for row in body if len(row.cells) == width)
    return Table(name, columns, sound, bad, len(rows) - len(told), decoded.encoding, decoded.is_guess)


def _rows(name: str, text: str, delimiter: str) -> Iterator[Row | Flaw]:
    """Every row; a flaw ends them, since behind a stray quote nobody knows what is a row."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield _broken(name, text, line, delimiter)
            return
        yield Row(line, tuple(map(_trimmed, cells)))


def _trimmed(cell: str) -> str:
    bare = cell.strip()
    return bare.replace("\r\n", "\n").replace("\r", "\n") if "\r" in bare else bare


def _broken(name: str, text: str, line: int, delimiter: str) -> Flaw:
    """Where, in the row that begins on a line, the quotes go wrong."""
    at, ends = line_starts(text)[line - 1], re.compile(rf"[{re.escape(delimiter)}\r\n]")
    opened = at
    while at < len(text):
        opened = at
        if text[at] != '"':
            found = ends.search(text, at)
            at = found.end() if found else len(text)
        elif not (quoted := _QUOTED.match(text, at)):
            return Flaw(place_of(name, text, at), ENDS_INSIDE)
        elif quoted.end() - at > csv.field_size_limit():
            break
        elif quoted.end() < len(text) and not ends.match(text, quoted.end()):
            return Flaw(place_of(name, text, quoted.end()), BEHIND_QUOTE)
        else:
            at = quoted.end() + 1
    return Flaw(place_of(name, text, opened), TOO_LONG)


def _flaws_of_header(name: str, header: Row, delimiter: str) -> Iterator[Flaw]:
    named = [column for column in header.cells if column]
    for column in sorted({column for column in named if named.count(column) > 1}):
        yield Flaw(Place(name, header.line), Text(*TWICE, {"column": column}))
    other = max(_DELIMITER_NAMES, key=header.cells[0].count)
    if len(header.cells) == 1 and other != delimiter and other in header.cells[0]:
        word = next(word for word, char in DELIMITERS.items() if char == other)
        parts = {"n": header.cells[0].count(other), "name": _DELIMITER_NAMES[other], "word": word}
        yield Flaw(Place(name, header.line), Text(*ONE_COLUMN, parts))


def _ragged(row: Row, width: int) -> Text:
    return Text(*RAGGED, {"cells": len(row.cells), "columns": width})

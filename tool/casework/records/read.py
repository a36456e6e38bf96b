"""Reads the YAML files of a source one by one, never more than one in memory."""

from __future__ import annotations

from collections.abc import Iterator

from casework.records.record import Flaw, Flaws, Record
from casework.records.source import Source
from casework.records.strict_yaml import read_yaml
from casework.words import Place, Text

CANNOT_OPEN = Text("the file cannot be opened: {why}", "无法打开这个文件：{why}")


def read_records(source: Source, under: str) -> Iterator[Record | Flaws]:
    """Every ``.yaml`` or ``.yml`` file below a folder, in order of path: its record, or why there is none."""
    for path in source.paths(under):
        if path.endswith((".yaml", ".yml")):
            yield read_record(source, path)


def read_record(source: Source, path: str) -> Record | Flaws:
    """One file's record, or why there is none; a file that cannot be opened is a flaw too."""
    try:
        return read_yaml(path, source.read(path))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return (Flaw(Place(path), Text(CANNOT_OPEN.en, CANNOT_OPEN.zh, {"why": why})),)

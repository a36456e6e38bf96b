"""Reads a YAML file of a source: its record, or every flaw of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from casework.records.record import Flaw, Flaws, Record
from casework.records.source import Source
from casework.records.strict_yaml import read_yaml
from casework.words import Place, Text

if TYPE_CHECKING:
    from casework.records.schema import Schemas

CANNOT_OPEN = Text("the file cannot be opened: {why}", "无法打开这个文件：{why}")


def read_record(source: Source, path: str) -> Record | Flaws:
    """One file's record, or why there is none; a file that cannot be opened is a flaw too."""
    try:
        return read_yaml(path, source.read(path))
    except OSError as error:
        why = error.strerror or type(error).__name__
        return (Flaw(Place(path), Text(CANNOT_OPEN.en, CANNOT_OPEN.zh, {"why": why})),)


def sound_record(source: Source, path: str, kind: str, schemas: Schemas) -> Record | Flaws:
    """A file read and found sound by the schema of its kind, or every flaw of it."""
    read = read_record(source, path)
    return schemas.flaws(kind, read) or read if isinstance(read, Record) else read

"""The map: which cell, or which word of the map itself, becomes which field of a case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any, NamedTuple

from casework.deeds.import_format import Clock, Format
from casework.records.record import Flaw, Record
from casework.words import Place, Text

_FEW = 30  # columns that a sentence lists
NO_COLUMN = ("the table has no column “{column}”{hint}", "表格中没有“{column}”这一列{hint}")
NEAR = ("; did you mean “{near}”?", "；是否指“{near}”？")
THERE_ARE = ("; there are {names}", "；表中有 {names}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A value to be taken from a column: as it stands, or through one of ``values``, ``word`` and ``form``."""

    column: str
    place: Place
    values: Mapping[str, Any] | None = None
    word: bool = False
    form: Format | None = None


Fields = Mapping[str, Any]
"""Field → Cell, or the value that holds for every row."""


class MappedEvent(NamedTuple):
    """An event each row gives, unless its cell in ``when_given`` is blank."""

    name: str
    when_given: Cell | None
    fields: Fields


@dataclass(frozen=True, slots=True)
class Map:
    """A sound map. ``id`` are the columns of a row's identity; none means the row as a whole."""

    record: Record = field(repr=False)
    source: str
    policy: str
    id: tuple[Cell, ...]
    clock: Clock
    encoding: str
    delimiter: str
    head: Fields
    personal: Fields
    events: tuple[MappedEvent, ...]

    @property
    def cells(self) -> Iterator[Cell]:
        """Everything the map reads from the table."""
        yield from self.id
        for fields in (self.head, self.personal, *(event.fields for event in self.events)):
            yield from (value for value in fields.values() if isinstance(value, Cell))
        yield from (event.when_given for event in self.events if event.when_given)


def columns_missing(map_: Map, columns: Sequence[str]) -> tuple[Flaw, ...]:
    """A flaw of the map for each column it reads that the table lacks, with the nearest there is."""
    lacking = {cell.column: cell for cell in map_.cells if cell.column not in columns}
    return tuple(Flaw(cell.place, no_column(cell.column, columns)) for cell in lacking.values())


def columns_left_out(map_: Map, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns from which nothing is taken, in the table's order."""
    read = {cell.column for cell in map_.cells}
    return tuple(column for column in columns if column not in read)


def no_column(column: str, columns: Sequence[str]) -> Text:
    """The sentence for a column that is not there."""
    close = get_close_matches(column.lower(), [name.lower() for name in columns], 1)
    near = [name for name in columns if close and name.lower() == close[0]]
    few = [name for name in columns if name][:_FEW]
    hint = Text(*NEAR, {"near": near[0]}) if near else Text(*THERE_ARE, {"names": few})
    return Text(*NO_COLUMN, {"column": column, "hint": hint})

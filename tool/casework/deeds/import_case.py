"""One row and the map make one case, still without number and receipt; or every reason why the row cannot be one."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from casework.deeds.import_format import instant_text_of, shortened
from casework.deeds.import_map import Cell, Fields, Map, MappedEvent
from casework.deeds.import_table import Row
from casework.words import Text

NO_ID = ("the cell “{column}”, by which the row is known, is blank", "“{column}”是行编号，不能空白")
NO_TIME = (
    "the cell “{column}” is blank, and without it nobody knows when “{event}” was; "
    "if not every row has this event, say so in the map: when_given: {column}",
    "“{column}”是空白的，无法得知“{event}”的时间；如果并非每行都有此事件，请在对照表中写 when_given: {column}",
)
NO_VALUE = (
    "“{cell}” in “{column}” is not among the values of the map{hint}",
    "“{column}”列的“{cell}”不在对照表的 values 之中{hint}",
)
NO_WORD = (
    "“{cell}” in “{column}” makes no word of small Latin letters: give its meaning under values",
    "“{column}”列的“{cell}”无法改写成小写拉丁字母的用语：请在 values 中写明对应的值",
)
IN_COLUMN = ("{why} (column “{column}”)", "{why}（“{column}”列）")
NEAR = ("; did you mean “{near}”?", "；是否指“{near}”？")


@dataclass(frozen=True, slots=True)
class Made:
    """What a row becomes. ``told`` is the case file's content, in order, less number and receipt."""

    line: int
    id: str
    told: Mapping[str, Any]
    lacking: tuple[str, ...]  # events it has not, since their cell is blank


def made_of(row: Row, columns: Mapping[str, int], map_: Map) -> Made | tuple[Text, ...]:
    """The case a row tells, under the map; every reason if it tells none. ``columns`` leads to the cells."""
    reading = _Reading(row, columns, map_)
    id_ = reading.id()
    head = reading.fields(map_.head)
    personal = reading.fields(map_.personal)
    events = [reading.event(event, id_) for event in map_.events if reading.has(event)]
    if reading.reasons:
        return tuple(reading.reasons)
    told = {
        "policy": map_.policy,
        **_grouped(head),
        **({"personal": personal} if personal else {}),
        "events": events,
    }
    lacking = tuple(event.name for event in map_.events if not reading.has(event))
    return Made(row.line, id_, told, lacking)


def id_of(row: Row, columns: Mapping[str, int], map_: Map) -> str:
    """A row's identity in the register: ``source/id``; several columns parted by ``/``, or the row's fingerprint.

    A fingerprint is 64 bits of SHA-256 over the named cells, sorted by name: it outlives a change in the order
    of rows or columns, and whoever holds the table can recognise the row by it.
    """
    parts = [row.cells[columns[cell.column]] for cell in map_.id]
    if len(parts) > 1:
        parts = [part.replace("%", "%25").replace("/", "%2F") for part in parts]
    if not parts:
        named = sorted((column, row.cells[at]) for column, at in columns.items())
        parts = [hashlib.sha256(json.dumps(named, ensure_ascii=False).encode()).hexdigest()[:16]]
    return f"{map_.source}/{'/'.join(parts)}"


def word_of(cell: str) -> str:
    """A cell as a word of a policy; empty if it makes none.

    >>> word_of("Parks & Recreation / Café")
    'parks-recreation-cafe'
    """
    plain = unicodedata.normalize("NFKD", cell).encode("ascii", "ignore").decode().lower()
    word = re.sub("[^a-z0-9]+", "-", plain).strip("-")
    return word if word[:1].isalpha() else ""


class _Reading:
    """Reads one row, gathering the reasons against it."""

    def __init__(self, row: Row, columns: Mapping[str, int], map_: Map) -> None:
        self.row, self.columns, self.map = row, columns, map_
        self.reasons: list[Text] = []

    def id(self) -> str:
        for cell in self.map.id:
            if not self._text(cell):
                self.reasons.append(Text(*NO_ID, {"column": cell.column}))
        return id_of(self.row, self.columns, self.map)

    def has(self, event: MappedEvent) -> bool:
        return event.when_given is None or bool(self._text(event.when_given))

    def event(self, event: MappedEvent, id_: str) -> dict[str, Any]:
        at = event.fields["at"]
        if isinstance(at, Cell) and not self._text(at):
            self.reasons.append(Text(*NO_TIME, {"column": at.column, "event": event.name}))
        id_field = {"id": id_} if event.name == "received" else {}
        return {"event": event.name, **self.fields(event.fields), **id_field}

    def fields(self, fields: Fields) -> dict[str, Any]:
        """The values of a row; a blank cell gives none."""
        told = {
            name: self._value(value) if isinstance(value, Cell) else value for name, value in fields.items()
        }
        return {name: value for name, value in told.items() if value is not None}

    def _text(self, cell: Cell) -> str:
        return self.row.cells[self.columns[cell.column]]

    def _value(self, cell: Cell) -> Any:
        text = self._text(cell)
        if not text:
            return None
        if cell.values is not None:
            return cell.values[text] if text in cell.values else self._refuse(_no_value(cell, text))
        if cell.form is not None:
            made = instant_text_of(text, cell.form, self.map.clock)
            parts = {"why": made, "column": cell.column}
            return made if isinstance(made, str) else self._refuse(Text(*IN_COLUMN, parts))
        if cell.word:
            return word_of(text) or self._refuse(
                Text(*NO_WORD, {"cell": shortened(text), "column": cell.column})
            )
        return text

    def _refuse(self, reason: Text) -> Any:
        """Keep a reason; there is no value then."""
        self.reasons.append(reason)


def _no_value(cell: Cell, text: str) -> Text:
    near = get_close_matches(text, list(cell.values or ()), 1)
    hint = Text(*NEAR, {"near": near[0]}) if near else Text("", "")
    return Text(*NO_VALUE, {"cell": shortened(text), "column": cell.column, "hint": hint})


def _grouped(fields: Mapping[str, Any]) -> dict[str, Any]:
    """``product.name`` into its group."""
    told: dict[str, Any] = {}
    for name, value in fields.items():
        group, dot, inner = name.partition(".")
        if dot:
            told.setdefault(group, {})[inner] = value
        else:
            told[name] = value
    return told

"""Which rows are in the register already, told by the id that their ``received`` event keeps."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from casework.deeds.refused import Refused
from casework.records.record import Record
from casework.records.source import Source
from casework.records.strict_yaml import read_yaml
from casework.words import Text

_RECEIPT = re.compile(rb"^receipt:\s*['\"]?([0-9A-Z-]{9})", re.MULTILINE)

UNREADABLE = (
    "{path} cannot be read, and may hold a row of this table: mend it first ('casework check' says how), "
    "or the row might be imported twice",
    "{path} 无法读取，其中可能有本表格的行：请先修好（casework check 会说明原因），以免重复导入",
)


class Here(NamedTuple):
    """What the register holds: row id → the case file's content; every receipt told."""

    rows: Mapping[str, Mapping[str, Any]]
    receipts: frozenset[str]


def here_in(source: Source, name: str) -> Here:
    """Read the cases that came from the table called ``name``; Refused if one that may be of them is flawed."""
    rows: dict[str, Mapping[str, Any]] = {}
    receipts: set[str] = set()
    for path in source.paths("cases"):
        if path.endswith(".yaml"):
            data = source.read(path)
            receipts.update(found.decode() for found in _RECEIPT.findall(data))
            if f"{name}/".encode() in data:  # the others need no reading
                rows |= _rows(path, data, name)
    return Here(rows, frozenset(receipts))


def differences(here: Mapping[str, Any], told: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields, and events, that a row now tells otherwise than its case does, by name.

    A case may hold more than its row: events since. Personal data that is gone or sealed differs in nothing.
    """
    head = [
        name for name, value in told.items() if name not in ("personal", "events") and here.get(name) != value
    ]
    kept = here.get("personal")
    personal = [
        f"personal.{name}"
        for name, value in told.get("personal", {}).items()
        if isinstance(kept, dict) and name in kept and kept[name] != value
    ]
    happened = here.get("events")
    known = happened if isinstance(happened, list) else []
    return (*head, *personal, *(event["event"] for event in told["events"] if event not in known))


def _rows(path: str, data: bytes, name: str) -> dict[str, Mapping[str, Any]]:
    record = read_yaml(path, data)
    if not isinstance(record, Record):
        raise Refused(Text(*UNREADABLE, {"path": path}))
    events = record.value.get("events")
    ids = [
        str(event.get("id", ""))
        for event in events or ()
        if isinstance(event, dict) and event.get("event") == "received"
    ]
    return {id_: record.value for id_ in ids if id_.startswith(f"{name}/")}

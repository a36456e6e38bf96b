"""The plainest file, read line by line: one field on each, its values alone; whatever is not so plain is left to libyaml."""

from __future__ import annotations

import re
from typing import Any

from casework.records.record import BOM
from casework.records.tree import plain_value

# A field, maybe the first of a list's item. So few spaces in front that nothing can be nested too deep for `tree`.
_FIELD = re.compile(r"( {0,32})(- )?([^\W\d][\w-]{0,60}):(?: (.*))?")
_ODD_STARTS = frozenset(" -?:,[]{}#&*!|>'\"%@`")
_WORDS_IN_BRACKETS = re.compile(r"\[\w[\w-]*(?:, \w[\w-]*)*\]")
_IN_QUOTES = re.compile(r"\"[^\"\\]*\"|'[^']*'")


class _NotPlain(Exception):
    """Something that only libyaml reads."""


def line_values(text: str) -> dict[str, Any] | None:
    """The values of a file with one field on each line, as most cases are; None for any other, sound or not.

    ``text`` holds nothing that `damage` tells of. Most of a cold check is reading, and libyaml takes twice as long.
    """
    text = text.removeprefix(BOM).replace("\r\n", "\n")
    if not text.endswith("\n") or "\t" in text or "\r" in text:
        return None
    try:
        return _Lines(text.split("\n")).values()
    except _NotPlain:
        return None


class _Lines:
    """The lines of a file and the field reached: its indent, whether it begins a list's item, its key and what follows."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._next = 0
        self._step()

    def values(self) -> dict[str, Any]:
        """The whole file; _NotPlain where it is none that can be read so."""
        if self._indent or self._is_item:
            raise _NotPlain
        values = self._group(0)
        if self._indent >= 0:
            raise _NotPlain
        return values

    def _step(self) -> None:
        """To the next field, past comments and blank lines; behind the last one, to an indent of -1."""
        while self._next < len(self._lines):
            line = self._lines[self._next]
            self._next += 1
            if field := _FIELD.fullmatch(line):
                space, self._is_item, self._key, self._told = field.groups()
                self._indent = len(space)
                return
            if line.lstrip(" ")[:1] not in ("", "#"):
                raise _NotPlain
        self._indent, self._is_item = -1, None

    def _group(self, indent: int) -> dict[str, Any]:
        """The fields at an indent; the field reached is the first, whether or not an item begins with it."""
        values: dict[str, Any] = {}
        while True:
            key, told = self._key, self._told
            if key in values:
                raise _NotPlain
            if not told:
                values[key] = self._below(indent)
            elif told == "|":
                values[key] = self._block(indent)
            else:
                values[key] = _scalar(told)
                self._step()
            if self._indent != indent or self._is_item:
                break
        if self._indent > indent:
            raise _NotPlain
        return values

    def _below(self, indent: int) -> Any:
        """What stands below a field without a value on its line: items, a group of fields further in, or nothing."""
        self._step()
        if self._is_item and self._indent >= indent:
            return self._items(self._indent)
        return self._group(self._indent) if self._indent > indent else None

    def _items(self, indent: int) -> list[dict[str, Any]]:
        items = []
        while self._is_item and self._indent == indent:
            items.append(self._group(indent + 2))
        if self._indent > indent:
            raise _NotPlain
        return items

    def _block(self, indent: int) -> str:
        """A text of several lines, as deep as its first line is."""
        first = self._lines[self._next] if self._next < len(self._lines) else ""
        margin = first[: len(first) - len(first.lstrip(" "))]
        if len(margin) <= indent or margin == first:
            raise _NotPlain
        told = []
        while self._next < len(self._lines):
            line = self._lines[self._next]
            if not line.startswith(margin) and line.strip(" "):
                break
            told.append(line[len(margin) :])
            self._next += 1
        self._step()
        return "\n".join(told).rstrip("\n") + "\n"


def _scalar(told: str) -> Any:
    if told[0] not in _ODD_STARTS:
        if ": " in told or " #" in told or told[-1] in ": ":
            raise _NotPlain
        return plain_value(told)
    if _WORDS_IN_BRACKETS.fullmatch(told):
        return [plain_value(each) for each in told[1:-1].split(", ")]
    if _IN_QUOTES.fullmatch(told):
        return told[1:-1]
    raise _NotPlain

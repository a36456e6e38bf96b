"""A record is one YAML file as read: its values and the place of each; a flaw is why a file did not become one."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, NamedTuple

from casework.words import Place, Text

BOM = "\ufeff"
MOST = 100  # flaws told of one file; a file with more is one accident, not a thousand
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file did not become a sound record, and where."""

    place: Place
    text: Text


Flaws = tuple[Flaw, ...]
Steps = tuple[str | int, ...]
"""The way from a record's root to one of its values: keys and indices."""


class Mark(NamedTuple):
    """Where one value stands in the text, as offsets in code points; ``parts`` mirrors the value's own shape."""

    key: int  # offset of its key (or of the value itself, for list items and the root)
    start: int  # offset of the value's first character
    end: int  # offset just behind the value (for a block of lines: behind its last value)
    parts: dict[Any, Mark] | None = None  # by key for a mapping, by index for a list


@dataclass(frozen=True, slots=True)
class Record:
    """One sound YAML file: ``value`` as read, ``text`` as written (a BOM included).

    Marks take three times the room of the values and few are ever asked for, so ``marked`` reads the text again.
    """

    path: str
    value: Any
    text: str = field(repr=False)
    marked: Callable[[str], Mark] = field(repr=False, compare=False)

    @property
    def mark(self) -> Mark:
        """Where the root stands, and all parts below it."""
        return self.marked(self.text)

    def place(self, *steps: str | int) -> Place:
        """The place of ``value[step][step]…``: a member's key, an item's start; of the nearest holder if absent."""
        return place_of(self.path, self.text, self.mark_of(*steps).key)

    def value_place(self, *steps: str | int) -> Place:
        """The place where ``value[step][step]…`` itself begins; of the nearest holder if absent."""
        return place_of(self.path, self.text, self.mark_of(*steps).start)

    def mark_of(self, *steps: str | int) -> Mark:
        """The mark of ``value[step][step]…``, or of the nearest holder if there is no such value."""
        mark = self.mark
        for step in steps:
            inner = (mark.parts or {}).get(step)
            if inner is None:
                break
            mark = inner
        return mark


def place_of(path: str, text: str, offset: int) -> Place:
    """Line and column of a code-point offset, as editors count them (\\n, \\r\\n and lone \\r end a line)."""
    starts = line_starts(text)
    line = bisect_right(starts, max(offset, starts[0]))
    return Place(path, line, max(offset - starts[line - 1], 0) + 1)


@lru_cache(maxsize=8)
def line_starts(text: str) -> tuple[int, ...]:
    """Offsets at which lines begin; the first line begins behind a byte order mark."""
    return (1 if text.startswith(BOM) else 0, *(end.end() for end in _LINE_END.finditer(text)))

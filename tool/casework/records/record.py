"""A record is one YAML file as read: its values and the place of each; a flaw is why a file did not become one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from casework.words import Place, Text


@dataclass(frozen=True, slots=True)
class Flaw:
    """Why a file did not become a sound record, and where."""

    place: Place
    text: Text


class Mark(NamedTuple):
    """Where one value stands in the text, as offsets in code points; ``parts`` mirrors the value's own shape."""

    key: int  # offset of its key (or of the value itself, for list items and the root)
    start: int  # offset of the value's first character
    end: int  # offset just behind the value
    parts: dict[Any, Mark] | None = None  # by key for a mapping, by index for a list


@dataclass(frozen=True, slots=True)
class Record:
    """One sound YAML file: ``value`` as read, ``text`` as written, ``mark`` of the root."""

    path: str
    value: Any
    text: str = field(repr=False)
    mark: Mark = field(repr=False)

    def place(self, *steps: str | int) -> Place:
        """The place of ``value[step][step]…``: a member's key, an item's start; of the nearest holder if absent."""
        mark = self.mark
        for step in steps:
            inner = (mark.parts or {}).get(step)
            if inner is None:
                break
            mark = inner
        return place_of(self.path, self.text, mark.key)


def place_of(path: str, text: str, offset: int) -> Place:
    """Line and column of a code-point offset, as editors count them (\\n, \\r\\n and lone \\r end a line)."""
    starts = line_starts(text[:offset])
    line = bisect_right(starts, offset)
    return Place(path, line, offset - starts[line - 1] + 1)


def line_starts(text: str) -> list[int]:
    """Offsets at which lines begin."""
    starts = [0]
    for offset, char in enumerate(text):
        if char == "\n" or (char == "\r" and text[offset + 1 : offset + 2] != "\n"):
            starts.append(offset + 1)
    return starts

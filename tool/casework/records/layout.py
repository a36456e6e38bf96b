"""How a file is laid out: where its lines break, how far they are indented, where a value ends."""

from __future__ import annotations

import re
from bisect import bisect_right

from casework.records.record import BOM, Mark, Record, Steps, line_starts, place_of

_LINE_END = re.compile(r"\r\n|\r|\n")


def dash_of(text: str, item: int, indent: int) -> int:
    """The dash of an item that begins at an offset: on its line or above, where the list's other dashes stand."""
    for start in reversed([start for start in line_starts(text) if start <= item]):
        line = text[start : line_break(text, start)]
        if line[indent : indent + 1] == "-" and line.lstrip(" ").startswith("-"):
            return start + indent
    return item


def last_part(text: str, mark: Mark) -> Mark:
    """The last scalar or bracketed value within a value: where that ends, the whole ends."""
    while mark.parts and text[mark.start] not in "[{":
        mark = max(mark.parts.values(), key=lambda part: part.end)
    return mark


def is_block_text(text: str, mark: Mark) -> bool:
    """Whether a value is written as lines of text behind | or >."""
    return mark.parts is None and mark.start < mark.end and text[mark.start] in "|>"


def end_of_block_text(text: str, mark: Mark) -> int:
    """Where a block text's last line ends, before its line break; blank lines behind belong to it if it says +."""
    written = text[mark.start : mark.end]
    if "+" in written[:3]:
        return mark.start + len(re.sub(r"(?:\r\n|\r|\n)\Z", "", written))
    return mark.start + len(written.rstrip("\r\n"))


def line_break(text: str, at: int) -> int:
    """Where the line of an offset ends, before its line end."""
    found = _LINE_END.search(text, at)
    return found.start() if found else len(text)


def line_start(text: str, at: int) -> int:
    """Where the line of an offset begins."""
    if "\r" not in text and not text.startswith(BOM):  # the usual file: no table of lines is needed
        return text.rfind("\n", 0, at) + 1
    starts = line_starts(text)
    return starts[max(bisect_right(starts, at) - 1, 0)]


def next_line(text: str, at: int) -> int:
    """Where the line behind an offset's own begins; the text's end if there is none."""
    if "\r" not in text:
        return text.find("\n", at) + 1 or len(text)
    starts = line_starts(text)
    after = bisect_right(starts, at)
    return starts[after] if after < len(starts) else len(text)


def line_end_of(text: str, at: int) -> str:
    """The line end in use at a place: the one there, else the file's first, else a line feed."""
    found = _LINE_END.match(text, at) or _LINE_END.search(text)
    return found[0] if found else "\n"


def is_in_brackets(record: Record, steps: Steps) -> bool:
    """Whether a holder, or one of its own, stands in brackets."""
    return any(
        record.text[record.mark_of(*steps[:n]).start :][:1] in ("{", "[") for n in range(len(steps) + 1)
    )


def step_of(record: Record) -> int:
    """By how many spaces the file indents: as the first mapping within a mapping does, else two."""
    marks = [record.mark]
    while marks:
        for part in (marks.pop(0).parts or {}).values():
            name, inner = next(iter((part.parts or {}).items()), (0, part))
            own, first = place_of("", record.text, part.key), place_of("", record.text, inner.key)
            if isinstance(name, str) and first.line > own.line and first.column > own.column:
                return first.column - own.column
            marks.append(part)
    return 2


def indent_of(text: str, at: int) -> int:
    """The characters before an offset in its line."""
    return place_of("", text, at).column - 1

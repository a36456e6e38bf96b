"""How wide text stands on a terminal: a Chinese character takes two columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from unicodedata import category, east_asian_width

_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def shown(text: str) -> str:
    """Text without control characters and without marks that turn the reading direction."""
    return _HIDDEN.sub("�", text)


def on_one_line(text: str) -> str:
    """Text for a row: line breaks are blanks, the rest as ``shown``."""
    return shown(" ".join(text.splitlines()))


def width_of(text: str) -> int:
    """Columns the text takes; combining marks take none, wide and full-width characters two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if category(char) in ("Mn", "Me", "Cf") else 2 if east_asian_width(char) in "WF" else 1
        for char in text
    )


def padded(text: str, columns: int) -> str:
    """The text with blanks behind it up to a width."""
    return text + " " * max(0, columns - width_of(text))


def cut(text: str, columns: int) -> str:
    """The text, cut with … where it is wider than its column."""
    if width_of(text) <= columns:
        return text
    kept = ""
    for char in text:
        if width_of(kept + char) > columns - 1:
            break
        kept += char
    return kept + "…"


def wrapped(text: str, columns: int, indent: str = "") -> Iterator[str]:
    """Lines no wider than ``columns``, broken at blanks or between Chinese characters; later lines indented."""
    line = ""
    for word in re.findall(r"[^\S\n]+|[\u2e80-\uffef][，。；：、）》”’！？]*|[^\s\u2e80-\uffef]+", text):
        if line.strip() and width_of(line + word.rstrip()) > columns:
            yield line.rstrip()
            line = indent + word.lstrip()
        else:
            line += word
    yield line.rstrip()


def table(rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    """Rows under each other, the last column cut to what is left of the line."""
    if not rows:
        return
    told = [[on_one_line(cell) for cell in row] for row in rows]
    widths = [max(width_of(row[n]) for row in told) for n in range(len(told[0]))]
    room = max(12, columns - sum(widths[:-1]) - 2 * (len(widths) - 1))
    for row in told:
        cells = [padded(cell, wide) for cell, wide in zip(row[:-1], widths, strict=False)]
        yield "  ".join([*cells, cut(row[-1], room)]).rstrip()

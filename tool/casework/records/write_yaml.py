"""Writes values as YAML a person would have written: in the order given, quoted only where needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from casework.records.damage import UNSEEN
from casework.records.tree import is_text_when_plain

WIDEST = 90  # a list of words longer than this gets a line for each
LONGEST_KEY = 1000  # as written; YAML itself ends at 1,024
_WORD = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*\Z")
_FLOW_SAFE = re.compile(r"[\w][\w.+:-]*(?<!:)\Z")
_NEEDS_QUOTES = re.compile(r"[\s\-?:,\[\]{}#&*!|>'\"%@`“”‘’]|.*(?::\s|\s#|[:\s]\Z|[\n\r\t])", re.DOTALL)
# What other YAML readers (an editor's, say) would take for something else than text.
_OTHERS_MISREAD = re.compile(
    r"(?i:true|false|null|yes|no|on|off|y|n)\Z|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9]*)?\Z"
    r"|[-+.]?[0-9][0-9_]*\.?[0-9_]*(?:[eE][-+]?[0-9]+)?\Z|0[xob][0-9a-fA-F_]+\Z|[-+]?\.(?i:inf|nan)\Z|[=~]\Z"
)
_LIKE_A_FIELD = re.compile(r"[a-z][a-z0-9_]* *：")  # as a list's item the reader takes it for a slip
_SHORT_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\", "\0": "\\0"}


def write_yaml(value: Mapping[str, Any]) -> str:
    """A whole file. ``value`` holds what the reader gives: mappings, lists, text, whole numbers up to 15 digits,
    True, False and None; reading the file again gives an equal value. ValueError for anything else, lone
    surrogates and endless keys included.
    """
    lines: list[str] = []
    was_group = False
    for key, member in value.items():
        block = _member(key, member, 0)
        is_group = len(block) > 1 and not isinstance(member, str)
        if lines and (is_group or was_group):
            lines.append("")
        lines += block
        was_group = is_group
    text = "".join(f"{line}\n" for line in lines) or "{}\n"
    text.encode()
    return text


def block_lines(value: Any, indent: int) -> list[str]:
    """A mapping or list as lines, each indented by ``indent`` spaces (blank lines of a text are left blank)."""
    pad = " " * indent
    if not value:
        return [pad + flow(value)]
    if isinstance(value, Mapping):
        return [line for key, member in value.items() for line in _member(key, member, indent)]
    return [line for item in value for line in _hung(f"{pad}- ", block_of(item, indent + 2))]


def block_of(value: Any, indent: int) -> list[str]:
    """A value as it stands behind “key: ” or “- ”: its first line as it goes on there, the others indented."""
    match value:
        case Mapping() | list() | tuple() if not value or _is_row_of_words(value):
            return [flow(value)]
        case Mapping() | list() | tuple():
            return ["", *block_lines(value, indent)]
        case str() if _is_block_text(value):
            last = "" if value.endswith("\n") else "-"
            return [
                f"|{last}",
                *(f"{' ' * indent}{line}" if line else "" for line in value.rstrip("\n").split("\n")),
            ]
    return [scalar(value)]


def flow(value: Any) -> str:
    """A value on one line, fit to stand between brackets."""
    match value:
        case Mapping():
            return "{" + ", ".join(f"{key_text(key)}: {flow(member)}" for key, member in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str() if not _FLOW_SAFE.match(value) or _must_quote(value):
            return _double_quoted(value)
    return scalar(value)


def scalar(value: Any) -> str:
    """A scalar on one line, as it stands behind “key: ”."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() if abs(value) < 10**15:
            return str(value)
        case str():
            return _quoted(value) if _must_quote(value) else value
    raise ValueError(f"no value of a record: {value!r}")


def key_text(key: str) -> str:
    """A mapping's key, quoted unless it is a plain word."""
    is_plain = _WORD.match(key) and not re.match(r"(?i:true|false|null|yes|no|on|off|y|n)\Z", key)
    told = key if is_plain else _double_quoted(key)
    if len(told) > LONGEST_KEY:
        raise ValueError(f"no key of a record: {key[:40]!r}…")
    return told


def _member(key: str, value: Any, indent: int) -> list[str]:
    inner = indent + 2
    return [*_after(f"{' ' * indent}{key_text(key)}:", block_of(value, inner))]


def _after(head: str, block: list[str]) -> Iterator[str]:
    yield f"{head} {block[0]}" if block[0] else head
    yield from block[1:]


def _hung(dash: str, block: list[str]) -> list[str]:
    """Hangs a block on its dash: a mapping begins on the dash's own line, a list within a list below it."""
    if block[0]:
        return [dash + block[0], *block[1:]]
    first = block[1][len(dash) :]
    return [dash.rstrip(), *block[1:]] if first.startswith("-") else [dash + first, *block[2:]]


def _is_row_of_words(value: Any) -> bool:
    """Whether it is a short list of plain words or numbers, which reads best on one line."""
    if not isinstance(value, list | tuple) or not all(isinstance(each, str | int) for each in value):
        return False
    row = flow(value)
    return '"' not in row and len(row) <= WIDEST


def _is_block_text(text: str) -> bool:
    lines = text.split("\n")
    return (
        "\n" in text.strip("\n")
        and not text.endswith("\n\n")
        and not text.startswith(("\n", " ", "\t"))
        and all(line.strip(" \t") or not line for line in lines)
        and not UNSEEN.search(text)
        and "\r" not in text
    )


def _must_quote(text: str) -> bool:
    return (
        not text
        or not is_text_when_plain(text)
        or bool(_LIKE_A_FIELD.match(text))
        or bool(_NEEDS_QUOTES.match(text) or _OTHERS_MISREAD.match(text) or UNSEEN.search(text))
    )


def _quoted(text: str) -> str:
    if UNSEEN.search(text) or re.search(r"[\n\r\t]", text) or not re.search(r'["\\]', text):
        return _double_quoted(text)
    return "'" + text.replace("'", "''") + "'"


def _double_quoted(text: str) -> str:
    return '"' + re.sub(rf'["\\\n\r\t]|{UNSEEN.pattern}', _escaped, text) + '"'


def _escaped(found: re.Match[str]) -> str:
    char = found[0]
    return _SHORT_ESCAPES.get(char) or (f"\\x{ord(char):02x}" if ord(char) < 256 else f"\\u{ord(char):04x}")

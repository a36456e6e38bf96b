"""Changes one spot of a file and leaves every other byte alone, comments, indentation and line ends included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from casework.records.layout import (
    dash_of,
    end_of_block_text,
    indent_of,
    is_block_text,
    is_in_brackets,
    last_part,
    line_break,
    line_end_of,
    line_start,
    step_of,
)
from casework.records.record import Mark, Record, Steps
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import block_lines, block_of, flow, key_text, scalar
from casework.words import Text

ABSENT = ("there is nothing at “{where}” to change", "“{where}”处没有可以修改的内容")
NOT_A_LIST = ("“{where}” is not a list that something can be added to", "“{where}”不是可以追加内容的列表")
NOT_A_SCALAR = (
    "“{where}” holds several values: edit the file by hand",
    "“{where}”含有多个值：请手工修改文件",
)
NOT_PROVEN = (
    "“{where}” (line {line}) is written in a way that cannot be changed safely: edit the file by hand",
    "“{where}”（第 {line} 行）的写法无法安全地自动修改：请手工修改文件",
)


class CannotEdit(Exception):
    """The change cannot be made without touching something else; ``text`` says what to do. Nothing was changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.say("en"))
        self.text = text


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def append_item(record: Record, steps: Steps, item: Mapping[str, Any]) -> str:
    """The file's text with one mapping more at the end of the list at ``steps``; CannotEdit if that is unsafe.

    A list that is not there yet is begun at the end of its holder.
    """
    held = _at(record, steps[:-1])
    if not isinstance(held, dict) or steps[-1] not in held:
        return _begun(record, steps, item)
    mark, value = record.mark_of(*steps), held[steps[-1]]
    if value is not None and not isinstance(value, list):
        raise CannotEdit(Text(*NOT_A_LIST, {"where": _where(steps)}))
    if value and record.text[mark.start] != "[":
        edits = [_behind_last(record, mark, item)]
    elif value or is_in_brackets(record, steps[:-1]):
        edits = _in_brackets(record, mark, item)
    else:
        edits = _first_item(record, mark, item)
    return _proven(record, steps, edits, [*(value or ()), item])


def set_value(record: Record, steps: Steps, value: str | int | bool | None) -> str:
    """The file's text with another scalar at ``steps``; CannotEdit if there is none or the change is unsafe."""
    mark, old = record.mark_of(*steps), _at(record, steps)
    if not steps or old is _NOTHING:
        raise CannotEdit(Text(*ABSENT, {"where": _where(steps)}))
    if isinstance(old, (dict, list)):
        raise CannotEdit(Text(*NOT_A_SCALAR, {"where": _where(steps)}))
    text = record.text
    end = end_of_block_text(text, mark) if is_block_text(text, mark) else mark.end
    gap = " " if text[mark.start - 1 : mark.start] in (":", "-", "?") else ""
    first, *lines = [flow(value)] if is_in_brackets(record, steps[:-1]) else _told(record, mark, end, value)
    below = line_break(text, end)
    rest = "".join(f"{line_end_of(text, below)}{line}" for line in lines)
    return _proven(record, steps, [_Edit(mark.start, end, gap + first), _Edit(below, below, rest)], value)


_NOTHING = object()


def _at(record: Record, steps: Steps) -> Any:
    value = record.value
    for step in steps:
        match value, step:
            case dict(), str() if step in value:
                value = value[step]
            case list(), int() if step < len(value):
                value = value[step]
            case _:
                return _NOTHING
    return value


def _begun(record: Record, steps: Steps, item: Mapping[str, Any]) -> str:
    holder, mark = _at(record, steps[:-1]), record.mark_of(*steps[:-1])
    if not isinstance(holder, dict) or not holder or is_in_brackets(record, steps[:-1]):
        raise CannotEdit(Text(*ABSENT, {"where": _where(steps)}))
    first = next(iter((mark.parts or {}).values()))
    indent = indent_of(record.text, first.key)
    lines = [f"{' ' * indent}{key_text(str(steps[-1]))}:", *block_lines([item], indent + step_of(record))]
    edit = _new_lines(record.text, mark, indent, lines)
    return _proven(record, steps, [edit], [item])


def _behind_last(record: Record, mark: Mark, item: Mapping[str, Any]) -> _Edit:
    """New lines behind the last item, with its own dash, gap and indentation."""
    text, parts = record.text, mark.parts or {}
    last = parts[len(parts) - 1]
    indent = indent_of(text, mark.start)
    dash = dash_of(text, last.start, indent)
    gap = text[dash + 1 : last.start]
    if gap.strip(" "):  # the dash stands alone: its item begins on a line of its own
        lines = [" " * indent + "-", *block_lines(item, indent_of(text, last.start))]
    else:
        lines = block_lines(item, indent + 1 + len(gap or " "))
        lines[0] = f"{' ' * indent}-{gap or ' '}{lines[0].lstrip(' ')}"
    return _new_lines(text, last, indent, lines)


def _first_item(record: Record, mark: Mark, item: Mapping[str, Any]) -> list[_Edit]:
    """A list in place of ``[]``, ``null`` or nothing: its lines below the key, a comment there left on its line."""
    text = record.text
    start = mark.start
    while text[start - 1] == " " and start > mark.key:
        start -= 1
    indent = indent_of(text, mark.key)
    lines = block_lines([item], indent + step_of(record))
    empty = Mark(mark.key, mark.end, mark.end)
    return [_Edit(start, mark.end, ""), _new_lines(text, empty, indent, lines)]


def _in_brackets(record: Record, mark: Mark, item: Mapping[str, Any]) -> list[_Edit]:
    """One more item before the bracket, on a line of its own where the last one has one."""
    text, parts = record.text, mark.parts or {}
    if not parts:
        return [_Edit(mark.start, mark.end, f"{' ' * (mark.start == mark.end)}[{flow(item)}]")]
    last = parts[len(parts) - 1]
    line = line_start(text, last.start)
    rest = re.compile(r"[ ]*(,?)[ ]*(?:#[^\r\n]*)?(?=[\r\n])").match(text, last.end)
    if text[line : last.start].strip(" ") or not rest:
        return [_Edit(last.end, last.end, f", {flow(item)}")]
    told = f"{text[line : last.start]}{flow(item)}{rest[1]}"
    comma = [] if rest[1] else [_Edit(last.end, last.end, ",")]
    return [*comma, _Edit(rest.end(), rest.end(), line_end_of(text, rest.end()) + told)]


def _new_lines(text: str, held: Mark, indent: int, lines: list[str]) -> _Edit:
    """Lines behind the last line of a value and the comments that belong to it (indented deeper than ``indent``)."""
    last = last_part(text, held)
    at = end_of_block_text(text, last) if is_block_text(text, last) else line_break(text, last.end)
    comments = re.compile(rf"(?:(?:\r\n|\r|\n)[ ]*(?=[\r\n]))*(?:\r\n|\r|\n) {{{indent + 1},}}#[^\r\n]*")
    while belongs := comments.match(text, at):
        at = belongs.end()
    end = line_end_of(text, at)
    return _Edit(at, at, "".join(f"{end}{line}" for line in lines))


def _told(record: Record, mark: Mark, end: int, value: Any) -> list[str]:
    """A scalar as it stands behind its key; a text of several lines as such, unless the file ends without a line end."""
    block = block_of(value, indent_of(record.text, mark.key) + step_of(record))
    return block if line_break(record.text, end) < len(record.text) else [scalar(value)]


def _proven(record: Record, steps: Steps, edits: list[_Edit], value: Any) -> str:
    """The edited text, read again: it must differ from the old values in this one spot, and in nothing else."""
    text = record.text
    for edit in reversed(edits):  # they stand in order, and do not overlap
        text = text[: edit.start] + edit.text + text[edit.end :]
    expected = deepcopy(record.value)
    holder = expected
    for step in steps[:-1]:
        holder = holder[step]
    holder[steps[-1]] = deepcopy(value)
    again = read_yaml(record.path, text.encode(errors="surrogatepass"))
    if not isinstance(again, Record) or _plain(again.value) != _plain(expected):
        where = {"where": _where(steps), "line": record.place(*steps).line}
        raise CannotEdit(Text(*NOT_PROVEN, where))
    return text


def _plain(value: Any) -> Any:
    """A value in which True is not 1, tuples are lists, and the order of keys counts."""
    match value:
        case Mapping():
            return [(key, _plain(member)) for key, member in value.items()]
        case list() | tuple():
            return [[_plain(each)] for each in value]
    return (type(value), value)


def _where(steps: Steps) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)

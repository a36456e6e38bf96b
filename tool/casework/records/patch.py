"""Changes one spot of a file and leaves every other byte alone, comments, indentation and line ends included."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple

from casework.records.record import Mark, Record, line_starts, place_of
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import block_lines, block_of, flow, key_text, scalar
from casework.words import Text

Steps = tuple[str | int, ...]

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
    elif value or _in_flow(record, steps[:-1]):
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
    end = _end_of_block(record.text, mark) if _is_block(record.text, mark) else mark.end
    told = flow(value) if _in_flow(record, steps[:-1]) else _told(record, mark, end, value)
    gap = (
        " " if mark.start == end and record.text[mark.start - 1 : mark.start] not in (" ", "\n", "\r") else ""
    )
    return _proven(record, steps, [_Edit(mark.start, end, gap + told)], value)


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
    if not isinstance(holder, dict) or not holder or _in_flow(record, steps[:-1]):
        raise CannotEdit(Text(*ABSENT, {"where": _where(steps)}))
    first = next(iter((mark.parts or {}).values()))
    indent = _indent(record.text, first.key)
    lines = [f"{' ' * indent}{key_text(str(steps[-1]))}:", *block_lines([item], indent + _step_of(record))]
    edit = _new_lines(record.text, mark, indent, lines)
    return _proven(record, steps, [edit], [item])


def _behind_last(record: Record, mark: Mark, item: Mapping[str, Any]) -> _Edit:
    """New lines behind the last item, with its own dash, gap and indentation."""
    text, parts = record.text, mark.parts or {}
    last = parts[len(parts) - 1]
    indent = _indent(text, mark.start)
    dash = _dash_of(text, last.start, indent)
    gap = text[dash + 1 : last.start]
    if gap.strip(" "):  # the dash stands alone: its item begins on a line of its own
        lines = [" " * indent + "-", *block_lines(item, _indent(text, last.start))]
    else:
        lines = block_lines(item, indent + 1 + len(gap or " "))
        lines[0] = f"{' ' * indent}-{gap or ' '}{lines[0].lstrip(' ')}"
    return _new_lines(text, last, indent, lines)


def _dash_of(text: str, item: int, indent: int) -> int:
    """The dash of an item that begins at an offset: on its line or above, where the list's other dashes stand."""
    for start in reversed([start for start in line_starts(text) if start <= item]):
        line = text[start : _line_break(text, start)]
        if line[indent : indent + 1] == "-" and line.lstrip(" ").startswith("-"):
            return start + indent
    return item


def _first_item(record: Record, mark: Mark, item: Mapping[str, Any]) -> list[_Edit]:
    """A list in place of ``[]``, ``null`` or nothing: its lines below the key, a comment there left on its line."""
    text = record.text
    start = mark.start
    while text[start - 1] == " " and start > mark.key:
        start -= 1
    indent = _indent(text, mark.key)
    lines = block_lines([item], indent + _step_of(record))
    empty = Mark(mark.key, mark.end, mark.end)
    return [_Edit(start, mark.end, ""), _new_lines(text, empty, indent, lines)]


def _in_brackets(record: Record, mark: Mark, item: Mapping[str, Any]) -> list[_Edit]:
    """One more item before the bracket, on a line of its own where the last one has one."""
    text, parts = record.text, mark.parts or {}
    if not parts:
        return [_Edit(mark.start, mark.end, f"{' ' * (mark.start == mark.end)}[{flow(item)}]")]
    last = parts[len(parts) - 1]
    line = _line_start(text, last.start)
    rest = re.compile(r"[ ]*(,?)[ ]*(?:#[^\r\n]*)?(?=[\r\n])").match(text, last.end)
    if text[line : last.start].strip(" ") or not rest:
        return [_Edit(last.end, last.end, f", {flow(item)}")]
    told = f"{text[line : last.start]}{flow(item)}{rest[1]}"
    comma = [] if rest[1] else [_Edit(last.end, last.end, ",")]
    return [*comma, _Edit(rest.end(), rest.end(), _line_end_of(text, rest.end()) + told)]


def _new_lines(text: str, held: Mark, indent: int, lines: list[str]) -> _Edit:
    """Lines behind the last line of a value and the comments that belong to it (indented deeper than ``indent``)."""
    last = _last_part(text, held)
    at = _end_of_block(text, last) if _is_block(text, last) else _line_break(text, last.end)
    comments = re.compile(rf"(?:(?:\r\n|\r|\n)[ ]*(?=[\r\n]))*(?:\r\n|\r|\n) {{{indent + 1},}}#[^\r\n]*")
    while belongs := comments.match(text, at):
        at = belongs.end()
    end = _line_end_of(text, at)
    return _Edit(at, at, "".join(f"{end}{line}" for line in lines))


def _told(record: Record, mark: Mark, end: int, value: Any) -> str:
    """A scalar as it stands behind its key, as lines of text where it has several and nothing follows it."""
    rest = record.text[end : _line_break(record.text, end)]
    block = block_of(value, _indent(record.text, mark.key) + _step_of(record))
    if len(block) == 1 or rest.strip() or end == len(record.text):
        return scalar(value)
    return _line_end_of(record.text, end).join(block)


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


def _last_part(text: str, mark: Mark) -> Mark:
    """The last scalar or bracketed value within a value: where that ends, the whole ends."""
    while mark.parts and text[mark.start] not in "[{":
        mark = max(mark.parts.values(), key=lambda part: part.end)
    return mark


def _is_block(text: str, mark: Mark) -> bool:
    return mark.parts is None and mark.start < mark.end and text[mark.start] in "|>"


def _end_of_block(text: str, mark: Mark) -> int:
    """Where a block text's last line ends, before its line break; blank lines behind belong to it if it says +."""
    if "+" in text[mark.start : mark.start + 3]:
        return _before_break(text, mark.end)
    return len(text[: mark.end].rstrip("\r\n"))


def _before_break(text: str, at: int) -> int:
    for line_end in ("\r\n", "\n", "\r"):
        if text[:at].endswith(line_end):
            return at - len(line_end)
    return at


def _line_break(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]|\Z").search(text, at)
    return found.start() if found else len(text)


def _line_start(text: str, at: int) -> int:
    return max(start for start in line_starts(text) if start <= at)


def _line_end_of(text: str, at: int) -> str:
    """The line end in use at a place: the one there, else the file's first, else a line feed."""
    found = re.compile(r"\r\n|\r|\n").match(text, at) or re.search(r"\r\n|\r|\n", text)
    return found[0] if found else "\n"


def _in_flow(record: Record, steps: Steps) -> bool:
    """Whether a holder, or one of its own, stands in brackets."""
    return any(
        record.text[record.mark_of(*steps[:n]).start :][:1] in ("{", "[") for n in range(len(steps) + 1)
    )


def _step_of(record: Record) -> int:
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


def _indent(text: str, at: int) -> int:
    return place_of("", text, at).column - 1


def _where(steps: Steps) -> str:
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in steps)

"""From libyaml's events to values and marks: the few forms of YAML a register needs, everything else refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import yaml
from yaml import events

from casework.records.identifying import quotable
from casework.records.record import BOM, MOST, Flaw, Mark, line_starts, place_of
from casework.words import Text

# PyYAML's stubs let every mark be absent; libyaml's events always bear both, so they pass as Any.
_Alias: Any = events.AliasEvent
_Document: Any = events.DocumentStartEvent
_Scalar: Any = events.ScalarEvent
_List: Any = events.SequenceStartEvent
_ListEnd: Any = events.SequenceEndEvent
_Mapping: Any = events.MappingStartEvent
_MappingEnd: Any = events.MappingEndEvent

_libyaml: Any = getattr(getattr(yaml, "cyaml", None), "CParser", None)

DEPTH = 64
WORDS: dict[str, Any] = {"": None, "~": None, "null": None, "true": True, "false": False}
_INTEGER = re.compile(r"(?:0|-?[1-9][0-9]{0,14})\Z")
INTEGER_STARTS = frozenset("-0123456789")

DUPLICATE = (
    "{field} stands twice: first on line {line}, again here; keep one of them",
    "{field}出现了两次：第一次在第 {line} 行，这里又写了一次；请只保留一个",
)
THE_FIELD = ("the field “{key}”", "字段“{key}”")
THIS_FIELD = Text("this field", "这个字段")
# What stands behind &, * and ! is not repeated: it may be a name or a number that was meant as text.
ANCHOR = Text(
    "an anchor (&) is not allowed: write the value out where it is needed; a text that begins with & needs quotes",
    "不允许使用锚点（&）：请在需要的地方直接写出内容；以 & 开头的文字须加引号",
)
ALIAS = Text(
    "an alias (*) is not allowed: write the value out here; a text that begins with * needs quotes",
    "不允许使用引用（*）：请在此处直接写出内容；以 * 开头的文字须加引号",
)
TAG = Text(
    "a tag (!) is not allowed: remove it; a text that begins with ! needs quotes",
    "不允许使用类型标签（!）：请删去；以 ! 开头的文字须加引号",
)
MERGE = Text(
    "a merge key (<<) is not allowed: write the fields out here",
    "不允许使用合并键（<<）：请在此处把各字段写出来",
)
KEY_NOT_TEXT = Text(
    "a field's name must be a plain word, not a list or a group of fields",
    "字段名必须是一个词，不能是列表或一组字段",
)
KEY_EMPTY = Text(
    "the field's name is missing before this colon",
    "这个冒号前面缺少字段名：请补上",
)
TOO_DEEP = Text(
    "nested deeper than {depth} levels: no record is that deep, so this is damage or a slip",
    "嵌套超过 {depth} 层：正常的记录不会这么深，文件可能已损坏或写错",
    {"depth": DEPTH},
)
DOCUMENTS = Text(
    "a second document begins here (---): one file holds one record; put this part into a file of its own",
    "从这里开始了第二个文档（---）：一个文件只放一份记录，请把这部分另存为一个文件",
)
DIRECTIVE = Text(
    "a directive (a line that begins with %) is not allowed: remove it",
    "不允许使用指令（以 % 开头的行）：请删去",
)
EMPTY = Text(
    "the file is empty: a record begins with its fields, one on each line",
    "文件是空的：记录应由字段组成，每行一个",
)


class _Stop(Exception):
    """Reading on would tell nothing more."""


def is_text_when_plain(text: str) -> bool:
    """Whether a word without quotes is read as text, and not as null, true, false or a whole number."""
    return text not in WORDS and not _INTEGER.match(text)


def typed(event: Any) -> Any:
    """A scalar's value: text in quotes or blocks as it stands; null, true, false and whole numbers as such."""
    text: str = event.value
    if event.style:
        return text
    if text in WORDS:
        return WORDS[text]
    return int(text) if _INTEGER.match(text) else text


class TreeBuilder:
    """Builds one file's values and marks; ``reached`` is where the last value understood begins."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.flaws: list[Flaw] = []
        self.reached = 0
        self._is_personal = False  # whether the group of fields being read stands in the personal block
        self._next: Callable[[], Any] = events_of(text)

    def build(self) -> tuple[Any, Mark]:
        """Read all events; raises yaml.YAMLError where libyaml cannot go on."""
        root: tuple[Any, Mark] = (None, Mark(0, 0, 0))
        try:
            self._next()  # the start of the stream
            root = self._document(self._next())
            while (event := self._next()).__class__ is not events.StreamEndEvent:
                if event.__class__ is _Document:
                    self._refuse(event.start_mark.index, DOCUMENTS)
                    raise _Stop
        except _Stop:
            pass
        return root

    def _document(self, event: Any) -> tuple[Any, Mark]:
        if event.__class__ is not _Document:
            self._refuse(0, EMPTY)
            raise _Stop
        if event.explicit and (at := self._directive_before(event.end_mark.index)) is not None:
            self._refuse(at, DIRECTIVE)
        root = self._next()
        if root.__class__ is _Scalar and not root.value and not root.style:
            self._refuse(0, EMPTY)
            raise _Stop
        return self._node(root, root.start_mark.index, 1)

    def _directive_before(self, end: int) -> int | None:
        before = (start for start in line_starts(self.text) if start < end)
        return next((start for start in before if self.text.startswith("%", start)), None)

    def _node(self, event: Any, key_at: int, depth: int) -> tuple[Any, Mark]:
        if depth > DEPTH:
            self._refuse(event.start_mark.index, TOO_DEEP)
            raise _Stop
        if event.__class__ is _Alias:
            return self._alias(event, key_at)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if event.__class__ is _Mapping:
            return self._mapping(event, key_at, depth)
        if event.__class__ is _List:
            return self._list(event, key_at, depth)
        self.reached = event.start_mark.index
        return typed(event), Mark(key_at, self.reached, event.end_mark.index)

    def _mapping(self, opened: Any, key_at: int, depth: int) -> tuple[dict[str, Any], Mark]:
        value: dict[str, Any] = {}
        parts: dict[Any, Mark] = {}
        get, end = self._next, opened.end_mark.index
        while (event := get()).__class__ is not _MappingEnd:
            at = event.start_mark.index
            key = event.value if event.__class__ is _Scalar else None
            if key is None or key in value or key in ("", "<<") or event.anchor or event.tag:
                key = self._odd_key(event, parts, depth)
            event = get()
            if event.__class__ is _Scalar and event.anchor is None and event.tag is None:
                value[key] = typed(event)
                self.reached, end = event.start_mark.index, event.end_mark.index
                parts[key] = Mark(at, self.reached, end)
            else:
                if depth == 1:
                    self._is_personal = key == "personal"
                value[key], mark = self._node(event, at, depth + 1)
                parts[key] = mark
                end = mark.end
        if opened.flow_style:
            end = event.end_mark.index
        return value, Mark(key_at, opened.start_mark.index, end, parts)

    def _list(self, opened: Any, key_at: int, depth: int) -> tuple[list[Any], Mark]:
        value: list[Any] = []
        parts: dict[Any, Mark] = {}
        get, end = self._next, opened.end_mark.index
        while (event := get()).__class__ is not _ListEnd:
            item, mark = self._node(event, event.start_mark.index, depth + 1)
            parts[len(value)] = mark
            value.append(item)
            end = mark.end
        if opened.flow_style:
            end = event.end_mark.index
        return value, Mark(key_at, opened.start_mark.index, end, parts)

    def _odd_key(self, event: Any, parts: dict[Any, Mark], depth: int) -> str:
        """Refuse what is wrong with a key; gives a name that hides no other member."""
        at = event.start_mark.index
        stand_in = f"\0{len(parts)}"
        if event.__class__ is not _Scalar:
            self._node(event, at, depth + 1)
            if event.__class__ is not _Alias:
                self._refuse(at, KEY_NOT_TEXT)
            return stand_in
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if event.value in parts:
            line = place_of(self.path, self.text, parts[event.value].key).line
            is_unsayable = self._is_personal and depth > 1
            field = THIS_FIELD if is_unsayable else Text(*THE_FIELD, {"key": quotable(event.value)})
            self._refuse(at, Text(*DUPLICATE, {"field": field, "line": line}))
            return stand_in
        if not event.style and event.value in ("", "<<"):
            self._refuse(at, MERGE if event.value else KEY_EMPTY)
        return str(event.value)

    def _alias(self, event: Any, key_at: int) -> tuple[None, Mark]:
        at = event.start_mark.index
        self._refuse(at, ALIAS)
        return None, Mark(key_at, at, event.end_mark.index)

    def _refuse_properties(self, event: Any) -> None:
        at = event.start_mark.index
        if event.anchor is not None:
            self._refuse(self.text.find(f"&{event.anchor}", at), ANCHOR)
        if event.tag is not None:
            self._refuse(self.text.find("!", at), TAG)

    def _refuse(self, offset: int, text: Text) -> None:
        self.flaws.append(Flaw(place_of(self.path, self.text, offset), text))
        if len(self.flaws) == MOST:
            raise _Stop


def events_of(text: str) -> Callable[[], Any]:
    """libyaml's events, one a call (PyYAML's own parser where libyaml is missing); raises yaml.YAMLError."""
    # A line end in place of the byte order mark keeps libyaml's offsets equal to ours.
    stream = "\n" + text[1:] if text.startswith(BOM) else text
    if _libyaml is not None:
        get: Callable[[], Any] = _libyaml(stream.encode()).get_event
        return get
    return partial(_next_event, yaml.SafeLoader(stream))


def _next_event(parser: Any) -> Any:
    """The next event of PyYAML's own parser, which lets through (or stumbles over) some that libyaml refuses."""
    try:
        event = parser.get_event()
        getattr(event, "value", "").encode()
    except UnicodeEncodeError as error:
        raise yaml.MarkedYAMLError("in a quoted scalar", None, "a surrogate", event.start_mark) from error
    except (ValueError, OverflowError) as error:
        raise yaml.YAMLError from error
    return event

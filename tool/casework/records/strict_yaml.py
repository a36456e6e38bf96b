"""Reads one YAML file strictly: sound values with their places, or every flaw that can be told with certainty."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice
from typing import Any

import yaml

from casework.records.damage import damage_in
from casework.records.encoding import decoded
from casework.records.lookalikes import is_suspicious, lookalikes_behind, lookalikes_in
from casework.records.plain import plain_values
from casework.records.record import MOST, Flaw, Flaws, Mark, Record, place_of
from casework.records.tree import TreeBuilder
from casework.words import Place, Text

LARGEST = 1 << 20
TOO_LARGE = Text(
    "the file is larger than 1 MiB ({size} bytes): a record holds words, not documents; keep those outside",
    "文件超过 1 MiB（{size} 字节）：记录只写文字，文档请另行保存",
)

NOT_A_MAPPING = Text(
    "the file must consist of fields (lines of “name: value”), but it is {what}",
    "文件应由字段组成（每行一个“名称: 值”），而这里是{what}",
)
A_LIST = Text("one list", "一个列表")
A_TEXT = Text("one running text", "一整段文字")


def read_yaml(path: str, data: bytes) -> Record | Flaws:
    """One file's record; or its flaws, sorted by place. Never raises, whatever the bytes.

    Values are None, True, False, whole numbers of up to 15 digits, and text for everything else (``NO``,
    ``12:30``, ``0123``, ``1.10`` and dates stay as written). Columns and lines count from 1, in code points.
    """
    if len(data) > LARGEST:
        return (Flaw(Place(path), Text(TOO_LARGE.en, TOO_LARGE.zh, {"size": len(data)})),)
    text = decoded(path, data)
    if isinstance(text, Flaw):
        return (text,)
    return tuple(damage_in(path, text)) or _read(path, text)


def _read(path: str, text: str) -> Record | Flaws:
    values = None if is_suspicious(text) else plain_values(text)
    return Record(path, values, text, marks_of) if values is not None else _told(path, text)


def _told(path: str, text: str) -> Record | Flaws:
    """A file that is not the usual one, with all there is to say of it."""
    tree = TreeBuilder(path, text)
    try:
        value, mark = tree.build()
    except yaml.YAMLError as error:
        return _sorted(tree.flaws, _failure(path, text, tree.reached, error))
    swallowed = tuple(islice(lookalikes_in(path, text), MOST)) if is_suspicious(text) else ()
    if tree.flaws or swallowed:
        return _sorted((*tree.flaws, *swallowed))
    return (
        Record(path, value, text, marks_of)
        if isinstance(value, dict)
        else _not_a_mapping(path, text, value, mark)
    )


@lru_cache(maxsize=64)
def marks_of(text: str) -> Mark:
    """The marks of a text that is known to be sound."""
    return TreeBuilder("", text).build()[1]


def _failure(path: str, text: str, reached: int, error: yaml.YAMLError) -> Flaws:
    from casework.records.syntax import syntax_flaw  # most files are sound

    mark = getattr(error, "problem_mark", None)
    stopped = min(mark.index, len(text)) if mark else reached
    return lookalikes_behind(path, text, reached, stopped) or (syntax_flaw(path, text, reached, error),)


def _not_a_mapping(path: str, text: str, value: Any, mark: Mark) -> Flaws:
    from casework.records.syntax import unspaced_colons

    if isinstance(value, list):
        what = A_LIST
    elif hints := (
        *lookalikes_behind(path, text, mark.start, mark.end),
        *unspaced_colons(path, text, mark.start),
    ):
        return hints
    else:
        what = A_TEXT
    return (Flaw(place_of(path, text, mark.start), Text(NOT_A_MAPPING.en, NOT_A_MAPPING.zh, {"what": what})),)


def _sorted(flaws: Iterable[Flaw], cause: Flaws = ()) -> Flaws:
    """By place; what stopped the reading is left out where a flaw of the same line explains it."""
    known = tuple(flaws)
    lines = {flaw.place.line for flaw in known}
    return tuple(
        sorted((*known, *(f for f in cause if f.place.line not in lines)), key=lambda flaw: flaw.place)
    )

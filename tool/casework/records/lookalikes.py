"""Characters that look like YAML's own and are not: full-width colons, commas and quotes, and tabs."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Any

import yaml
from yaml.events import ScalarEvent

from casework.records.layout import line_start, next_line
from casework.records.record import MOST, Flaw, line_starts, place_of
from casework.records.tree import events_of
from casework.words import Text

COLON = Text(
    "a full-width colon (：) stands here: for a field write “: ”, a colon and a space; for running text use quotes",
    "这里用了全角冒号（：）：如果是字段，请改成英文冒号加一个空格“: ”；如果是普通文字，请加引号",
)
COMMA = Text(
    "a full-width {char} separates the items of this list: write an ordinary comma and a space",
    "列表里用了全角的“{char}”分隔：请改成英文逗号加一个空格",
)
QUOTES = Text(
    'full-width quotes ({char}) mean nothing to YAML: write straight quotes (") or none',
    'YAML 不认全角引号（{char}）：请改成英文直引号（"）或去掉引号',
)
TAB_INDENT = Text(
    "this line is indented with a tab: use spaces, two for each level",
    "这一行用了制表符（Tab）缩进：请改用空格，每级两个",
)
TAB_BETWEEN = Text(
    "a tab stands here: use a space, or put the text in quotes if the tab belongs to it",
    "这里有一个制表符（Tab）：请改成空格；如果它属于文字内容，请给文字加引号",
)

_LEAD = r"[ \t]*(?:[-?][ \t]+)*"
_NAME = r"[a-z][a-z0-9_]*"
_FIELD = re.compile(rf"{_LEAD}[\[{{]?[ ]*[\"']?{_NAME}[\"']?[ ]*：")
_FIELD_IN_FLOW = re.compile(rf"[{{,][ ]*{_NAME}[ ]*：")
_WHOLE_LINE = re.compile(r"[ \t]*[\w-]{1,16}：[ ]*[A-Za-z0-9][\x21-\x7e]{0,60}[ ]*(?=[#\r\n]|\Z)")
_KEY = re.compile(rf"{_LEAD}[^\s:#\"'][^\s:]{{0,30}}：[^\s:]{{0,30}}[ ]?:(?=\s|\Z)")
_ANY_KEY = re.compile(rf"{_LEAD}(?:\"[^\"]*\"|'[^']*'|[^\s:：#\"'|>\[{{-][^\s:：]{{0,30}})[ ]*(?P<colon>：)")
_COMMA_IN_FLOW = re.compile(r"[\[{,][ ]*[a-z0-9_-]+[ ]*([，、])[ ]*[a-z0-9_-]+")
_WORDS_APART = re.compile(r"[a-z0-9_-]+(?:[ ]*[，、][ ]*[a-z0-9_-]+)+")
_KEY_IN_QUOTES = re.compile(r"[“”‘’][\w-]+[“”‘’] *:(?=\s|\Z)")
_VALUE_IN_QUOTES = re.compile(rf"{_LEAD}[\w-]+: +(?P<quote>[“”‘’])")
_BLOCK_OPENS = re.compile(r".*[:\-?] +(?:[!&]\S+ +)*[|>][-+0-9]*[ \t]*(?:#.*)?\Z", re.DOTALL)
_COMMENT = re.compile(r"(?:\A|(?<=[ \t\r\n]))#")


def is_suspicious(text: str) -> bool:
    """Whether a file that reads well is worth the second look of ``lookalikes_in`` (few sound files are)."""
    if "\t" in text or _COMMA_IN_FLOW.search(text):
        return True
    if ("“" in text or "”" in text or "‘" in text or "’" in text) and _KEY_IN_QUOTES.search(text):
        return True
    if "{" in text and _FIELD_IN_FLOW.search(text):
        return True
    return _has_field_line(text)


def _has_field_line(text: str) -> bool:
    at = text.find("：")
    while at >= 0:
        start = line_start(text, at)
        if _FIELD.match(text, start) or _WHOLE_LINE.match(text, start) or _KEY.match(text, start):
            return True
        at = text.find("：", next_line(text, at))
    return False


def lookalikes_in(path: str, text: str) -> Iterator[Flaw]:
    """What stands in a file that reads well, but says something else than its writer meant."""
    scalars = _scalars(text)
    for event in scalars:
        if not event.style:
            yield from _in_plain(path, text, event)
    yield from _tabs(path, text, scalars)


def lookalikes_behind(path: str, text: str, reached: int, stopped: int) -> tuple[Flaw, ...]:
    """What made libyaml stop at ``stopped``, having understood everything before ``reached``; empty if none did."""
    colons = tuple(islice(_colons_behind(path, text, reached, stopped), MOST))
    if colons and colons[0].place.line <= place_of(path, text, stopped).line:
        return colons
    window = text[line_start(text, reached) : next_line(text, stopped)]
    start = line_start(text, stopped)
    quoted = _VALUE_IN_QUOTES.match(text, start) or _KEY_IN_QUOTES.search(
        text, start, next_line(text, stopped)
    )
    if quoted:
        at = quoted.start("quote") if "quote" in quoted.groupdict() else quoted.start()
        return (Flaw(place_of(path, text, at), Text(QUOTES.en, QUOTES.zh, {"char": text[at]})),)
    comma = _COMMA_IN_FLOW.search(window)
    if comma:
        at = line_start(text, reached) + comma.start(1)
        return (Flaw(place_of(path, text, at), Text(COMMA.en, COMMA.zh, {"char": comma[1]})),)
    return ()


def _in_plain(path: str, text: str, event: Any) -> Iterator[Flaw]:
    start, end = event.start_mark.index, event.end_mark.index
    source = text[start:end]
    if source[:1] in "“”‘’" and re.match(r"[ ]*:", text[end : end + 9]):
        yield Flaw(place_of(path, text, start), Text(QUOTES.en, QUOTES.zh, {"char": source[0]}))
    if _WORDS_APART.fullmatch(source) and text[:start].rstrip()[-1:] in ("[", ","):
        for comma in re.finditer("[，、]", source):
            place = place_of(path, text, start + comma.start())
            yield Flaw(place, Text(COMMA.en, COMMA.zh, {"char": comma[0]}))
    if "：" in source:
        for at in _colons_in_plain(text, start, end):
            yield Flaw(place_of(path, text, at), COLON)


def _colons_in_plain(text: str, start: int, end: int) -> Iterator[int]:
    """Offsets of full-width colons that end a field's name; those in running text are left alone."""
    first = text.find("：", start, end)
    before = text[line_start(text, start) : start]
    is_item = before.rstrip(" ").endswith("-")
    is_fresh = not before.strip(" -?") or before.rstrip(" ")[-1:] in ("{", ",")
    if re.match(r"[ ]*:(?=\s|\Z)", text[end : end + 9]):
        yield first
        return
    for number, at in enumerate((start, *_later_lines(text, start, end))):
        named = re.compile(rf"[ ]*{_NAME}[ ]*：").match(text, at, end)
        whole = _WHOLE_LINE.match(text, at) if not (number == 0 and (is_item or before.strip())) else None
        if (number or is_fresh) and (named or whole):
            yield text.index("：", at)


def _later_lines(text: str, start: int, end: int) -> tuple[int, ...]:
    starts = line_starts(text)
    return starts[bisect_right(starts, start) : bisect_right(starts, end - 1)]


def _colons_behind(path: str, text: str, reached: int, stopped: int) -> Iterator[Flaw]:
    first, last = line_start(text, reached), next_line(text, stopped)
    for start in _lines_outside_blocks(text):
        if start < first:
            continue
        found = _ANY_KEY.match(text, start) if start < last else None
        named = _FIELD.match(text, start)
        if named or found:
            yield Flaw(place_of(path, text, text.index("：", start)), COLON)


def _lines_outside_blocks(text: str) -> Iterator[int]:
    """Starts of the lines that are no part of a block text (| or >), told by indentation alone."""
    starts = (*line_starts(text), len(text))
    block: int | None = None
    for start, after in pairwise(starts):
        line = text[start:after].rstrip("\r\n")
        indent = len(line) - len(line.lstrip(" "))
        if block is not None and (not line.strip() or indent > block):
            continue
        block = indent if _BLOCK_OPENS.match(line) else None
        yield start


def _tabs(path: str, text: str, scalars: list[Any]) -> Iterator[Flaw]:
    """One flaw for each line with a tab outside quotes, block texts and comments."""
    kept = [(event.start_mark.index, event.end_mark.index) for event in scalars if event.style]
    kept.append((len(text), len(text)))
    number = at = 0
    while (at := text.find("\t", at)) >= 0:
        while kept[number][1] <= at:
            number += 1
        start, inside = kept[number]
        if start <= at:
            at = inside
            continue
        line = max(line_start(text, at), kept[number - 1][1] if number else 0)
        if not _COMMENT.search(text, line, at):
            place = place_of(path, text, at)
            yield Flaw(place, TAB_BETWEEN if text[at - place.column + 1 : at].strip() else TAB_INDENT)
        at = min(next_line(text, at), start)


def _scalars(text: str) -> list[Any]:
    """Every scalar libyaml finds, as far as it comes."""
    get = events_of(text)
    found = []
    try:
        while (event := get()) is not None:
            if isinstance(event, ScalarEvent):
                found.append(event)
    except yaml.YAMLError:
        pass
    return found

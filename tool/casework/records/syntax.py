"""What libyaml complains about, told again in sentences a person can act on."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Literal, NamedTuple

import yaml

from casework.records.lookalikes import COMMA, TAB_BETWEEN, TAB_INDENT
from casework.records.record import MOST, Flaw, Flaws, line_starts, place_of
from casework.records.tree import ALIAS, ANCHOR, DIRECTIVE, KEY_EMPTY, TAG
from casework.words import Text

NO_COLON = Text(
    "this line has no colon: a field is written “name: value”; text that goes on is indented below its field",
    "这一行缺少冒号：字段应写成“名称: 值”；上一字段未完的文字要在其下缩进",
)
NO_SPACE = Text(
    "a space is missing after this colon: write “name: value”",
    "这个冒号后面缺少空格：请写成“名称: 值”",
)
COLON_IN_VALUE = Text(
    "a second colon stands in the same line: put the whole value in quotes",
    "同一行里出现了第二个冒号：请给整个值加引号",
)
TOO_FAR_IN = Text(
    "this line is indented further than the field above it, which has its value already: align the two",
    "这一行的缩进比上一个字段更深，而上一个字段已经有值：请把两行对齐",
)
INDENT = Text(
    "this line's indentation fits no line above it: align it with the fields it belongs to",
    "这一行的缩进与上面任何一行都对不上：请与同级的字段对齐",
)
AFTER_QUOTES = Text(
    'text goes on after the closing quote: put the whole value in quotes, and write a quote inside it twice or as \\"',
    '引号结束后面还有文字：请把整个值放进引号里；值里面的引号，单引号写两遍，双引号写成 \\"',
)
ITEM_MISPLACED = Text(
    "a list item (-) stands where a field is expected: indent the list below the field it belongs to",
    "这里应该是字段，却出现了列表项（-）：请把列表缩进到所属字段的下面",
)
FIELD_BESIDE_LIST = Text(
    "this line stands level with list items but begins no item: indent it to the item's fields, or begin it with “- ”",
    "这一行与列表项对齐，却不是列表项：请缩进到该项的字段位置，或以“- ”开头",
)
LIST_ON_LINE = Text(
    "a list cannot begin on the line of its field: put each “- ” on a line of its own below, or quote the text",
    "列表不能与字段写在同一行：请把每个“- ”另起一行写在下面；如果是普通文字，请加引号",
)
LIST_OPEN = Text(
    "the list opened here ([) is not closed, or a comma is missing in it",
    "从这里开始的列表（[）没有结束，或者中间少了逗号",
)
MAP_OPEN = Text(
    "the group of fields opened here ({{) is not closed, or a comma is missing in it",
    "从这里开始的一组字段（{{）没有结束，或者中间少了逗号",
    {"": ""},  # parts, so that the doubled brace is read as one
)
COMMA_MISSING = Text(
    "a comma or the closing bracket is missing before this",
    "这里前面缺少逗号或右括号",
)
QUOTE_OPEN = Text(
    "the quote opened here is never closed: close it, or leave both quotes out",
    "从这里开始的引号没有结束：请补上后引号，或把两个引号都去掉",
)
BAD_START = Text(
    "a value cannot begin with “{char}”: put it in quotes",
    "值不能以“{char}”开头：请加引号",
)
STRAY = Text(
    "“{char}” stands where a value is expected: put the text in quotes or delete the sign",
    "这里应该是值，却出现了“{char}”：如果是文字请加引号，否则请删去",
)
ESCAPE = Text(
    "in double quotes this backslash begins no known escape: write it twice (\\\\) or use single quotes",
    "双引号里的这个反斜杠不是有效的转义：请写两个反斜杠（\\\\）或改用单引号",
)
BLOCK_HEADER = Text(
    "after | or > the line must end: begin the text on the next line, indented; or quote the value",
    "| 或 > 后面必须换行：请从下一行起缩进书写文字；如果只是普通的值，请加引号",
)
QUESTION = Text(
    "a value cannot begin with “? ”: put it in quotes",
    "值不能以“? ”开头：请加引号",
)
AFTER_END = Text(
    "the record was ended above (...), yet text follows: delete that line",
    "上面已经用“...”结束了记录，这里又出现内容：请删去那一行",
)
UNREADABLE = Text(
    "the file cannot be understood from here on: check quotes, colons and indentation of this line and the one above",
    "从这里开始无法读懂：请检查这一行和上一行的引号、冒号和缩进",
)


class _Row(NamedTuple):
    says: str  # a pattern on libyaml's (or PyYAML's) context and problem
    at: Literal["context", "problem"]
    text: Text


_TABLE = (
    _Row(r"quoted scalar.*(end of stream|document (indicator|separator))", "context", QUOTE_OPEN),
    _Row(r"quoted scalar", "problem", ESCAPE),
    _Row(r"tab character|'\\t'", "problem", TAB_INDENT),
    _Row(r"cannot start any token", "problem", BAD_START),
    _Row(r"scanning an anchor", "context", ANCHOR),
    _Row(r"scanning an alias", "context", ALIAS),
    _Row(r"(scanning|parsing) a tag|tag handle", "context", TAG),
    _Row(r"scanning a block scalar", "problem", BLOCK_HEADER),
    _Row(r"directive", "context", DIRECTIVE),
    _Row(r"<?document start>?", "problem", AFTER_END),
    _Row(r"expected '-' indicator|block collection", "problem", FIELD_BESIDE_LIST),
    _Row(r"sequence entries are not allowed", "problem", LIST_ON_LINE),
    _Row(r"mapping keys are not allowed", "problem", QUESTION),
    _Row(r"node content", "problem", STRAY),
    _Row(r"could not find expected ':'", "context", NO_COLON),
    _Row(r"mapping values are not allowed", "problem", COLON_IN_VALUE),
    _Row(r"expected ',' or ']'", "context", LIST_OPEN),
    _Row(r"expected ',' or '}'", "context", MAP_OPEN),
    _Row(r"block mapping", "problem", INDENT),
)
_LAST_COMMA = re.compile(r"[，、][ ]*[\w-]*[ ]*\Z")
_NAME_AND_VALUE = re.compile(r"[ ]*(?:-[ ]+)*[^\s:#]+:(?=[^\s:/])")


def syntax_flaw(path: str, text: str, reached: int, error: yaml.YAMLError) -> Flaw:
    """The one thing libyaml says is wrong, at the place where a person mends it."""
    context, problem = _offset(error, "context"), _offset(error, "problem")
    says = f"{getattr(error, 'context', '')} {getattr(error, 'problem', '')}"
    row = next((row for row in _TABLE if re.search(row.says, says)), None)
    at = context if row and row.at == "context" and context is not None else problem
    offset = min(reached if at is None else at, len(text))
    found, said = _nearer(text, row.text, offset, problem or offset) if row else (offset, UNREADABLE)
    return Flaw(place_of(path, text, found), said)


def unspaced_colons(path: str, text: str, start: int) -> Flaws:
    """Lines like ``by:li`` of a file that therefore reads as one running text."""
    lines = (_NAME_AND_VALUE.match(text, line) for line in line_starts(text) if line >= start)
    found = islice((line for line in lines if line), MOST)
    return tuple(Flaw(place_of(path, text, line.end() - 1), NO_SPACE) for line in found)


def _offset(error: yaml.YAMLError, which: str) -> int | None:
    mark: Any = getattr(error, f"{which}_mark", None)
    return None if mark is None else int(mark.index)


def _nearer(text: str, said: Text, at: int, problem: int) -> tuple[int, Text]:
    """The same complaint, seen closer: libyaml names the symptom, the line itself often shows the cause."""
    char = text[at : at + 1]
    if char == "\t":
        return at, TAB_BETWEEN if text[_line(text, at)[0] : at].strip() else TAB_INDENT
    if said is COLON_IN_VALUE:
        return _second_colon(text, at)
    if said is NO_COLON and (unspaced := _NAME_AND_VALUE.match(text, _line(text, at)[0])):
        return unspaced.end() - 1, NO_SPACE
    if said is INDENT:
        return at, _misplaced(text, at)
    if said in (LIST_OPEN, MAP_OPEN) and (comma := _LAST_COMMA.search(text[at:problem])):
        return at + comma.start(), Text(COMMA.en, COMMA.zh, {"char": comma[0][0]})
    if said in (LIST_OPEN, MAP_OPEN) and "\n" not in text[at:problem] and text[problem:].strip():
        return problem, COMMA_MISSING
    if said in (BAD_START, STRAY):
        return at, Text(said.en, said.zh, {"char": char})
    return at, said


def _second_colon(text: str, at: int) -> tuple[int, Text]:
    start, above = _line(text, at)
    if re.match(r"[ ]*(?:-[ ]+)*\S.*?:[ ]", text[start:at]):
        return at, COLON_IN_VALUE
    first = start + len(text[start:at]) - len(text[start:at].lstrip(" "))
    unspaced = _NAME_AND_VALUE.match(text, above)
    if unspaced:
        return unspaced.end() - 1, NO_SPACE
    is_item = text[above:start].lstrip(" ").startswith("- ")
    if above < start and not is_item and not re.match(r"[^\r\n]*:(?:\s|\Z)", text[above:start]):
        return above + len(text[above:start]) - len(text[above:start].lstrip(" ")), NO_COLON
    return (first, TOO_FAR_IN) if above < start else (at, COLON_IN_VALUE)


def _misplaced(text: str, at: int) -> Text:
    before = text[_line(text, at)[0] : at].rstrip(" ")
    if before.endswith(('"', "'")):
        return AFTER_QUOTES
    if text.startswith(":", at):
        return KEY_EMPTY
    return ITEM_MISPLACED if re.match(r"-(\s|\Z)", text[at : at + 2]) else INDENT


def _line(text: str, offset: int) -> tuple[int, int]:
    """Start of the offset's line, and of the nearest line above it that says something (else the same)."""
    starts = [start for start in line_starts(text) if start <= offset] or [0]
    for start, after in zip(reversed(starts[:-1]), reversed(starts[1:]), strict=True):
        if text[start:after].strip() and not text[start:after].lstrip().startswith("#"):
            return starts[-1], start
    return starts[-1], starts[-1]

"""Everything the strict reader refuses: where it says so, to the column, and in both languages."""

from __future__ import annotations

import pytest
from casework.records import damage, encoding, lookalikes, strict_yaml, syntax, tree
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.words import Text

DEEP = "a:\n" + "".join("  " * level + "- a:\n" for level in range(1, 40))

REFUSED = {
    # the file as a whole
    "empty": ("", [(1, 1, tree.EMPTY)]),
    "only comments": ("# nothing\n\n", [(1, 1, tree.EMPTY)]),
    "only a document mark": ("---\n", [(1, 1, tree.EMPTY)]),
    "a list": ("# c\n- a\n- b\n", [(2, 1, strict_yaml.NOT_A_MAPPING)]),
    "a text": ("\nsome words\n", [(2, 1, strict_yaml.NOT_A_MAPPING)]),
    "too large": (b"a: " + b"x" * (1 << 20), [(1, 1, strict_yaml.TOO_LARGE)]),
    "too deep": (DEEP, [(33, 67, tree.TOO_DEEP)]),
    "too deep in brackets": ("a: " + "[" * 70, [(1, 67, tree.TOO_DEEP)]),
    "far too deep": ("[" * 100_000, [(1, 65, tree.TOO_DEEP)]),
    # encodings
    "GBK": ("a: 1\nsummary: 顾客要求退货\n".encode("gbk"), [(2, 10, encoding.GBK)]),
    "GBK, cut": ("summary: 顾客要求退货".encode("gbk")[:-1], [(1, 10, encoding.GBK)]),
    "GB18030": ("a: 一〇㐀是的\n".encode("gb18030"), [(1, 5, encoding.GBK)]),
    "UTF-16, little": ("a: 顾客\n".encode("utf-16"), [(1, 1, encoding.UTF_16)]),
    "UTF-16, big, no mark": ("a: 1\nb: 顾客\n".encode("utf-16-be"), [(1, 1, encoding.UTF_16)]),
    "Latin-1": ("a: 1\nb: xx café\n".encode("latin-1"), [(2, 10, encoding.NOT_UTF_8)]),
    "a GBK line among UTF-8": (
        "a: 顾客要求\nb: ".encode() + "退货".encode("gbk"),
        [(2, 4, encoding.NOT_UTF_8)],
    ),
    "cut off": ("a: 顾客要求\n".encode()[:-2], [(1, 7, encoding.CUT_OFF)]),
    # damage
    "NUL": ("a: x\0y and more text\n", [(1, 5, damage.CONTROL)]),
    "bell at the start": ("\x07a: 1\n", [(1, 1, damage.CONTROL)]),
    "delete": ("a: 1\nb: x\x7f\n", [(2, 5, damage.CONTROL)]),
    "C1": ('a: "x\x80"\n', [(1, 6, damage.CONTROL)]),
    "escape in a comment": ("# \x1b[31m\na: 1\n", [(1, 3, damage.CONTROL)]),
    "next line": ("a: x\x85b: y\n", [(1, 5, damage.LINE_SEPARATOR)]),
    "line separator": (
        "a: |\n  x\u2028y\u2029z\n",
        [(2, 4, damage.LINE_SEPARATOR), (2, 6, damage.LINE_SEPARATOR)],
    ),
    "inner byte order mark": ("a: 1\n\ufeffb: 2\n", [(2, 1, damage.INNER_BOM)]),
    "conflict": (
        "a: 1\n<<<<<<< HEAD\nb: 1\n=======\nb: 2\n>>>>>>> other\nc: 1\n<<<<<<< HEAD\n=======\n>>>>>>> x\n",
        [(2, 1, damage.CONFLICT), (8, 1, damage.CONFLICT)],
    ),
    "conflict, CRLF": ("a: 1\r\n<<<<<<< HEAD\r\n=======\r\n>>>>>>> x\r\n", [(2, 1, damage.CONFLICT)]),
    "conflict, end left": ("a: 1\n>>>>>>> other\n", [(2, 1, damage.CONFLICT)]),
    # forms of YAML a register does without
    "duplicate": ("a: 1\nb: 2\na: 3\n", [(3, 1, tree.DUPLICATE)]),
    "duplicates": (
        "a: 1\nb:\n  c: 1\n  c: 2\na: 3\na: 4\n",
        [(4, 3, tree.DUPLICATE), (5, 1, tree.DUPLICATE), (6, 1, tree.DUPLICATE)],
    ),
    "duplicate in brackets": ("x: {a: 1, 'a': 2}\n", [(1, 11, tree.DUPLICATE)]),
    "duplicate in an item": ("x:\n  - a: 1\n    a: 2\n", [(3, 5, tree.DUPLICATE)]),
    "anchor": ("a: &one 1\nb: 2\n", [(1, 4, tree.ANCHOR)]),
    "anchor on a mapping": ("a: &one\n  b: 1\nc: &two [1]\n", [(1, 4, tree.ANCHOR), (3, 4, tree.ANCHOR)]),
    "anchor on a key": ("&k a: 1\n", [(1, 1, tree.ANCHOR)]),
    "alias": ("a: &one 1\nb: *one\n", [(1, 4, tree.ANCHOR), (2, 4, tree.ALIAS)]),
    "alias to nothing": ("a: *one\n", [(1, 4, tree.ALIAS)]),
    "star alone": ("a: **bold**\n", [(1, 4, tree.ALIAS)]),
    "tag": ("a: !!str 1\nb: !own {c: 1}\n", [(1, 4, tree.TAG), (2, 4, tree.TAG)]),
    "tag behind an anchor": ("a: &x !y 1\n", [(1, 4, tree.ANCHOR), (1, 7, tree.TAG)]),
    "exclamation mark": ("a: ! 1\n", [(1, 4, tree.TAG)]),
    "unknown tag handle": ("a: !x!y 1\n", [(1, 4, tree.TAG)]),
    "merge key": ("a: {b: 1}\n<<: {c: 1}\n", [(2, 1, tree.MERGE)]),
    "documents": ("a: 1\n---\nb: 2\n---\nc: 3\n", [(2, 1, tree.DOCUMENTS)]),
    "text behind the end": ("a: 1\n...\nb: 2\n", [(3, 1, syntax.AFTER_END)]),
    "directive": ("%YAML 1.2\n---\na: 1\n", [(1, 1, tree.DIRECTIVE)]),
    "unknown directive": ("# c\n%OWN x\n---\na: 1\n", [(2, 1, tree.DIRECTIVE)]),
    "key is a list": ("? [a]\n: 1\n", [(1, 3, tree.KEY_NOT_TEXT)]),
    "key is a mapping": ("{a: 1}: 2\n", [(1, 1, tree.KEY_NOT_TEXT)]),
    "no key": ("a: 1\n: 2\n", [(2, 1, tree.KEY_EMPTY)]),
    # look-alikes
    "full-width colon": ("a: 1\n状态：open\nb: 2\n", [(2, 3, lookalikes.COLON)]),
    "full-width colon swallowed": (
        "events:\n  - event：received\n    at：2026\nz: 1\n",
        [(2, 10, lookalikes.COLON), (3, 7, lookalikes.COLON)],
    ),
    "full-width colon behind a value": ("a: one\n  by：li\nb: 2\n", [(2, 5, lookalikes.COLON)]),
    "full-width colon, lines before the fault": (
        "a:\n  - event：x\n    at: 1\n",
        [(2, 10, lookalikes.COLON)],
    ),
    "full-width colons everywhere": (
        "状态：open\n编号：1\n",
        [(1, 3, lookalikes.COLON), (2, 3, lookalikes.COLON)],
    ),
    "full-width colon in brackets": ("a: {by：li}\n", [(1, 7, lookalikes.COLON)]),
    "full-width comma": ("a: [b，c]\n", [(1, 6, lookalikes.COMMA)]),
    "full-width comma in a mapping": ("a: {x: 1，y: 2}\n", [(1, 9, lookalikes.COMMA)]),
    "enumeration comma": ("a: [x, b、c]\n", [(1, 9, lookalikes.COMMA)]),
    "full-width quotes on a key": ("“a”: 1\n", [(1, 1, lookalikes.QUOTES)]),
    "full-width quotes on a value": ("a: “b: c”\n", [(1, 4, lookalikes.QUOTES)]),
    # tabs
    "tab as indentation": ("a:\n\tb: 1\n", [(2, 1, lookalikes.TAB_INDENT)]),
    "tab as indentation of a list": ("a:\n\t- b\n", [(2, 1, lookalikes.TAB_INDENT)]),
    "tab within indentation": ("a:\n  b:\n  \tc: 1\n", [(3, 3, lookalikes.TAB_INDENT)]),
    "tab behind a value": ("a: 1\n\tb: 2\n", [(2, 1, lookalikes.TAB_INDENT)]),
    "tab in a block text's indentation": ("a: |\n\tx\n", [(2, 1, lookalikes.TAB_INDENT)]),
    "tab behind the colon": (
        "a:\t1\nb:\t2\n",
        [(1, 3, lookalikes.TAB_BETWEEN), (2, 3, lookalikes.TAB_BETWEEN)],
    ),
    "tab behind the dash": ("a:\n  -\tb\n", [(2, 4, lookalikes.TAB_BETWEEN)]),
    "tab in a plain text": ("a: x\ty\n", [(1, 5, lookalikes.TAB_BETWEEN)]),
    "tab at the end": (
        "a: x\t\nb: 'y'\t\n",
        [(1, 5, lookalikes.TAB_BETWEEN), (2, 7, lookalikes.TAB_BETWEEN)],
    ),
    "tab in brackets": ("a: [b,\tc]\n", [(1, 7, lookalikes.TAB_BETWEEN)]),
    # slips of syntax
    "no colon": ("a: 1\nb\nc: 2\n", [(2, 1, syntax.NO_COLON)]),
    "no colon at the end": ("a: 1\nb\n", [(2, 1, syntax.NO_COLON)]),
    "no colon at the start": ("a\nb: 1\n", [(1, 1, syntax.NO_COLON)]),
    "no space behind the colon": ("a: 1\nby:li\nc: 2\n", [(2, 3, syntax.NO_SPACE)]),
    "no space anywhere": ("a:1\nb:2\n", [(1, 2, syntax.NO_SPACE), (2, 2, syntax.NO_SPACE)]),
    "second colon": ("a: 1\nb: c: d\n", [(2, 5, syntax.COLON_IN_VALUE)]),
    "too far in": ("a: 1\n  b: 2\n", [(2, 3, syntax.TOO_FAR_IN)]),
    "between two levels": ("a:\n    b: 1\n  c: 2\n", [(3, 3, syntax.INDENT)]),
    "text behind quotes": ("a: 'it's'\n", [(1, 8, syntax.AFTER_QUOTES)]),
    "item among fields": ("a: 1\n- b\n", [(2, 1, syntax.ITEM_MISPLACED)]),
    "field among items": ("a:\n  - b\n  c: 1\n", [(3, 3, syntax.FIELD_BESIDE_LIST)]),
    "list on the line of its key": ("a: - b\n", [(1, 4, syntax.LIST_ON_LINE)]),
    "list not closed": ("a: [b, c\nd: 1\n", [(1, 4, syntax.LIST_OPEN)]),
    "mapping not closed": ("a: {b: 1\nc: 2\n", [(1, 4, syntax.MAP_OPEN)]),
    "comma missing": ("a: ['b' 'c']\n", [(1, 9, syntax.COMMA_MISSING)]),
    "quote not closed": ('a: 1\nb: "two\nc: 3\n', [(2, 4, syntax.QUOTE_OPEN)]),
    "single quote not closed": ("a: 'two\nb: 3\n", [(1, 4, syntax.QUOTE_OPEN)]),
    "at sign": ("a: 1\nb: @li\n", [(2, 4, syntax.BAD_START)]),
    "backtick": ("a: `li`\n", [(1, 4, syntax.BAD_START)]),
    "stray bracket": ("a: ]\n", [(1, 4, syntax.STRAY)]),
    "stray comma": ("a: , b\n", [(1, 4, syntax.STRAY)]),
    "backslash": ('a: "C:\\qx"\n', [(1, 7, syntax.ESCAPE)]),
    "surrogate": ('a: "\\ud800"\n', [(1, 7, syntax.ESCAPE)]),
    "text on the line of |": ("a: | text\n", [(1, 6, syntax.BLOCK_HEADER)]),
    "question mark": ("a: ? b\n", [(1, 4, syntax.QUESTION)]),
}


@pytest.mark.parametrize("what", REFUSED)
def test_refused_with_its_own_sentence_at_its_own_place(what):
    given, expected = REFUSED[what]
    data = given if isinstance(given, bytes) else given.encode()
    flaws = read_yaml("cases/x.yaml", data)
    assert not isinstance(flaws, Record)
    told = [(flaw.place.line, flaw.place.column, flaw.text.en) for flaw in flaws]
    assert told == [(line, column, _en(text)) for line, column, text in expected]
    for flaw in flaws:
        assert flaw.place.path == "cases/x.yaml"
        assert flaw.text.say("en") != flaw.text.say("zh") != ""
        assert "{" not in flaw.text.say("en") or flaw.text.en == syntax.MAP_OPEN.en


@pytest.mark.parametrize("what", REFUSED)
def test_refused_without_libyaml_too(what, monkeypatch):
    given, expected = REFUSED[what]
    monkeypatch.setattr(tree, "_libyaml", None)
    flaws = read_yaml("x.yaml", given if isinstance(given, bytes) else given.encode())
    assert not isinstance(flaws, Record)
    assert flaws[0].place.line == expected[0][0]
    assert flaws[0].text.en == _en(expected[0][2])


def _en(text: Text | tuple[str, str]) -> str:
    return text.en if isinstance(text, Text) else text[0]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("a: 1\nb: 2\na: 3\n", "the field “a” stands twice: first on line 1, again here; keep one of them"),
        (
            "a: &one 1\n",
            "an anchor (&) is not allowed: write the value out where it is needed; "
            "a text that begins with & needs quotes",
        ),
        ("a: !!str 1\n", "a tag (!) is not allowed: remove it; a text that begins with ! needs quotes"),
        (
            "a: [x, b、c]\n",
            "a full-width 、 separates the items of this list: write an ordinary comma and a space",
        ),
        (
            "a: {b: 1\nc: 2\n",
            "the group of fields opened here ({) is not closed, or a comma is missing in it",
        ),
        ("a: @li\n", "a value cannot begin with “@”: put it in quotes"),
        ("- a\n", "the file must consist of fields (lines of “name: value”), but it is one list"),
        ("a: \x01\n", "an invisible control character (U+0001) stands here: delete it"),
    ],
)
def test_what_the_sentence_says(text, sentence):
    (flaw,) = read_yaml("x.yaml", text.encode())
    assert flaw.text.say("en") == sentence


@pytest.mark.parametrize(
    "text",
    [
        "personal: {name: *SECRET}\n",
        "personal: &SECRET {name: x}\n",
        "personal: !SECRET {name: x}\n",
        "personal:\n  name: &SECRET x\n",
        "personal: {SECRET: x, SECRET: y}\n",
        "personal:\n  contacts:\n    - {SECRET: 1, SECRET: 2}\n",
        "{summary: x, personal: {SECRET: x, SECRET: y}}\n",
        "personal: {&SECRET name: x}\n",
        "complainant: *SECRET\n",
        "phone: 13812345678\nphone: *13812345678\n13812345678: 1\n13812345678: 2\n",
    ],
)
def test_no_refusal_repeats_what_may_be_somebodys(text):
    flaws = read_yaml("x.yaml", text.encode())
    assert not isinstance(flaws, Record)
    for flaw in flaws:
        said = flaw.text.say("en") + flaw.text.say("zh")
        assert "SECRET" not in said and "1381234" not in said


def test_behind_the_block_a_field_is_named_again():
    (flaw,) = read_yaml("x.yaml", b"personal: {a: x}\nb: 1\nb: 2\n")
    assert flaw.text.say("zh") == "字段“b”出现了两次：第一次在第 2 行，这里又写了一次；请只保留一个"


PROSE = """
summary: 客户说：没修好
summary: “没修好”，再来：一次
note: VIP：重要，12：30 前
a: [没修好，换货, 客户：是]
a: {b: 客户：是}
title: {zh: 一：二, en: y}
a: x # by：li
""".strip().splitlines()
LINES = [
    "summary:\n  客户说：没修好\n",
    "summary: 客户来电，\n  客户说：没修好，要求\n  退货\n",
    "reasons:\n  - 客户说：没修好\n  - 订单号：A123\n",
    "statement: |\n  event：received\n  电话：138\n  “a”: [b，c]\n",
    "statement: >\n  at：1\n\n  by：li\n",
    'a: "x\n  at：1"\n',
    "a: 'x\n  at：1'\n",
    "# event：received\na: 1\n",
]


@pytest.mark.parametrize("text", [*PROSE, *LINES])
def test_ordinary_chinese_prose_passes(text):
    assert isinstance(read_yaml("x.yaml", text.encode()), Record)


@pytest.mark.parametrize(
    "text",
    [
        'a: "x\ty"\n',
        "a: 'x\ty'\n",
        'a: "x\n\ty"\n',
        "a: |\n  x\ty\n  \tz\n",
        "a: >\n  x\ty\n",
        "a: 1 #\tx\n#\ty\n",
        "a: 1\n # x\ty\nb: [1, # \t\n2]\n",
    ],
)
def test_tabs_may_stand_in_quotes_block_texts_and_comments(text):
    assert isinstance(read_yaml("x.yaml", text.encode()), Record)


@pytest.mark.parametrize("mark", ["=======", "<<<<<<<", ">>>>>>> x", "|||||||"])
def test_a_line_like_a_conflict_mark_within_a_text_passes(mark):
    assert isinstance(read_yaml("x.yaml", f"a: |\n  x\n  {mark}\n".encode()), Record)


def test_flaws_are_capped():
    assert len(read_yaml("x.yaml", b"a: 1\n" * 5000)) == 100

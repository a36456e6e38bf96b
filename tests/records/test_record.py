"""Places: line and column as an editor counts them, whatever the line ends and characters."""

from __future__ import annotations

import pytest
from casework.records.record import Record, line_starts, place_of
from casework.records.strict_yaml import read_yaml

TEXT = """\
# c
a: 😀 好
list:
  - 😀
  -   b: 1
      “”: 2
flow: {x: "é", y: [1, 22]}
empty:
text: |
  😀
  x
last: z
"""


def record_of(text: str) -> Record:
    record = read_yaml("x.yaml", text.encode())
    assert isinstance(record, Record), record
    return record


SPOTS = [
    ((), (2, 1), (2, 1)),
    (("a",), (2, 1), (2, 4)),
    (("list",), (3, 1), (4, 3)),
    (("list", 0), (4, 5), (4, 5)),
    (("list", 1), (5, 7), (5, 7)),
    (("list", 1, "b"), (5, 7), (5, 10)),
    (("flow",), (7, 1), (7, 7)),
    (("flow", "x"), (7, 8), (7, 11)),
    (("flow", "y", 1), (7, 23), (7, 23)),
    (("empty",), (8, 1), (8, 7)),
    (("text",), (9, 1), (9, 7)),
    (("last",), (12, 1), (12, 7)),
    (("none",), (2, 1), (2, 1)),
    (("a", "none"), (2, 1), (2, 4)),
    (("list", 7, "none"), (3, 1), (4, 3)),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize(("steps", "key", "value"), SPOTS)
def test_the_place_of_a_key_and_of_its_value(steps, key, value, line_end, mark):
    record = record_of(mark + TEXT.replace("“”", '"“”"').replace("\n", line_end))
    assert record.place(*steps) == ("x.yaml", *key)
    assert record.value_place(*steps) == ("x.yaml", *value)


def test_marks_cut_out_exactly_what_is_written():
    record = record_of(TEXT.replace("“”", '"“”"'))
    for steps, written in {
        ("a",): "😀 好",
        ("list", 0): "😀",
        ("flow",): '{x: "é", y: [1, 22]}',
        ("flow", "x"): '"é"',
        ("flow", "y"): "[1, 22]",
        ("empty",): "",
        ("text",): "|\n  😀\n  x\n",
    }.items():
        mark = record.mark_of(*steps)
        assert record.text[mark.start : mark.end] == written


def test_lines_end_where_editors_end_them():
    assert line_starts("a\nb\r\nc\rd") == (0, 2, 5, 7)
    assert line_starts("a\x0bb\x0cc\x85d\u2028e") == (0,)
    assert line_starts("") == (0,)


def test_columns_count_characters_not_bytes_nor_halves_of_emoji():
    assert place_of("x", "😀é：z", 3) == ("x", 1, 4)
    assert str(place_of("x", "a\n😀z", 3)) == "x:2:2"
    assert place_of("x", "\ufeffab", 0) == place_of("x", "\ufeffab", 1) == ("x", 1, 1)


def test_text_is_kept_as_written():
    for text in ("\ufeffa: 1\r\n", "a: 1", "# c\ra: 'x'\r"):
        assert record_of(text).text == text

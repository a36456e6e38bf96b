"""Edits of one spot: every other byte stays, in whatever style the file is written."""

from __future__ import annotations

import pytest
from casework.records.patch import CannotEdit, append_item, set_value
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml

ITEM = {"event": "closed", "at": "2026-11-09T10:00+08:00", "by": "li"}

STYLES = {
    "usual": "a: 1\nevents:\n  - event: x\n    by: y\n",
    "no final line end": "a: 1\nevents:\n  - event: x\n    by: y",
    "dash level with the key": "events:\n- event: x\n  by: y\n",
    "level, key behind": "events:\n- event: x\n  by: y\nz: 1\n",
    "four spaces": "events:\n    - event: x\n      by: y\n",
    "wide gap behind the dash": "events:\n  -   event: x\n      by: y\n",
    "dash alone": "events:\n  -\n    event: x\n    by: y\n",
    "dash alone, deep": "events:\n-\n      event: x\n",
    "dash with comment": "events:\n  - # the - first\n    event: x\n    by: y\n",
    "CRLF": "a: 1\r\nevents:\r\n  - event: x\r\n    by: y\r\nz: 1\r\n",
    "CRLF, no final line end": "events:\r\n  - event: x\r\n    by: y",
    "lone CR": "a: 1\revents:\r  - event: x\r    by: y\rz: 1\r",
    "BOM": "\ufeffevents:\n  - event: x\n",
    "blank lines behind": "events:\n  - event: x\n\n\n\nz: 1\n",
    "blank lines at the end": "events:\n  - event: x\n\n\n\n",
    "blank lines between": "events:\n\n  - event: x\n\n  - event: y\n\nz: 1\n",
    "comment behind the list": "events:\n  - event: x\n# behind\nz: 1\n",
    "comment behind a blank line": "events:\n  - event: x\n\n  # about what follows\n\nz: 1\n",
    "comment of the last item": "events:\n  - event: x\n    # called twice\nz: 1\n",
    "comment on the last line": "events:\n  - event: x  # why\nz: 1\n",
    "comment on the list's line": "events: # all of them\n  - event: x\nz: 1\n",
    "comment at the end": "events:\n  - event: x\n# the end",
    "block text last": "events:\n  - event: x\n    note: |\n      one\n\n      two\n\nz: 1\n",
    "block text last, at the end": "events:\n  - event: x\n    note: |\n      one\n",
    "block text kept": "events:\n  - event: x\n    note: |+\n      one\n\n\nz: 1\n",
    "block text stripped": "events:\n  - event: x\n    note: |-\n      one\n      two\nz: 1\n",
    "block text stripped, no final line end": "events:\n  - event: x\n    note: |-\n      one",
    "folded text last": "events:\n  - event: x\n    note: >\n      one\n      two\n\n\n# end\nz: 1\n",
    "block text with indicator": "events:\n  - event: x\n    note: |2\n        one\nz: 1\n",
    "plain text over lines": "events:\n  - event: x\n    note: one\n      two\n      three\nz: 1\n",
    "quoted text over lines": 'events:\n  - event: x\n    note: "one\n\n      two"  # end\nz: 1\n',
    "no value last": "events:\n  - event: x\n    note:\nz: 1\n",
    "empty item last": "events:\n  - event: x\n  -\nz: 1\n",
    "scalar item last": "events:\n  - event: x\n  - y\nz: 1\n",
    "brackets in a block": "events:\n  - {event: x, by: y}\n  - {event: z,\n     by: y\n    }\nz: 1\n",
    "list within the last item": "events:\n  - event: x\n    to:\n      - a\n      - b\nz: 1\n",
    "level list within the last item": "events:\n- event: x\n  to:\n  - a\n  - b\nz: 1\n",
    "list in a list": "events:\n  - - a\n    - b\n",
    "document marks": "---\nevents:\n  - event: x\n...\n",
    "document mark and comment": "--- # one\nevents:\n  - event: x\n# two\n...\n# three\n",
    "quoted key": '"events":\n  - event: x\n',
    "space before the colon": "events :\n  - event: x\n",
    "question mark key": "? events\n: - event: x\n  - event: y\n",
    "deep": "a:\n  b:\n    c: 1\nevents:\n  - event: x\n    by: y\n    deep:\n      er:\n        est: 1\nz: 1\n",
    "Chinese and emoji": "摘要: 😀 好\nevents:\n  - event: x\n    note: 客户说：没修好 😀\nz: 1\n",
    "trailing spaces": "events:   \n  - event: x   \n    by: y   \nz: 1\n",
    "empty list": "a: 1\nevents: []\nz: 1\n",
    "empty list with a comment": "a: 1\nevents: []  # none yet\nz: 1\n",
    "empty list at the end": "a: 1\nevents: []",
    "spaced empty list": "events: [ ]\nz: 1\n",
    "list without value": "a: 1\nevents:\nz: 1\n",
    "list without value, comment below": "events:\n  # none yet\nz: 1\n",
    "null list": "events: null\nz: 1\n",
    "tilde list": "events: ~",
    "flow list": "events: [{event: x, by: y}]\nz: 1\n",
    "flow list with spaces": "events: [ {event: x} ]\nz: 1\n",
    "flow list over lines": "events: [\n  {event: x},\n  {event: y}\n]\nz: 1\n",
    "flow list over lines, last comma": "events: [\n  {event: x},\n  {event: y},  # why\n]\nz: 1\n",
    "flow list over lines, comment": "events: [\n  {event: x},\n  {event: y}  # why\n]\nz: 1\n",
    "flow list with last comma": "events: [{event: x},]\nz: 1\n",
    "JSON": '{"a": 1, "events": [{"event": "x", "by": "y"}], "z": 1}\n',
    "JSON, empty": '{"a": 1, "events": [], "z": 1}\n',
    "JSON over lines": '{\n  "a": 1,\n  "events": [\n    {"event": "x"}\n  ]\n}\n',
    "list missing": "a: 1\nb: two\n",
    "list missing, blank lines behind": "a: 1\nb:\n    c: d\n\n# end\n",
}
"""Sixty-odd ways of writing a file with a list of events."""


def record_of(text: str) -> Record:
    record = read_yaml("x.yaml", text.encode())
    assert isinstance(record, Record), record
    return record


def kept_bytes(old: str, new: str) -> int:
    """How many characters of the old text stand unchanged at both ends of the new one."""
    head = next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )
    rest, last = old[head:][::-1], new[head:][::-1]
    return head + next((n for n, (a, b) in enumerate(zip(rest, last, strict=False)) if a != b), len(rest))


@pytest.mark.parametrize("style", STYLES)
def test_an_item_more_and_nothing_else(style):
    old = STYLES[style]
    record = record_of(old)
    new = append_item(record, ("events",), ITEM)
    again = record_of(new)
    assert again.value == {**record.value, "events": [*(record.value.get("events") or []), ITEM]}
    changed = len(old) - kept_bytes(old, new)
    spared = {
        "empty": 4,
        "spaced": 4,
        "null": 5,
        "tilde": 2,
        "flow list over lines": 14,
        "JSON": 3,
        "with a comment": 16,
    }
    assert changed <= max((n for word, n in spared.items() if word in style), default=0)


@pytest.mark.parametrize("style", STYLES)
def test_twice_is_twice(style):
    once = append_item(record_of(STYLES[style]), ("events",), ITEM)
    twice = append_item(record_of(once), ("events",), {**ITEM, "by": "wang"})
    assert [event["by"] for event in record_of(twice).value["events"][-2:]] == ["li", "wang"]


@pytest.mark.parametrize(
    ("style", "new"),
    [
        ("usual", "a: 1\nevents:\n  - event: x\n    by: y\n  - event: closed\n    by: li\n"),
        ("no final line end", "a: 1\nevents:\n  - event: x\n    by: y\n  - event: closed\n    by: li"),
        ("level, key behind", "events:\n- event: x\n  by: y\n- event: closed\n  by: li\nz: 1\n"),
        (
            "wide gap behind the dash",
            "events:\n  -   event: x\n      by: y\n  -   event: closed\n      by: li\n",
        ),
        ("dash alone", "events:\n  -\n    event: x\n    by: y\n  -\n    event: closed\n    by: li\n"),
        ("lone CR", "a: 1\revents:\r  - event: x\r    by: y\r  - event: closed\r    by: li\rz: 1\r"),
        ("blank lines behind", "events:\n  - event: x\n  - event: closed\n    by: li\n\n\n\nz: 1\n"),
        (
            "comment of the last item",
            "events:\n  - event: x\n    # called twice\n  - event: closed\n    by: li\nz: 1\n",
        ),
        ("comment behind the list", "events:\n  - event: x\n  - event: closed\n    by: li\n# behind\nz: 1\n"),
        (
            "block text last",
            "events:\n  - event: x\n    note: |\n      one\n\n      two\n  - event: closed\n    by: li\n\nz: 1\n",
        ),
        (
            "block text kept",
            "events:\n  - event: x\n    note: |+\n      one\n\n\n  - event: closed\n    by: li\nz: 1\n",
        ),
        ("empty list with a comment", "a: 1\nevents:  # none yet\n  - event: closed\n    by: li\nz: 1\n"),
        ("document marks", "---\nevents:\n  - event: x\n  - event: closed\n    by: li\n...\n"),
        (
            "flow list over lines, comment",
            "events: [\n  {event: x},\n  {event: y},  # why\n  {event: closed, by: li}\n]\nz: 1\n",
        ),
        ("JSON, empty", '{"a": 1, "events": [{event: closed, by: li}], "z": 1}\n'),
        (
            "list missing, blank lines behind",
            "a: 1\nb:\n    c: d\nevents:\n    - event: closed\n      by: li\n\n# end\n",
        ),
    ],
)
def test_the_file_keeps_its_own_style(style, new):
    assert append_item(record_of(STYLES[style]), ("events",), {"event": "closed", "by": "li"}) == new


SCALARS = {
    "plain": ("a: old\nz: 1\n", "a: {}\nz: 1\n"),
    "comment behind": ("a: old   # why\nz: 1\n", "a: {}   # why\nz: 1\n"),
    "spaces behind": ("a: old  \nz: 1\n", "a: {}  \nz: 1\n"),
    "double quotes": ('a: "old: #"\nz: 1\n', "a: {}\nz: 1\n"),
    "single quotes": ("a: 'it''s'\r\nz: 1\r\n", "a: {}\r\nz: 1\r\n"),
    "nothing": ("a:\nz: 1\n", "a: {}\nz: 1\n"),
    "nothing, comment behind": ("a: # why\nz: 1\n", "a: {} # why\nz: 1\n"),
    "nothing at the end": ("a:", "a: {}"),
    "over lines": ("a: one\n  two\nz: 1\n", "a: {}\nz: 1\n"),
    "quoted over lines": ('a: "one\n  two" # why\nz: 1\n', "a: {} # why\nz: 1\n"),
    "block text": ("a: |\n  one\n\n  two\n\n# c\nz: 1\n", "a: {}\n\n# c\nz: 1\n"),
    "block text at the end": ("z: 1\na: |-\n  one", "z: 1\na: {}"),
    "kept block text": ("a: |+\n  one\n\nz: 1\n", "a: {}\nz: 1\n"),
    "tilde": ("a: ~\n", "a: {}\n"),
    "number": ("a: 5\n", "a: {}\n"),
    "spaces before the colon": ("a   :   old\n", "a   :   {}\n"),
    "in brackets": ("{{z: 1, a: old, b: 2}}\n", "{{z: 1, a: {}, b: 2}}\n"),
    "question mark": ("? a\n: old\n", "? a\n: {}\n"),
    "BOM": ("\ufeffa: old\n", "\ufeffa: {}\n"),
}
VALUES = {
    "new": "new",
    "yes": '"yes"',
    "12:30": '"12:30"',
    "a: b": '"a: b"',
    "#1": '"#1"',
    "a #b": '"a #b"',
    "13800000000": '"13800000000"',
    "😀 好": "😀 好",
    "a\u2028b": '"a\\u2028b"',
    "\x07": '"\\x07"',
    'say "hi"': 'say "hi"',
    '"hi"': "'\"hi\"'",
    "": '""',
    5: "5",
    True: "true",
    None: "null",
}


@pytest.mark.parametrize("style", SCALARS)
@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_scalar_and_nothing_else(style, value):
    old, new = (text.replace("{{", "{").replace("}}", "}") for text in SCALARS[style])
    told = VALUES[value]
    if style == "in brackets" and isinstance(value, str) and value not in ("new", "😀 好"):
        told = told if told.startswith('"') else '"' + value.replace('"', '\\"') + '"'
    if style == "in brackets" and value == "😀 好":
        told = '"😀 好"'
    assert set_value(record_of(old), ("a",), value) == new.replace("{}", told)


def test_text_of_several_lines_becomes_a_block():
    old = "a: old\nb:\n    c: old\nz: old # why\n"
    assert (
        set_value(record_of(old), ("a",), "one\ntwo")
        == "a: |-\n    one\n    two\nb:\n    c: old\nz: old # why\n"
    )
    assert "c: |\n        one\n        two\nz:" in set_value(record_of(old), ("b", "c"), "one\ntwo\n")
    assert set_value(record_of(old), ("z",), "one\ntwo").endswith("z: |- # why\n    one\n    two\n")


def test_text_of_several_lines_leaves_what_follows_on_the_line():
    assert set_value(record_of("a: 'x' \nz: 1\n"), ("a",), "1\n2\n") == "a: | \n  1\n  2\nz: 1\n"
    assert set_value(record_of("a:\n  - x\n  -\n"), ("a", 1), "1\n2") == "a:\n  - x\n  - |-\n     1\n     2\n"
    assert set_value(record_of("a: x"), ("a",), "1\n2") == 'a: "1\\n2"'


def test_line_ends_of_a_block_are_the_file_s_own():
    assert set_value(record_of("a: old\r\nz: 1\r\n"), ("a",), "1\n2\n") == "a: |\r\n  1\r\n  2\r\nz: 1\r\n"


def test_an_item_of_a_list_can_be_set():
    assert set_value(record_of("a:\n- x\n- y # why\n"), ("a", 1), "no") == 'a:\n- x\n- "no" # why\n'


@pytest.mark.parametrize(
    ("text", "steps", "says"),
    [
        ("a: 1\n", ("b",), "there is nothing at “b” to change"),
        ("a: 1\n", ("a", "b"), "there is nothing at “a.b” to change"),
        ("a: [1]\n", ("a", 3), "there is nothing at “a.4” to change"),
        ("a: [1]\n", ("a",), "“a” holds several values: edit the file by hand"),
    ],
)
def test_what_cannot_be_set_is_said(text, steps, says):
    with pytest.raises(CannotEdit) as error:
        set_value(record_of(text), steps, "x")
    assert error.value.text.say("en") == says
    assert error.value.text.say("zh") not in ("", says)


@pytest.mark.parametrize(
    ("text", "steps", "says"),
    [
        ("events: x\n", ("events",), "“events” is not a list that something can be added to"),
        ("events: {a: 1}\n", ("events",), "“events” is not a list that something can be added to"),
        ("a: 1\n", ("b", "events"), "there is nothing at “b.events” to change"),
        ("a: {}\n", ("a", "events"), "there is nothing at “a.events” to change"),
    ],
)
def test_what_cannot_be_added_to_is_said(text, steps, says):
    with pytest.raises(CannotEdit) as error:
        append_item(record_of(text), steps, ITEM)
    assert error.value.text.say("en") == says
    assert error.value.text.say("zh") not in ("", says)


def test_an_edit_that_would_change_something_else_is_refused():
    old = "events:\n  - event: x\n    note: |\n      no line end"  # a line end more would be part of the note
    with pytest.raises(CannotEdit) as error:
        append_item(record_of(old), ("events",), ITEM)
    assert error.value.text.say("en").startswith("“events” (line 1) is written in a way")


def test_a_lone_surrogate_is_refused_and_not_written():
    with pytest.raises(CannotEdit):
        append_item(record_of("events: []\n"), ("events",), {"note": "\udcff"})

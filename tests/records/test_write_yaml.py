"""What we write, we read: write_yaml and read_yaml are each other's inverse over everything a record may hold."""

from __future__ import annotations

import json

import pytest
from casework.records.patch import append_item, set_value
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import write_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
_AWKWARD = (
    'yes|NO|null|~|true|12:30|0123|1.10|1e5|-|?|:|- a|a: b|a #b|#|\'|"|it\'s|say "x"|\\|a\\nb|event：received'
    "|客户说：没修好|电话：138|“x”|refund，apology|...|---|%a|@a|`a|*a|&a|!a|[a]|{a}|a,b|a:|:a|<<|=|0x1f| a|a |\t"
    "|a\tb|a\nb|a\nb\n|a\n\nb|\n|\na|a\n\n| a\nb|a\n b|a\n \nb|a\r\nb|\x07|\x7f|\x85|\u2028|\ufeff|😀|a\n😀: x\n"
)
AWKWARD = st.sampled_from(_AWKWARD.split("|"))
SCALARS = st.none() | st.booleans() | st.integers(-(10**15) + 1, 10**15 - 1) | TEXT | AWKWARD
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT | AWKWARD, inner, max_size=4),
    max_leaves=12,
)
MAPPINGS = st.dictionaries(TEXT | AWKWARD, VALUES, max_size=5)


def read_back(text: str):
    record = read_yaml("x.yaml", text.encode())
    assert isinstance(record, Record), (text, record)
    return record.value


def is_same(a, b) -> bool:
    return json.dumps(a) == json.dumps(b)  # order of keys and True/1 told apart


@settings(max_examples=150)
@given(MAPPINGS)
def test_written_and_read_is_the_same(value):
    assert is_same(read_back(write_yaml(value)), value)


@settings(max_examples=80)
@given(MAPPINGS, SCALARS)
def test_an_item_appended_or_a_scalar_set_is_read_back(item, value):
    record = read_yaml("x.yaml", b"events:\n  - event: x\n    note: |\n      y\nz: old # why\n")
    assert is_same(read_back(append_item(record, ("events",), item))["events"][1], item)
    assert is_same(read_back(set_value(record, ("z",), value))["z"], value)


@settings(max_examples=50)
@given(MAPPINGS)
def test_brackets_hold_everything_too(item):
    record = read_yaml("x.yaml", b"{events: [{event: x}], z: 1}\n")
    assert is_same(read_back(append_item(record, ("events",), item))["events"][1], item)


def test_naughty_strings_survive_in_every_position(shared):
    naughty = json.loads((shared / "data/hostile/blns.json").read_text(encoding="utf-8"))
    value = {
        "values": {f"k{n}": text for n, text in enumerate(naughty)},
        "list": naughty,
        "lists": [[text, [text]] for text in naughty],
        "keys": {text: n for n, text in enumerate(naughty)},
        "events": [{"event": "x", "note": text, "to": [text]} for text in naughty],
    }
    assert is_same(read_back(write_yaml(value)), value)


def test_a_new_file_looks_as_if_written_by_hand():
    value = {
        "case": "2026-11-0007",
        "demand": ["apology", "redo"],
        "order": {"order_no": "0123", "amount": "12.50"},
        "personal": {"name": "王某某", "statement": "第一句。\n第二句：完。\n"},
        "events": [
            {"event": "received", "at": "2026-11-03T09:12+08:00", "by": "li"},
            {"event": "assigned", "at": "2026-11-04", "by": "li", "to": ["zhou", "service-desk"]},
        ],
    }
    assert write_yaml(value) == (
        "case: 2026-11-0007\n"
        "demand: [apology, redo]\n"
        "\n"
        "order:\n"
        '  order_no: "0123"\n'
        '  amount: "12.50"\n'
        "\n"
        "personal:\n"
        "  name: 王某某\n"
        "  statement: |\n"
        "    第一句。\n"
        "    第二句：完。\n"
        "\n"
        "events:\n"
        "  - event: received\n"
        "    at: 2026-11-03T09:12+08:00\n"
        "    by: li\n"
        "  - event: assigned\n"
        "    at: 2026-11-04\n"
        "    by: li\n"
        "    to: [zhou, service-desk]\n"
    )


@pytest.mark.parametrize("value", [10**15, 1.5, {1}, b"x", "\udcff"])
def test_what_no_record_can_hold_is_not_written(value):
    with pytest.raises(ValueError):
        write_yaml({"a": value})

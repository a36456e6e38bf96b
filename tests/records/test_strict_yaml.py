"""The strict reader: what it gives for sound files."""

import pytest
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml


def value_of(text: str):
    record = read_yaml("x.yaml", text.encode())
    assert isinstance(record, Record), record
    return record.value


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("null", None),
        ("~", None),
        ("", None),
        ("true", True),
        ("false", False),
        ("0", 0),
        ("-7", -7),
        ("399", 399),
        ("123456789012345", 123456789012345),
    ],
)
def test_the_few_values_that_are_not_text(written, value):
    assert value_of(f"a: {written}\n") == {"a": value}
    assert type(value_of(f"a: {written}\n")["a"]) is type(value)


@pytest.mark.parametrize(
    "written",
    [
        "NO",
        "no",
        "yes",
        "on",
        "off",
        "True",
        "FALSE",
        "Null",
        "NULL",
        "12:30",
        "1:30:00",
        "0123",
        "00",
        "-0",
        "-01",
        "+1",
        "1.10",
        "1e5",
        ".5",
        "0x1f",
        "0o17",
        "1_000",
        "110101199003078888",
        "1234567890123456",
        "2026-03-05",
        "2026-02-30",
        "2026-03-05T09:12+08:00",
        "2026年3月5日",
        "１２３",
        "=",
        ".inf",
    ],
)
def test_everything_else_is_text_as_written(written):
    assert value_of(f"a: {written}\n") == {"a": written}
    assert value_of(f"a: [{written}]\n") == {"a": [written]}


def test_keys_are_text_as_written():
    assert value_of("NO: 1\n2026: 2\ntrue: 3\n0123: 4\n~: 5\n") == {
        "NO": 1,
        "2026": 2,
        "true": 3,
        "0123": 4,
        "~": 5,
    }


def test_quotes_make_text():
    assert value_of("a: '1'\nb: \"true\"\nc: ''\nd: |\n  null\n") == {
        "a": "1",
        "b": "true",
        "c": "",
        "d": "null\n",
    }

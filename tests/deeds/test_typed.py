"""Words typed by a person become what the schema asks for, and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from casework.deeds.refused import Refused
from casework.deeds.typed import field_of, in_order, instant_text, now_text, pairs_from, typed, values_from

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 20, 2, 30, 59, tzinfo=UTC)
WHOS = {"type": ["string", "array"], "items": {"type": "string"}}
NUMBER = {"type": ["string", "integer"]}
MANY_NUMBERS = {"type": ["string", "integer", "array"], "items": NUMBER}
FLAG = {"type": "boolean"}


@pytest.mark.parametrize(
    ("told", "schema", "value"),
    [
        ("li", WHOS, "li"),
        ("li,chen", WHOS, ["li", "chen"]),
        ("li, chen，wang、gao", WHOS, ["li", "chen", "wang", "gao"]),
        ("li,", WHOS, ["li"]),
        ("a,b", {"type": "string"}, "a,b"),
        ("a", {"type": "array", "items": {"type": "string"}}, ["a"]),
        ("50", NUMBER, 50),
        ("0123", NUMBER, "0123"),
        ("12.50", NUMBER, "12.50"),
        ("123456789012345678", NUMBER, "123456789012345678"),
        ("１２", NUMBER, "１２"),
        ("50", {"type": "string"}, "50"),
        ("1,02", MANY_NUMBERS, [1, "02"]),
        ("true", FLAG, True),
        ("否", FLAG, False),
        ("perhaps", FLAG, "perhaps"),
        ("yes", {"type": ["string", "boolean"]}, "yes"),
        ("null", {"type": ["string", "null"]}, None),
        ("null", {"type": "string"}, "null"),
        ("", {"type": "string"}, ""),
    ],
)
def test_the_schema_decides(told: str, schema: dict[str, Any], value: object) -> None:
    made = typed(told, schema)
    assert (made, type(made)) == (value, type(value))


@pytest.mark.time
@pytest.mark.parametrize(
    ("told", "text"),
    [
        ("9:05", "2026-03-20T09:05"),
        ("09：05", "2026-03-20T09:05"),
        ("2026-03-01 9:05", "2026-03-01T9:05"),  # the schema refuses what is still wrong
        ("2026-03-01 09:05", "2026-03-01T09:05"),
        ("2026-03-01T09:05+08:00", "2026-03-01T09:05+08:00"),
        (" 2026-03-01 ", "2026-03-01"),
        ("tomorrow", "tomorrow"),
    ],
)
def test_instants_are_completed_never_guessed(told: str, text: str) -> None:
    assert instant_text(told, NOW, ZONE) == text


@pytest.mark.time
def test_today_is_the_firms_day() -> None:
    late = datetime(2026, 3, 20, 17, tzinfo=UTC)  # 01:00 on the 21st in Shanghai
    assert instant_text("0:30", late, ZONE) == "2026-03-21T00:30"
    assert now_text(late, ZONE) == "2026-03-21T01:00+08:00"
    assert now_text(NOW, ZONE) == "2026-03-20T10:30+08:00", "the minute begun, never a minute not yet come"


def test_groups_and_order() -> None:
    fields = {
        "product": {"type": "object", "properties": {"lot_no": NUMBER}},
        "shares": {"type": "object", "additionalProperties": {"type": "integer"}},
    }
    values = values_from([("shares.company", "70"), ("product.lot_no", "7")], fields, NOW, ZONE)
    assert in_order(values, fields) == {"product": {"lot_no": 7}, "shares": {"company": 70}}
    assert list(in_order(values, fields)) == ["product", "shares"]
    assert field_of(fields, "product.lot") is None and field_of(fields, "product.lot_no") == NUMBER


@pytest.mark.parametrize(
    "pairs", [[("a", "1"), ("a", "2")], [("a", "1"), ("a.b", "2")], [("a.b", "1"), ("a", "2")]]
)
def test_a_field_told_twice_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(Refused, match="told twice"):
        values_from(pairs, {}, NOW, ZONE)


def test_bytes_that_are_no_utf_8_are_refused() -> None:
    with pytest.raises(Refused, match="not UTF-8"):
        values_from([("note", "caf\udce9")], {}, NOW, ZONE)


def test_pairs() -> None:
    assert pairs_from(["to=li", "note=a=b", "x="]) == [("to", "li"), ("note", "a=b"), ("x", "")]
    for word in ("to", "=li", " =li"):
        with pytest.raises(Refused, match="FIELD=VALUE"):
            pairs_from([word])

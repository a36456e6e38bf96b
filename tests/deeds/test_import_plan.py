"""Rows become cases whose every value comes from a cell or from the map; a row that cannot is named with its line."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from casework.deeds.import_case import word_of
from casework.deeds.import_known import differences, here_in
from casework.deeds.import_map import Map
from casework.deeds.import_map_read import read_map
from casework.deeds.import_plan import Numbering, Plan, is_stale, plan_of, sorted_rows
from casework.deeds.import_table import Table, read_table
from casework.deeds.refused import Refused
from casework.house import House, house_of
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml

REPO = Path(__file__).parents[2]
SCHEMA = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")}
FIRM = {
    "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
    for path in (REPO / "tests/firm/policies").rglob("*.yaml")
}
NOW = datetime(2026, 6, 1, tzinfo=UTC)

MAP = """\
source: old-book
policy: standard
id: no
by: li
format: YYYY-MM-DD hh:mm
head:
  kind: complaint
  channel: {column: how, values: {Tel: phone, Walk-in: visit}}
  category: {column: topic, word: true}
  product.name: {column: goods}
personal:
  statement: {column: words}
events:
  - event: received
    at: {column: came}
  - event: response_given
    when_given: answered
    at: {column: answered}
    note: {column: remark}
"""
HEADER = "no,came,how,topic,goods,words,answered,remark\n"
FULL = '7,2026-03-02 09:00,Tel,Late delivery,Lamp,"It came late,\nand broken",2026-03-03 10:00,=SUM(A1)\n'
BARE = "8,2026-04-01 00:10,,,,,,\n"


@pytest.fixture(scope="module")
def house() -> House:
    return house_of(Files({**SCHEMA, **FIRM}))


Make = Callable[..., Plan]


@pytest.fixture
def plan(tmp_path: Path, house: House) -> Make:
    """The plan for rows under the map, with cases that are in the register already."""

    def made(
        rows: str, map_: str = MAP, here: dict[str, str] | None = None, header: str = HEADER, taken=()
    ) -> Plan:
        path = tmp_path / "t.csv"
        path.write_bytes((header + rows).encode())
        table, read = read_table(path), read_map("map.yaml", map_.encode(), house)
        assert isinstance(table, Table) and isinstance(read, Map), (table, read)
        known = here_in(Files(here or {}), read.source)
        numbering = Numbering(lambda month: taken, known.receipts, random.Random(7))
        return plan_of(table, sorted_rows(table, read, known), house, (NOW, NOW), numbering)

    return made


def bad(plan: Plan) -> list[tuple[int, str]]:
    assert all(flaw.text.say("zh") != flaw.text.say("en") for flaw in plan.bad)
    return [(flaw.place.line, flaw.text.say("en")) for flaw in plan.bad]


def told(plan: Plan, at: int = 0) -> dict:
    case = plan.cases[at]
    return dict(read_yaml(case.path, case.body).value)


def test_a_full_row(plan: Make) -> None:
    made = plan(FULL)
    assert bad(made) == []
    assert told(made) == {
        "case": "2026-03-0001",
        "receipt": told(made)["receipt"],
        "policy": "standard",
        "kind": "complaint",
        "channel": "phone",
        "category": "late-delivery",
        "product": {"name": "Lamp"},
        "personal": {"statement": "It came late,\nand broken"},
        "events": [
            {"event": "received", "at": "2026-03-02T09:00+08:00", "by": "li", "id": "old-book/7"},
            {"event": "response_given", "at": "2026-03-03T10:00+08:00", "by": "li", "note": "=SUM(A1)"},
        ],
    }
    assert made.cases[0].path == "cases/2026/03/2026-03-0001.yaml"
    assert made.cases[0].body.startswith(
        b"# yaml-language-server: $schema=../../../schema/editor.json\ncase: "
    )


def test_blank_cells_give_nothing(plan: Make) -> None:
    made = plan(BARE)
    assert [*told(made)] == ["case", "receipt", "policy", "kind", "events"] and len(told(made)["events"]) == 1
    assert made.sorted.lacking == {"response_given": 1}


def test_numbers_follow_receipt_in_the_registers_zone_and_gaps_stay_gaps(plan: Make) -> None:
    rows = "1,2026-04-01 00:00,,,,,,\n2,2026-03-31 23:59,,,,,,\n3,2026-03-01 08:00,,,,,,\n4,2026-03-01 08:00,,,,,,\n"
    made = plan(rows, taken=("2026-03-0005", "2026-04-9999", "month"))
    assert [(case.id[-1], case.number) for case in made.cases] == [
        ("3", "2026-03-0006"),
        ("4", "2026-03-0007"),
        ("2", "2026-03-0008"),
        ("1", "2026-04-10000"),
    ]
    other_zone = plan(rows, MAP + "zone: America/New_York\n")
    assert [case.number[:7] for case in other_zone.cases] == ["2026-03", "2026-03", "2026-04", "2026-04"]


def test_receipts_are_drawn_and_none_twice(plan: Make) -> None:
    first = [told(plan(FULL + BARE), n)["receipt"] for n in (0, 1)]
    again = plan(FULL + BARE, here={"cases/2026/01/2026-01-0001.yaml": f"receipt: {first[0]}\n"})
    assert len({*first}) == 2 and told(again)["receipt"] == first[1], "the one that is taken is passed over"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (FULL.replace("7,", ",", 1), "the cell “no”, by which the row is known, is blank"),
        (FULL.replace("Tel", "tel"), "“tel” in “how” is not among the values of the map; did you mean “Tel”?"),
        (FULL.replace("Late delivery", "迟到"), "“迟到” in “topic” makes no word of small Latin letters"),
        (FULL.replace("Late delivery", "24h"), "“24h” in “topic” makes no word of small Latin letters"),
        (FULL.replace("2026-03-02 09:00", ""), "the cell “came” is blank, and without it nobody knows when “received”"),
        (FULL.replace("2026-03-02", "02/03/2026"), "“02/03/2026 09:00” does not fit the format YYYY-MM-DD hh:mm"),
        (FULL.replace("2026-03-02", "2026-02-30"), "“2026-02-30 09:00” is no real date or time (column “came”)"),
        (FULL.replace("2026-03-02", "1026-03-02"), "is not of this age"),
        (FULL.replace("2026-03-03", "2026-03-33"), "(column “answered”)"),
        ("7,2026-03-02 09:00\n", "cells in this row: 2; columns named in the first row: 8"),
    ],
)  # fmt: skip
def test_a_bad_row_has_its_line_and_its_reason(row: str, why: str, plan: Make) -> None:
    said = bad(plan(BARE + '9,2026-04-01 00:10,,,"a\nb",,,\n' + row))
    assert [line for line, _ in said] == [5] and why in said[0][1]


def test_all_bad_rows_and_all_their_reasons_are_told(plan: Make) -> None:
    made = plan("1,x,Fax,,,,,\n" + FULL + "2,2026-03-02,Fax,,,,,\n")
    assert [line for line, _ in bad(made)] == [2, 2, 5, 5] and len(made.cases) == 1


def test_what_the_schemas_refuse_is_a_bad_row_too(plan: Make) -> None:
    map_ = MAP.replace("product.name: {column: goods}", "product.qty: {column: goods}")
    assert (
        "“product.qty”" not in str(bad(plan(FULL, map_)))
        and "“Lamp” does not fit" in bad(plan(FULL, map_))[0][1]
    )


def test_an_equal_row_counts_once_and_an_unlike_one_with_its_id_is_bad(plan: Make) -> None:
    assert plan(FULL + BARE + FULL).sorted.repeated == ((5, 2),)
    said = bad(plan(FULL + FULL.replace("Lamp", "Sofa").replace("Tel", "Walk-in")))
    assert said == [
        (
            4,
            "this row and that of line 2 bear the same id, “7”, but differ in “how”, “goods”: which is right?",
        )
    ]


def test_several_columns_make_one_id_and_keep_apart_what_differs(plan: Make) -> None:
    made = plan(
        "a/b,2026-03-01 00:00,Tel,c,,,,\na,2026-03-01 00:00,Tel,b/c,,,,\n",
        MAP.replace("id: no", "id: [no, topic]"),
    )
    assert [case.id for case in made.cases] == ["old-book/a%2Fb/c", "old-book/a/b%2Fc"]


def test_a_row_known_by_its_fingerprint_outlives_another_order_of_columns(plan: Make) -> None:
    map_ = MAP.replace("id: no", "id: row")
    one = plan(FULL, map_)
    columns = HEADER.strip().split(",")
    turned = ",".join(reversed(columns)) + "\n"
    cells = [
        "7",
        "2026-03-02 09:00",
        "Tel",
        "Late delivery",
        "Lamp",
        '"It came late,\nand broken"',
        "2026-03-03 10:00",
        "=SUM(A1)",
    ]
    other = plan(",".join(reversed(cells)) + "\n", map_, header=turned)
    assert one.cases[0].id == other.cases[0].id and one.cases[0].id.startswith("old-book/")
    assert one.cases[0].id != plan(FULL.replace("Lamp", "lamp"), map_).cases[0].id


def test_a_row_that_is_here_already_is_left_alone(plan: Make) -> None:
    first = plan(FULL + BARE)
    here = {case.path: case.body.decode() for case in first.cases}
    again = plan(FULL + BARE, here=here)
    assert (again.cases, again.sorted.already) == ((), 2)
    grown = {
        path: text + "  - {event: closed, at: 2026-05-01T09:00, by: li}\n" for path, text in here.items()
    }
    assert plan(FULL + BARE, here=grown).sorted.already == 2, "what happened since is no difference"


def test_a_row_that_tells_otherwise_than_its_case_is_named(plan: Make) -> None:
    here = {case.path: case.body.decode() for case in plan(FULL + BARE).cases}
    other = FULL.replace("Lamp", "Sofa").replace("=SUM(A1)", "done").replace("broken", "wet")
    again = plan(other + BARE, here=here)
    assert [tuple(each) for each in again.sorted.differing] == [
        (2, "2026-03-0001", ("product", "personal.statement", "response_given"))
    ]
    assert (again.cases, again.sorted.already) == ((), 1)


def test_personal_data_that_was_disposed_of_is_no_difference() -> None:
    row = {"kind": "complaint", "personal": {"name": "x"}, "events": []}
    assert differences({"kind": "complaint", "events": []}, row) == ()
    assert differences({"kind": "complaint", "personal": {"sealed": "…"}, "events": []}, row) == ()
    assert differences({"kind": "complaint", "personal": {"name": "y"}, "events": []}, row) == (
        "personal.name",
    )


def test_a_flawed_case_that_may_be_one_of_the_rows_stops_the_import(plan: Make) -> None:
    broken = {"cases/2026/03/2026-03-0001.yaml": "events: [{event: received, id: old-book/7\n"}
    with pytest.raises(Refused, match=r"2026-03-0001.yaml cannot be read, and may hold a row"):
        plan(FULL, here=broken)
    assert len(plan(FULL, here={"cases/2026/03/2026-03-0001.yaml": "events: [{event: received\n"}).cases) == 1


def test_the_rules_are_asked_before_anything_is_written(plan: Make) -> None:
    made = plan(FULL.replace("=SUM(A1)", "rang 13800001111 back") + BARE.replace("2026-04-01", "2026-05-01"))
    said = {(each.rule, each.level): each.lines for each in made.said}
    assert said["personal-data-outside", "error"] == (2,) and said["deadline-overdue", "error"] == (4,)


def test_rows_from_before_the_policy_are_told(plan: Make) -> None:
    made = plan(FULL.replace("2026-03-02", "2025-03-02"))
    assert [tuple(each) for each in made.said] == [("policy-unknown", "error", (2,))]


def test_a_plan_is_stale_once_a_number_or_a_row_is_taken(plan: Make) -> None:
    made = plan(FULL)
    free = Numbering(lambda month: (), frozenset(), random.Random(1))
    assert not is_stale(made, here_in(Files({}), "old-book"), free)
    assert is_stale(made, here_in(Files({}), "old-book"), free._replace(taken=lambda month: {"2026-03-0001"}))
    entered = Files({made.cases[0].path.replace("0001", "0099"): made.cases[0].body})
    assert is_stale(made, here_in(entered, "old-book"), free)


@pytest.mark.parametrize(
    ("cell", "word"),
    [
        ("Street Lights", "street-lights"),
        ("Café & Bar", "cafe-bar"),
        ("  ", ""),
        ("311", ""),
        ("退款", ""),
        ("A/B", "a-b"),
    ],
)
def test_a_cell_as_a_word(cell: str, word: str) -> None:
    assert word_of(cell) == word


@pytest.mark.parametrize("cell", ["NO", "0123", "12:30", "null", "~", "- x", "# x", "{a: b}", "'", '"', "a: b", "x #y", "a\x07b", "a\u2028b"])  # fmt: skip
def test_a_cell_is_kept_as_the_text_it_is(cell: str, plan: Make) -> None:
    made = plan(f'7,2026-03-02 09:00,,,"{cell.replace(chr(34), chr(34) * 2)}",,,\n')
    assert bad(made) == [] and told(made)["product"]["name"] == cell


def test_naughty_strings_come_through_as_they_are(plan: Make, shared: Path) -> None:
    naughty = sorted(
        {told.strip() for told in json.loads((shared / "data/hostile/blns.json").read_bytes())} - {""}
    )
    sheet = io.StringIO()
    csv.writer(sheet).writerows(
        [n, "2026-03-02 09:00", "", "", "", told, "", ""] for n, told in enumerate(naughty)
    )
    made = plan(sheet.getvalue())
    assert bad(made) == [] and len(made.cases) == len(naughty) > 400
    assert [told(made, n)["personal"]["statement"] for n in range(len(naughty))] == naughty

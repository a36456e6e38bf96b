"""The sample register says exactly what tests/sample/expected.json says, and shows all there is to show."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from casework.examine import examine
from casework.house import house_of
from casework.records.event_type import STAGES
from casework.records.source import WorkTree
from casework.rules import Finding
from casework.state.register import Register
from casework.views.findings import Shown, json_of

ROOT = Path(__file__).parents[1]
EXPECTED = json.loads((Path(__file__).parent / "sample" / "expected.json").read_text(encoding="utf-8"))
FIRST_LINE = "# yaml-language-server: $schema=../../../schema/editor.json"
STATUSES = {
    *("running", "due_soon", "overdue", "met", "breached"),
    *("excused", "superseded", "not_applicable", "unset", "indeterminate"),
}
NOBODYS_NUMBERS = (  # 154: no operator has it; the others are set aside for fiction by their countries
    r"154[- ]?0000[- ]?[0-9]{4}",
    r"\+1 202-555-01[0-9]{2}",
    r"\+44 7700 900[0-9]{3}",
    r"\+61 491 570 [0-9]{3}",
)


@cache
def judged() -> tuple[Register, list[Finding]]:
    source = WorkTree(ROOT)
    clock = house_of(source).firm.clock
    assert clock, "a sample register says what stands for the clock"
    return examine(source, clock, clock)


@cache
def checked() -> list[dict[str, Any]]:
    register, findings = judged()
    assert register.firm.clock
    told = json.loads(json_of(Shown(register, findings, register.firm.clock, "en")))
    return [{key: each[key] for key in EXPECTED["compared"]} for each in told["findings"]]


def test_check_says_what_is_expected() -> None:
    assert checked() == EXPECTED["findings"]


def test_red_are_exactly_the_cases_named() -> None:
    red = {each["case"] for each in checked() if each["level"] == "error" and each["case"]}
    assert sorted(red) == EXPECTED["red"]


def test_two_in_three_are_clean() -> None:
    cases = {case.number for case in judged()[0].cases}
    assert len(cases - {each["case"] for each in checked()}) * 3 >= len(cases) * 2


def test_every_stage_is_shown() -> None:
    assert {state.stage for state in judged()[0].states} == set(STAGES)


def test_every_status_of_a_deadline_is_shown() -> None:
    register, _ = judged()
    clock = register.firm.clock
    assert clock
    assert {each.status(clock) for state in register.states for each in state.deadlines} >= STATUSES


def test_every_file_tells_the_editor_its_schema() -> None:
    files = sorted((ROOT / "cases").rglob("????-??-*.yaml"))
    first = {
        str(file.relative_to(ROOT)): file.read_text(encoding="utf-8").split("\n", 1)[0] for file in files
    }
    assert first and {path for path, line in first.items() if line != FIRST_LINE} == set()


def test_no_number_in_the_sample_is_anybodys() -> None:
    told = dict(numbers())
    assert told
    assert {at: no for at, no in told.items() if not any(re.fullmatch(p, no) for p in NOBODYS_NUMBERS)} == {}


def numbers() -> Iterator[tuple[str, str]]:
    for case in judged()[0].cases:
        if "phone" in case.head.get("personal", {}):
            yield case.number, str(case.head["personal"]["phone"])

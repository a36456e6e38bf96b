"""`casework due`: when a span would be due, day by day, as a person and a program read it."""

from __future__ import annotations

import json
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a narrow terminal."""
    monkeypatch.setenv("COLUMNS", "120")


BREAK = (
    "2026-03-16T10:00"  # the Monday before the test calendar's Spring Break, 18–20 March; 14 March is made up
)


def test_each_day_is_counted_or_skipped_with_its_reason(run: Any) -> None:
    told = run("due", BREAK, "3 working days", "--as-of", "2026-03-20")
    assert told.exit_code == 0
    assert told.output.splitlines() == [
        "2026-03-24 23:59:59  running",
        "  2026-03-16 10:00        the clock starts; the day of the start is not counted",
        "  2026-03-17           1  Tuesday",
        "  2026-03-18           –  Wednesday, off (Spring Break) [1]",
        "  2026-03-19           –  Thursday, off (Spring Break) [1]",
        "  2026-03-20           –  Friday, off (Spring Break) [1]",
        "  2026-03-21           –  Saturday",
        "  2026-03-22           –  Sunday",
        "  2026-03-23           2  Monday",
        "  2026-03-24           3  Tuesday",
        "  2026-03-24 23:59:59     due by 2026-03-24 23:59:59: from 2026-03-25 00:00 on it is late",
        "  [1] Notice for 2026 (No. 7)",
    ]


def test_a_make_up_day_counts_and_says_so_in_chinese(run: Any) -> None:
    told = run("due", "2026-03-13T10:00", "1 working day", "--lang", "zh")
    assert "  2026-03-14           1  星期六，调休上班（春假） 〔1〕" in told.output


def test_working_hours_show_each_stretch(run: Any) -> None:
    told = run("due", "2026-03-17T11:30", "7 working hours")
    assert [" ".join(line.split()) for line in told.output.splitlines()[2:5]] == [
        "2026-03-17 12:00 30 min open 09:00–12:00",
        "2026-03-17 18:00 5 h open 13:00–18:00",
        "2026-03-18 – Wednesday, off (Spring Break) [1]",
    ]
    assert "2026-03-23 10:30" in told.output.splitlines()[0]


@pytest.mark.parametrize(
    ("start", "span", "due", "status"),
    [
        ("2026-03-02T09:00", "24 hours", "2026-03-03T09:00:00+08:00", "overdue"),
        ("2026-03-02T01:00Z", "30 minutes", "2026-03-02T09:30:00+08:00", "overdue"),
        ("2026-03-02", "3 days", "2026-03-05T23:59:59+08:00", "overdue"),
        ("2026-01-31", "1 month", "2026-02-28T23:59:59+08:00", "overdue"),
        ("2026-12-23", "4 working days", "2026-12-29T23:59:59+08:00", "provisional"),
        ("2026-12-28", "4 working days", None, "indeterminate"),
        ("2026-03-02", "2 hours", None, "indeterminate"),
    ],
)
def test_as_json(run: Any, start: str, span: str, due: str | None, status: str) -> None:
    told = json.loads(run("due", start, span, "--format", "json", "--as-of", "2026-03-20").output)
    assert [*told] == ["from", "span", "due", "status", "steps"]
    assert (told["span"], told["due"], told["status"]) == (span, due, status)
    assert told["steps"][0]["step"] == "start"
    assert told["steps"][-1]["step"] == {"indeterminate": "problem", "provisional": "provisional"}.get(
        status, "due"
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("2026-02-31T10:00", "3 days"), "'2026-02-31T10:00' is not a date and time"),
        (("2026-03-02", "3 fortnights"), "'3 fortnights' is no span"),
        (("2026-03-02", "0 days"), "'0 days' is no span"),
        (("2026-03-02", "promptly"), "names no number"),
        (("2026-03-02", "end of shift"), "casework explain CASE"),
        (("2026-03-02", "3 days", "--policy", "nowhere"), "no sound policy 'nowhere'"),
        (("1999-03-02", "3 days"), "no sound policy 'standard'"),
    ],
)
def test_what_cannot_be_answered_is_wrong_use_and_says_why(
    run: Any, asked: tuple[str, ...], says: str
) -> None:
    told = run("due", *asked)
    assert told.exit_code == 2 and says in told.output


def test_a_policy_may_count_otherwise(run: Any, register: Any) -> None:
    policy = (register.root / "policies/standard.yaml").read_text("utf-8")
    register.write(
        "policies/standard.yaml", policy + "\ncounting: {cutoff: '17:30', day_ends: close-of-business}\n"
    )
    told = run("due", "2026-03-13T17:31", "1 working day", "--as-of", "2026-03-14")
    assert told.output.splitlines()[0] == "2026-03-16 18:00  running"
    assert "this counts as received on 2026-03-14 (cut-off 17:30)" in told.output

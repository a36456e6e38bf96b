"""The published due-date vectors: what the file says, the walker counts, and the tool reckons from its own files."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.state.instant import Instant
from casework.state.reckoning import Reckoned, moved, reckoned
from casework.state.span import span_from
from casework.state.timetable import Timetable, timetable_from
from published import FILE, YEARS, written
from timely import at, china, counting

TOLD: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
VECTORS: list[dict[str, Any]] = TOLD["vectors"]


def as_record(path: str, told: dict[str, Any]) -> Record:
    """A value as if it had been read from a file of the register."""
    read = read_yaml(path, json.dumps(told).encode())
    assert isinstance(read, Record), read
    return read


@cache
def where(calendar: str, office_hours: str, zone: str) -> Timetable:
    """A calendar and office hours of the file, read as policies/calendars/*.yaml and register.yaml are."""
    days, hours = TOLD["calendars"][calendar], TOLD["office_hours"][office_hours]
    asked: dict[str, Any] = {"name": calendar, "weekend": days["weekend"]}
    if days["years"]:
        asked["announced_through"] = max(days["years"])
        asked["unsettled_from"] = days["unsettled_from"][5:]
        asked["years"] = {
            str(year): {
                "notice": {"title": "a notice", "verified": "unverified"},
                **{
                    key: {day: "a day" for day in days[key] if day[:4] == str(year)}
                    for key in ("off", "work")
                },
            }
            for year in days["years"]
        }
    firm: dict[str, Any] = {
        "office_hours": [
            {"days": [key], "from": a, "until": b}
            for key, each in hours.items()
            if key[0] != "2"
            for a, b in each
        ],
        "short_days": {
            key: {"title": "short", "hours": [{"from": a, "until": b} for a, b in each]}
            for key, each in hours.items()
            if key[0] == "2"
        },
    }
    made, flaws = timetable_from(as_record("register.yaml", firm), as_record("c.yaml", asked), ZoneInfo(zone))
    assert not flaws
    return made


def answer(vector: dict[str, Any]) -> tuple[str | None, str]:
    """(due, status) as the tool has them."""
    table, span = where(vector["calendar"], vector["office_hours"], vector["zone"]), span_from(vector["span"])
    assert span
    how = counting(**vector.get("counting", {}))
    found = reckoned(at(vector["from"], table.zone), span, table, how)
    for begun, ended in vector.get("pauses", ()):
        assert found.due
        pause = (Instant(datetime.fromisoformat(begun)), Instant(datetime.fromisoformat(ended)))
        found = moved(found.due, span, pause, table, how)
    return shown(found, table)


def shown(found: Reckoned, table: Timetable) -> tuple[str | None, str]:
    if found.due is None:
        return None, "indeterminate"
    return found.due.printed.astimezone(table.zone).isoformat(
        timespec="seconds"
    ), "provisional" if found.awaits else "due"


@pytest.mark.parametrize("vector", VECTORS, ids=[each["id"] for each in VECTORS])
def test_the_tool_agrees(vector: dict[str, Any]) -> None:
    assert answer(vector) == (vector["due"], vector["status"])


def test_the_file_is_what_the_walker_counts() -> None:
    assert FILE.read_text(encoding="utf-8") == written(), "run python tests/state/time/published.py"


def test_the_walker_shares_nothing_with_the_tool() -> None:
    assert "casework" not in (Path(__file__).parent / "recount.py").read_text(encoding="utf-8")


def test_the_days_of_the_file_are_those_of_the_calendar_that_ships() -> None:
    told = TOLD["calendars"]["china"]
    shipped = {day: each.works for day, each in china().special.items() if day.year in YEARS}
    assert {
        **{date.fromisoformat(day): False for day in told["off"]},
        **{date.fromisoformat(day): True for day in told["work"]},
    } == shipped
    assert str(china().unsettled_since) == told["unsettled_from"]


def test_nothing_that_is_promised_is_missing() -> None:
    ids = [each["id"] for each in VECTORS]
    assert len({*ids}) == len(ids) >= 150
    made_up = TOLD["calendars"]["china"]["work"]
    assert len(made_up) == 19
    for day in made_up:
        assert {
            f"make-up-{day}-{way}" for way in ("on-1", "on-3", "counted", "before-1", "over", "hours")
        } <= {*ids}
    assert {each["status"] for each in VECTORS} == {"due", "provisional", "indeterminate"}
    assert {each["span"].split(" ", 1)[1].rstrip("s") for each in VECTORS} == {
        "minute",
        "hour",
        "working hour",
        "day",
        "working day",
        "month",
        "year",
    }
    for option, value in [
        ("boundary", "exclusive"),
        ("day_ends", "close-of-business"),
        ("cutoff", "17:30"),
        ("roll", "previous-working-day"),
    ]:
        assert any(each.get("counting", {}).get(option) == value for each in VECTORS)


@pytest.mark.parametrize(
    ("id_", "due"),
    [  # looked up in a wall calendar, so that the walker itself is held to something
        ("make-up-2026-02-14-on-3", "2026-02-26T23:59:59+08:00"),
        ("make-up-2026-10-10-before-1", "2026-10-10T23:59:59+08:00"),
        ("spring-festival-2026-hours", "2026-02-24T09:59:30+08:00"),
        ("national-day-2026-eve-15-working-days", "2026-10-27T23:59:59+08:00"),
        ("month-2024-02-29-1-year-last-day", "2025-02-28T23:59:59+08:00"),
        ("month-2024-02-29-1-year-next-day", "2025-03-01T23:59:59+08:00"),
        ("clock-berlin-spring-nine-to-six-48-hours", "2026-03-29T17:00:00+02:00"),
        ("clock-new_york-autumn-always-9-working-hours", "2026-11-02T01:00:00-05:00"),
        ("clock-sao-paulo-midnight", "2018-11-04T23:59:59-02:00"),
        ("pause-festival-days", "2026-03-02T23:59:59+08:00"),
        ("pause-before-roll", "2026-09-28T23:59:59+08:00"),
        ("end-2026-12-31T1000-24-hours", "2027-01-01T10:00:00+08:00"),
        ("end-2026-12-28T1000-4-working-days", None),
    ],
)
def test_some_answers_by_hand(id_: str, due: str | None) -> None:
    assert next(each["due"] for each in VECTORS if each["id"] == id_) == due

"""A table's dates and times are read by a pattern a person wrote, and by nothing else."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest
from casework.deeds.import_format import INCOMPLETE, TWICE_TOLD, Clock, Format, format_from, instant_text_of
from casework.words import Text

BOSTON, SHANGHAI = ZoneInfo("America/New_York"), ZoneInfo("Asia/Shanghai")
pytestmark = pytest.mark.time


def read(cell: str, form: str, table: ZoneInfo = SHANGHAI, register: ZoneInfo = SHANGHAI, twice="refuse"):
    made = format_from(form)
    assert isinstance(made, Format)
    told = instant_text_of(cell, made, Clock(table, register, twice))
    return told if isinstance(told, str) else told.say("en")


@pytest.mark.parametrize(
    ("form", "cell", "told"),
    [
        ("YYYY-MM-DD hh:mm:ss", "2026-11-03 09:12:07", "2026-11-03T09:12:07+08:00"),
        ("YYYY-MM-DD hh:mm", "2026-11-03 09:12", "2026-11-03T09:12+08:00"),
        ("YYYY-MM-DD", "2026-11-03", "2026-11-03"),
        ("DD/MM/YYYY hh:mm:ss", "03/11/2026 00:00:00", "2026-11-03T00:00:00+08:00"),
        ("D/M/YYYY", "3/11/2026", "2026-11-03"),
        ("M/D/YYYY h:mm AM", "11/3/2026 1:05 PM", "2026-11-03T13:05+08:00"),
        ("M/D/YYYY h:mm AM", "11/3/2026 12:05 am", "2026-11-03T00:05+08:00"),
        ("YYYY年M月D日 AMh:mm", "2026年11月3日 下午2:30", "2026-11-03T14:30+08:00"),
        ("YYYY-MM-DDThh:mm:ss±hh:mm", "2026-11-03T01:12:00+00:00", "2026-11-03T09:12:00+08:00"),
        ("YYYY-MM-DDThh:mm:ssZ", "2026-11-03T01:12:00Z", "2026-11-03T09:12:00+08:00"),
        ("YYYY-MM-DD hh:mm±hh:mm", "2026-11-03 01:12-0130", "2026-11-03T10:42+08:00"),
    ],
)
def test_a_cell_that_fits(form: str, cell: str, told: str) -> None:
    assert read(cell, form) == told


@pytest.mark.parametrize(
    ("form", "cell", "why"),
    [
        ("YYYY-MM-DD", "2026-11-3", "does not fit the format YYYY-MM-DD"),
        ("YYYY-MM-DD", "2026-11-03 09:00", "does not fit"),
        ("YYYY-MM-DD", "٢٠٢٦-١١-٠٣", "does not fit"),
        ("D/M/YYYY", "11/13/2026", "is no real date"),
        ("YYYY-MM-DD", "2026-02-29", "is no real date"),
        ("YYYY-MM-DD hh:mm", "2026-11-03 24:00", "is no real date or time"),
        ("YYYY-MM-DD h:mm AM", "2026-11-03 13:00 PM", "is no real date or time"),
        ("YYYY-MM-DD hh:mm", "0001-01-01 00:00", "is not of this age"),
        ("YYYY-MM-DD", "9999-12-31", "is not of this age"),
        ("YYYY-MM-DD", "never", "“never” does not fit"),
    ],
)
def test_a_cell_that_does_not(form: str, cell: str, why: str) -> None:
    assert why in read(cell, form)


def test_a_table_of_another_zone_is_told_in_the_registers() -> None:
    assert read("2011-07-01 01:32", "YYYY-MM-DD hh:mm", BOSTON) == "2011-07-01T13:32+08:00"
    assert read("2011-12-31", "YYYY-MM-DD", BOSTON) == "2011-12-31", "a date has no zone"


def test_a_time_the_clock_showed_twice_is_taken_only_as_the_map_says() -> None:
    def told(twice: str) -> str:
        return read("2011-11-06 01:30", "YYYY-MM-DD hh:mm", BOSTON, BOSTON, twice)

    assert told("first") == "2011-11-06T01:30-04:00"
    assert told("second") == "2011-11-06T01:30-05:00"
    assert "came twice in America/New_York" in told("refuse") and "clock_shown_twice" in told("refuse")


@pytest.mark.parametrize("twice", ["first", "second", "refuse"])
def test_a_time_the_clock_skipped_never_was(twice: str) -> None:
    said = read("2011-03-13 02:30", "YYYY-MM-DD hh:mm", BOSTON, BOSTON, twice)
    assert "the clock in America/New_York skipped it" in said


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("YYYY-MM", INCOMPLETE),
        ("YYYY-MM-DD hh", INCOMPLETE),
        ("%Y-%m-%d", INCOMPLETE),
        ("D/D/YYYY", TWICE_TOLD),
    ],
)
def test_a_format_that_says_too_little_or_too_much(form: str, why: Text) -> None:
    assert format_from(form) == why

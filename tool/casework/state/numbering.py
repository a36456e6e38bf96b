"""A policy's own case numbers: what a code of its pattern says, and to which run of serials it belongs."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from casework.state.policy import Numbering

_N = re.compile(r"\{(n+)\}")


class Code(NamedTuple):
    """A code taken apart: whether what stands around the serial is right for its day, and the serial."""

    is_of_day: bool
    serial: int


def code_from(numbering: Numbering, text: str, day: date) -> Code | None:
    """What a code says for a case received on a day; None if it is not of the pattern. More digits are overflow."""
    digits = _N.search(numbering.pattern)
    assert digits  # the schema demands it
    before, after = numbering.pattern[: digits.start()], numbering.pattern[digits.end() :]
    told = re.fullmatch(f"({_form(before)})([0-9]{{{len(digits[1])},}}?)({_form(after)})", text)
    if told is None:
        return None
    return Code((told[1], told[3]) == (filled(before, day), filled(after, day)), int(told[2]))


def filled(pattern: str, day: date) -> str:
    """The parts of a pattern that the day of receipt gives."""
    return (
        pattern.replace("{yyyy}", f"{day.year:04}")
        .replace("{yy}", f"{day.year % 100:02}")
        .replace("{mm}", f"{day.month:02}")
    )


def room_of(numbering: Numbering) -> int:
    """The highest serial that the pattern has digits for."""
    digits = _N.search(numbering.pattern)
    assert digits
    return int("9" * len(digits[1]))


def run_of(numbering: Numbering, day: date) -> str:
    """Which run of serials a day belongs to: ``2026-03`` where it restarts by the month, ``2026`` by the year, or all one."""
    return {"never": "", "year": f"{day.year:04}", "month": f"{day:%Y-%m}"}[numbering.restart]


def _form(part: str) -> str:
    return (
        re.escape(part)
        .replace(r"\{yyyy\}", "[0-9]{4}")
        .replace(r"\{yy\}", "[0-9]{2}")
        .replace(r"\{mm\}", "[0-9]{2}")
    )

"""A policy's own case numbers: what a code of its pattern says, and what the next one is."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def next_code(numbering: Numbering, day: date, taken: Iterable[tuple[str, date]]) -> str:
    """The code after the highest of those ``taken`` (with their days of receipt) since the last restart."""
    codes = [
        code
        for text, of in taken
        if same_run(numbering, of, day) and (code := code_from(numbering, text, of))
    ]
    serial = max((code.serial for code in codes), default=0) + 1
    digits = _N.search(numbering.pattern)
    assert digits
    return filled(numbering.pattern.replace(digits[0], f"{serial:0{len(digits[1])}}"), day)


def same_run(numbering: Numbering, a: date, b: date) -> bool:
    """Whether two days number their cases in one run: for ever, by the year or by the month."""
    if numbering.restart == "never":
        return True
    return a.year == b.year and (numbering.restart == "year" or a.month == b.month)


def _form(part: str) -> str:
    return (
        re.escape(part)
        .replace(r"\{yyyy\}", "[0-9]{4}")
        .replace(r"\{yy\}", "[0-9]{2}")
        .replace(r"\{mm\}", "[0-9]{2}")
    )

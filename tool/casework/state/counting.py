"""How a policy counts its days: the options of CR-3 … CR-16, whose defaults stand in schema/policy.json."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Counting(NamedTuple):
    """The ``counting:`` of a policy, every option settled."""

    first_day: str  # not-counted | counted | after-roll: a start on a day of rest is the next working day's
    day_ends: str  # HH:MM of the last day (24:00: its end), or close-of-business
    roll: str  # none | next-working-day | previous-working-day, for days, months and years
    month_end: str  # last-day | next-day, where the month lacks the day
    boundary: str  # inclusive: the due instant itself still keeps the promise; exclusive: it does not
    cutoff: str = ""  # HH:MM: what comes later counts as received on the next (working) day; empty for none


def counting_from(*told: Mapping[str, str] | None) -> Counting | None:
    """The options as told, the later mapping over the earlier: the schema's defaults, then the firm's.

    None if an option is told by neither.
    """
    settled: dict[str, str] = {}
    for options in told:
        settled |= options or {}
    return Counting(**settled) if {*settled} >= {*Counting._fields} - {*Counting._field_defaults} else None


def minutes_of(clock: str) -> int:
    """``HH:MM`` in minutes after 00:00."""
    hours, _, minutes = clock.partition(":")
    return int(hours) * 60 + int(minutes)

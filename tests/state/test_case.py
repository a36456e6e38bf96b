"""A case from its file: one receipt, no event told twice, what was corrected, and flaws with their line."""

from __future__ import annotations

from typing import Any

import pytest

RECEIVED = "- {event: received, at: 2026-03-02T09:00, by: li}\n"


def flaws(tell_register: Any, events: str) -> list[tuple[int, str]]:
    case = "events:\n" + "".join(f"  {line}\n" for line in events.splitlines())
    return [(flaw.place.line, flaw.text.say("en")) for flaw in tell_register("", case).flaws]


@pytest.mark.parametrize(
    ("events", "line", "words"),
    [
        ("- {event: completed, at: 2026-03-02T09:00, by: li}", 3, "no 'received' event"),
        (RECEIVED + "- {event: received, at: 2026-03-05T09:00, by: li}", 5, "one 'received'"),
        (RECEIVED + "- {event: chased, at: 2026-03-05T09:00, by: li}\n" * 2, 6, "line 5 already"),
        (
            RECEIVED
            + "- {event: chased, at: 2026-03-05T09:00, by: li}\n- {event: chased, at: 2026-03-05T01:00Z, by: li}",
            6,
            "line 5 already",  # another label of the same instant
        ),
    ],
)
def test_what_makes_a_file_no_case(tell_register: Any, events: str, line: int, words: str) -> None:
    ((where, said),) = flaws(tell_register, events)
    assert (where, words in said) == (line, True), said


@pytest.mark.time
def test_a_time_the_clock_skipped_is_a_flaw_at_its_line(tell_register: Any) -> None:
    case = "events:\n  - {event: received, at: 2026-03-29T02:30, by: li}\n"
    (flaw,) = tell_register("", case, zone="Europe/Berlin").flaws
    assert (flaw.place.line, flaw.place.column) == (4, 23)
    assert "skipped" in flaw.text.say("en")


def test_the_same_event_twice_with_ids_happened_twice(tell_register: Any) -> None:
    twice = "".join(f"- {{event: chased, at: 2026-03-05T09:00, by: li, id: {n}}}\n" for n in "ab")
    assert flaws(tell_register, RECEIVED + twice) == []


def test_a_corrected_receipt_is_followed_by_the_right_one(tell: Any) -> None:
    state = tell(
        "limits: {a: {from: received, until: response_given, within: 1 day}}",
        RECEIVED
        + "- {event: superseded, at: 2026-03-04T09:00, by: li, of: {event: received, at: 2026-03-02T09:00, by: li}, reason: a slip}\n"
        + "- {event: received, at: 2026-03-03T09:00, by: li}\n",
    )
    assert [each.start.at.day for each in state.deadlines] == [3]
    assert len(state.case.all_events) == 3


def test_one_flawed_file_stops_no_other(tell_register: Any) -> None:
    sound = "events:\n  - {event: received, at: 2026-03-02T09:00, by: li}\n"
    register = tell_register("", "events: 3\n", sound)
    assert len(register.flaws) == 1
    assert [state.number for state in register.states] == ["2026-03-0002"]

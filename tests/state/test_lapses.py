"""What waits for a lapse: limits that start from one, clocks kept for each limit, duties whose moment it is (4.4, 4.8)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

pytestmark = pytest.mark.time
RECEIVED = "- {event: received, at: 2026-03-02T09:00, by: li}\n"
TWO = """\
limits:
  slow: {from: received, until: completed, within: 2 days}
  quick: {from: received, until: acknowledged, within: 30 minutes}
  chased: {from: lapsed, until: [chased, overdue_reported], unless: completed, within: promptly, per: limit}
"""


def runs(state: Any, limit: str) -> list[tuple[str, str, str]]:
    """(key, start, outcome) of each run of a limit, instants in Shanghai."""
    zone = state.case.zone
    return [
        (each.key, each.start.at.astimezone(zone).strftime("%m-%d %H:%M:%S"), each.outcome)
        for each in state.deadlines
        if each.limit.name == limit
    ]


def test_each_limit_that_lapses_has_a_clock_of_its_own_in_the_order_they_lapse(tell: Any) -> None:
    assert runs(tell(TWO, RECEIVED), "chased") == [
        ("quick", "03-02 09:30:01", ""),
        ("slow", "03-05 00:00:00", ""),
    ]


def test_an_event_that_names_no_limit_ends_every_clock_and_one_that_does_its_own(tell: Any) -> None:
    chased = "- {event: chased, at: 2026-03-06T10:00, by: li, to: wang}"
    assert [each[2] for each in runs(tell(TWO, RECEIVED + chased), "chased")] == ["met", "met"]
    told = "- {event: overdue_reported, at: 2026-03-06T10:00, by: li, limit: slow, to: wang}"
    assert [each[2] for each in runs(tell(TWO, RECEIVED + told), "chased")] == ["", "met"]


@pytest.mark.parametrize("outcome", ["withdrawn", "duplicate", "void"])
def test_a_case_that_is_no_longer_ours_ends_what_a_lapse_began(tell: Any, outcome: str) -> None:
    end = f"- {{event: closed, at: 2026-03-06T10:00, by: li, outcome: {outcome}}}"
    assert [each[2] for each in runs(tell(TWO, RECEIVED + end), "chased")] == [
        "not_applicable",
        "not_applicable",
    ]


DUTY = """\
limits: {answer: {from: received, until: response_given, within: 2 days}}
duties: {told: {after: {event: lapsed, where: {limit: answer}}, by: completed, need: {event: escalated}}}
"""


def test_a_duty_alone_hears_a_lapse(tell: Any) -> None:
    done = "- {event: completed, at: 2026-03-09T10:00, by: li}\n"
    (unmet,) = tell(DUTY, RECEIVED + done).unmet
    assert (unmet.duty.name, unmet.nature) == ("told", "owed")
    assert unmet.at.event.at == datetime.fromisoformat("2026-03-05T00:00+08:00")
    escalated = "- {event: escalated, at: 2026-03-05T10:00, by: li, to: wang}\n"
    assert tell(DUTY, RECEIVED + escalated + done).unmet == ()
    before = "- {event: escalated, at: 2026-03-04T10:00, by: li, to: wang}\n"
    assert [each.nature for each in tell(DUTY, RECEIVED + before + done).unmet] == ["owed"]
    in_time = "- {event: response_given, at: 2026-03-04T10:00, by: li}\n"
    assert tell(DUTY, RECEIVED + in_time + done).unmet == ()


def test_a_lapse_still_ahead_is_nothing_yet(tell: Any) -> None:
    state = tell(TWO, RECEIVED)
    at = datetime.fromisoformat("2026-03-02T09:30+08:00")  # the due instant itself still keeps the promise
    assert [each.status(at) for each in state.deadlines if each.limit.name == "chased"] == ["not_started"] * 2


def test_an_agreed_time_that_is_none_cannot_be_judged(tell: Any) -> None:
    policy = "limits: {cap: {from: received, until: [response_given, dispatched.document], within: 2 days}}"
    told = "- {event: dispatched, at: 2026-03-03T10:00, by: li, to: wang, document: some-form}"
    (deadline,) = tell(policy, RECEIVED + told).deadlines
    assert deadline.status(datetime.fromisoformat("2026-03-20T00:00+08:00")) == "indeterminate"
    assert deadline.problem and "document" in deadline.problem.say("en")

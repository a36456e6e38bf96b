"""Limits and their runs: start, end, readings, renewals, lapses, excuses (policy language 4.2–4.8)."""

from __future__ import annotations

from datetime import UTC, datetime
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytestmark = pytest.mark.time

ANSWER = "limits: {answer: {from: received, until: response_given, within: 3 days}}"
RECEIVED = "- {event: received, at: 2026-03-02T09:00, by: li}\n"


def rows(state: Any, as_of: str = "2099-01-01T00:00+00:00") -> list[tuple[str, str, str]]:
    """(limit, printed local due, status) of every run."""
    at = datetime.fromisoformat(as_of)
    zone = state.case.zone
    return [
        (
            each.limit.name,
            each.due.printed.astimezone(zone).strftime("%m-%d %H:%M:%S") if each.due else "",
            each.status(at),
        )
        for each in state.deadlines
    ]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        ("2026-03-02T09:00:00+08:00", "running"),
        ("2026-03-05T02:14:59+08:00", "running"),
        ("2026-03-05T02:15:00+08:00", "due_soon"),  # the last quarter of 87 hours
        ("2026-03-05T23:59:59+08:00", "due_soon"),
        ("2026-03-06T00:00:00+08:00", "overdue"),
    ],
)
def test_an_open_promise_as_time_goes_by(tell: Any, as_of: str, status: str) -> None:
    assert rows(tell(ANSWER, RECEIVED), as_of) == [("answer", "03-05 23:59:59", status)]


@pytest.mark.parametrize(
    ("answered", "status"),
    [("2026-03-02T09:00", "met"), ("2026-03-05T23:59:59", "met"), ("2026-03-06T00:00", "breached")],
)
def test_an_answer_ends_the_run(tell: Any, answered: str, status: str) -> None:
    state = tell(ANSWER, RECEIVED + f"- {{event: response_given, at: {answered}, by: li}}")
    assert rows(state) == [("answer", "03-05 23:59:59", status)]


def test_a_decision_told_is_an_answer_but_not_the_other_way_round(tell: Any) -> None:
    told = "- {event: decision_communicated, at: 2026-03-03T10:00, by: li}"
    given = "- {event: response_given, at: 2026-03-03T10:00, by: li}"
    waits = ANSWER.replace("response_given", "decision_communicated")
    assert rows(tell(ANSWER, RECEIVED + told)) == [("answer", "03-05 23:59:59", "met")]
    assert rows(tell(waits, RECEIVED + given)) == [("answer", "03-05 23:59:59", "overdue")]


def test_a_corrected_answer_never_happened(tell: Any) -> None:
    events = RECEIVED + dedent("""\
        - {event: response_given, at: 2026-03-03T10:00, by: li}
        - {event: superseded, at: 2026-03-04T10:00, by: li, of: {event: response_given, at: 2026-03-03T10:00, by: li}, reason: wrong case}
    """)
    assert rows(tell(ANSWER, events)) == [("answer", "03-05 23:59:59", "overdue")]


def test_a_correction_may_itself_be_corrected(tell: Any) -> None:
    events = RECEIVED + dedent("""\
        - {event: response_given, at: 2026-03-03T10:00, by: li}
        - {event: superseded, at: 2026-03-04T10:00, by: li, of: {event: response_given, at: 2026-03-03T10:00, by: li}, reason: wrong case}
        - {event: superseded, at: 2026-03-04T11:00, by: li, of: {event: superseded, at: 2026-03-04T10:00, by: li}, reason: it was right}
    """)
    assert rows(tell(ANSWER, events)) == [("answer", "03-05 23:59:59", "met")]


def test_a_run_starts_again_only_after_its_end(tell: Any) -> None:
    policy = "limits: {follow-up: {from: completed, until: follow_up_done, unless: reopened, within: 2 days}}"
    events = RECEIVED + dedent("""\
        - {event: completed, at: 2026-03-03T10:00, by: li}
        - {event: completed, at: 2026-03-04T10:00, by: li, id: b}
        - {event: reopened, at: 2026-03-05T10:00, by: li}
        - {event: completed, at: 2026-03-09T10:00, by: li}
        - {event: follow_up_done, at: 2026-03-12T10:00, by: li}
    """)
    assert rows(tell(policy, events)) == [
        ("follow-up", "03-05 23:59:59", "not_applicable"),
        ("follow-up", "03-11 23:59:59", "breached"),
    ]


def test_dropped_after_it_lapsed_is_a_breach(tell: Any) -> None:
    policy = "limits: {follow-up: {from: completed, until: follow_up_done, unless: reopened, within: 2 days}}"
    events = RECEIVED + dedent("""\
        - {event: completed, at: 2026-03-03T10:00, by: li}
        - {event: reopened, at: 2026-03-06T00:00, by: li}
    """)
    assert rows(tell(policy, events)) == [("follow-up", "03-05 23:59:59", "breached")]


@pytest.mark.parametrize(
    "end",
    [
        "{event: held, at: 2026-03-03T10:00, by: li}",
        "{event: transferred_out, at: 2026-03-03T10:00, by: li, to: office}",
        "{event: acceptance_decided, at: 2026-03-03T10:00, by: li, outcome: rejected}",
        "{event: closed, at: 2026-03-03T10:00, by: li, outcome: withdrawn}",
        "{event: closed, at: 2026-03-03T10:00, by: li, outcome: duplicate}",
    ],
)
def test_every_limit_ends_silently_when_the_case_is_no_longer_ours(tell: Any, end: str) -> None:
    assert rows(tell(ANSWER, RECEIVED + "- " + end)) == [("answer", "03-05 23:59:59", "not_applicable")]


def test_giving_over_a_part_ends_nothing(tell: Any) -> None:
    events = RECEIVED + "- {event: transferred_out, at: 2026-03-03T10:00, by: li, to: office, part: true}"
    assert rows(tell(ANSWER, events)) == [("answer", "03-05 23:59:59", "overdue")]


CAP = """
limits:
  cap:
    when: {channel: phone}
    from: received
    until: [response_given, {event: reply_commitment, where: {about: reply}, reading: due_at}]
    within: 30 minutes
    force: should
  agreed: {from: {event: reply_commitment, where: {about: reply}}, until: response_given, due: reply_commitment.due_at, again: renew}
  notice:
    from: {event: reply_commitment, where: {about: reply, days_ahead: {over: 0}}}
    until: {event: notice_sent, where: {about: due-day}}
    unless: response_given
    due: 12:00 on reply_commitment.due_at
    again: renew
"""
PHONE = "channel: phone"
CALL = "- {event: received, at: 2026-11-03T10:05, by: li}\n"


def agree(at: str, due: str) -> str:
    return f"- {{event: reply_commitment, at: {at}, by: li, about: reply, due_at: {due}}}\n"


def test_an_agreed_time_beyond_the_cap_breaks_it_although_the_answer_was_in_time(tell: Any) -> None:
    events = CALL + agree("2026-11-03T10:10", "2026-11-03T10:50")
    events += "- {event: response_given, at: 2026-11-03T10:33, by: li}"
    assert rows(tell(CAP, events, PHONE)) == [
        ("cap", "11-03 10:35:00", "breached"),
        ("agreed", "11-03 10:50:00", "met"),
    ]


def test_of_several_agreed_times_the_last_one_agreed_before_the_cap_counts(tell: Any) -> None:
    events = (
        CALL + agree("2026-11-03T10:10", "2026-11-03T10:50") + agree("2026-11-03T10:20", "2026-11-03T10:35")
    )
    events += agree("2026-11-03T10:40", "2026-11-03T12:00")
    assert rows(tell(CAP, events, PHONE))[0] == ("cap", "11-03 10:35:00", "met")


def test_an_agreement_recorded_after_the_cap_cannot_keep_it(tell: Any) -> None:
    events = CALL + agree("2026-11-03T10:40", "2026-11-03T10:41")
    assert rows(tell(CAP, events, PHONE))[0] == ("cap", "11-03 10:35:00", "breached")


def test_a_later_agreement_replaces_one_that_has_not_lapsed(tell: Any) -> None:
    events = (
        CALL + agree("2026-11-03T10:10", "2026-11-04T15:00") + agree("2026-11-04T14:00", "2026-11-05T15:00")
    )
    events += "- {event: response_given, at: 2026-11-05T10:00, by: li}"
    assert rows(tell(CAP, events, "channel: visit")) == [
        ("agreed", "11-04 15:00:00", "superseded"),
        ("agreed", "11-05 15:00:00", "met"),
        ("notice", "11-04 12:00:00", "breached"),
        ("notice", "11-05 12:00:00", "not_applicable"),
    ]


def test_a_lapsed_agreement_stays_beside_the_new_one(tell: Any) -> None:
    events = (
        CALL + agree("2026-11-03T10:10", "2026-11-04T09:00") + agree("2026-11-04T14:00", "2026-11-04T16:00")
    )
    events += "- {event: response_given, at: 2026-11-04T15:00, by: li}"
    assert rows(tell(CAP, events, "channel: visit"))[:2] == [
        ("agreed", "11-04 09:00:00", "breached"),
        ("agreed", "11-04 16:00:00", "met"),
    ]


def test_noon_of_the_agreed_day_or_the_agreed_time_if_earlier(tell: Any) -> None:
    early = rows(tell(CAP, CALL + agree("2026-11-03T10:10", "2026-11-04T09:30"), "channel: visit"))
    late = rows(tell(CAP, CALL + agree("2026-11-03T10:10", "2026-11-04"), "channel: visit"))
    assert [row[1] for row in early if row[0] == "notice"] == ["11-04 09:30:00"]
    assert [row[1] for row in late] == ["11-04 23:59:59", "11-04 12:00:00"]


def test_no_notice_is_owed_for_a_time_agreed_for_the_same_day(tell: Any) -> None:
    told = rows(tell(CAP, CALL + agree("2026-11-03T10:10", "2026-11-03T20:00"), "channel: visit"))
    assert [row[0] for row in told] == ["agreed"]


@pytest.mark.parametrize(
    ("recorded", "named", "status"),
    [
        ("10:35", "for: cap", "excused"),
        ("10:35", "for: [agreed, cap]", "excused"),
        ("10:35", "note: the line was cut", "excused"),  # for no limit by name: for all of them
        ("10:36", "for: cap", "breached"),  # after the due instant it is too late
        ("10:35", "for: agreed", "breached"),
    ],
)
def test_special_circumstances_excuse_a_soft_limit_when_recorded_in_time(
    tell: Any, recorded: str, named: str, status: str
) -> None:
    events = (
        CALL
        + f"- {{event: special_circumstances, at: 2026-11-03T{recorded}, by: li, reason: storm, {named}}}\n"
    )
    events += "- {event: response_given, at: 2026-11-03T11:00, by: li}"
    assert rows(tell(CAP, events, PHONE))[0][2] == status


def test_a_must_is_never_excused(tell: Any) -> None:
    events = RECEIVED + "- {event: special_circumstances, at: 2026-03-03T10:00, by: li, reason: storm}"
    assert rows(tell(ANSWER, events)) == [("answer", "03-05 23:59:59", "overdue")]


def test_a_limit_that_starts_when_another_lapses(tell: Any) -> None:
    policy = ANSWER.replace("}}", "}, ") + (
        "tell-boss: {from: [inability_recorded, {event: lapsed, where: {limit: answer}}], until: escalated, within: 1 day}}"
    )
    late = "- {event: escalated, at: 2026-03-08T10:00, by: li, to: partner}"
    assert rows(tell(policy, RECEIVED + late), "2026-03-09T00:00+08:00") == [
        ("answer", "03-05 23:59:59", "overdue"),
        ("tell-boss", "03-07 23:59:59", "breached"),
    ]
    in_time = RECEIVED + "- {event: response_given, at: 2026-03-05T10:00, by: li}"
    assert [row[0] for row in rows(tell(policy, in_time))] == ["answer"]
    assert rows(tell(policy, RECEIVED), "2026-03-04T00:00+08:00")[1][2] == "not_started"


def test_one_clock_for_each_receiver(tell: Any) -> None:
    policy = (
        "limits: {opinion: {from: {event: handed_over, where: {about: internal}}, until: opinion_returned, "
        "within: 1 day, per: to}}"
    )
    events = RECEIVED + dedent("""\
        - {event: handed_over, at: 2026-03-02T10:00, by: li, to: [wang, chen], about: internal}
        - {event: opinion_returned, at: 2026-03-03T10:00, by: chen}
    """)
    assert sorted(row[2] for row in rows(tell(policy, events))) == ["met", "overdue"]


@pytest.mark.parametrize(("by", "status"), [("wang", "met"), ("office", "met"), ("zhou", "overdue")])
def test_a_receiver_that_is_a_unit_has_answered_when_one_of_it_has(tell: Any, by: str, status: str) -> None:
    policy = (
        "limits: {opinion: {from: {event: handed_over, where: {about: internal}}, until: opinion_returned, "
        "within: 1 day, per: to}}"
    )
    events = RECEIVED + dedent(f"""\
        - {{event: handed_over, at: 2026-03-02T10:00, by: li, to: office, about: internal}}
        - {{event: opinion_returned, at: 2026-03-03T10:00, by: {by}}}
    """)
    assert [row[2] for row in rows(tell(policy, events))] == [status]


def test_promptly_is_never_red_and_unset_is_never_judged(tell: Any) -> None:
    policy = "limits: {a: {from: received, until: response_given, within: promptly}, b: {from: received, until: completed, within: unset}}"
    assert rows(tell(policy, RECEIVED)) == [("a", "", "running"), ("b", "", "unset")]


def test_minutes_from_a_bare_date_cannot_be_told(tell: Any) -> None:
    events = (
        "- {event: received, at: 2026-11-03, by: li}\n- {event: response_given, at: 2026-11-09T09:00, by: li}"
    )
    assert rows(tell(CAP, events, PHONE))[0] == ("cap", "", "indeterminate")


def test_a_bare_date_on_the_due_day_of_an_hour_cannot_be_told(tell: Any) -> None:
    policy = "limits: {a: {from: received, until: response_given, within: 2 hours}}"
    assert (
        rows(tell(policy, RECEIVED + "- {event: response_given, at: 2026-03-02, by: li}"))[0][2]
        == "indeterminate"
    )
    assert (
        rows(tell(policy, RECEIVED + "- {event: response_given, at: 2026-03-03, by: li}"))[0][2] == "breached"
    )


def test_a_bare_date_stands_behind_what_the_file_tells_of_that_day_before_it(tell: Any) -> None:
    assert rows(tell(ANSWER, RECEIVED + "- {event: response_given, at: 2026-03-02, by: li}"))[0][2] == "met"


def test_as_of_an_earlier_instant_what_came_later_has_not_happened(tell: Any) -> None:
    events = RECEIVED + "- {event: response_given, at: 2026-03-04T10:00, by: li}"
    before = datetime(2026, 3, 4, 1, tzinfo=UTC)
    assert rows(tell(ANSWER, events, as_of=before), before.isoformat()) == [
        ("answer", "03-05 23:59:59", "running")
    ]


def test_the_order_in_the_file_is_only_for_ties(tell: Any) -> None:
    events = "- {event: response_given, at: 2026-03-04T10:00, by: li}\n" + RECEIVED
    assert rows(tell(ANSWER, events)) == [("answer", "03-05 23:59:59", "met")]


def test_the_clock_of_the_firm_not_of_the_machine(tell: Any) -> None:
    events = "- {event: received, at: 2026-03-02T23:30-05:00, by: li}"
    (row,) = rows(tell(ANSWER, events, zone="America/New_York"))
    assert row[1] == "03-05 23:59:59"
    (row,) = rows(tell(ANSWER, events))  # the same instant is 3 March in Shanghai
    assert row[1] == "03-06 23:59:59"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answered=st.integers(0, 6 * 24 * 60), as_of=st.integers(0, 8 * 24 * 60))
def test_no_status_contradicts_the_minutes(tell: Any, answered: int, as_of: int) -> None:
    from datetime import timedelta

    start = datetime(2026, 3, 2, 1, tzinfo=UTC)  # 09:00 in Shanghai
    done, at = start + timedelta(minutes=answered), start + timedelta(minutes=as_of)
    end = datetime(2026, 3, 5, 16, tzinfo=UTC)  # 24:00 of the 5th in Shanghai
    events = RECEIVED + f"- {{event: response_given, at: {done.isoformat()}, by: li}}"
    status = rows(tell(ANSWER, events, as_of=at), at.isoformat())[0][2]
    if done <= at:
        assert status == ("met" if done < end else "breached")
    else:
        assert status == "overdue" if at >= end else status in ("running", "due_soon")


def test_what_has_no_due_instant_needs_no_excuse(tell: Any) -> None:
    policy = "limits: {soon: {from: received, until: response_given, within: promptly, force: should}}"
    told = "- {event: special_circumstances, at: 2026-03-02T10:00, by: li, reason: the road was closed}\n"
    answered = "- {event: response_given, at: 2026-03-03T10:00, by: li}"
    assert rows(tell(policy, RECEIVED + told)) == [("soon", "", "running")]
    assert rows(tell(policy, RECEIVED + told + answered)) == [("soon", "", "met")]

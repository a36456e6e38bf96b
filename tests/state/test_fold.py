"""Facts, stage and retention are folds of the events."""

from __future__ import annotations

from datetime import date
from textwrap import dedent
from typing import Any

import pytest

RECEIVED = "- {event: received, at: 2026-03-02T09:00, by: li}\n"


@pytest.mark.parametrize(
    ("events", "stage"),
    [
        ("", "new"),
        ("- {event: accepted, at: 2026-03-03T09:00, by: li}", "accepted"),
        ("- {event: acceptance_decided, at: 2026-03-03T09:00, by: li, outcome: accepted}", "accepted"),
        ("- {event: acceptance_decided, at: 2026-03-03T09:00, by: li, outcome: rejected}", "closed"),
        ("- {event: assigned, at: 2026-03-03T09:00, by: li, to: zhou}", "investigating"),
        ("- {event: proposal_approved, at: 2026-03-03T09:00, by: li}", "decided"),
        ("- {event: proposal_approved, at: 2026-03-03T09:00, by: li, about: improvement}", "new"),
        ("- {event: transferred_out, at: 2026-03-03T09:00, by: li, to: office, part: true}", "new"),
        ("- {event: sealed, at: 2026-03-03T09:00, by: li}", "archived"),
        (
            "- {event: response_given, at: 2026-03-03T09:00, by: li}\n- {event: assigned, at: 2026-03-04T09:00, by: li, to: zhou}",
            "answered",  # the furthest reached, not the last
        ),
        (
            "- {event: response_given, at: 2026-03-03T09:00, by: li}\n- {event: dissatisfaction_recorded, at: 2026-03-04T09:00, by: li, of: complainant}",
            "investigating",
        ),
        (
            "- {event: completed, at: 2026-03-03T09:00, by: li}\n- {event: dissatisfaction_recorded, at: 2026-03-04T09:00, by: li, of: complainant}",
            "completed",  # an objection sets back only what is answered and not completed
        ),
        (
            "- {event: archived, at: 2026-03-03T09:00, by: li}\n- {event: reopened, at: 2026-03-04T09:00, by: li}",
            "investigating",
        ),
    ],
)
def test_the_stage_is_the_furthest_reached_since_the_last_set_back(
    tell: Any, events: str, stage: str
) -> None:
    assert tell("", RECEIVED + events).stage == stage


def test_events_set_gather_and_clear_facts(tell: Any) -> None:
    events = RECEIVED + dedent("""\
        - {event: severity_set, at: 2026-03-03T09:00, by: li, severity: major, reason: seen by many}
        - {event: finding_recorded, at: 2026-03-03T10:00, by: li, finding: quality}
        - {event: evidence_added, at: 2026-03-03T11:00, by: li, evidence: photo}
        - {event: evidence_added, at: 2026-03-03T12:00, by: li, evidence: receipt}
        - {event: compensation_paid, at: 2026-03-03T13:00, by: li, amount: '12.50'}
        - {event: compensation_paid, at: 2026-03-03T14:00, by: li, amount: 7}
    """)
    facts = tell("", events, "severity: ordinary").facts
    assert (facts["severity"], facts["finding"]) == ("major", "quality")
    assert list(facts["evidence"]) == ["photo", "receipt"]
    assert str(facts["compensation_total"]) == "19.50"
    reopened = tell("", events + "- {event: reopened, at: 2026-03-04T09:00, by: li}").facts
    assert "finding" not in reopened


def test_a_wrong_head_value_is_mended_from_the_start(tell: Any) -> None:
    policy = "limits: {a: {when: {channel: phone}, from: received, until: response_given, within: 1 day}}"
    mended = (
        RECEIVED
        + "- {event: superseded, at: 2026-03-05T09:00, by: li, field: channel, now: phone, reason: a slip}"
    )
    assert [each.limit.name for each in tell(policy, mended, "channel: visit").deadlines] == ["a"]
    assert tell(policy, RECEIVED, "channel: visit").deadlines == ()


def test_a_later_classification_counts_from_its_own_instant(tell: Any) -> None:
    policy = "limits: {a: {when: {category: goods}, from: [received, classified], until: response_given, within: 1 day}}"
    events = RECEIVED + "- {event: classified, at: 2026-03-05T09:00, by: li, category: goods}"
    (deadline,) = tell(policy, events, "category: service").deadlines
    assert deadline.started_by.name == "classified"


KEEP = """
retention:
  ordinary: {when: {severity: ordinary}, from: archived, keep: 2 years}
  major: {when: {severity: major}, from: archived, keep: 3 years}
  difficult: {when: {severity: difficult}, from: archived, keep: unset}
"""


@pytest.mark.time
@pytest.mark.parametrize(
    ("head", "events", "until"),
    [
        ("ordinary", "- {event: archived, at: 2026-03-09T10:00, by: li}", date(2028, 3, 9)),
        ("major", "- {event: archived, at: 2026-03-09T10:00, by: li}", date(2029, 3, 9)),
        ("ordinary", "- {event: archived, at: 2028-02-29T10:00, by: li}", date(2030, 2, 28)),
        ("ordinary", "- {event: archived, at: 2026-03-09T23:59, by: li}", date(2028, 3, 9)),
        ("ordinary", "- {event: closed, at: 2026-03-09T10:00, by: li}", date(2028, 3, 9)),  # never filed
        (
            "ordinary",
            "- {event: closed, at: 2026-03-09T10:00, by: li}\n- {event: archived, at: 2026-04-01T10:00, by: li}",
            date(2028, 4, 1),
        ),
        (
            "ordinary",
            "- {event: archived, at: 2026-03-09T10:00, by: li}\n- {event: severity_set, at: 2026-05-01T10:00, by: li, severity: major}",
            date(2029, 3, 9),  # a later severity lengthens
        ),
        (
            "major",
            "- {event: archived, at: 2026-03-09T10:00, by: li}\n- {event: severity_set, at: 2026-05-01T10:00, by: li, severity: ordinary}",
            date(2029, 3, 9),  # and never shortens
        ),
        ("difficult", "- {event: archived, at: 2026-03-09T10:00, by: li}", None),
    ],
)
def test_kept_until(tell: Any, head: str, events: str, until: date | None) -> None:
    kept = tell(KEEP, RECEIVED + events, f"severity: {head}").retention.kept
    assert kept is not None
    assert kept.until == until


def test_nothing_is_kept_before_it_is_filed(tell: Any) -> None:
    assert tell(KEEP, RECEIVED, "severity: ordinary").retention.kept is None


@pytest.mark.time
def test_one_open_matter_blocks_disposal(tell: Any) -> None:
    filed = RECEIVED + "- {event: archived, at: 2026-03-09T10:00, by: li}\n"
    placed = "".join(
        f"- {{event: hold_placed, at: 2026-04-0{n}T10:00, by: li, matter: m-{n}}}\n" for n in (1, 2)
    )
    lifted = "- {event: hold_lifted, at: 2027-04-01T10:00, by: li, matter: m-1}\n"
    free, held = (tell(KEEP, filed + more, "severity: ordinary").retention for more in ("", placed + lifted))
    assert held.holds == ("m-2",)
    assert not held.is_due(date(2030, 1, 1))
    assert free.is_due(date(2028, 3, 10))
    assert not free.is_due(date(2028, 3, 9))

"""Whatever moves a due instant (a tier, an extension, a pause, another limit's run), its account ends where `show` says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from casework.deeds.sound import case_of
from casework.examine import answered, examine_case
from casework.house import House
from casework.records.record import Record
from casework.records.strict_yaml import read_yaml
from casework.rules import Finding, findings_of
from casework.state.case import Case
from casework.state.compile import policy_from
from casework.state.policy import Policy
from casework.state.register import Register, Unjudged
from casework.state.state import State
from casework.views.pages_home import home_page
from casework.views.site import Site
from hypothesis import given, settings
from hypothesis import strategies as st

from .made import CLOCKS, GAPS, LONG, SLOW, ZONE, Told, begins, house, told, written
from .test_one_voice import agrees_with_page, explained, facts_of, instants_of, lands_on, shown

SPANS = ["3 working days", "5 days", "8 working hours", "2 hours", "30 minutes", "1 months"]
UNCOUNTED = ["end of shift", "promptly", "unset"]
LATER = ["20 working days", "30 days", "40 working hours", "72 hours", "2 months"]
FRAME = {
    "policy": "moving",
    "title": {"en": "P", "zh": "P"},
    "in_force_from": "2020-01-01",
}


@st.composite
def policies(draw: st.DrawFn) -> dict[str, Any]:
    """A policy of one limit with everything that can move it, and a limit that is the same as it."""
    some = st.sampled_from([*SPANS, *LATER])
    limit: dict[str, Any] = {"from": "received", "until": "completed", "unless": "closed"}
    limit |= draw(
        st.builds(lambda span: {"within": span}, st.sampled_from([*SPANS, *LATER, *UNCOUNTED]))
        | st.just({"due": "reply_commitment.due_at"})
        | st.just({"due": "12:00 on reply_commitment.due_at"})
    )
    if draw(st.booleans()):
        limit["tiers"] = [
            {"when": {"severity": word}, "within": draw(some)}
            for word in draw(
                st.lists(st.sampled_from(["major", "minor"]), min_size=1, max_size=2, unique=True)
            )
        ]
    if draw(st.booleans()):
        limit["extend"] = {"with": "extension_approved", "up_to": draw(some)}
    if draw(st.booleans()):
        limit["pause"] = {"from": "supplement_requested", "until": "supplement_received"}
    if draw(st.booleans()):
        limit["again"] = "renew"
    same = {"until": "archived", "same_as": "moved"}
    late = {"from": {"event": "lapsed", "where": {"limit": "moved"}}, "until": "chased", "within": draw(some)}
    counting = draw(
        st.just({}) | st.fixed_dictionaries({"first_day": st.sampled_from(["counted", "after-roll"])})
    )
    return {
        **FRAME,
        **({"counting": counting} if counting else {}),
        "limits": {"moved": limit, "same": same, "late": late},
    }


MOVES = [
    "severity_set",
    "extension_approved",
    "supplement_requested",
    "supplement_received",
    "reply_commitment",
]
ENDS = ["completed", "archived", "closed", "chased", "reopened"]


@st.composite
def moved(draw: st.DrawFn) -> Told:
    at = draw(begins())
    events: list[dict[str, Any]] = [{"event": "received", "at": written(at), "by": "zhou-min"}]
    for count in range(draw(st.integers(1, 7))):
        at += timedelta(minutes=draw(st.sampled_from([*GAPS, *LONG[:1]])))
        name = draw(st.sampled_from([*MOVES, *MOVES, *ENDS]))
        one = {"event": name, "at": written(at), "by": "zhou-min", "id": f"n{count}"}
        if draw(st.integers(0, 5)) == 5:
            one["at"] = one["at"][:10]
        if name == "severity_set":
            one["severity"] = draw(st.sampled_from(["major", "minor", "plain"]))
        if name in ("extension_approved", "reply_commitment"):
            one["due_at"] = written(at + timedelta(minutes=draw(st.sampled_from([*GAPS, *LONG, *CLOCKS]))))
            one |= {"about": "reply"} if name == "reply_commitment" else {}
        events.append(one)
    return told(f"{events[0]['at'][:7]}-0001", {"policy": "moving", "severity": "plain"}, events)


def compiled(value: Mapping[str, Any]) -> Policy:
    record = read_yaml("policies/moving.yaml", json.dumps(value, ensure_ascii=False, indent=1).encode())
    schemas = house().schemas
    assert isinstance(record, Record)
    assert not (flaws := schemas.flaws("policy", record)), [flaw.text.say("en") for flaw in flaws]
    made = policy_from(record, schemas.events, house().policies["law-firm"][-1].counting)
    assert isinstance(made, Policy), [flaw.text.en for flaw in made]
    return made


@settings(max_examples=60, suppress_health_check=SLOW)
@given(policies(), moved(), st.data())
def test_the_account_ends_where_the_deadline_falls(
    value: dict[str, Any], case: Told, data: st.DataObject
) -> None:
    policy = compiled(value)
    far = datetime(2031, 1, 1, tzinfo=ZONE)
    last, _ = judged(case, policy, far)
    assert isinstance(last, State)
    at = data.draw(st.sampled_from(instants_of(last)))
    for look in (far, at):
        state, findings = judged(case, policy, look)
        if isinstance(state, State):
            show = shown(state, findings, look, "zh")
            accounts = explained(state, look, "en")
            begun = [each for each in show["deadlines"] if each["status"] != "not_started"]
            assert [facts_of(each) for each in accounts] == [facts_of(each) for each in begun]
            for each in accounts:
                assert lands_on(each["steps"]) == each["due"], each
            if look is at:
                site = site_of(state, policy, at)
                agrees_with_page(site, site.entries[0], state, findings)


def test_what_only_a_lapse_will_begin_is_not_due_soon() -> None:
    """The first page listed it among what is due next, and the page of the case did not."""
    limit = {"from": "received", "until": "completed", "within": "2 days"}
    late = {"from": {"event": "lapsed", "where": {"limit": "moved"}}, "until": "chased", "within": "1 days"}
    policy = compiled({**FRAME, "limits": {"moved": limit, "late": late}})
    received = {"event": "received", "at": "2026-03-02T09:00", "by": "zhou-min"}
    at = datetime(2026, 3, 3, 9, 0, tzinfo=ZONE)
    state, _ = judged(told("2026-03-0001", {"policy": "moving"}, [received]), policy, at)
    assert isinstance(state, State)
    assert [row.limit for row in home_page(site_of(state, policy, at))["soon"]] == ["moved"]


def house_with(policy: Policy) -> House:
    return replace(house(), policies={policy.id: (policy,)})


def judged(case: Told, policy: Policy, at: datetime) -> tuple[State | Unjudged | None, list[Finding]]:
    made = house_with(policy)
    read = case_of(case.path, case.body, made)
    assert isinstance(read, Case)
    return examine_case(read, made, at, at)


def site_of(state: State, policy: Policy, at: datetime) -> Site:
    register = register_of(state, house_with(policy))
    return Site(register, answered(findings_of(register, at), [state]), at, "zh")


def register_of(state: State, made: House) -> Register:
    return Register(
        made.firm, made.people, made.policies, made.schemas.events, (state,), timetable=made.timetable
    )

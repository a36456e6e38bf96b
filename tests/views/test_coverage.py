"""Coverage is worked out from what exists: break a keeper of any kind, and its clause falls out."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from casework import rules
from casework.house import House, house_of
from casework.records.record import Record
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml
from casework.state.compile import policy_from
from casework.state.policy import Policy
from casework.views import coverage
from casework.views.coverage import coverage_of, json_of, text_of

REPO = Path(__file__).parents[2]
SCHEMA = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")}
FIRM = {
    "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
    for path in (REPO / "tests/firm/policies").rglob("*.yaml")
}
ENTRIES = {
    "limits": "a: {clause: X-01, from: received, until: closed, within: 3 days}",
    "duties": "b: {clause: X-01, by: closed, need: {event: registered}}",
    "bans": "c: {clause: X-01, event: outcome_promise}",
    "repeats": "d: {clause: X-01, same: [issue], count: 2, need: {event: linked_repeat}}",
    "secrecy": "e: {clause: X-01, level: internal, access: [clerk]}",
    "retention": "f: {clause: X-01, from: archived, keep: 2 years}",
    "recurring": "g: {clause: X-01, every: month, produce: summary}",
    "numbering": "h: {clause: X-01, pattern: '{nnnn}'}",
    "choices": "channel: {clause: X-01, values: [phone]}",
    "owner": "i: {clause: X-01, from: received}",
    "forms": "j: {clause: X-01, contains: [summary]}",
    "reports": "k: {clause: X-01, figures: [received]}",
    "roles": "clerk: {clause: X-01}",
    "about": "l: {clause: X-01, issuer: clerk}",
    "shown": "m: {clause: X-01, text: {en: Be calm, zh: 保持冷静}}",
}
EMPTIED = {
    "forms": "j: {clause: X-01, title: {en: Form, zh: 表}}",
    "reports": "k: {clause: X-01, figures: [no-such-figure]}",
}


@cache
def house() -> House:
    return house_of(Files({**SCHEMA, **FIRM}))


def compiled(text: str) -> Policy:
    """A policy of these sections."""
    head = "policy: standard\ntitle: {en: P, zh: 制度}\nin_force_from: 2026-01-01\n"
    record = read_yaml("policies/standard.yaml", (head + text).encode())
    assert isinstance(record, Record)
    assert not house().schemas.flaws("policy", record)
    policy = policy_from(record, house().schemas.events, house().policies["standard"][0].counting)
    assert isinstance(policy, Policy)
    return policy


def covered(section: str, entry: str) -> tuple[str, ...]:
    """What keeps the one clause of a policy that has one entry."""
    clauses = "clauses: {X-01: {kind: other, title: {en: One, zh: 一}}}\n"
    (only,) = coverage_of([compiled(f"{clauses}{section}:\n  {entry}\n")])
    return only.kept_by


@pytest.mark.parametrize(("section", "entry"), ENTRIES.items())
def test_each_kind_of_entry_keeps_its_clause(section: str, entry: str) -> None:
    name = entry.partition(":")[0]
    assert covered(section, entry) == ("owner" if section == "owner" else f"{section}:{name}",)


@pytest.mark.parametrize("section", coverage.RULES)
def test_without_its_rule_it_keeps_nothing(section: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for gone in coverage.RULES[section]:
        left = tuple(rule for rule in rules.every_rule() if rule.name != gone)
        assert len(left) < len(rules.every_rule()), f"there is no rule {gone}"
        monkeypatch.setattr(coverage, "every_rule", lambda left=left: left)
        assert covered(section, ENTRIES[section]) == ()


@pytest.mark.parametrize(("section", "entry"), EMPTIED.items())
def test_an_entry_that_says_nothing_keeps_nothing(section: str, entry: str) -> None:
    assert covered(section, entry) == ()


def test_a_clause_within_an_entry_is_kept_by_that_entry() -> None:
    tier = "tiers: [{clause: X-01, when: {region: overseas}, within: 5 days}]"
    assert covered("limits", f"a: {{from: received, until: closed, within: 3 days, {tier}}}") == ("limits:a",)
    needs = "need: [{clause: X-01, event: registered}, {event: archived}]"
    assert covered("duties", f"b: {{by: closed, {needs}}}") == ("duties:b",)


def test_as_text_and_as_json() -> None:
    policy = "clauses:\n"
    policy += "  X-01: {kind: deadline, title: {en: In time, zh: 按时}}\n  X-02: {kind: other, title: {en: Kindly, zh: 和气}}\n"
    policy += "  X-03: {kind: other, title: {en: Nobody keeps this, zh: 无人落实}}\n"
    policy += (
        "limits:\n  " + ENTRIES["limits"] + "\nshown:\n  m: {clause: X-02, text: {en: Be kind, zh: 和气}}\n"
    )
    every = coverage_of([compiled(policy)])
    assert text_of(every, "en", 100).splitlines() == [
        "standard: 2 of 3 clauses kept, 1 of them only there to be read",
        "  X-03  nothing keeps it  Nobody keeps this",
        "  X-02  shown:m           Kindly",
        "together 2 of 3",
    ]
    told: dict[str, Any] = json.loads(json_of(every, "en", 100))
    assert told["total"] == 3
    assert told["clauses"][0] == {
        "id": "X-01",
        "policy": "standard",
        "kind": "deadline",
        "kept_by": ["limits:a"],
    }

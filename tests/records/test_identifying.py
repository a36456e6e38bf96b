"""What identifies a person by its form is known as such, and stands in no sentence about a flawed file."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter

import pytest
from casework.records.identifying import LONGEST, quotable, sights_in
from casework.records.record import Record
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml
from hypothesis import given
from hypothesis import strategies as some

SCHEMAS = schemas_from(WorkTree(Path(__file__).parents[2]))
CASE = """\
case: 2026-03-0001
policy: standard
{head}
events:
  - {{event: received, at: 2026-03-02T09:00, by: li{more}}}
"""
SECRETS = (
    "王小明",
    "13812345678",
    "138-1234-5678",
    "o@example.com",
    "11010519491231002X",
    "6222020200112233446",
)
SLIPPED_IN = (
    "complainant: 王小明",
    "complainant: [王小明]",
    "respondent: [li, 王小明]",
    "respondent: 13812345678",
    "summary: 13812345678",
    "summary: [13812345678]",
    "demand: 退款138-1234-5678",
    "demand: [apology, 退款13812345678]",
    "channel: o@example.com",
    "origin: 11010519491231002X",
    "category: 6222020200112233446",
    "13812345678: x",
    "order: {13812345678: x}",
    "key_customer: 13812345678",
    "personal: {王小明: [x]}",
    "personal: {王小明: {x: y}}",
    "personal: {王小明: null}",
    "personal: {王小明: ''}",
    "personal: {email: 13812345678}",
    "personal: {email: 王小明}",
    "personal: {phone: [13812345678]}",
    "personal: {contacts: [[13812345678]]}",
    "personal: {contacts: {王小明: x}}",
    "personal: {sealed: x, 王小明: y}",
    "personal: {sealed: [王小明], 13812345678: y}",
    "personal: [王小明]",
    "personal: 王小明",
    "personal: {13812345678: a, 13812345678: b}",
)


@pytest.mark.parametrize("head", SLIPPED_IN)
def test_a_flaw_repeats_nothing_that_identifies_somebody(head: str) -> None:
    assert_told_without_secrets(CASE.format(head=head, more=""))


@pytest.mark.parametrize(
    "more",
    [", to: 13812345678", ", 13812345678: x", ", note: [o@example.com]", ", unit: 11010519491231002X"],
)
def test_nor_does_a_flaw_of_an_event(more: str) -> None:
    assert_told_without_secrets(CASE.format(head="channel: phone", more=more))


def test_nor_does_one_of_its_name() -> None:
    assert_told_without_secrets(
        CASE.format(head="channel: phone", more="").replace("received", "13812345678")
    )


def assert_told_without_secrets(text: str) -> None:
    read = read_yaml("x.yaml", text.encode())
    flaws = SCHEMAS.flaws("case", read) if isinstance(read, Record) else read
    assert flaws
    for flaw in flaws:
        for said in (flaw.text.say("en"), flaw.text.say("zh")):
            assert not [secret for secret in SECRETS if secret in said], said


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("call 138-1234-5678", ["a phone number"]),
        ("手机13812345678，座机 021-62345678", ["a phone number", "a phone number"]),
        ("o@example.com", ["an e-mail address"]),
        ("11010519491231002X", ["an ID-card number"]),
        ("6222 0202 0011 2233 446", ["a bank-card number"]),
        ("110105194912310021 6222020200112233440 20260302000000017 6901234567892", []),
        ("2026-03-02T09:00+08:00", []),
    ],
)
def test_what_is_known_by_its_form(text: str, kinds: list[str]) -> None:
    assert [sight.what.en for sight in sights_in(text)] == kinds


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("退款13812345678", "退款…"),
        ("a\n  b", "a b"),
        ("138\n12345678 again", "… again"),
        ("x" * 41, "x" * LONGEST + "…"),
        ("mail o@example.com or 13812345678", "mail … or …"),
    ],
)
def test_what_may_be_repeated(words: str, said: str) -> None:
    assert quotable(words) == said


@given(some.text(max_size=200))
def test_what_is_repeated_is_one_short_line(words: str) -> None:
    assert len(quotable(words).splitlines()) <= 1 and len(quotable(words)) <= LONGEST + 1


@pytest.mark.parametrize(
    "run",
    [
        "a" * 300_000 + "@",
        "a." * 150_000,
        "a@" * 150_000,
        "@" + "a.1" * 100_000,
        "1" * 300_000,
        "1 " * 150_000,
    ],
)
def test_a_long_run_is_looked_at_once(run: str) -> None:
    begun = perf_counter()
    assert [*sights_in(f"x@ {run}")] == []
    assert perf_counter() - begun < 2.0  # a look from each of its characters takes minutes

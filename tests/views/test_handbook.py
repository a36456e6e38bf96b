"""The handbook of a policy, for a page as for a terminal: every key of the language in words, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest
from casework.house import House, house_of
from casework.records.read import read_record
from casework.records.record import Record
from casework.records.source import Files, WorkTree
from casework.state.compile import policy_from
from casework.state.policy import Policy
from casework.views.handbook import Entry, Section, handbook_of
from casework.views.policy import FORMS, Handbook
from casework.views.policy_words import Wording
from casework.words import Lang

REPO = Path(__file__).parents[2]
DAY = date(2026, 3, 20)
HEAD = """\
policy: short
title: {en: Short, zh: 短}
in_force_from: 2000-01-01
"""
Book = Callable[..., tuple[Section, ...]]


@pytest.fixture(scope="module")
def house() -> House:
    tests = REPO / "tests/firm"
    told = {path.relative_to(tests).as_posix(): path.read_bytes() for path in tests.rglob("*.yaml")}
    schema = {
        path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")
    }
    return house_of(Files({**schema, **told}))


@pytest.fixture(scope="module")
def wording(house: House) -> Callable[..., Wording]:
    def of(policy: str, lang: Lang = "en") -> Wording:
        record = read_record(Files({"policies/short.yaml": HEAD + dedent(policy)}), "policies/short.yaml")
        assert isinstance(record, Record)
        assert not (flaws := house.schemas.flaws("policy", record)), flaws
        made = policy_from(record, house.schemas.events, house.policies["standard"][0].counting)
        assert isinstance(made, Policy), made
        return Wording(made, house.people, house.schemas.events, house.schemas.head, lang)

    return of


@pytest.fixture(scope="module")
def book(wording: Callable[..., Wording]) -> Book:
    return lambda policy, lang="en": handbook_of(wording(policy, lang), DAY)


def the(sections: tuple[Section, ...], name: str) -> Entry:
    """The entry of that name."""
    return next(entry for section in sections for entry in section.entries if entry.name == name)


def facts(sections: tuple[Section, ...], name: str) -> dict[str, str]:
    return {each.label: each.value for each in the(sections, name).facts}


LIMIT = """\
roles: {director: {title: {en: Director, zh: 主任}}}
choices:
  channel: {values: {phone: {title: {en: Telephone, zh: 电话}}, visit: {title: {en: Visit, zh: 来访}}}}
limits:
  whole:
    clause: [X-01, X-02]
    title: {en: Answer in time, zh: 按时答复}
    reading: {en: So we read it., zh: 我们这样理解。}
    when: {channel: {not: visit}, compensation_total: {over: 50}}
    from: [received, {event: reply_commitment, where: {about: reply, days_ahead: {up_to: 3}}}]
    until: [response_given, reply_commitment.due_at]
    unless: reopened
    within: 5 working days
    target: 3 working days
    tiers:
      - {when: {channel: phone}, within: 2 working days, force: should}
    extend: {with: extension_approved, where: {by: director}, when: {severity: {given: true}}, up_to: 9 working days}
    pause: {from: supplement_requested, until: supplement_received}
    again: renew
    owner: [director, handler]
    settles: true
  part: {from: handed_over, until: opinion_returned, due: 12:00 on reply_commitment.due_at, per: to, part_of: whole}
  same: {until: registered, same_as: whole}
  late: {from: {event: lapsed, where: {limit: whole}}, until: escalated, within: promptly}
"""


class TestLimits:
    def test_every_key_is_said(self, book: Book) -> None:
        assert facts(book(LIMIT), "whole") == {
            "Applies to": "Channel: not Visit; Compensation paid: over 50",
            "Counted from": "Received or Reply commitment (About: reply; Days ahead: up to 3)",
            "Until": "Response given or Reply commitment (its “Due at” counts)",
            "Within": "5 working days",
            "Otherwise": "Channel: Telephone → 2 working days, should",
            "Aimed at": "3 working days",
            "Extended by": (
                "Extension approved (By: Director), up to 9 working days from the beginning, only where Severity: stated"
            ),
            "Stands still": "from: Supplement requested; until: Supplement received",
            "Not if first": "Reopened",
            "Begun anew": "each new beginning takes the place of the one that runs",
            "Counts as": "the case's own limit in the figures",
            "Owed by": "Director, the handler",
        }

    def test_and_in_chinese(self, book: Book) -> None:
        whole = facts(book(LIMIT, "zh"), "whole")
        assert whole["适用"] == "渠道：不是来访；已付补偿合计：超过 50"
        assert whole["期限"] == "5 个工作日" and whole["由谁负责"] == "主任、处理人"
        assert not [value for value in whole.values() if "Extension" in value or "working" in value]

    def test_parts_and_limits_that_run_as_another(self, book: Book) -> None:
        sections = book(LIMIT)
        assert facts(sections, "part")["Due at"] == "12:00 on the day of the “Due at” of: Reply commitment"
        assert facts(sections, "part")["Part of"] == "Answer in time"
        assert facts(sections, "same") == {"Until": "Registered", "Runs as": "Answer in time"}
        assert facts(sections, "late")["Counted from"] == "the lapse of: Answer in time"

    def test_the_entry_itself(self, book: Book) -> None:
        entry = the(book(LIMIT), "whole")
        assert (entry.title, entry.clauses, entry.force, entry.span, entry.reading) == (
            "Answer in time", ("X-01", "X-02"), "must", "5 working days", "So we read it.",
        )  # fmt: skip


OTHERS = """\
about:
  issue: {issuer: desk, issued_on: 2026-01-01, unset: [{en: How soon, zh: 多久}]}
  rests: {cited: {en: A standard, zh: 某标准}, verified: false}
  irregularities: {noted_by: [auditor]}
roles:
  clerk: {title: {en: Clerk, zh: 文员}}
  ghost: {title: {en: Ghost, zh: 幽灵}, substitutes: [clerk], aliases: [{en: Spook, zh: 鬼}]}
  auditor: {}
choices:
  category:
    open: true
    many: true
    values:
      goods: {title: {en: Goods, zh: 商品}, clause: X-09, values: {broken: {title: {en: Broken, zh: 破损}}}}
owner:
  first: {from: received, passes_by: {event: handed_over, where: {to: clerk}}}
duties:
  ordered: {before: archived, need: [{event: response_given}, {event: completed}], in_order: true}
  owed: {after: response_given, by: completed, need: {event: survey_recorded, where: {of: complainant}}, force: should}
  signed: {at: decision_issued, need: {value: [signed_by, document]}}
  known: {by: completed, need: {case: {severity: {given: true}}}}
  either: {by: registered, need: {event: [{event: dispatched, where: {due_at: {given: true}}}, completed]}}
bans:
  hush: {event: [accepted, assigned], where: {by: respondent}, before: closed, after: received}
repeats:
  again: {same: [complainant, product.lot_no], count: 2, within: 48 hours, need: {event: upgraded}}
secrecy:
  quiet: {when: {kind: report}, from: accepted, level: secret, mask: [respondent], access: [clerk, handler]}
retention:
  kept: {from: archived, keep: 2 years}
recurring:
  sum: {every: month, per: department, produce: digest, at_least: 2, due: 3 working days}
  year: {every: year, produce: archived, windows: [{from: 01-01, to: 06-30, due: 07-31}]}
numbering:
  code: {pattern: "{yy}{mm}{nn}", restart: month}
forms:
  slip: {title: {en: Slip, zh: 便条}, contains: [summary, product.name], copies: {1: clerk}, internal: true}
reports:
  digest: {title: {en: Digest, zh: 摘要}, figures: [received]}
shown:
  calm: {text: {en: Keep calm., zh: 保持冷静。}}
"""


class TestOtherSections:
    @pytest.mark.parametrize(
        ("name", "told"),
        [
            ("issue", {"Issued by": "Desk", "Issued on": "2026-01-01", "Left open": "How soon"}),
            ("rests", {"Cites": "A standard", "Looked up": "no: as the source cites it"}),
            ("irregularities", {"May answer for a breach": "auditor"}),
            ("clerk", {"Today": "Li, Zhou"}),
            ("ghost", {"Also called": "Spook", "Today": "nobody", "Stood in for by": "Clerk"}),
            (
                "category",
                {
                    "Values": "Goods (X-09, Broken)",
                    "List": "others may be used too",
                    "At once": "several may be chosen",
                },
            ),
            ("first", {"Whoever did": "Received", "Passes on by": "Handed over (To: Clerk)"}),
            ("ordered", {"Before": "Archived", "Needed": "Response given, then Completed"}),
            (
                "owed",
                {
                    "After": "Response given",
                    "At the latest": "Completed",
                    "Needed": "Survey recorded (Of: the complainant)",
                },
            ),
            ("signed", {"At": "Decision issued", "Needed": "Signed by: stated; Document: stated"}),
            ("known", {"By": "Completed", "Needed": "Severity: stated"}),
            ("either", {"By": "Registered", "Needed": "Dispatched (Due at: stated) or Completed"}),
            (
                "hush",
                {
                    "Forbidden": "Accepted (By: the respondent) or Assigned (By: the respondent)",
                    "As long as not yet": "Closed",
                    "After": "Received",
                },
            ),
            (
                "again",
                {
                    "The same": "Complainant, Lot number",
                    "So many times": "2",
                    "Within": "48 hours",
                    "Needed": "Upgraded",
                },
            ),
            (
                "quiet",
                {
                    "Applies to": "Kind: report",
                    "Counted from": "Accepted",
                    "Level": "secret: counted, never listed",
                    "Masked": "Respondent",
                    "May be told": "Clerk, the handler",
                },
            ),
            ("kept", {"Counted from": "Archived", "Kept for": "2 years"}),
            (
                "sum",
                {
                    "What is due": "Digest",
                    "How often": "every month",
                    "From each": "each department",
                    "At least": "2",
                    "Due": "3 working days",
                },
            ),
            (
                "year",
                {"What is due": "Archived", "How often": "every year", "Period": "01-01 to 06-30, due 07-31"},
            ),
            ("code", {"Pattern": "{yy}{mm}{nn}", "Begins again": "every month"}),
            (
                "slip",
                {
                    "Contains": "Summary, Product name",
                    "Copy": "1: Clerk",
                    "Use": "within the firm, not shown to the complainant",
                },
            ),
            ("digest", {"Figures": "complaints received"}),
            ("calm", {}),
        ],
    )
    def test_each_is_said_in_words(self, book: Book, name: str, told: dict[str, str]) -> None:
        assert facts(book(OTHERS), name) == told

    def test_whatever_judges_has_a_force_and_nothing_else(self, book: Book) -> None:
        judged = {section.name for section in book(OTHERS) for entry in section.entries if entry.force}
        assert judged == {"duties", "bans", "repeats", "secrecy", "retention", "recurring", "numbering"}

    def test_every_fact_is_said_in_chinese_too(self, book: Book) -> None:
        english, chinese = book(LIMIT + _apart(OTHERS)), book(LIMIT + _apart(OTHERS), "zh")
        for one, two in zip(english, chinese, strict=True):
            assert one.title != two.title
            for entry, other in zip(one.entries, two.entries, strict=True):
                assert len(entry.facts) == len(other.facts)
                assert all(_is_chinese(fact.label) for fact in other.facts), other


def _apart(policy: str) -> str:
    """Without the sections that stand in LIMIT too."""
    return policy[policy.index("owner:") :]


def _is_chinese(text: str) -> bool:
    return any("\u3400" <= char <= "\u9fff" for char in text)


class TestForms:
    def test_text_has_every_entry_with_its_clauses(self, book: Book, wording: Callable[..., Wording]) -> None:
        told = FORMS["text"](Handbook(wording(LIMIT).policy, book(LIMIT), "en", 80))
        assert "Answer in time  X-01, X-02  [whole]" in told and "Limits (4)" in told
        assert max(map(len, told.splitlines())) <= 80

    def test_json_is_the_same(self, book: Book, wording: Callable[..., Wording]) -> None:
        told = json.loads(FORMS["json"](Handbook(wording(LIMIT).policy, book(LIMIT), "en")))
        limits = next(each for each in told["sections"] if each["section"] == "limits")
        assert limits["entries"][0]["clauses"] == ["X-01", "X-02"] and limits["entries"][0]["force"] == "must"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_shipped_policies_can_be_said_whole(lang: Lang) -> None:
    shipped = house_of(WorkTree(REPO))
    for editions in shipped.policies.values():
        for policy in editions:
            wording = Wording(policy, shipped.people, shipped.schemas.events, shipped.schemas.head, lang)
            for section in handbook_of(wording, DAY):
                for entry in (
                    section.entries if section.name != "numbering" else ()
                ):  # a pattern stands as it is
                    said = " ".join((entry.title, *(fact.value for fact in entry.facts)))
                    assert "_" not in said and "{" not in said, (entry.name, said)

"""The same examples in Chinese: sentences whose order of words differs too much to be left to the English ones."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from casework.examine import examine
from casework.records.source import Files
from casework.state.instant import Instant, instant_from

REPO = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Shanghai")
FIRM = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")}
FIRM |= {
    "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
    for path in (REPO / "tests/firm/policies").rglob("*.yaml")
}
HEAD = "case: 2026-03-0001\nreceipt: 7KQF-3M9P\npolicy: {}\nevents:\n  - {{event: received, at: 2026-03-02T09:00, by: li}}\n"
STORIES = {path.name: path for path in (REPO / "tests/rules").glob("*/*") if path.is_dir()}


def said(rule: str, events: str, policy: str = "standard", story: str = "") -> list[str]:
    files = {"cases/2026/03/2026-03-0001.yaml": HEAD.format(policy) + events}
    if story:
        file = STORIES[story] / f"policies/{policy}.yaml"
        files[f"policies/{policy}.yaml"] = file.read_text("utf-8")
    at = instant_from("2026-03-12T09:00", ZONE)
    assert isinstance(at, Instant)
    _, findings = examine(Files({**FIRM, **files}), at.at.astimezone(UTC), at.at.astimezone(UTC))
    return [each.text.say("zh", ZONE) for each in findings if each.rule == rule]


@pytest.mark.parametrize(
    ("when", "shown"), [("2026-03-07T10:00", "2026-03-07 10:00"), ("2026-03-07", "2026-03-07")]
)
def test_done_late(when: str, shown: str) -> None:
    events = f"  - {{event: response_given, at: {when}, by: li}}\n"
    assert said("done-late", events) == [f"“三日内答复”应于 2026-03-05 23:59:59 前完成，实际完成于 {shown}"]


def test_agreed_too_late() -> None:
    events = "  - {event: reply_commitment, at: 2026-03-03T09:00, by: li, about: reply, due_at: 2026-03-10T15:00}\n"
    assert said("done-late", events, "agreed", "agreed-too-late") == [
        "“三日内答复或约定时间”：约定时间 2026-03-10 15:00 晚于期限 2026-03-05 23:59:59"
    ]


def test_ban_broken() -> None:
    events = "  - {event: outcome_promise, at: 2026-03-03, by: li}\n"
    assert said("ban-broken", events) == ["决定前不作承诺：Li 于 2026-03-03“实体承诺”"]


def test_several_answer_for_it_or_nobody() -> None:
    events = "  - {event: handed_over, at: 2026-03-02T10:00, by: li, to: [zhou, wang]}\n"
    assert sorted(said("deadline-overdue", events, "shared", "several-or-nobody")) == [
        "“答复”应于 2026-03-05 23:59:59 前完成，至今未办；责任人：Zhou、Wang",
        "“说明”应于 2026-03-05 23:59:59 前完成，至今未办",
    ]

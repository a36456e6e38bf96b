"""What another edition of a policy would make of past cases: as text for a person and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.rules import Finding
from casework.state.case import Case
from casework.state.compared import Pair
from casework.state.deadline import Deadline
from casework.state.policy import Policy
from casework.views.account import local
from casework.views.case import deadline_as_data, status_text
from casework.views.findings import ANSWERED, LEVEL_NAMES, finding_as_data, name_of
from casework.views.width import shown, wrapped
from casework.words import Lang, Text, same


class Differently(NamedTuple):
    """One case, the edition that judges it (None: it came before the first), and all that would be otherwise."""

    case: Case
    edition: Policy | None
    deadlines: tuple[Pair[Deadline], ...]
    findings: tuple[Pair[Finding], ...]
    kept: Pair[date] | None

    @property
    def is_different(self) -> bool:
        """Whether anything would be otherwise."""
        return bool(self.deadlines or self.findings or self.kept)


class WhatIf(NamedTuple):
    """Of so many ``cases`` received since a day those that ``draft`` would judge ``differently``, as of ``at``."""

    draft: Policy
    since: date
    cases: int
    differently: Sequence[Differently]
    at: datetime
    zone: ZoneInfo
    lang: Lang
    columns: int = 100

    def say(self, text: Text) -> str:
        """A sentence in the language asked for, safe for a terminal."""
        return shown(text.say(self.lang, self.zone))


def text_of(told: WhatIf) -> str:
    """What is held against what, every case with what would be otherwise, and a closing line that counts."""
    parts = {"policy": told.draft.id, "day": told.draft.in_force_from, "path": told.draft.record.path}
    blocks = [
        told.say(Text(_HEAD.en, _HEAD.zh, parts)),
        *("\n".join(_case(told, each)) for each in told.differently),
    ]
    return "\n\n".join([*blocks, told.say(_closing(told))])


def json_of(told: WhatIf) -> str:
    """The stable form for programs: see the guide's page on JSON."""
    document = {
        "as_of": told.at.astimezone(told.zone).isoformat(),
        "policy": told.draft.id,
        "in_force_from": told.draft.in_force_from.isoformat(),
        "path": told.draft.record.path,
        "since": told.since.isoformat(),
        "cases": told.cases,
        "differently": [_as_data(told, each) for each in told.differently],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[WhatIf], str]] = {"text": text_of, "json": json_of}


def _case(told: WhatIf, each: Differently) -> Iterator[str]:
    by = _BY if each.edition else _BY_NONE
    parts = {
        "case": each.case.number,
        "day": each.case.begun,
        "edition": each.edition and each.edition.in_force_from,
    }
    lines = [told.say(Text(by.en, by.zh, parts))]
    lines += [f"  {_deadline(told, pair)}" for pair in each.deadlines]
    lines += [f"  {_finding(told, pair)}" for pair in each.findings]
    if each.kept:
        days = [same(day.isoformat() if day else "–") for day in each.kept]
        lines.append(f"  {_line(told, each.kept.change, _KEPT, *days)}")
    for line in lines:
        yield from wrapped(line, max(40, told.columns), " " * 6)


def _deadline(told: WhatIf, pair: Pair[Deadline]) -> str:
    title = next(each.limit.title for each in pair if each)
    return _line(told, pair.change, title, *(each and _standing(told, each) for each in pair))


def _standing(told: WhatIf, deadline: Deadline) -> Text:
    status = status_text(deadline, told.at)
    if deadline.due is None:
        return status
    return Text(_DUE.en, _DUE.zh, {"due": local(deadline.due.printed, told.zone), "status": status})


def _finding(told: WhatIf, pair: Pair[Finding]) -> str:
    name = same(next(name_of(each) for each in pair if each))
    before, after = (each and _said(each) for each in pair)
    if pair.before and pair.after and pair.before.text.say("en") == pair.after.text.say("en"):
        before = _level(pair.before)  # the sentence once is enough
    return _line(told, pair.change, name, before, after)


def _said(finding: Finding) -> Text:
    return Text("{level}: {said}", "{level}：{said}", {"level": _level(finding), "said": finding.text})


def _level(finding: Finding) -> Text:
    level = LEVEL_NAMES[finding.level]
    return (
        Text("{level}, {answered}", "{level}，{answered}", {"level": level, "answered": ANSWERED})
        if finding.answered
        else level
    )


def _line(told: WhatIf, change: str, what: Text, before: Text | None, after: Text | None) -> str:
    """What is new, gone or changed, and how it is and would be."""
    sentence = _CHANGES[change]
    return told.say(Text(sentence.en, sentence.zh, {"what": what, "before": before, "after": after}))


def _closing(told: WhatIf) -> Text:
    parts = {"n": told.cases, "since": told.since, "m": len(told.differently), "policy": told.draft.id}
    sentence = _CLOSING if told.cases else _NO_CASE
    return Text(sentence.en, sentence.zh, parts)


def _as_data(told: WhatIf, each: Differently) -> dict[str, Any]:
    kept = each.kept
    return {
        "case": each.case.number,
        "path": each.case.path,
        "judged_by": each.edition.in_force_from.isoformat() if each.edition else None,
        "deadlines": [
            _pair(pair, lambda one: deadline_as_data(one, told.at, told.zone)) for pair in each.deadlines
        ],
        "findings": [_pair(pair, lambda one: finding_as_data(one, told.zone)) for pair in each.findings],
        "keep_until": _pair(kept, date.isoformat) if kept else None,
    }


def _pair(pair: Pair[Any], as_data: Callable[[Any], Any]) -> dict[str, Any]:
    return {
        "change": pair.change,
        "before": as_data(pair.before) if pair.before else None,
        "after": as_data(pair.after) if pair.after else None,
    }


_HEAD = Text(
    "What if '{policy}' had always been as in {path} (in force from {day})?",
    "假如“{policy}”一直如 {path} 所写（自 {day} 起施行）：",
)
_BY = Text(
    "{case}  received {day}, judged by the edition of {edition}", "{case}  {day} 收到，按 {edition} 版评判"
)
_BY_NONE = Text(
    "{case}  received {day}, before the first edition: judged by none",
    "{case}  {day} 收到，早于首个版本，未经评判",
)
_CHANGES = {
    "new": Text("+ {what}  {after}", "+ {what}  {after}"),
    "gone": Text("- {what}  {before}", "- {what}  {before}"),
    "changed": Text("~ {what}  {before} → {after}", "~ {what}  {before} → {after}"),
}
_DUE = Text("due {due}, {status}", "期限 {due}，{status}")
_KEPT = Text("kept until", "保存至")
_CLOSING = Text(
    "{m} of {n} cases received since {since} would be judged differently (+ new, - gone, ~ changed)",
    "{since} 起收到的 {n} 宗案件中，有 {m} 宗评判结果会不同（+ 新增，- 消失，~ 变化）",
)
_NO_CASE = Text(
    "no case under '{policy}' has been received since {since}: there is nothing to compare",
    "{since} 起没有收到适用“{policy}”的案件，无可比较",
)

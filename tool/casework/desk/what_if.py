"""A draft edition at the desk: read from the shelf or from anywhere, and asked what it would have found."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from casework.desk.desk import Desk, Refusal, examined
from casework.words import Text, did_you_mean

if TYPE_CHECKING:
    from datetime import date, datetime

    from casework.records.source import Source
    from casework.rules import Finding
    from casework.state.compared import Judged
    from casework.state.policy import Policy
    from casework.state.state import State
    from casework.views.what_if import Differently, WhatIf

    ByPath = defaultdict[str, list[Finding]]

SUFFIX = ".yaml"


def edition_asked(desk: Desk, asked: str) -> Policy:
    """The edition in a file; for a name, the one of that policy that begins last."""
    if asked.endswith(SUFFIX):
        return _drafted(desk, asked)
    editions = desk.house.policies.get(asked)
    if editions is None:
        raise Refusal(_no_policy(desk, asked), desk.lang)
    return max(editions, key=lambda each: each.in_force_from)


def _drafted(desk: Desk, asked: str) -> Policy:
    """The edition in a file, wherever it lies; it must be sound, and of a policy of this register."""
    from casework.deeds.refused import flaw_text, listed
    from casework.records.read import sound_record
    from casework.state.policy import Policy

    record = sound_record(_source(desk, asked), asked, "policy", desk.house.schemas)
    draft = desk.house.policies.policy_of(record)
    if not isinstance(draft, Policy):
        raise Refusal(listed(_FLAWED, map(flaw_text, draft)), desk.lang)
    if draft.id not in desk.house.policies:
        raise Refusal(_no_policy(desk, draft.id), desk.lang)
    return draft


def _source(desk: Desk, asked: str) -> Source:
    """Where the file lies: below the folder we stand in, else below the register's."""
    from casework.records.source import WorkTree

    return WorkTree(Path() if Path(asked).exists() else desk.root)


def what_if(desk: Desk, draft: Policy, since: date, columns: int) -> WhatIf:
    """The policy's cases received from a day on, and what the draft would make of each that it judges otherwise."""
    from casework.examine import answered
    from casework.rules import findings_of
    from casework.state.compared import judged_anew, judged_since
    from casework.views.what_if import WhatIf

    register, findings = examined(desk)
    judged = judged_since(register, draft.id, since, desk.at)
    anew = judged_anew(register, draft, judged)
    before, after = map(_by_path, (findings, answered(findings_of(anew, desk.at), anew.states)))
    states = {state.case.path: state for state in anew.states}
    told = [_told(each, states[each.case.path], before, after, desk.at) for each in judged]
    differently = tuple(each for each in told if each.is_different)
    return WhatIf(draft, since, len(judged), differently, desk.at, desk.house.firm.zone, desk.lang, columns)


def _told(judged: Judged, anew: State, before: ByPath, after: ByPath, at: datetime) -> Differently:
    from casework.state.compared import deadlines_otherwise, keeping_otherwise, pairs_of
    from casework.views.what_if import Differently

    path = judged.case.path
    return Differently(
        judged.case,
        judged.edition,
        deadlines_otherwise(judged.state, anew, at),
        tuple(pairs_of(before[path], after[path], _name_of, _said_of)),
        keeping_otherwise(judged.state, anew),
    )


def _by_path(findings: Iterable[Finding]) -> ByPath:
    by_path: ByPath = defaultdict(list)
    for each in findings:
        by_path[each.place.path].append(each)
    return by_path


def _name_of(finding: Finding) -> Hashable:
    return finding.rule, finding.entry


def _said_of(finding: Finding) -> object:
    return finding.place, finding.kind, finding.level, finding.answered, finding.text.say("en")


def _no_policy(desk: Desk, name: str) -> Text:
    """Why a policy is none, or cannot be read."""
    if desk.house.policies.is_flawed(name):
        return Text(*_UNREADABLE, {"name": name})
    return Text(*_NONE, {"name": name, "hint": did_you_mean(name, desk.house.policies)})


_NONE = (
    "there is no policy '{name}' here, so no case was judged by it{hint}",
    "这里没有“{name}”这套制度，也就没有按它评判的案件{hint}",
)
_UNREADABLE = (
    "policy '{name}' cannot be read, so no case is judged by it: 'casework policy lint {name}' says why",
    "制度“{name}”无法读取，案件也就无从评判：原因请运行 casework policy lint {name} 查看",
)
_FLAWED = Text(
    "this edition cannot judge before its file is mended:", "该版本的文件有误，改正后才能据以评判："
)

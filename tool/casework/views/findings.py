"""Findings as text for a person, JSON for a program, and annotations for a forge: one entry in FORMS is one format."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.rules import LEVELS, Finding
from casework.state.register import Register
from casework.views.width import shown, wrapped
from casework.words import Lang, Text


class Shown(NamedTuple):
    """What is shown, to whom and how: ``columns`` and ``colour`` only matter to text for a terminal.

    ``is_change``: only what a change brings is shown, so that nothing found is nothing new.
    """

    register: Register
    findings: Sequence[Finding]
    at: datetime
    lang: Lang
    columns: int = 100
    colour: bool = False
    is_change: bool = False


LEVEL_NAMES = {
    "error": Text("error", "错误"),
    "warning": Text("warning", "警告"),
    "information": Text("information", "提示"),
}
_COUNTED = {**LEVEL_NAMES, "information": Text("note", "提示")}
_NOTHING = Text("nothing to report", "未发现问题")
_NOTHING_NEW = Text("nothing new", "无新增问题")
_COLOURS = {"error": 31, "warning": 33, "information": 36}
ANSWERED = Text("answered for", "已说明")


def text_of(told: Shown) -> str:
    """Findings by file, equal ones grouped, and a closing line that counts them."""
    lines: list[str] = []
    last = ""
    for finding, others in _grouped(told.findings):
        if finding.place.path != last:
            lines += [*([""] if lines else []), _painted(told, 1, shown(finding.place.path))]
            last = finding.place.path
        lines += _lines(told, finding, others)
    return "\n".join([*lines, *([""] if lines else []), _closing(told)])


def json_of(told: Shown) -> str:
    """The stable form for programs: see the guide's page on JSON."""
    zone = told.register.firm.zone
    document = {
        "as_of": told.at.astimezone(zone).isoformat(),
        "cases": len(told.register.cases),
        "counts": _counts(told.findings),
        "findings": [finding_as_data(finding, zone) for finding in told.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def github_of(told: Shown) -> str:
    """Workflow commands that a forge shows beside the line."""
    zone = told.register.firm.zone
    kinds = {"error": "error", "warning": "warning", "information": "notice"}
    return "\n".join(
        f"::{kinds[each.level]} file={_property(each.place.path)},line={each.place.line},col={each.place.column},"
        f"title={_property(each.rule)}::{_data(each.text.say(told.lang, zone))}"
        for each in told.findings
    )


FORMS: Mapping[str, Callable[[Shown], str]] = {"text": text_of, "json": json_of, "github": github_of}


def name_of(finding: Finding) -> str:
    """``[rule:entry]``: what an ``irregularity_noted`` has to name."""
    return f"[{finding.rule}{':' + finding.entry if finding.entry else ''}]"


def finding_as_data(finding: Finding, zone: ZoneInfo) -> dict[str, Any]:
    """One finding as JSON data; instants in the message are in the register's zone."""
    return {
        "rule": finding.rule,
        "kind": finding.kind,
        "level": finding.level,
        "clauses": list(finding.clauses),
        "case": finding.case or None,
        "entry": finding.entry or None,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "answered": finding.answered,
        "message": {"en": finding.text.say("en", zone), "zh": finding.text.say("zh", zone)},
    }


def _grouped(findings: Sequence[Finding]) -> Iterator[tuple[Finding, list[Finding]]]:
    """Each finding once, with those of the same file that say exactly the same elsewhere."""
    groups: dict[tuple[Any, ...], list[Finding]] = {}
    for finding in findings:
        key = (finding.place.path, finding.rule, finding.level, finding.text.say("en"))
        groups.setdefault(key, []).append(finding)
    for group in groups.values():
        yield group[0], group[1:]


def _lines(told: Shown, finding: Finding, others: Sequence[Finding]) -> Iterator[str]:
    zone = told.register.firm.zone
    where = f"{finding.place.line}:{finding.place.column}"
    level = _painted(told, _COLOURS[finding.level], LEVEL_NAMES[finding.level].say(told.lang))
    name = name_of(finding)
    said = shown(finding.text.say(told.lang, zone))
    marks = [*finding.clauses, *([ANSWERED.say(told.lang)] if finding.answered else [])]
    clauses = f" ({', '.join(marks)})" if marks else ""
    again = f"  (+{len(others)}: {', '.join(str(each.place.line) for each in others)})" if others else ""
    yield f"  {where:<7} {level} {_painted(told, 2, name)}{again}"
    yield from wrapped(f"          {said}{clauses}", max(40, told.columns), " " * 10)


def _closing(told: Shown) -> str:
    cases, at = len(told.register.cases), told.at
    head = Text("{n} case{s} as of {at}: {said}", "截至 {at}，{n} 宗案件：{said}")
    counts = [_counted(level, n) for level, n in _counts(told.findings).items() if n]
    nothing = _NOTHING_NEW if told.is_change else _NOTHING
    said = Text("{counts}", "{counts}", {"counts": counts}) if counts else nothing
    parts = {"n": cases, "s": "" if cases == 1 else "s", "at": at, "said": said}
    return Text(head.en, head.zh, parts).say(told.lang, told.register.firm.zone)


def _counted(level: str, n: int) -> Text:
    name = _COUNTED[level]
    return Text(f"{n} {name.en}{'' if n == 1 else 's'}", f"{n} 项{name.zh}")


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    counted = Counter(finding.level for finding in findings)
    return {level: counted[level] for level in LEVELS}


def _painted(told: Shown, colour: int, text: str) -> str:
    return f"\033[{colour}m{text}\033[0m" if told.colour else text


def _data(text: str) -> str:
    return "%0A".join(shown(line).replace("%", "%25") for line in text.split("\n"))


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")

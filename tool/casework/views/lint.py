"""What is doubtful in policies, as `casework check` would say it, and a closing line that counts it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.rules import LEVELS, Finding
from casework.state.lint.asked import Remark
from casework.state.register import Register
from casework.views import findings
from casework.views.findings import LEVEL_NAMES, Shown
from casework.views.width import shown, wrapped
from casework.words import Lang, Text

FLAWED = "file-flawed"  # the rule that says so of every file


class Linted(NamedTuple):
    """What was found in some policies (``named``: their ids), as of an instant; no case is in ``register``."""

    register: Register
    named: Sequence[str]
    remarks: Sequence[Remark]
    at: datetime
    lang: Lang
    columns: int = 100
    colour: bool = False


def text_of(told: Linted) -> str:
    """The remarks by file, and a closing line: in how many policies how many were found."""
    lines = findings.text_of(_as_findings(told)).splitlines()[:-1]
    return "\n".join([*lines, *wrapped(shown(_closing(told).say(told.lang)), max(40, told.columns))])


def json_of(told: Linted) -> str:
    """The stable form for programs: see the guide's page on JSON."""
    zone = told.register.firm.zone
    document = {
        "as_of": told.at.astimezone(zone).isoformat(),
        "policies": list(told.named),
        "counts": _counts(told),
        "remarks": [_as_data(each, zone) for each in told.remarks],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def github_of(told: Linted) -> str:
    """Workflow commands that a forge shows beside the line."""
    return findings.github_of(_as_findings(told))


FORMS: Mapping[str, Callable[[Linted], str]] = {"text": text_of, "json": json_of, "github": github_of}


def _as_data(remark: Remark, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "question": remark.question,
        "level": remark.level,
        "entry": remark.entry or None,
        "clauses": list(remark.clauses),
        "path": remark.place.path,
        "line": remark.place.line,
        "column": remark.place.column,
        "message": {"en": remark.text.say("en", zone), "zh": remark.text.say("zh", zone)},
    }


def _as_findings(told: Linted) -> Shown:
    """Shown as findings are: the question stands where the rule would."""
    said = [
        Finding(each.question, "change", each.level, each.clauses, "", each.place, each.text, each.entry)
        for each in told.remarks
    ]
    return Shown(told.register, said, told.at, told.lang, told.columns, told.colour)


def _counts(told: Linted) -> dict[str, int]:
    counted = Counter(each.level for each in told.remarks)
    return {level: counted[level] for level in LEVELS}


def _closing(told: Linted) -> Text:
    n = len(told.named)
    counts = [
        Text(
            f"{n} {LEVEL_NAMES[level].en}{'s' if n > 1 and level != 'information' else ''}",
            f"{n} 项{LEVEL_NAMES[level].zh}",
        )
        for level, n in _counts(told).items()
        if n
    ]
    said = Text("{counts}", "{counts}", {"counts": counts}) if counts else _NOTHING
    head = _ONE if n == 1 else _SEVERAL
    return Text(head.en, head.zh, {"n": n, "names": list(told.named), "said": said})


_NOTHING = Text("nothing doubtful", "未发现疑点")
_ONE = Text("policy {names}: {said}", "制度 {names}：{said}")
_SEVERAL = Text("{n} policies ({names}): {said}", "{n} 套制度（{names}）：{said}")

"""What is wrong with the calendars, as `casework check` would say it, and by which of them the firm counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping

from casework.rules import LEVELS
from casework.views import findings
from casework.views.findings import LEVEL_NAMES, Shown, finding_as_data, github_of
from casework.views.width import shown, wrapped
from casework.words import Text, text_from


def text_of(told: Shown) -> str:
    """The findings by file, and a closing line: by what the firm counts, how far that goes, and how many were found."""
    lines = findings.text_of(told).splitlines()[:-1]
    is_read = bool(told.register.firm.record.value)
    zone = told.register.firm.zone
    for said in ((_counts_by(told),) if is_read else ()) + (_closing(told),):
        lines += wrapped(shown(said.say(told.lang, zone)), max(40, told.columns))
    return "\n".join(lines)


def json_of(told: Shown) -> str:
    """The stable form for programs: see the guide's page on JSON."""
    zone, record = told.register.firm.zone, told.register.calendar
    document = {
        "as_of": told.at.astimezone(zone).isoformat(),
        "calendar": told.register.firm.record.value.get("calendar"),
        "announced_through": int(record.value["announced_through"]) if record and _ends(told) else None,
        "counts": _counts(told),
        "findings": [finding_as_data(finding, zone) for finding in told.findings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[Shown], str]] = {"text": text_of, "json": json_of, "github": github_of}


def _counts_by(told: Shown) -> Text:
    record, named = told.register.calendar, told.register.firm.record.value.get("calendar")
    if record is None:
        return Text(*_FLAWED, {"named": named}) if named else Text(*_NAMES_NONE)
    parts = {"name": text_from(record.value["name"]), "named": named}
    parts |= {"year": record.value.get("announced_through"), "due": record.value.get("notice_due")}
    if not _ends(told):
        return Text(*_ENDLESS, parts)
    return Text(*(_THROUGH_DUE if parts["due"] else _THROUGH), {**parts, "next": int(parts["year"]) + 1})


def _ends(told: Shown) -> bool:
    return told.register.calendar is not None and "announced_through" in told.register.calendar.value


def _counts(told: Shown) -> dict[str, int]:
    counted = Counter(finding.level for finding in told.findings)
    return {level: counted[level] for level in LEVELS}


def _closing(told: Shown) -> Text:
    counts = [_counted(level, n) for level, n in _counts(told).items() if n]
    parts = {"at": told.at, "counts": counts}
    return Text(*_FOUND, parts) if counts else Text(*_NOTHING, parts)


def _counted(level: str, n: int) -> Text:
    name = _COUNTED[level]
    return Text(f"{n} {name.en}{'' if n == 1 else 's'}", f"{n} 项{name.zh}")


_COUNTED = {**LEVEL_NAMES, "information": Text("note", "提示")}
_NAMES_NONE = ("register.yaml names no calendar", "register.yaml 没有指明日历")
_FLAWED = (
    "register.yaml names the calendar '{named}', which cannot be used",
    "register.yaml 指明的日历“{named}”无法使用",
)
_ENDLESS = (
    "the firm counts by {name} ({named}), which has no end",
    "本单位按{name}（{named}）计算，没有尽头",
)
_THROUGH = (
    "the firm counts by {name} ({named}), announced through {year}",
    "本单位按{name}（{named}）计算，已公布至 {year} 年",
)
_THROUGH_DUE = (
    "the firm counts by {name} ({named}), announced through {year}; the notice for {next} is usually out by {year}-{due}",
    "本单位按{name}（{named}）计算，已公布至 {year} 年；{next} 年的通知一般在 {year}-{due} 前发布",
)
_FOUND = ("as of {at}: {counts}", "截至 {at}：{counts}")
_NOTHING = ("as of {at}: nothing to report", "截至 {at}：未发现问题")

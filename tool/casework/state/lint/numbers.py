"""Questions about spans: what is left open, what is longer than it may be, what is promised twice."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from casework.state.lint.asked import Asked, Remark, Written
from casework.state.span import span_from

_UNSET = (
    "'{title}' sets no number, so nothing is judged by it; 'check' reminds you until it does",
    "“{title}”未规定期限，因此不作评判；写明之前，check 会一直提示",
)
_TARGET = (
    "the target ({target}) is not before the limit itself ({within}): nobody can miss it first",
    "期望时间（{target}）不早于时限本身（{within}），不起作用",
)
_PART = (
    "this is part of '{whole}' ({within}) and yet longer: {part}",
    "本条属于“{whole}”（{within}）的一部分，却比它更长：{part}",
)
_ITSELF = ("this is a part of itself: {names}", "本条成了自己的一部分：{names}")
_TWICE = (
    "'{other}' already limits the same: same beginning, same end, same condition",
    "“{other}”已规定了同一件事：起点、终点和条件都相同",
)


def unset(asked: Asked) -> Iterator[Remark]:
    """Limits, keeping and recurring duties without a number."""
    for entry in asked.entries("limits", "retention", "recurring"):
        for key in ("within", "keep", "every", "due"):
            if entry.told.get(key) == "unset":
                yield entry.remark("warning", _UNSET, (key,), title=entry.title)


def target_too_late(asked: Asked) -> Iterator[Remark]:
    """A target that is no earlier than the limit, or than one of its tiers."""
    for entry in asked.entries("limits"):
        target = entry.told.get("target")
        for told in (entry.told, *(entry.told.get("tiers") or ())):
            if target and _is_longer(target, told.get("within"), or_same=True):
                yield entry.remark("error", _TARGET, ("target",), target=target, within=told["within"])


def part_too_long(asked: Asked) -> Iterator[Remark]:
    """A limit that is part of another and longer, or of itself."""
    limits = {entry.name: entry for entry in asked.entries("limits")}
    for entry in limits.values():
        names = _wholes(entry, limits)
        if entry.name in names:
            yield entry.remark("error", _ITSELF, ("part_of",), names=names)
        elif names:
            whole, part = limits[names[0]], entry.told.get("within")
            within = whole.told.get("within")
            if _is_longer(part, within):
                yield entry.remark("error", _PART, ("within",), whole=whole.title, within=within, part=part)


def _wholes(entry: Written, limits: Mapping[str, Written]) -> list[str]:
    """What the entry is part of, one in the other, up to the first that comes twice."""
    names: list[str] = []
    name = str(entry.told.get("part_of"))
    while name in limits and name not in names:
        names.append(name)
        name = str(limits[name].told.get("part_of"))
    return names


def limited_twice(asked: Asked) -> Iterator[Remark]:
    """Two limits from the same event until the same event under the same condition."""
    seen: dict[str, Written] = {}
    for entry in asked.entries("limits"):
        if "same_as" in entry.told:
            continue
        first = seen.setdefault(_what(entry.told), entry)
        if first is not entry:
            yield entry.remark("warning", _TWICE, other=first.title)


def _what(told: Mapping[str, Any]) -> str:
    """What a limit limits, in one form: lists of alternatives in order."""
    return json.dumps(
        {key: _in_order(told.get(key)) for key in ("from", "until", "when", "per")}, sort_keys=True
    )


def _in_order(told: Any) -> Any:
    if isinstance(told, Mapping):
        return {key: _in_order(value) for key, value in told.items()}
    if isinstance(told, list):
        every = sorted((_in_order(each) for each in told), key=lambda each: json.dumps(each, sort_keys=True))
        return every[0] if len(every) == 1 else every
    return told


def _is_longer(span: Any, other: Any, or_same: bool = False) -> bool:
    """Whether one span is longer than another of the same unit; no unit converts into another."""
    one, two = span_from(str(span)), span_from(str(other))
    if not one or not two or one.unit != two.unit or not one.n:
        return False
    return one.n > two.n or (or_same and one.n == two.n)

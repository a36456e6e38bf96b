"""A limit of a policy, compiled from its form: start, end, promise, tiers, extension, pause."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from casework.records.event_type import EventType
from casework.state.conditions import cond_from, names_in, refs_from
from casework.state.forms import Wrong, countable, span_of, words
from casework.state.policy import Extend, Limit, Pause, Promise, Tier
from casework.state.runs import SILENT_ENDS
from casework.words import Text

OWN_OF_A_LIMIT = (
    "from",
    "when",
    "target",
    "tiers",
    "extend",
    "pause",
    "again",
    "per",
)  # not of one that is `same_as`


def limit_from(told: Mapping[str, Any]) -> Limit:
    """Compile one entry of ``limits``; Wrong if it cannot be."""
    started, until, unless = (refs_from(told.get(key)) for key in ("from", "until", "unless"))
    for key, refs in (("from", started), ("unless", unless)):
        if any(ref.reading for ref in refs):
            raise Wrong(_READING, key)
    if "same_as" in told:
        for key in OWN_OF_A_LIMIT:
            if key in told:
                raise Wrong(Text(_SAME_AS.en, _SAME_AS.zh, {"key": key}), key)
    promise, extend, pause = _promise(told), _extend(told.get("extend")), _pause(told.get("pause"))
    waits = names_in(started)
    return Limit(
        **told["common"],
        asked_of=waits or frozenset(["any"]),
        start=started,
        until=until,
        unless=unless,
        promise=promise,
        target=countable(told["target"], "target") if "target" in told else None,
        tiers=tuple(_tier(each, promise, told) for each in told.get("tiers") or ()),
        extend=extend,
        pause=pause,
        renews=told.get("again") == "renew",
        per=told.get("per", ""),
        part_of=told.get("part_of", ""),
        ends=names_in((*until, *unless, *SILENT_ENDS)),
    )


_READING = Text("a field is read in place of the instant only in 'until'", "只有 until 可以取用事件的字段")
_SAME_AS = Text(
    "a limit that runs as another has no '{key}' of its own", "与另一时限相同（same_as）的时限不再另写“{key}”"
)


def _tier(told: Mapping[str, Any], base: Promise, limit: Mapping[str, Any]) -> Tier:
    has_own = "within" in told or "due" in told
    promise = _promise({**told, "types": limit["types"]}, "tiers") if has_own else None
    force = told.get("force", limit["common"]["force"])
    return Tier(cond_from(told.get("when")), promise, force, words(told.get("clause")))


def _extend(told: Mapping[str, Any] | None) -> Extend | None:
    if told is None:
        return None
    by = refs_from({"event": told["with"], **({"where": told["where"]} if "where" in told else {})})
    up_to = countable(told["up_to"], "extend", "up_to")
    return Extend(
        by, cond_from(told.get("when")), up_to, tuple(told.get("when") or ()), words(told.get("clause"))
    )


def _pause(told: Mapping[str, Any] | None) -> Pause | None:
    return Pause(refs_from(told["from"]), refs_from(told["until"])) if told else None


def _promise(told: Mapping[str, Any], *steps: str) -> Promise:
    if "within" in told:
        return Promise(within=span_of(told["within"], *steps, "within"))
    if "same_as" in told:
        return Promise(same_as=told["same_as"])
    clock = re.fullmatch(r"([0-2][0-9]:[0-5][0-9]) on ([a-z_]+)\.([a-z_]+)", told["due"])
    if clock:
        _known_field(clock[2], clock[3], told["types"])
        return Promise(due_event=clock[2], due_field=clock[3], clock=clock[1])
    event, _, name = told["due"].partition(".")
    _known_field(event, name, told["types"])
    return Promise(due_event=event, due_field=name)


def _known_field(event: str, name: str, types: Mapping[str, EventType]) -> None:
    if event not in types or name not in types[event].fields:
        parts = {"field": f"{event}.{name}"}
        raise Wrong(Text("no event has a field '{field}'", "没有“{field}”这一项", parts), "due")

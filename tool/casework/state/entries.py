"""The entries of a policy, section by section: each compiled from its form, or told why it cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from casework.records.event_type import EventType
from casework.state.conditions import Need, cond_from, names_in, needs_from, refs_from
from casework.state.policy import (
    Ban,
    Duty,
    Entry,
    Extend,
    Keep,
    Limit,
    Numbering,
    Pause,
    Promise,
    Recurring,
    Repeat,
    Secrecy,
    Tier,
    Window,
)
from casework.state.runs import SILENT_ENDS
from casework.state.span import CALENDAR, Span, span_from
from casework.words import Text, same

MOMENTS = ("before", "at", "by", "after")
HEARS_LAPSES = ("from", "after", "before")  # where a lapse can be waited for
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


class Wrong(Exception):
    """An entry cannot be compiled; it never leaves `compile`."""

    def __init__(self, text: Text, *steps: str) -> None:
        super().__init__(text.en)
        self.text, self.steps = text, steps


def _limit(told: Mapping[str, Any]) -> Limit:
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
    moving = ((*extend.by,) if extend else ()) + ((*pause.begin, *pause.end) if pause else ())
    return Limit(
        **told["common"],
        asked_of=waits or frozenset(["any"]),
        start=started,
        until=until,
        unless=unless,
        promise=promise,
        target=_countable(told["target"], "target") if "target" in told else None,
        tiers=tuple(_tier(each, promise, told) for each in told.get("tiers") or ()),
        extend=extend,
        pause=pause,
        renews=told.get("again") == "renew",
        per=told.get("per", ""),
        part_of=told.get("part_of", ""),
        concerns=names_in((*started, *until, *unless, *SILENT_ENDS, *moving)),
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
    up_to = _countable(told["up_to"], "extend", "up_to")
    return Extend(
        by, cond_from(told.get("when")), up_to, tuple(told.get("when") or ()), words(told.get("clause"))
    )


def _pause(told: Mapping[str, Any] | None) -> Pause | None:
    return Pause(refs_from(told["from"]), refs_from(told["until"])) if told else None


def _promise(told: Mapping[str, Any], *steps: str) -> Promise:
    if "within" in told:
        return Promise(within=_span(told["within"], *steps, "within"))
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


def _duty(told: Mapping[str, Any]) -> Duty:
    moment = next(each for each in MOMENTS if each in told and not (each == "by" and "after" in told))
    needs = needs_from(told["need"])
    if moment == "at" and any(need.kind == "event" for need in needs):
        raise Wrong(_AT_A_MOMENT, "need")
    return Duty(
        **told["common"],
        asked_of=names_in(refs_from(told[moment])),
        moment=moment,
        event=refs_from(told[moment]),
        since=refs_from(told.get("by", "closed")) if moment == "after" else (),
        needs=tuple(need._replace(title=_title_of(need, told["types"])) for need in needs),
        in_order=told.get("in_order", False),
    )


_AT_A_MOMENT = Text(
    "an event cannot be asked for at another one: ask for it before, by or after, or ask for a value",
    "不能要求某事件在另一事件发生的同一刻发生：请用 before、by 或 after，或改为要求某个值",
)


def _title_of(need: Need, types: Mapping[str, EventType]) -> Text:
    """What a need asks for: the events that would do, with the plain words of their conditions; or the fields."""
    if need.kind != "event":
        return Text("{fields}", "{fields}", {"fields": [name for name, _ in need.cond]})
    named = [
        types[name].title if name in types else same(name) for ref in need.refs for name in sorted(ref.names)
    ]
    events = Text(" / ".join(title.en for title in named), "或".join(title.zh for title in named))
    where = need.told.get("where") or {}
    first = next((types[name] for ref in need.refs for name in sorted(ref.names) if name in types), None)
    told = [_condition(key, value, first) for key, value in where.items()]
    return (
        Text("{events} ({where})", "{events}（{where}）", {"events": events, "where": told})
        if told
        else events
    )


def _condition(key: str, value: Any, event: EventType | None) -> Text:
    """One condition in words: ``to: partner``; a field that has only to be given is called by its title."""
    if not isinstance(value, Mapping):
        return same(f"{key}: {' | '.join(words(value))}")
    ((word, inner),) = value.items()
    title = event.title_of(key) if event else same(key)
    sentence = _CONDITIONS[word if word != "given" else f"given-{bool(inner)}"]
    return Text(sentence.en, sentence.zh, {"field": title, "value": words(inner) if word == "not" else inner})


_CONDITIONS = {
    "given-True": Text("with {field}", "须写明{field}"),
    "given-False": Text("without {field}", "不写{field}"),
    "not": Text("{field}: not {value}", "{field}：不是 {value}"),
    "over": Text("{field}: over {value}", "{field}：大于 {value}"),
    "up_to": Text("{field}: up to {value}", "{field}：不超过 {value}"),
}


def _ban(told: Mapping[str, Any]) -> Ban:
    event = refs_from(told["event"])
    if "where" in told:
        event = tuple(ref._replace(where=(*ref.where, *cond_from(told["where"]))) for ref in event)
    return Ban(
        **told["common"],
        asked_of=names_in(event),
        event=event,
        before=refs_from(told.get("before")),
        after=refs_from(told.get("after")),
    )


def _keep(told: Mapping[str, Any]) -> Keep:
    start = refs_from(told["from"])
    closings = {"closed"} if "archived" in names_in(start) else frozenset()
    return Keep(
        **told["common"], asked_of=names_in(start) | closings, start=start, span=_kept_span(told["keep"])
    )


def _repeat(told: Mapping[str, Any]) -> Repeat:
    needs = tuple(need._replace(title=_title_of(need, told["types"])) for need in needs_from(told["need"]))
    within = _countable(told["within"], "within") if "within" in told else None
    return Repeat(**told["common"], same=words(told["same"]), count=told["count"], within=within, needs=needs)


def _recurring(told: Mapping[str, Any]) -> Recurring:
    if "windows" in told and "due" in told:
        raise Wrong(_TWO_DUES, "due")
    due = told.get("due", "end of period")
    if (span := span_from(due)) and due != "unset" and span.unit not in (*CALENDAR, "working day"):
        raise Wrong(_DUE_DAYS, "due")
    return Recurring(
        **told["common"],
        every=told["every"],
        per=told.get("per", ""),
        produce=told["produce"],
        at_least=told.get("at_least", 1),
        due=due,
        windows=tuple(Window(each["from"], each["to"], each["due"]) for each in told.get("windows") or ()),
    )


_TWO_DUES = Text("each window has a due day of its own: leave 'due' out", "各时段已有自己的期限：请删去 due")
_DUE_DAYS = Text(
    "what recurs is due so many days, working days, months or years after its period",
    "周期任务的期限以期后若干日、工作日、月或年计",
)


def _secrecy(told: Mapping[str, Any]) -> Secrecy:
    return Secrecy(
        **told["common"],
        start=refs_from(told.get("from")),
        secrecy=told.get("level", ""),
        mask=words(told.get("mask")),
        access=words(told.get("access")),
    )


def _numbering(told: Mapping[str, Any]) -> Numbering:
    return Numbering(**told["common"], pattern=told["pattern"], restart=told.get("restart", "never"))


SECTIONS: Mapping[str, Callable[[Mapping[str, Any]], Entry]] = {
    "limits": _limit,
    "duties": _duty,
    "bans": _ban,
    "repeats": _repeat,
    "secrecy": _secrecy,
    "retention": _keep,
    "recurring": _recurring,
    "numbering": _numbering,
}


def _span(text: str, *steps: str) -> Span:
    span = span_from(text)
    if span is None:
        raise Wrong(Text("'{text}' is no span of time", "“{text}”不是有效的时长", {"text": text}), *steps)
    return span


def _countable(text: str, *steps: str) -> Span:
    """A span that ends somewhere by itself: not `promptly`, `unset` or a shift."""
    span = _span(text, *steps)
    if span.n == 0:
        raise Wrong(Text("'{text}' is no number of anything", "“{text}”没有写明数量", {"text": text}), *steps)
    return span


def _kept_span(text: str) -> Span:
    """Records are kept for days, months or years; nothing shorter is a day."""
    span = _span(text, "keep")
    if span.unit not in (*CALENDAR, "unset"):
        raise Wrong(Text("records are kept for days, months or years", "保存期限以日、月、年计"), "keep")
    return span


def lapses_in(told: Any) -> frozenset[str]:
    """The limits whose lapse a REF waits for by name."""
    if isinstance(told, list):
        return frozenset(name for each in told for name in lapses_in(each))
    if isinstance(told, Mapping) and told.get("event") == "lapsed":
        return frozenset(words((told.get("where") or {}).get("limit")))
    return frozenset()


def known_events(told: Mapping[str, Any], types: Mapping[str, EventType]) -> None:
    """Wrong if an entry waits for an event that is none, or for a lapse where none can be waited for."""
    for key in ("from", "until", "unless", "event", *MOMENTS, "need", "pause", "extend"):
        for name in _names_in(told.get(key)):
            if name == "lapsed" and key not in HEARS_LAPSES:
                raise Wrong(_NO_LAPSE, key)
            if name not in types and name not in ("any", "lapsed"):
                raise Wrong(
                    Text("no event is called '{name}'", "没有名为“{name}”的事件", {"name": name}), key
                )


_NO_LAPSE = Text(
    "a lapse is no event that somebody does: it can start a limit, or be the moment a duty comes before or after",
    "逾期不是谁做的事：它只能作为时限的起点，或义务的“之前”“之后”",
)


def _names_in(ref: Any) -> list[str]:
    """Every event name in a REF, or in the NEEDs that wait for one."""
    if isinstance(ref, list):
        return [name for each in ref for name in _names_in(each)]
    if isinstance(ref, Mapping):
        return [name for key in ("event", "with", "from", "until") for name in _names_in(ref.get(key))]
    return [ref.partition(".")[0]] if isinstance(ref, str) else []


def words(told: Any) -> tuple[str, ...]:
    """One word or a list of them, as a tuple."""
    return tuple(map(str, told)) if isinstance(told, list) else () if told is None else (str(told),)

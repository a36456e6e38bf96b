"""From a policy's file to a Policy: every entry compiled, or a flaw at its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.state.conditions import Need, cond_from, names_in, needs_from, refs_from
from casework.state.deadlines import SILENT_ENDS
from casework.state.fold import Owner
from casework.state.policy import Ban, Choice, Duty, Entry, Keep, Limit, Policy, Promise
from casework.state.span import CALENDAR, Span, span_from
from casework.words import Text, same

MOMENTS = ("before", "at", "by", "after")
REFUSED = ("counting", "include", "secrecy")  # to pass over them would count, judge or show wrongly
SHOWN_ONLY = ("repeats", "recurring", "numbering")  # to pass over them judges too little, and a rule says so
NOT_YET = ("target", "tiers", "extend", "pause", "same_as")


class _Wrong(Exception):
    """An entry cannot be compiled; it never leaves this module."""

    def __init__(self, text: Text, *steps: str) -> None:
        super().__init__(text.en)
        self.text, self.steps = text, steps


def policy_from(record: Record, types: Mapping[str, EventType]) -> Policy | tuple[Flaw, ...]:
    """A policy, or why its file cannot be one; the record is already sound by its schema."""
    told = record.value
    flaws = [Flaw(record.place(key), _not_yet(key)) for key in REFUSED if told.get(key)]
    made: dict[str, list[Any]] = {}
    for section, compiled in _SECTIONS.items():
        made[section] = []
        for name, entry in (told.get(section) or {}).items():
            try:
                made[section].append(_entry(record, section, name, entry, compiled, types))
            except _Wrong as wrong:
                flaws.append(Flaw(record.place(section, name, *wrong.steps), wrong.text))
    owner = Owner()
    try:
        owner = _owner(told.get("owner") or {}, types)
    except _Wrong as wrong:
        flaws.append(Flaw(record.place("owner", *wrong.steps), wrong.text))
    flaws += _lapses_of_none(record, made["limits"])
    if flaws:
        return tuple(flaws)
    return Policy(
        id=told["policy"],
        record=record,
        title=text_of(told["title"]),
        in_force_from=date.fromisoformat(told["in_force_from"]),
        limits=_in_order(made["limits"]),
        duties=tuple(made["duties"]),
        bans=tuple(made["bans"]),
        retention=tuple(made["retention"]),
        choices={name: _choice(entry) for name, entry in (told.get("choices") or {}).items()},
        roles={
            name: tuple((entry or {}).get("substitutes") or ())
            for name, entry in (told.get("roles") or {}).items()
        },
        owner=owner,
        noted_by=_noted_by(told.get("about") or {}),
        shown_only=tuple(section for section in SHOWN_ONLY if told.get(section)),
    )


def text_of(told: Any) -> Text:
    """A title or reading: ``{en, zh}``, or the same words in both languages."""
    return Text(told["en"], told["zh"]) if isinstance(told, Mapping) else same(str(told))


def _entry(
    record: Record,
    section: str,
    name: str,
    told: Mapping[str, Any],
    compiled: Callable[[Mapping[str, Any]], Entry],
    types: Mapping[str, EventType],
) -> Entry:
    _known_events(told, types)
    common: dict[str, Any] = {
        "name": name,
        "section": section,
        "place": record.place(section, name),
        "title": text_of(told.get("title") or name),
        "clauses": _words(told.get("clause")),
        "when": cond_from(told.get("when")),
        "force": told.get("force", "must"),
        "owner": _words(told.get("owner")),
    }
    return compiled({"common": common, "types": types, **told})


def _limit(told: Mapping[str, Any]) -> Limit:
    for key in NOT_YET:
        if key in told:
            raise _Wrong(_not_yet(key), key)
    started, until, unless = (refs_from(told.get(key)) for key in ("from", "until", "unless"))
    for key, refs in (("from", started), ("unless", unless)):
        if any(ref.reading for ref in refs):
            raise _Wrong(_not_yet("reading"), key)
    lapsed = _lapsed(told["from"])
    return Limit(
        **told["common"],
        asked_of=names_in(started) | ({"any"} if lapsed else frozenset()),
        start=tuple(ref for ref in started if "lapsed" not in ref.names),
        after_lapse_of=lapsed,
        until=until,
        unless=unless,
        promise=_promise(told),
        renews=told.get("again") == "renew",
        per=told.get("per", ""),
        concerns=names_in((*started, *until, *unless, *SILENT_ENDS)),
    )


def _promise(told: Mapping[str, Any]) -> Promise:
    if "within" in told:
        return Promise(within=_span(told["within"], "within"))
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
        raise _Wrong(Text("no event has a field '{field}'", "没有“{field}”这一项", parts), "due")


def _duty(told: Mapping[str, Any]) -> Duty:
    moment = next(each for each in MOMENTS if each in told and not (each == "by" and "after" in told))
    needs = needs_from(told["need"])
    if moment == "at" and any(need.kind == "event" for need in needs):
        raise _Wrong(_AT_A_MOMENT, "need")
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
    plain = [
        f"{key}: {' | '.join(_words(value))}"
        for key, value in where.items()
        if not isinstance(value, Mapping)
    ]
    return (
        Text("{events} ({where})", "{events}（{where}）", {"events": events, "where": plain})
        if plain
        else events
    )


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


_SECTIONS: Mapping[str, Callable[[Mapping[str, Any]], Entry]] = {
    "limits": _limit,
    "duties": _duty,
    "bans": _ban,
    "retention": _keep,
}


def _span(text: str, key: str) -> Span:
    span = span_from(text)
    if span is None:
        raise _Wrong(_not_yet(text), key)
    return span


def _kept_span(text: str) -> Span:
    """Records are kept for days, months or years; nothing shorter is a day."""
    span = _span(text, "keep")
    if span.unit not in (*CALENDAR, "unset"):
        raise _Wrong(Text("records are kept for days, months or years", "保存期限以日、月、年计"), "keep")
    return span


def _not_yet(what: str) -> Text:
    return Text(
        "'{what}' is not kept by this edition of casework: nothing is judged by a promise it cannot count",
        "本版 casework 尚不能计算“{what}”：无法计算的承诺不作评判",
        {"what": what},
    )


def _lapsed(told: Any) -> frozenset[str]:
    """The limits whose lapse starts this one."""
    if isinstance(told, list):
        return frozenset(name for each in told for name in _lapsed(each))
    if not isinstance(told, Mapping) or told["event"] != "lapsed":
        if told == "lapsed":
            raise _Wrong(_LAPSED, "from")
        return frozenset()
    named = _words((told.get("where") or {}).get("limit"))
    if not named:
        raise _Wrong(_LAPSED, "from")
    return frozenset(named)


_LAPSED = Text(
    "say which limit's lapse is meant: {event: lapsed, where: {limit: NAME}}",
    "请写明是哪个时限逾期：{event: lapsed, where: {limit: 名称}}",
)


def _lapses_of_none(record: Record, limits: list[Limit]) -> list[Flaw]:
    known = {limit.name for limit in limits}
    no_such = Text("no limit is called '{name}'", "没有名为“{name}”的时限")
    return [
        Flaw(record.place("limits", limit.name, "from"), Text(no_such.en, no_such.zh, {"name": name}))
        for limit in limits
        for name in sorted(limit.after_lapse_of - known)
    ]


def _in_order(limits: list[Limit]) -> tuple[Limit, ...]:
    """Limits that start from another's lapse come after it."""
    return tuple(sorted(limits, key=lambda limit: bool(limit.after_lapse_of)))


def _known_events(told: Mapping[str, Any], types: Mapping[str, EventType]) -> None:
    for key in ("from", "until", "unless", "event", *MOMENTS, "need"):
        for name in _names_in(told.get(key)):
            if name == "lapsed" and key != "from":
                raise _Wrong(_not_yet("lapsed"), key)
            if name not in types and name not in ("any", "lapsed"):
                raise _Wrong(
                    Text("no event is called '{name}'", "没有名为“{name}”的事件", {"name": name}), key
                )


def _names_in(ref: Any) -> list[str]:
    """Every event name in a REF, or in the NEEDs that wait for one."""
    if isinstance(ref, list):
        return [name for each in ref for name in _names_in(each)]
    if isinstance(ref, Mapping):
        return _names_in(ref.get("event"))
    return [ref.partition(".")[0]] if isinstance(ref, str) else []


def _choice(told: Mapping[str, Any]) -> Choice:
    values = told.get("values") or {}
    named = values if isinstance(values, Mapping) else dict.fromkeys(values)
    titles = {value: text_of((entry or {}).get("title") or value) for value, entry in named.items()}
    return Choice(titles, bool(told.get("open")), _words(told.get("clause")))


def _owner(told: Mapping[str, Any], types: Mapping[str, EventType]) -> Owner:
    if not told:
        return Owner()
    entry = next(iter(told.values()))
    _known_events(entry, types)
    return Owner(entry["from"], refs_from(entry.get("passes_by")))


def _noted_by(about: Mapping[str, Any]) -> tuple[str, ...]:
    for name, entry in about.items():
        if name == "irregularities":
            return _words(entry.get("noted_by"))
    return ()


def _words(told: Any) -> tuple[str, ...]:
    return tuple(map(str, told)) if isinstance(told, list) else () if told is None else (str(told),)

"""The entries of a policy, section by section: each compiled from its form, or told why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from casework.records.event_type import EventType
from casework.state.conditions import cond_from, names_in, refs_from
from casework.state.forms import MOMENTS, Wrong, countable, span_of, words
from casework.state.limit_form import limit_from
from casework.state.needs import Need, needs_from
from casework.state.policy import Ban, Duty, Entry, Keep, Numbering, Recurring, Repeat, Secrecy, Window
from casework.state.span import CALENDAR, Span, span_from
from casework.words import Text, same


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
        is_owed_at_the_end="by" not in told or "closed" in names_in(refs_from(told["by"])),
        needs=tuple(_titled(need, told["known"]) for need in needs),
        in_order=told.get("in_order", False),
        per=told.get("per", ""),
    )


_AT_A_MOMENT = Text(
    "an event cannot be asked for at another one: ask for it before, by or after, or ask for a value",
    "不能要求某事件在另一事件发生的同一刻发生：请用 before、by 或 after，或改为要求某个值",
)


class Known(NamedTuple):
    """What an entry may name: the events, and the fields of a case with their titles."""

    types: Mapping[str, EventType]
    head: Mapping[str, Text]

    def field(self, name: str) -> Text:
        """What people call a field of a case."""
        own = (kind.title_of(name) for kind in self.types.values() if name in {*kind.fields, *kind.common})
        return self.head.get(name) or next(own, same(name))


def _titled(need: Need, known: Known) -> Need:
    """A need with what people call the thing asked for: the events that would do, or the fields."""
    if need.kind == "event":
        return need._replace(title=_events_of(need, known.types))
    titles = {name: known.field(name) for name, _ in need.cond}
    wanted = {name: _wanted(title, need.told[name]) for name, title in titles.items()}
    return need._replace(titles=titles, wanted=wanted).lacking(range(len(need.cond)))


def _wanted(title: Text, value: Any) -> Text:
    """A field by its title, with what it has to be unless it has only to be given."""
    if value == {"given": True}:
        return title
    if not isinstance(value, Mapping):
        return Text(
            "{field}: {value}", "{field}：{value}", {"field": title, "value": " | ".join(words(value))}
        )
    return _compared(title, value)


def _events_of(need: Need, types: Mapping[str, EventType]) -> Text:
    """The events that would do, with the plain words of their conditions."""
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
    return _compared(event.title_of(key) if event else same(key), value)


def _compared(title: Text, value: Mapping[str, Any]) -> Text:
    ((word, inner),) = value.items()
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
    event = refs_from(told["event"], of_ban=True)
    if "where" in told:
        where = cond_from(told["where"], of_ban=True)
        event = tuple(ref._replace(where=(*ref.where, *where)) for ref in event)
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
    needs = tuple(_titled(need, told["known"]) for need in needs_from(told["need"]))
    within = countable(told["within"], "within") if "within" in told else None
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


def _kept_span(text: str) -> Span:
    """Records are kept for days, months or years; nothing shorter is a day."""
    span = span_of(text, "keep")
    if span.unit not in (*CALENDAR, "unset"):
        raise Wrong(Text("records are kept for days, months or years", "保存期限以日、月、年计"), "keep")
    return span


SECTIONS: Mapping[str, Callable[[Mapping[str, Any]], Entry]] = {
    "limits": limit_from,
    "duties": _duty,
    "bans": _ban,
    "repeats": _repeat,
    "secrecy": _secrecy,
    "retention": _keep,
    "recurring": _recurring,
    "numbering": _numbering,
}

"""The entries of a policy, section by section: each compiled from its form, or told why it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casework.state.conditions import cond_from, names_in, refs_from
from casework.state.forms import MOMENTS, Wrong, countable, span_of, words
from casework.state.limit_form import limit_from
from casework.state.needs import needs_from
from casework.state.policy import Ban, Duty, Entry, Keep, Numbering, Recurring, Repeat, Secrecy, Window
from casework.state.said import titled
from casework.state.span import CALENDAR, Span, span_from
from casework.words import Text


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
        needs=tuple(titled(need, told["known"]) for need in needs),
        in_order=told.get("in_order", False),
        per=told.get("per", ""),
    )


_AT_A_MOMENT = Text(
    "an event cannot be asked for at another one: ask for it before, by or after, or ask for a value",
    "不能要求某事件在另一事件发生的同一刻发生：请用 before、by 或 after，或改为要求某个值",
)


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
    needs = tuple(titled(need, told["known"]) for need in needs_from(told["need"]))
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

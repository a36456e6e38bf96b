"""From a policy's file to a Policy: every entry compiled, or a flaw at its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.state.conditions import cond_from, refs_from
from casework.state.counting import Counting
from casework.state.entries import HEARS_LAPSES, SECTIONS, Wrong, known_events, lapses_in, not_yet, words
from casework.state.fold import Owner
from casework.state.policy import Choice, Entry, Limit, Policy
from casework.words import Text, text_from

REFUSED = ("include", "secrecy")  # to pass over them would count, judge or show wrongly
SHOWN_ONLY = ("repeats", "recurring", "numbering")  # to pass over them judges too little, and a rule says so


def policy_from(
    record: Record, types: Mapping[str, EventType], counting: Counting
) -> Policy | tuple[Flaw, ...]:
    """A policy, or why its file cannot be one; the record is already sound by its schema.

    ``counting`` is how the firm counts where the policy does not say otherwise.
    """
    told = record.value
    flaws = [Flaw(record.place(key), not_yet(key)) for key in REFUSED if told.get(key)]
    made: dict[str, list[Any]] = {}
    for section, compiled in SECTIONS.items():
        made[section] = []
        for name, entry in (told.get(section) or {}).items():
            try:
                made[section].append(_entry(record, section, name, entry, compiled, types))
            except Wrong as wrong:
                flaws.append(Flaw(record.place(section, name, *wrong.steps), wrong.text))
    owner = Owner()
    try:
        owner = _owner(told.get("owner") or {}, types)
    except Wrong as wrong:
        flaws.append(Flaw(record.place("owner", *wrong.steps), wrong.text))
    flaws += _limits_that_are_none(record)
    if flaws:
        return tuple(flaws)
    return Policy(
        id=told["policy"],
        record=record,
        title=text_from(told["title"]),
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
        counting=counting._replace(**(told.get("counting") or {})),
        shown_only=tuple(section for section in SHOWN_ONLY if told.get(section)),
    )


def _entry(
    record: Record,
    section: str,
    name: str,
    told: Mapping[str, Any],
    compiled: Callable[[Mapping[str, Any]], Entry],
    types: Mapping[str, EventType],
) -> Entry:
    known_events(told, types)
    common: dict[str, Any] = {
        "name": name,
        "section": section,
        "place": record.place(section, name),
        "title": text_from(told.get("title") or name),
        "clauses": words(told.get("clause")),
        "when": cond_from(told.get("when")),
        "force": told.get("force", "must"),
        "owner": words(told.get("owner")),
    }
    return compiled({"common": common, "types": types, **told})


def _limits_that_are_none(record: Record) -> list[Flaw]:
    """Entries that name a limit which is not there, or that cannot be run as."""
    limits: Mapping[str, Mapping[str, Any]] = record.value.get("limits") or {}
    named = [
        (section, name, key, lapse)
        for section in ("limits", "duties")
        for name, entry in (record.value.get(section) or {}).items()
        for key in HEARS_LAPSES
        for lapse in sorted(lapses_in(entry.get(key)))
    ]
    named += [
        ("limits", name, key, entry[key])
        for name, entry in limits.items()
        for key in ("same_as", "part_of")
        if key in entry
    ]
    flaws = [
        Flaw(record.place(section, name, key), Text(_NO_LIMIT.en, _NO_LIMIT.zh, {"name": limit}))
        for section, name, key, limit in named
        if limit not in limits
    ]
    return flaws + [
        Flaw(record.place("limits", name, "same_as"), _NOT_ITSELF)
        for name, entry in limits.items()
        if "same_as" in limits.get(entry.get("same_as", ""), {})
    ]


_NO_LIMIT = Text("no limit is called '{name}'", "没有名为“{name}”的时限")
_NOT_ITSELF = Text(
    "this limit runs as another that runs as another: name the one with a span of its own",
    "所指时限本身又与另一时限相同：请直接写出有期限的那一条",
)


def _in_order(limits: list[Limit]) -> tuple[Limit, ...]:
    """Limits that are the same as another come after it, those that start from another's lapse last."""
    return tuple(sorted(limits, key=lambda limit: (limit.starts_from_lapse, bool(limit.promise.same_as))))


def _choice(told: Mapping[str, Any]) -> Choice:
    values = told.get("values") or {}
    named = values if isinstance(values, Mapping) else dict.fromkeys(values)
    titles = {value: text_from((entry or {}).get("title") or value) for value, entry in named.items()}
    return Choice(titles, bool(told.get("open")), words(told.get("clause")))


def _owner(told: Mapping[str, Any], types: Mapping[str, EventType]) -> Owner:
    if not told:
        return Owner()
    entry = next(iter(told.values()))
    known_events(entry, types)
    return Owner(entry["from"], refs_from(entry.get("passes_by")))


def _noted_by(about: Mapping[str, Any]) -> tuple[str, ...]:
    for name, entry in about.items():
        if name == "irregularities":
            return words(entry.get("noted_by"))
    return ()

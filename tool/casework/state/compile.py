"""From a policy's file to a Policy: every entry compiled, or a flaw at its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from casework.records.event_type import EventType
from casework.records.record import Flaw, Record
from casework.state.conditions import cond_from, refs_from
from casework.state.counting import Counting
from casework.state.entries import SECTIONS
from casework.state.fold import Owner
from casework.state.forms import HEARS_LAPSES, Wrong, known_events, lapses_in, words
from casework.state.policy import Choice, Clause, Entry, Limit, Policy
from casework.state.said import Known
from casework.words import Place, Text, text_from

TEXT_ONLY = ("about", "roles", "choices", "forms", "reports", "shown")  # sections whose entries judge nothing


def policy_from(
    record: Record,
    types: Mapping[str, EventType],
    counting: Counting,
    guidance: Sequence[Record] = (),
    head: Mapping[str, Text] = MappingProxyType({}),
) -> Policy | tuple[Flaw, ...]:
    """A policy with the guidance it includes, or why its files cannot be one; the records are already sound by schema.

    ``counting`` is how the firm counts where the policy does not say otherwise, ``head`` what people call the fields of a case.
    """
    told = record.value
    made, flaws = _compiled((record, *guidance), Known(types, head, (record, *guidance)))
    owner = Owner()
    try:
        owner = _owner(told.get("owner") or {}, types)
    except Wrong as wrong:
        flaws.append(Flaw(record.place("owner", *wrong.steps), wrong.text))
    flaws += _limits_that_are_none((record, *guidance))
    if flaws:
        return tuple(flaws)
    records = (record, *guidance)
    return Policy(
        id=told["policy"],
        record=record,
        title=text_from(told["title"]),
        in_force_from=date.fromisoformat(told["in_force_from"]),
        limits=_in_order(made["limits"]),
        **{section: tuple(made[section]) for section in SECTIONS if section != "limits"},
        choices={name: _choice(entry) for name, entry in _all(records, "choices")},
        roles={name: tuple((entry or {}).get("substitutes") or ()) for name, entry in _all(records, "roles")},
        owner=owner,
        noted_by=_noted_by(told.get("about") or {}),
        counting=counting._replace(**(told.get("counting") or {})),
        clauses={name: _clause(entry) for name, entry in _all(records, "clauses")},
        guidance=tuple(guidance),
    )


def _compiled(records: Sequence[Record], known: Known) -> tuple[dict[str, list[Any]], list[Flaw]]:
    """The entries of each section, and what is wrong with any; a name may stand only once in a policy."""
    made: dict[str, list[Any]] = {section: [] for section in SECTIONS}
    flaws: list[Flaw] = []
    seen: dict[str, Place] = {}
    for record in records:
        for section in (*SECTIONS, *TEXT_ONLY):
            for name, entry in (record.value.get(section) or {}).items():
                place = record.place(section, name)
                first = seen.setdefault(f"{section if section in TEXT_ONLY else ''}.{name}", place)
                if first != place:
                    flaws.append(Flaw(place, Text(_TWICE.en, _TWICE.zh, {"name": name, "first": str(first)})))
                if section in SECTIONS:
                    try:
                        made[section].append(_entry(record, section, name, entry, known))
                    except Wrong as wrong:
                        flaws.append(Flaw(record.place(section, name, *wrong.steps), wrong.text))
    return made, flaws


_TWICE = Text(
    "'{name}' stands at {first} already: names are unique in a policy",
    "“{name}”已见于 {first}：同一制度中名称不能重复",
)


def _all(records: Sequence[Record], section: str) -> Iterator[tuple[str, Any]]:
    """Every entry of a section, of the policy and of the guidance it includes."""
    return ((name, entry) for record in records for name, entry in (record.value.get(section) or {}).items())


def _clause(told: Mapping[str, Any]) -> Clause:
    return Clause(told["kind"], text_from(told["title"]))


def _entry(
    record: Record,
    section: str,
    name: str,
    told: Mapping[str, Any],
    known: Known,
) -> Entry:
    known_events(told, known.types)
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
    return SECTIONS[section]({"common": common, "types": known.types, "known": known, **told})


def _limits_that_are_none(records: Sequence[Record]) -> list[Flaw]:
    """Entries that name a limit which is not there, or that cannot be run as."""
    limits = dict(_all(records, "limits"))
    flaws = []
    for record in records:
        for section in ("limits", "duties"):
            for name, entry in (record.value.get(section) or {}).items():
                named = [(key, each) for key in HEARS_LAPSES for each in sorted(lapses_in(entry.get(key)))]
                named += [(key, entry[key]) for key in ("same_as", "part_of") if key in entry]
                for key, limit in named:
                    if limit not in limits:
                        text = Text(_NO_LIMIT.en, _NO_LIMIT.zh, {"name": limit})
                        flaws.append(Flaw(record.place(section, name, key), text))
                    elif key == "same_as" and "same_as" in limits[limit]:
                        flaws.append(Flaw(record.place(section, name, key), _NOT_ITSELF))
    return flaws


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
    inner = {value: _choice(entry) for value, entry in named.items() if entry and "values" in entry}
    return Choice(titles, bool(told.get("open")), words(told.get("clause")), inner)


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

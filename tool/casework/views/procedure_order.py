"""What a policy says of the order of events: which come after which, and at which stage of a case each stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casework.records.event_type import STAGES, EventType
from casework.state.lint.asked import events_in, moment_of
from casework.views.handbook import Entry
from casework.views.policy_words import Wording, entries_of, listed
from casework.words import Text

Told = Mapping[str, Any]


class Link(NamedTuple):
    """An entry as the drawing sees it: the label stands below one event and is joined to others."""

    entry: Entry
    kind: str  # limit, order
    below: str  # the event under which the label stands
    starts: tuple[str, ...]  # other events it comes from
    ends: tuple[str, ...]  # events its arrows lead to; of an order that leads to its label: none
    text: str


def links_of(wording: Wording, entries: Mapping[str, Entry]) -> Iterator[Link]:
    """Every limit, and every duty that puts events in order; ``entries`` are those of the handbook."""
    limits = entries_of(wording.policy, "limits")
    for name, told in limits.items():
        yield from _limit(wording, entries[name], told, told if "from" in told else limits[told["same_as"]])
    for name, told in entries_of(wording.policy, "duties").items():
        needs = [each for each in listed(told["need"]) if "event" in each]
        if needs and moment_of(told) != "at":  # at a moment only values are asked for
            yield from _order(wording, entries[name], told, needs)


def _limit(wording: Wording, entry: Entry, told: Told, begun: Told) -> Iterator[Link]:
    """A limit from what it is counted from, which may be told by the limit it is the same as."""
    starts, ends = _known(wording, begun["from"]), _known(wording, told["until"])
    if starts and ends:
        span = entry.span or wording.say(_AS_AGREED if "due" in told else _AS_OTHER)
        text = _marked(span, _which(wording, begun["from"], told.get("when")))
        yield Link(entry, "limit", starts[0], starts[1:], ends, text)


def _order(wording: Wording, entry: Entry, told: Told, needs: Sequence[Told]) -> Iterator[Link]:
    """A duty below each event that is its moment, joined to the events it needs."""
    moment, needed = moment_of(told), _known(wording, needs)
    for event in _known(wording, told[moment]):
        others = tuple(each for each in needed if each != event)
        if moment == "after":
            yield Link(entry, "order", event, (), others, wording.say(_NEXT, what=_needed(wording, needs)))
        elif event in needed:  # the same event at another level
            text = wording.say(_FIRST, what=_levels(wording, needs) or _needed(wording, needs))
            yield Link(entry, "order", event, others, (), _marked(_which(wording, told[moment]), text))
        else:
            yield Link(entry, "order", event, others, (), wording.say(_FIRST, what=_needed(wording, needs)))


def _needed(wording: Wording, needs: Sequence[Told]) -> str:
    """What is needed by its events alone, each choice once."""
    choices = (wording.any_of(map(wording.event, _known(wording, each["event"]))) for each in needs)
    return wording.all_of(dict.fromkeys(choices))


def _levels(wording: Wording, needs: Sequence[Told]) -> str:
    return wording.all_of(filter(None, (_which(wording, each["event"], each.get("where")) for each in needs)))


def _marked(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _which(wording: Wording, ref: Any, when: Mapping[str, Any] | None = None) -> str:
    """Of which events or cases a label speaks, in short: the values that its conditions ask for."""
    where = ref.get("where") if isinstance(ref, Mapping) else None
    conds = {**(where or {}), **(when or {})}
    plain = {name: wanted for name, wanted in conds.items() if isinstance(wanted, str | list)}
    return wording.all_of(wording.wanted(name, wanted) for name, wanted in plain.items())


def _known(wording: Wording, ref: Any) -> tuple[str, ...]:
    """The events of a REF, each once; a lapse is one, whatever happens is none."""
    return tuple(dict.fromkeys(name for name in events_in(ref) if name in wording.events or name == "lapsed"))


def followers_of(links: Sequence[Link]) -> dict[str, list[str]]:
    """Event → the events that come after it, in the order of the policy."""
    after: dict[str, list[str]] = defaultdict(list, {"received": []})
    for link in links:
        for each in (link.below, *link.starts, *link.ends):
            after[each]
        if link.kind == "limit" or link.ends:
            for start in (link.below, *(link.starts if link.kind == "limit" else ())):
                after[start] += [end for end in link.ends if end != start]
        for start in link.starts if link.kind == "order" else ():
            after[start].append(link.below)
    return after


def stages_of(after: Mapping[str, Sequence[str]], events: Mapping[str, EventType]) -> dict[str, list[str]]:
    """Stage → its events from first to last. One without a stage stands with what it comes after, else before what follows."""
    order = _sorted(after)
    stages = {name: _own_stage(events[name]) if name in events else None for name in order}
    before: dict[str, list[str]] = defaultdict(list)
    for name in order:
        for later in after[name]:
            if order.index(name) < order.index(later):
                before[later].append(name)
    own = sorted({stage for stage in stages.values() if stage is not None} | {0})
    led = dict(stages)
    for name in order:
        if stages[name] is None:
            since = max((led[each] or 0 for each in before[name]), default=None)
            follow = min((stage for each in after[name] if (stage := stages[each]) is not None), default=None)
            led[name] = _between(since, follow, own)
    leads = {name for name in order if name in events and events[name].stage}
    order.sort(key=lambda name: name not in leads)
    return {stage: [name for name in order if led[name] == n] for n, stage in enumerate(STAGES)}


def _between(since: int | None, follow: int | None, own: Sequence[int]) -> int:
    """The stage of an event without one: that of what it comes after, yet before what must follow it."""
    latest = max((each for each in own if follow is not None and each < follow), default=0)
    if since is None:
        return latest
    return since if follow is None or since < follow else latest


def _own_stage(kind: EventType) -> int | None:
    """The stage an event leads to; one that sets a case back stands where that happens."""
    if kind.back:
        return STAGES.index(kind.back_from[0] if kind.back_from else "completed")
    stage = kind.stage if isinstance(kind.stage, str) else str(kind.stage[0]["stage"])
    return STAGES.index(stage) if stage else None


def _sorted(after: Mapping[str, Sequence[str]]) -> list[str]:
    """The events so that each stands before what comes after it, as far as circles allow."""
    done: list[str] = []
    seen: set[str] = set()

    def visit(name: str) -> None:
        if name not in seen:
            seen.add(name)
            for later in reversed(after.get(name, ())):
                visit(later)
            done.append(name)

    for name in reversed([*after]):
        visit(name)
    return done[::-1]


_AS_AGREED = Text("as agreed", "按约定")
_AS_OTHER = Text("as another", "同另一时限")
_FIRST = Text("first: {what}", "先有：{what}")
_NEXT = Text("then: {what}", "后有：{what}")

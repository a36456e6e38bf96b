"""Questions about order: what can never come first, never be reached, never begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from casework.state.conditions import PERSON_FIELDS
from casework.state.forms import lapses_in, words
from casework.state.lint.asked import Asked, Remark, Written, events_in, moment_of, plain_in
from casework.state.lint.overlap import can_both_hold, implies
from casework.state.span import span_from
from casework.words import Text

_CIRCLE = (
    "each of these must come before the next, and the last before the first: {titles}",
    "以下各条互为先后，谁也无法先做：{titles}",
)
_NEVER = (
    "what has to come first cannot happen now, so this cannot be reached in order: {why}",
    "须先办的事目前办不到，因此无法依次到达：{why}",
)
_NOBODY = Text("nobody is {who} today", "目前无人担任{who}")
_BANNED = Text("'{title}' forbids it", "“{title}”禁止这样做")
_ABOVE = Text("see '{title}'", "见“{title}”")
_NO_LAPSE = (
    "'{title}' never lapses: {why}",
    "“{title}”不会逾期：{why}",
)
_WHY = {
    "promptly": Text("'promptly' has no due instant", "“及时”没有到期时刻"),
    "unset": Text("no number is set", "未规定期限"),
    "lapse": Text("it begins with a lapse itself", "它本身就从逾期开始"),
}
_EXCUSED = (
    "nothing is ever found by this: {events} must bear a reason, and a reason excuses what is only 'should'",
    "这一条永远不会提示：{events}必须写明理由，而 should 的要求写明理由即可免责",
)
_BOTH = (
    "'accepted' and 'acceptance_decided' both start clocks here: use one, or a case has two beginnings",
    "accepted 与 acceptance_decided 都被用作起点：请只用其一，否则一案会有两个起点",
)


class Event(NamedTuple):
    """An event as a REF asks for it: its name and the condition on its payload."""

    name: str
    where: Mapping[str, Any]


class Order(NamedTuple):
    """A duty that one event comes before another: each need is a choice of events."""

    entry: Written
    moments: tuple[Event, ...]
    needs: tuple[tuple[Event, ...], ...]

    @property
    def when(self) -> Mapping[str, Any]:
        """Of which cases it is asked."""
        return self.entry.told.get("when") or {}


def in_a_circle(asked: Asked) -> Iterator[Remark]:
    """Duties that wait for one another, under conditions that can hold together."""
    orders = _orders(asked)
    told: set[frozenset[str]] = set()
    for order in orders:
        circle = _circle(asked, orders, (order,), {order.entry.name})
        names = frozenset(each.entry.name for each in circle)
        if circle and names not in told:
            told.add(names)
            yield order.entry.remark("error", _CIRCLE, titles=[each.entry.title for each in circle])


def _circle(
    asked: Asked, orders: Sequence[Order], path: tuple[Order, ...], seen: set[str]
) -> tuple[Order, ...]:
    """A way back to the first of the path; none if there is none. ``seen`` are those that lead nowhere new."""
    for need in path[-1].needs:
        for order in orders:
            if not _holds_up(asked, order, need) or not _all_together(asked, order, path):
                continue
            if order is path[0]:
                return path
            if order.entry.name not in seen:
                seen.add(order.entry.name)
                if found := _circle(asked, orders, (*path, order), seen):
                    return found
    return ()


def _holds_up(asked: Asked, order: Order, need: Sequence[Event]) -> bool:
    """Whether every event that would do must wait for the order."""
    return bool(need) and all(
        any(_is_one(asked, event, moment) for moment in order.moments) for event in need
    )


def _is_one(asked: Asked, event: Event, other: Event) -> bool:
    """Whether every event of the first kind is one of the second."""
    kind = asked.schemas.events.get(event.name)
    kinds = kind.kinds if kind else frozenset((event.name,))
    return other.name in kinds and implies(event.where, other.where)


def _all_together(asked: Asked, order: Order, others: Sequence[Order]) -> bool:
    return all(can_both_hold(order.when, other.when, asked.many) for other in others)


def level_unreachable(asked: Asked) -> Iterator[Remark]:
    """What comes only after something that cannot happen: nobody bears its role, it is banned, or waits for such."""
    orders = _orders(asked)
    known: dict[str, Text | None] = {}
    for order in orders:
        if why := _in_the_way(asked, orders, order, known):
            yield order.entry.remark("warning", _NEVER, ("need",), why=why)


def _in_the_way(
    asked: Asked, orders: Sequence[Order], order: Order, known: dict[str, Text | None]
) -> Text | None:
    """Why something that has to come first cannot happen; ``known`` keeps each answer, and ends circles."""
    name = order.entry.name
    if name not in known:
        known[name] = None
        needs = ([_obstacle(asked, orders, event, known) for event in need] for need in order.needs)
        known[name] = next((why[0] for why in needs if why and all(why)), None)
    return known[name]


def _obstacle(
    asked: Asked, orders: Sequence[Order], event: Event, known: dict[str, Text | None]
) -> Text | None:
    """Why such an event cannot happen in order: nobody bears its role, a ban forbids it, or what it waits for cannot."""
    return _unborne(asked, event) or _banned(asked, event) or _waits_in_vain(asked, orders, event, known)


def _unborne(asked: Asked, event: Event) -> Text | None:
    for name, wanted in event.where.items():
        who = [each for each in plain_in(wanted) if asked.knows(each)]
        is_asked = name in PERSON_FIELDS and not isinstance(wanted, Mapping)
        if is_asked and who and not any(map(asked.is_borne_or_replaced, who)):
            return Text(_NOBODY.en, _NOBODY.zh, {"who": [*map(asked.called, who)]})
    return None


def _banned(asked: Asked, event: Event) -> Text | None:
    """The ban that always forbids it."""
    for ban in asked.entries("bans"):
        is_always = ban.told.get("force", "must") == "must" and not _SOMETIMES & ban.told.keys()
        banned = _events(ban.told["event"], ban.told.get("where") or {})
        if is_always and any(_is_one(asked, event, each) for each in banned):
            return Text(_BANNED.en, _BANNED.zh, {"title": ban.title})
    return None


_SOMETIMES = {"when", "before", "after"}


def _waits_in_vain(
    asked: Asked, orders: Sequence[Order], event: Event, known: dict[str, Text | None]
) -> Text | None:
    for order in orders:
        is_asked = not order.when and _holds_up(asked, order, (event,))
        if is_asked and _in_the_way(asked, orders, order, known):
            return Text(_ABOVE.en, _ABOVE.zh, {"title": order.entry.title})
    return None


def _orders(asked: Asked) -> list[Order]:
    """Every duty of `before` that waits for events."""
    made = []
    for entry in asked.entries("duties"):
        if "before" in entry.told:
            told = entry.told["need"]
            needs = [each for each in (told if isinstance(told, list) else [told]) if "event" in each]
            made.append(Order(entry, _events(entry.told["before"]), tuple(map(_events, needs))))
    return made


def _events(ref: Any, where: Mapping[str, Any] | None = None) -> tuple[Event, ...]:
    """The events of a REF, each with all that is asked of its payload."""
    if isinstance(ref, list):
        return tuple(event for each in ref for event in _events(each, where))
    if isinstance(ref, Mapping):
        return _events(ref["event"], {**(where or {}), **(ref.get("where") or {})})
    return (Event(str(ref).partition(".")[0], where or {}),)


def lapses_never(asked: Asked) -> Iterator[Remark]:
    """Something begins with the lapse of a limit that has no due instant."""
    limits = {entry.name: entry for entry in asked.entries("limits")}
    for entry in asked.entries("limits", "duties", "bans"):
        for key in ("from", "before", "after"):
            for name in sorted(lapses_in(entry.told.get(key))):
                if name in limits and (why := _why_no_lapse(limits[name], limits)):
                    yield entry.remark("warning", _NO_LAPSE, (key,), title=limits[name].title, why=_WHY[why])


def _why_no_lapse(limit: Written, limits: Mapping[str, Written]) -> str:
    """promptly, unset or lapse; "" if it can lapse."""
    if "lapsed" in events_in(limit.told.get("from")):
        return "lapse"
    same = str(limit.told.get("same_as"))
    if same in limits:
        return _why_no_lapse(limits[same], {name: each for name, each in limits.items() if name != same})
    promises = [
        told for told in (limit.told, *(limit.told.get("tiers") or ())) if {"within", "due"} & told.keys()
    ]
    spans = [span_from(str(told.get("within", ""))) for told in promises]
    if promises and all(span and span.unit in ("promptly", "unset") for span in spans):
        return str(promises[0]["within"])
    return ""


def excuses_itself(asked: Asked) -> Iterator[Remark]:
    """Soft duties and bans that are only asked of events which must bear a reason: it excuses every one of them."""
    for entry in asked.entries("duties", "bans"):
        moment = moment_of(entry.told) if entry.section == "duties" else "event"
        events = events_in(entry.told.get(moment))
        if (
            entry.told.get("force") == "should"
            and events
            and all(_has_reason(asked, name) for name in events)
        ):
            titles = [asked.schemas.events[name].title for name in events]
            yield entry.remark("warning", _EXCUSED, ("force",), events=titles)


def _has_reason(asked: Asked, event: str) -> bool:
    shape = asked.schemas.event_shapes.get(event)
    return shape is not None and "reason" in shape.schema.get("required", ())


def two_beginnings(asked: Asked) -> Iterator[Remark]:
    """Both `accepted` and `acceptance_decided` start clocks."""
    used: dict[str, Written] = {}
    for entry in asked.entries("limits"):
        for name in words([*events_in(entry.told.get("from"))]):
            if name in ("accepted", "acceptance_decided"):
                used.setdefault(name, entry)
            if len(used) == 2:
                yield entry.remark("warning", _BOTH, ("from",))
                return

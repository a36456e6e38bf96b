"""What the forms of a policy share: what is wrong with one, the events and lapses it names, spans, words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from casework.records.event_type import EventType
from casework.state.span import Span, span_from
from casework.words import Text

MOMENTS = ("before", "at", "by", "after")
HEARS_LAPSES = ("from", "after", "before")  # where a lapse can be waited for


class Wrong(Exception):
    """An entry cannot be compiled; it never leaves `compile`."""

    def __init__(self, text: Text, *steps: str) -> None:
        super().__init__(text.en)
        self.text, self.steps = text, steps


def span_of(text: str, *steps: str) -> Span:
    """A span as written; Wrong at ``steps`` if it is none."""
    span = span_from(text)
    if span is None:
        raise Wrong(Text("'{text}' is no span of time", "“{text}”不是有效的时长", {"text": text}), *steps)
    return span


def countable(text: str, *steps: str) -> Span:
    """A span that ends somewhere by itself: not `promptly`, `unset` or a shift."""
    span = span_of(text, *steps)
    if span.n == 0:
        raise Wrong(Text("'{text}' is no number of anything", "“{text}”没有写明数量", {"text": text}), *steps)
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

"""What was received in a month, by one fact of the cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from casework.figures.figure import Figure
from casework.figures.ledger import MonthBook
from casework.state.state import State
from casework.words import Text, same

FACTS = {"channel": Text("channel", "渠道"), "category": Text("category", "类别")}
NOT_GIVEN = Text("not given", "未填写")
CONFIDENTIAL = Text("confidential", "保密")
_SAID = Text(
    "Cases received in the month, by {fact} as it stands at the instant this page shows. Those that say nothing, and "
    "those that are counted only, stand apart, so the parts add up to what was received.",
    "本月收到的案件，按本页所示时刻的{fact}划分；未填写的和只计数的保密案件单独列出，各项合计等于本月收到数。",
)


def received_by(fact: str, book: MonthBook, states: Mapping[str, State]) -> tuple[Figure, ...]:
    """One figure for each value, the most frequent first, then the cases that are never listed, whatever their value, and
    those without one; ``states`` by file path."""
    told = defaultdict[str, list[State]](list)
    untold: list[State] = []
    secret: list[State] = []
    for cycle in book.received:
        state = states[cycle.path]
        value = str(state.facts.get(fact) or "")
        (told[value] if value else untold).append(state) if state.secrecy.is_listed else secret.append(state)
    ordered = sorted(told.items(), key=lambda item: (-len(item[1]), item[0]))
    parts = [(value, value_title(fact, value, group), group) for value, group in ordered]
    parts += [("confidential", CONFIDENTIAL, secret), ("", NOT_GIVEN, untold)]
    said = Text(_SAID.en, _SAID.zh, {"fact": FACTS[fact]})
    of = tuple(cycle.case for cycle in book.received)
    return tuple(
        Figure(f"K2-{fact}:{value}", title, said, tuple(each.number for each in group), of)
        for value, title, group in parts
        if group
    )


def value_title(fact: str, value: str, states: Iterable[State]) -> Text:
    """What the first policy that knows the value calls it; the value itself if none does."""
    for state in states:
        choice = state.policy.choices.get(fact)
        if choice and value in choice.values:
            return choice.values[value]
    return same(value)

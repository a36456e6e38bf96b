"""What a policy's NEED means: the event, the value or the facts that a duty asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from casework.state.conditions import Cond, Refs, cond_from, listed, refs_from
from casework.words import Text, same


class Need(NamedTuple):
    """One thing a duty asks for: an event, a value on the event judged, or a fact of the case."""

    kind: str  # event | value | case
    refs: Refs = ()
    cond: Cond = ()
    told: Any = None
    clauses: tuple[str, ...] = ()
    title: Text = same("")  # what people call the thing asked for
    titles: Mapping[str, Text] = MappingProxyType({})  # of fields: what each is called
    wanted: Mapping[str, Text] = MappingProxyType({})  # and what each has to be

    def lacking(self, which: Iterable[int]) -> Need:
        """The need with those of its fields only that the case does not satisfy."""
        cond = tuple(self.cond[n] for n in which)
        return self._replace(
            cond=cond, title=Text("{fields}", "{fields}", {"fields": [self.wanted[name] for name, _ in cond]})
        )


def needs_from(told: Any) -> tuple[Need, ...]:
    """Compile a NEED; a list means all of them, each may bear its own clause."""
    if isinstance(told, list):
        return tuple(need for each in told for need in needs_from(each))
    clauses = tuple(listed(told.get("clause")))
    if "event" in told:
        return (
            Need("event", refs_from({key: told[key] for key in told if key != "clause"}), (), told, clauses),
        )
    kind = "value" if "value" in told else "case"
    wanted = told[kind]
    if not isinstance(wanted, Mapping):
        wanted = {name: {"given": True} for name in listed(wanted)}
    return (Need(kind, (), cond_from(wanted), wanted, clauses),)

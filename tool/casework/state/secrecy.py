"""How secret a case is: the strictest level that applies, which fields are masked, and who may be told (4.13)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from casework.state.conditions import Step, fits, holds, is_who
from casework.state.policy import Secrecy

LEVELS = ("public", "internal", "secret", "sealed")
UNLISTED = ("secret", "sealed")  # counted, never listed


class Secret(NamedTuple):
    """What is kept from whom. ``entries`` are those in force."""

    level: str
    mask: frozenset[str]
    entries: tuple[Secrecy, ...]

    @property
    def is_listed(self) -> bool:
        """Whether the case may be listed and have a page."""
        return self.level not in UNLISTED


def secrecy_of(entries: Sequence[Secrecy], steps: Sequence[Step]) -> Secret:
    """Secrecy as it stands after the last step: `when` is asked now, `from` must have happened."""
    applies = in_force(entries, steps)
    level = max((entry.secrecy for entry in applies if entry.secrecy), key=LEVELS.index, default="internal")
    return Secret(level, frozenset(field for entry in applies for field in entry.mask), applies)


def in_force(entries: Sequence[Secrecy], steps: Sequence[Step]) -> tuple[Secrecy, ...]:
    """The entries that apply after these steps; before the first nothing can be asked, so whatever may apply does."""
    if not steps:
        return tuple(entry for entry in entries if not entry.start)
    return tuple(
        entry
        for entry in entries
        if holds(entry.when, steps[-1].facts, steps[-1])
        and (not entry.start or any(fits(entry.start, step) for step in steps))
    )


class Leak(NamedTuple):
    """Somebody was told who is on no list."""

    entry: Secrecy
    step: Step
    who: str


def leaks_of(entries: Sequence[Secrecy], steps: Sequence[Step]) -> tuple[Leak, ...]:
    """Every `disclosed` to somebody outside the access of an entry in force just then."""
    return tuple(
        Leak(entry, step, who)
        for count, step in enumerate(steps)
        if step.event.name == "disclosed"
        for entry in in_force(entries, steps[: count + 1])
        if entry.access
        for who in _receivers(step)
        if not is_who(who, entry.access, step)
    )


def _receivers(step: Step) -> list[str]:
    told = step.event.told.get("to")
    return [str(each) for each in (told if isinstance(told, list) else [told] if told else [])]

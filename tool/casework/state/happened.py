"""What has happened in a case, found by kind of event: most entries of a policy speak of very few of its steps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from casework.state.conditions import Refs, Step, fits, names_in
from casework.state.runs import SILENT_ENDS, WITHDRAWN

Among = Callable[[int], bool]
"""Whether a step, by its number, is one of those asked about."""


class Happened:
    """The steps of a case in order, with where each kind of event stands among them."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self.steps = steps
        self._of: dict[str, list[int]] = defaultdict(list)
        for n, step in enumerate(steps):
            for kind in step.event.kinds:
                self._of[kind].append(n)

    def numbers(self, names: frozenset[str]) -> Sequence[int]:
        """The numbers of the steps of any of these kinds, in order."""
        if len(names) == 1:
            (name,) = names
            return self._of.get(name, ())
        return sorted({n for name in names for n in self._of.get(name, ())})

    def moments(self, names: frozenset[str], refs: Refs) -> Iterable[tuple[int, Step]]:
        """The steps that fit ``refs``; filing what is closed already is no closing of its own."""
        for n in self.numbers(names):
            step = self.steps[n]
            if fits(refs, step) and not ("closed" in names and self._closes_again(n, names)):
                yield n, step

    def first(self, refs: Refs, among: Among, start: int = 0) -> int | None:
        """The number of the first step from ``start`` on that fits ``refs`` and is among those asked about."""
        for n in self.numbers(names_in(refs)):
            if n >= start and among(n) and fits(refs, self.steps[n]):
                return n
        return None

    def before(self, count: int) -> Among:
        """The steps before one; a date without time on the day of a timed event has the benefit of the doubt (4.10)."""
        told = self.steps[count].event

        def among(n: int) -> bool:
            other = self.steps[n].event
            is_open = n > count and (other.when.whole_day or told.when.whole_day)
            return n < count or (is_open and other.day == told.day)

        return among

    def of_the_same(self, field: str, moment: Step, among: Among) -> Among:
        """Of those, the steps that bear the same value of a field as a moment does: of one action, not of another."""
        value = moment.event.told.get(field)
        return lambda n: among(n) and self.steps[n].event.told.get(field) == value

    def is_withdrawn(self, count: int) -> bool:
        """Whether the case was withdrawn, or void, or a duplicate after a step, and not taken up again: nobody owes more."""
        withdrawn = False
        for step in self.steps[count + 1 :]:
            withdrawn = not step.event.type.back and (withdrawn or fits(WITHDRAWN, step) is not None)
        return withdrawn

    def _closes_again(self, count: int, names: frozenset[str]) -> bool:
        """Whether a step counts as closing (as filing does) only where the case was closed, or ended, before it."""
        step = self.steps[count]
        if "closed" not in step.event.kinds or not names.isdisjoint({step.event.name, "any"}):
            return False
        for earlier in reversed(self.steps[:count]):
            if earlier.event.type.back:
                return False
            if "closed" in earlier.event.kinds or fits(SILENT_ENDS, earlier):
                return True
        return False

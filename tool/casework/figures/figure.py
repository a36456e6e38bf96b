"""A figure is one number of a report, with its definition and the cases behind it."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from casework.words import Text


class Figure(NamedTuple):
    """``cases`` are those counted, ``of`` those they are counted out of (None: a plain count); a case may count twice."""

    id: str
    title: Text
    definition: Text
    cases: tuple[str, ...]
    of: tuple[str, ...] | None = None

    @property
    def tally(self) -> int:
        """The number, or the numerator."""
        return len(self.cases)

    @property
    def share(self) -> Decimal | None:
        """Per cent with one decimal, half up, from whole numbers; None of nothing, and for a plain count.

        >>> Figure("", Text("", ""), Text("", ""), ("a",), ("a", "b", "c")).share
        Decimal('33.3')
        """
        if not self.of:
            return None
        return (Decimal(100 * len(self.cases)) / len(self.of)).quantize(Decimal("0.1"), ROUND_HALF_UP)

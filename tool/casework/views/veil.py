"""What stands in a case's ``personal:`` is struck out wherever else it was written."""

from __future__ import annotations

from collections.abc import Iterable

from casework.state.personal import place_of

STRUCK = "▇▇▇"


class Veil:
    """Knows the words of one case's block; those too short to tell from ordinary ones are let be."""

    def __init__(self, words: Iterable[str]) -> None:
        self._values = sorted(set(words), key=len, reverse=True)

    def over(self, text: str) -> str:
        """The text with every such value struck out, the longest first."""
        for value in self._values:
            at = place_of(value, text)
            while at >= 0:
                text = text[:at] + STRUCK + text[at + len(value) :]
                at = place_of(value, text, at + len(STRUCK))
        return text

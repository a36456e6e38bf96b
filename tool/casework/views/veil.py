"""What stands in a case's ``personal:`` is struck out wherever else it was written."""

from __future__ import annotations

from typing import Any

from casework.state.personal import private_words

STRUCK = "▇▇▇"


class Veil:
    """Knows the values of one case's block; words too short to tell from ordinary ones are let be."""

    def __init__(self, personal: Any) -> None:
        self._values = sorted(set(private_words(personal)), key=len, reverse=True)

    def over(self, text: str) -> str:
        """The text with every such value struck out, the longest first."""
        for value in self._values:
            if value in text:
                text = text.replace(value, STRUCK)
        return text

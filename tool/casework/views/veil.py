"""What stands in a case's ``personal:`` is struck out wherever else it was written, and so are the numbers of secret cases."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from casework.state.personal import place_of

STRUCK = "▇▇▇"
_NUMBER = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{4,6}(?![0-9])")


class Veil:
    """Knows the words of one case's block (those too short to tell from ordinary ones are let be) and the secret cases."""

    def __init__(self, words: Iterable[str], secret: Container[str] = ()) -> None:
        self._values = sorted(set(words), key=len, reverse=True)
        self._secret = secret

    def over(self, text: str) -> str:
        """The text with every such value struck out, the longest first."""
        for value in self._values:
            at = place_of(value, text)
            while at >= 0:
                text = text[:at] + STRUCK + text[at + len(value) :]
                at = place_of(value, text, at + len(STRUCK))
        return _NUMBER.sub(lambda found: STRUCK if found[0] in self._secret else found[0], text)

"""Which words of a case's ``personal:`` can be recognised when they stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def private_words(told: Any) -> Iterator[str]:
    """Every value long enough to be told from ordinary words; texts line by line; nothing of what is sealed."""
    match told:
        case dict():
            for key, value in told.items():
                if key != "sealed":
                    yield from private_words(value)
        case list():
            for value in told:
                yield from private_words(value)
        case str() | int() if not isinstance(told, bool):
            for line in str(told).splitlines():
                if len(line.strip()) >= (4 if line.isascii() else 2):
                    yield line.strip()

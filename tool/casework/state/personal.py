"""Which words of a case's ``personal:`` can be recognised when they stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casework.state.case import Case


def words_of(case: Case) -> Iterator[str]:
    """The words of a case's block, and of every correction of a value in it."""
    yield from private_words(case.head.get("personal"))
    for event in case.all_events:
        if event.name == "superseded" and is_personal(str(event.told.get("field"))):
            yield from private_words(event.told.get("now"))


def is_personal(field: str) -> bool:
    """Whether a field lies in the block: ``personal.phone``."""
    return field.partition(".")[0] == "personal"


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

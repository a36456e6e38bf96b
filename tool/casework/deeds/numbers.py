"""The numbers of cases, their places in the register, and the receipts told to complainants."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable

_NUMBER = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])-([0-9]{4,6})")
# Crockford's 32 signs (no I, L, O, U) less 0 and 1: who hears or copies a receipt does not know what is left out.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def next_number(taken: Iterable[str], month: str) -> str:
    """The number behind the highest one taken in ``month`` (``2026-11``): ``2026-11-0007``; gaps stay gaps.

    Serials count from 1, in four digits, after 9999 in five. Names in ``taken`` that are no number of this
    month (``month``, ``2026-10-0003``) are passed over.

    >>> next_number({"2026-11-0006", "2026-11-0002", "month"}, "2026-11")
    '2026-11-0007'
    """
    numbers = (_NUMBER.fullmatch(name) for name in taken)
    serials = (int(found[3]) for found in numbers if found and f"{found[1]}-{found[2]}" == month)
    return f"{month}-{max(serials, default=0) + 1:04}"


def folder_of(month: str) -> str:
    """The folder, below the register's root, of the cases registered in a month.

    >>> folder_of("2026-11")
    'cases/2026/11'
    """
    return f"cases/{month.replace('-', '/')}"


def path_of(number: str) -> str:
    """The file, below the register's root, of a case; ValueError if ``number`` is not one.

    >>> path_of("2026-11-0007")
    'cases/2026/11/2026-11-0007.yaml'
    """
    found = _NUMBER.fullmatch(number)
    if not found:
        raise ValueError(f"not the number of a case: {number!r}")
    return f"{folder_of(f'{found[1]}-{found[2]}')}/{number}.yaml"


def draw_receipt(source: random.Random) -> str:
    """A receipt like ``7KQF-3M9P`` (39 bits); ``source`` is ``secrets.SystemRandom()`` but in tests."""
    signs = "".join(source.choice(_SIGNS) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"

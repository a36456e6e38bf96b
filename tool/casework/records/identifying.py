"""What identifies a person by its form alone: telephone, ID-card and bank-card numbers, and e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from casework.words import Text

LONGEST = 40  # characters of a wrong value that a sentence repeats


class Sight(NamedTuple):
    """Something identifying in a text: where it begins (in code points), what it is, whether it is a number."""

    start: int
    what: Text
    is_number: bool


_PATTERNS = {
    "phone": re.compile(r"(?<![0-9A-Za-z-])(?:\+?86[- ]?)?1[3-9][0-9](?:[- ]?[0-9]{4}){2}(?![0-9A-Za-z])"),
    "landline": re.compile(r"(?<![0-9A-Za-z-])0[1-9][0-9]{1,2}-[2-9][0-9]{6,7}(?![0-9A-Za-z-])"),
    # the guard in front lets a long run of letters be looked at once, not from each of its letters again
    "e-mail": re.compile(
        r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"
    ),
    "id card": re.compile(r"(?<![0-9A-Za-z])[1-9][0-9]{16}[0-9Xx](?![0-9A-Za-z])"),
    "bank card": re.compile(
        r"(?<![0-9A-Za-z])[3-6][0-9]{3}(?:[- ]?[0-9]{4}){2,3}[- ]?[0-9]{1,4}(?![0-9A-Za-z])"
    ),
}
_NAMES = {
    "phone": Text("a phone number", "手机号码"),
    "landline": Text("a phone number", "电话号码"),
    "e-mail": Text("an e-mail address", "电子邮箱"),
    "id card": Text("an ID-card number", "身份证号码"),
    "bank card": Text("a bank-card number", "银行卡号"),
}
_DIGITS = re.compile(
    r"[0-9][0-9]{3}(?:[0-9]{3}|[- ][0-9]{4})"
)  # a single digit in front is found four times as fast
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def sights_in(text: str) -> Iterator[Sight]:
    """Every number or address in a text that has the form of a person's, kind by kind."""
    if _is_worth_a_look(text):
        for name, pattern in _PATTERNS.items():
            yield from (
                Sight(hit.start(), _NAMES[name], name != "e-mail")
                for hit in pattern.finditer(text)
                if _is(name, hit[0])
            )


def quotable(words: str) -> str:
    """Words of a wrong file as a sentence may repeat them: on one line, not too many, nothing identifying in them."""
    line = " ".join(words.split())
    if _is_worth_a_look(line):
        for name, pattern in _PATTERNS.items():
            line = pattern.sub(partial(_struck, name), line)
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _is_worth_a_look(text: str) -> bool:
    return "@" in text or _DIGITS.search(text) is not None


def _struck(name: str, hit: re.Match[str]) -> str:
    return "…" if _is(name, hit[0]) else hit[0]


def _is(name: str, found: str) -> bool:
    """Whether a number passes the check of its kind: GB 11643 for ID cards, Luhn (ISO/IEC 7812) for bank cards."""
    digits = re.sub(r"[^0-9Xx]", "", found)
    match name:
        case "id card":
            total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
            return "10X98765432"[total % 11] == digits[-1].upper()
        case "bank card":
            return len(digits) >= 15 and _passes_luhn(digits)
    return True


def _passes_luhn(digits: str) -> bool:
    doubled = [int(d) * (2 if n % 2 else 1) for n, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0

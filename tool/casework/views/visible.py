"""Text as it may stand on a page: marks that hide, or turn the reading direction, are made visible."""

from __future__ import annotations

import re
from typing import Any

_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)


def visible(value: Any) -> Any:
    """The value for a template: in a text every control and direction mark but tab and line break becomes �.

    Texts that are HTML already (a hand-written page) pass as they are, and so does what is no text.

    >>> visible("refund\u202exe.tob")
    'refund�xe.tob'
    """
    if type(value) is not str or value.isprintable():
        return value
    return _HIDDEN.sub("�", value)

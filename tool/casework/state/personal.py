"""Which words of a case's ``personal:`` can be recognised when they stand elsewhere, and whether they do."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import lru_cache
from typing import Any

from casework.state.case import Case

_DESCRIBING = (
    "gender sex pronoun pronouns title salutation honorific age year language 性别 称谓 称呼 年龄 语言"
)
DESCRIBING = frozenset(_DESCRIBING.split())
NAMING = re.compile("name|alias|respondent|名")
OWN_WORDS = "statement"
MANY = 50  # from so many words of one length on, one look at the text beats a look for each word
_COMMON = re.compile(r"[a-z]+(-[a-z]+)*\Z")
_NUMBER = re.compile(r"[0-9]{1,6}\Z")


def words_of(case: Case) -> Iterator[str]:
    """The words of a case's block, and of every correction of a value in it."""
    yield from private_words(case.head.get("personal"))
    for event in case.all_events:
        field = str(event.told.get("field"))
        if event.name == "superseded" and is_personal(field):
            yield from private_words({field.partition(".")[2]: event.told.get("now")})


def is_personal(field: str) -> bool:
    """Whether a field lies in the block: ``personal.phone``."""
    return field.partition(".")[0] == "personal"


def private_words(told: Any, key: str = "") -> Iterator[str]:
    """Every value, line by line, that points to a person; ``key`` is the field it stands under.

    From two characters on where not all are ASCII, from five where they are; under a key that speaks of a name,
    two suffice. Passed over are one common word in small letters, a number of up to six digits (a year, an age),
    what stands under a key that only describes (gender, pronoun, title, salutation, age …), lines of ``statement``
    of fewer than 6 characters (12 in ASCII: "money back" is nobody's own), and what is sealed.
    """
    match told:
        case dict():
            for inner, value in told.items():
                if inner != "sealed" and not _is_describing(inner):
                    yield from private_words(value, inner)
        case list():
            for value in told:
                yield from private_words(value, key)
        case str() | int() if not isinstance(told, bool):
            for line in str(told).splitlines():
                if _is_telling(line.strip(), key):
                    yield line.strip()


@lru_cache(maxsize=256)
def _is_describing(key: str) -> bool:
    return not DESCRIBING.isdisjoint(re.split("[_-]", key))


def _is_telling(word: str, key: str) -> bool:
    if key == OWN_WORDS:
        return len(word) >= (12 if word.isascii() else 6)
    if len(word) < 2 or _NUMBER.match(word):
        return False
    return bool(NAMING.search(key)) or not word.isascii() or (len(word) >= 5 and not _COMMON.match(word))


def place_of(word: str, text: str, begin: int = 0) -> int:
    """Where the word first stands in the text from ``begin`` on, as one of its own; -1 if nowhere.

    A word that begins (or ends) with an ASCII letter or digit has no other such before (or behind) it.

    >>> place_of("Lee", "sleepy Leeds, Mr Lee")
    17
    """
    at = text.find(word, begin)
    while at >= 0 and not _is_whole(word, text, at):
        at = text.find(word, at + 1)
    return at


def _is_whole(word: str, text: str, at: int) -> bool:
    behind = text[at + len(word) : at + len(word) + 1]
    return not (at and _is_joined(text[at - 1], word[0])) and not (behind and _is_joined(word[-1], behind))


def _is_joined(one: str, other: str) -> bool:
    return one.isascii() and one.isalnum() and other.isascii() and other.isalnum()


def likely_in(text: str, words: Collection[str]) -> Iterator[str]:
    """The words that may stand in the text; of very many (a statement of a thousand lines) only those that begin in it."""
    if len(words) < MANY:
        yield from words
        return
    by_length = defaultdict[int, list[str]](list)
    for word in words:
        by_length[min(len(word), 8)].append(word)
    for length, alike in by_length.items():
        begins = {text[at : at + length] for at in range(len(text))} if len(alike) > MANY else None
        yield from (word for word in alike if begins is None or word[:length] in begins)

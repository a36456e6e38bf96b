"""The two values every room speaks in: a Text (one sentence, both languages) and a Place (where it is true)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from typing import Any, Literal, NamedTuple

Lang = Literal["en", "zh"]


class Place(NamedTuple):
    """A spot in a file: POSIX path below the register's root, line and column from 1, counted in code points."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence in English and Chinese with named parts, filled in by whoever shows it.

    ``Text("due on {due}", "应于 {due} 前完成", {"due": instant})``; a part may itself be a Text, a date,
    or an instant (an aware datetime, shown in the zone of whoever shows it).
    """

    en: str
    zh: str
    parts: Mapping[str, Any] = field(default_factory=dict)

    def say(self, lang: Lang, zone: tzinfo | None = None) -> str:
        """Give the sentence in one language; instants in ``zone`` (their own zone when none is given)."""
        sentence = self.zh if lang == "zh" else self.en
        if not self.parts:
            return sentence
        return sentence.format_map({name: _shown(part, lang, zone) for name, part in self.parts.items()})

    def __hash__(self) -> int:
        return hash((self.en, self.zh))


def same(words: str) -> Text:
    """A name or number that reads the same in both languages."""
    return Text(words, words)


def text_from(told: Any) -> Text:
    """A title as files write it: ``{en, zh}``, or the same words in both languages."""
    return Text(told["en"], told["zh"]) if isinstance(told, Mapping) else same(str(told))


def did_you_mean(word: str, known: Iterable[str]) -> Text:
    """The end of a sentence that names the nearest known word; nothing where none is near."""
    from difflib import get_close_matches  # most runs never need it

    near = get_close_matches(word, list(known), 1)
    return Text("; did you mean '{near}'?", "；是否想写“{near}”？", {"near": near[0]}) if near else same("")


def joined(items: Iterable[str], lang: Lang) -> str:
    """Items one after the other, as each language parts them: “a, b”, “甲、乙”."""
    return ("、" if lang == "zh" else ", ").join(items)


def _shown(part: Any, lang: Lang, zone: tzinfo | None) -> str:
    match part:
        case Text():
            return part.say(lang, zone)
        case datetime():
            local = part.astimezone(zone) if zone else part
            return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")
        case date():
            return part.isoformat()
        case list() | tuple():
            return joined((_shown(item, lang, zone) for item in part), lang)
        case _:
            return str(part)

"""Questions about texts: what is written in one language only, or not at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from casework.records.record import Steps
from casework.state.lint.asked import Asked, Remark
from casework.words import Text

CHINESE = re.compile(r"[\u3400-\u9fff]")
LETTERS = re.compile(r"[A-Za-z]")
TITLED = (
    "roles", "limits", "duties", "bans", "repeats", "retention", "recurring", "forms", "reports",
)  # fmt: skip

_NO_CHINESE = Text("the Chinese has not one Chinese character: '{text}'", "中文里没有一个汉字：“{text}”")
_CHINESE = Text("there is Chinese in the English: '{text}'", "英文里夹有中文：“{text}”")
_ONE = Text(
    "this stands in one language only: write {{en: …, zh: …}}",
    "此处只有一种语言：请写成 {{en: …, zh: …}}",
)
_NO_TITLE = ("this has no title: people are shown its name", "没有标题：只能显示其代号")


def in_one_language(asked: Asked) -> Iterator[Remark]:
    """A text that is not in both languages."""
    for record in asked.records:
        told = {
            name: part for name, part in record.value.items() if name not in ("source", "policy", "include")
        }
        for steps, text in _wrong_in(told, ()):
            section, name = (*steps, "", "")[:2]
            entry = name if isinstance(name, str) and section not in ("title", "clauses") else ""
            yield Remark("warning", record.value_place(*steps), text, entry)


def _wrong_in(told: Any, steps: Steps) -> Iterator[tuple[Steps, Text]]:
    if isinstance(told, Mapping) and told.keys() == {"en", "zh"}:
        if not CHINESE.search(told["zh"]) and LETTERS.search(told["en"]):
            yield (*steps, "zh"), Text(_NO_CHINESE.en, _NO_CHINESE.zh, {"text": told["zh"]})
        if CHINESE.search(told["en"]):
            yield (*steps, "en"), Text(_CHINESE.en, _CHINESE.zh, {"text": told["en"]})
    elif isinstance(told, Mapping | list):
        for key, part in told.items() if isinstance(told, Mapping) else enumerate(told):
            is_field = key == "reading" and "event" in told  # of a REF: the field that is read
            if isinstance(part, str) and not is_field and _is_prose(key, part, steps):
                yield (*steps, key), Text(_ONE.en, _ONE.zh, {"text": part})
            else:
                yield from _wrong_in(part, (*steps, key))


def _is_prose(key: Any, part: str, steps: Steps) -> bool:
    """Whether a plain string is something to be read, not a name, number or span."""
    if key in ("title", "reading", "text"):
        return True
    is_told = steps[:1] == ("about",) or "aliases" in steps
    return is_told and (CHINESE.search(part) is not None or " " in part.strip())


def untitled(asked: Asked) -> Iterator[Remark]:
    """An entry without a title, which findings and pages show by its bare name."""
    for entry in asked.entries(*TITLED):
        if not entry.told.get("title"):
            yield entry.remark("information", _NO_TITLE)

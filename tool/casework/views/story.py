"""Stories told again: whether each came out as its table says, and every line on which it did not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.state.story import Difference, Retold
from casework.views.width import shown
from casework.words import Lang, Place, Text


class Told(NamedTuple):
    """Some stories that a register in ``zone`` told again, to be shown."""

    stories: Sequence[Retold]
    zone: ZoneInfo
    lang: Lang


def result_of(story: Retold) -> str:
    """``ok``, ``differs``, or ``flawed`` where it could not be told."""
    return "flawed" if story.flaws else "differs" if story.differences else "ok"


def text_of(told: Told) -> str:
    """A line for each story, under it what differs with its place in the file, and a closing line that counts."""
    lines: list[str] = []
    for story in told.stories:
        lines.append(f"{shown(story.path)}  {_RESULTS[result_of(story)].say(told.lang)}")
        for place, text in _remarks(story):
            lines.append(shown(f"  {place.path}:{place.line}: {text.say(told.lang, told.zone)}"))
    return "\n".join([*lines, _closing(told).say(told.lang)])


def json_of(told: Told) -> str:
    """The stable form for programs: see the guide's page on JSON."""
    document = {
        "counts": _counts(told),
        "stories": [_as_data(story, told.zone) for story in told.stories],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[Told], str]] = {"text": text_of, "json": json_of}


def _remarks(story: Retold) -> Iterator[tuple[Place, Text]]:
    yield from ((each.place, each.text) for each in story.flaws)
    yield from ((each.place, _said(each)) for each in story.differences)


def _said(difference: Difference) -> Text:
    told, found = difference.told, difference.found
    parts: dict[str, Any] = {"told": told.written if told else ""}
    if found is None:
        return Text(_MISSING.en, _MISSING.zh, parts)
    parts |= {"found": found.written, "line": found.place.line, "said": found.said}
    said = _OTHERWISE if told else _FOUND if found.said else _BEGUN
    return Text(said.en, said.zh, parts)


def _as_data(story: Retold, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "path": story.path,
        "result": result_of(story),
        "rows": story.rows,
        "differences": [
            {
                **_placed(each.place, _said(each), zone),
                "told": each.told.written if each.told else None,
                "found": each.found.written if each.found else None,
            }
            for each in story.differences
        ],
        "flaws": [_placed(each.place, each.text, zone) for each in story.flaws],
    }


def _placed(place: Place, text: Text, zone: ZoneInfo) -> dict[str, Any]:
    message = {"en": text.say("en", zone), "zh": text.say("zh", zone)}
    return {"line": place.line, "column": place.column, "message": message}


def _counts(told: Told) -> dict[str, int]:
    counted = Counter(map(result_of, told.stories))
    return {result: counted[result] for result in _RESULTS}


def _closing(told: Told) -> Text:
    n = len(told.stories)
    counts = [
        Text(f"{number} {_RESULTS[result].en}", f"{number} 个{_RESULTS[result].zh}")
        for result, number in _counts(told).items()
        if number
    ]
    head = _ONE if n == 1 else _SEVERAL
    return Text(head.en, head.zh, {"n": n, "counts": counts})


_RESULTS = {
    "ok": Text("as told", "相符"),
    "differs": Text("otherwise than told", "不符"),
    "flawed": Text("cannot be told", "无法核对"),
}
_MISSING = Text("{told} did not come of it", "{told} 并未出现")
_OTHERWISE = Text("{told} came out as {found}", "{told} 实为 {found}")
_FOUND = Text(
    "{found} is not in the table; it was found at line {line}: {said}",
    "表中没有 {found}；见第 {line} 行：{said}",
)
_BEGUN = Text("{found} is not in the table; it began at line {line}", "表中没有 {found}；自第 {line} 行起算")
_ONE = Text("1 story: {counts}", "1 个案例：{counts}")
_SEVERAL = Text("{n} stories: {counts}", "{n} 个案例：{counts}")

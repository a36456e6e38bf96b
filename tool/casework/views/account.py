"""The account of a deadline as text and as data: every step on a line, the notices it rests on below."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.state.account import Line, in_words
from casework.state.deadline import Deadline
from casework.state.explained import explained
from casework.state.state import State
from casework.views.case import status_text
from casework.views.width import padded, shown, width_of, wrapped
from casework.words import Lang, Text, joined

_NO_DEADLINES = Text("nothing is promised in this case yet", "此案尚无时限")
_NOTICE = Text("[{n}] {notice}", "〔{n}〕{notice}")
MARKS = {"skipped": "–", "moved": "→"}


class Explained(NamedTuple):
    """The deadlines of one case to be explained as of an instant."""

    state: State
    deadlines: Sequence[Deadline]
    at: datetime
    lang: Lang
    columns: int = 100


def text_of(told: Explained) -> str:
    """Every deadline with its steps, for a terminal."""
    state, zone = told.state, told.state.case.zone
    parts = []
    for each in told.deadlines:
        owners = joined((who.say(told.lang) for who in state.names(each.limit.owner)), told.lang)
        status = status_text(each, told.at).say(told.lang)
        clauses = joined(each.limit.clauses, told.lang)
        head = shown("  ".join(filter(None, (each.limit.title.say(told.lang), clauses, status, owners))))
        parts.append("\n".join([head, *block(explained(each, state), zone, told.lang, told.columns)]))
    return "\n\n".join(parts) or _NO_DEADLINES.say(told.lang)


def json_of(told: Explained) -> str:
    """The same as JSON: case, deadlines with their steps."""
    zone = told.state.case.zone
    data = {
        "case": told.state.number,
        "deadlines": [
            {
                "limit": each.limit.name,
                "title": each.limit.title.say(told.lang),
                "clauses": list(each.limit.clauses),
                "status": each.status(told.at),
                "due": iso(each.due.printed if each.due else None, zone),
                "steps": steps_as_data(explained(each, told.state), zone, told.lang),
            }
            for each in told.deadlines
        ],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


FORMS = {"text": text_of, "json": json_of}


def steps_as_data(lines: Iterable[Line], zone: ZoneInfo, lang: Lang) -> list[dict[str, Any]]:
    """Steps as JSON data; keys that do not apply are left out, instants are in the firm's zone."""
    found = []
    for line in lines:
        step = {
            "step": line.what,
            "day": line.day.isoformat() if line.day else None,
            "at": iso(line.at, zone),
            "n": line.n,
            "seconds": line.spent.total_seconds() if line.spent else None,
            "text": line.text.say(lang, zone),
            "notice": line.notice.say(lang) if line.notice else None,
        }
        found.append({key: value for key, value in step.items() if value is not None})
    return found


def block(lines: Iterable[Line], zone: ZoneInfo, lang: Lang, columns: int) -> Iterator[str]:
    """One line a step: when, which number it got, what it is; the notices below."""
    notices: dict[str, int] = {}
    rows = [_row(line, zone, lang, notices) for line in lines]
    wide = [max((width_of(row[n]) for row in rows), default=0) for n in (0, 1)]
    for when, number, text in rows:
        head = f"  {padded(when, wide[0])}  {padded(number, wide[1])}  "
        yield from wrapped(head + shown(text), max(columns, 60), " " * width_of(head))
    for notice, mark in notices.items():
        yield from wrapped("  " + _NOTICE.say(lang).format(n=mark, notice=shown(notice)), columns, "      ")


def _row(line: Line, zone: ZoneInfo, lang: Lang, notices: dict[str, int]) -> tuple[str, str, str]:
    text = line.text.say(lang, zone)
    if line.notice:
        mark = notices.setdefault(line.notice.say(lang), len(notices) + 1)
        text += f" 〔{mark}〕" if lang == "zh" else f" [{mark}]"
    return *when_and_number(line, zone, lang), text


def when_and_number(line: Line, zone: ZoneInfo, lang: Lang) -> tuple[str, str]:
    """What stands before a step: its day or instant, and the number it got, the time it gave, or a mark."""
    when = local(line.at, zone) if line.at and line.n is None else str(line.day or "")
    number = str(line.n) if line.n is not None else in_words(line.spent).say(lang) if line.spent else ""
    return when, number or MARKS.get(line.what, "")


def local(at: datetime, zone: ZoneInfo) -> str:
    """An instant as a person reads it, in the firm's zone."""
    local = at.astimezone(zone)
    return local.strftime("%Y-%m-%d %H:%M:%S" if local.second else "%Y-%m-%d %H:%M")


def iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    """An instant as a program reads it, in the firm's zone."""
    return at.astimezone(zone).isoformat() if at else None

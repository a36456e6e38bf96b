"""When a span would be due, and why: as text for a person and as JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

from casework.state.account import Line
from casework.state.instant import Instant
from casework.state.reckoning import Reckoned
from casework.views.account import block, iso, local, steps_as_data
from casework.views.case import STATUSES
from casework.words import Lang


class DueTold(NamedTuple):
    """The answer to "when would it be due?"; ``status`` is as of the instant looked from."""

    start: Instant
    span: str  # as asked
    result: Reckoned
    lines: Sequence[Line]
    status: str
    zone: ZoneInfo
    lang: Lang
    columns: int = 100


def text_of(told: DueTold) -> str:
    """The due instant and its status, then every step."""
    due = told.result.due
    when = local(due.printed, told.zone) if due else "–"
    head = f"{when}  {STATUSES[told.status].say(told.lang)}"
    return "\n".join([head, *block(told.lines, told.zone, told.lang, told.columns)])


def json_of(told: DueTold) -> str:
    """from, span, due (the last second in time), status, steps."""
    start = told.start.at.astimezone(told.zone)
    data = {
        "from": start.date().isoformat() if told.start.whole_day else start.isoformat(),
        "span": told.span,
        "due": iso(told.result.due.printed if told.result.due else None, told.zone),
        "status": told.status,
        "steps": steps_as_data(told.lines, told.zone, told.lang),
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


FORMS = {"text": text_of, "json": json_of}

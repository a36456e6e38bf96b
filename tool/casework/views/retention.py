"""What is kept until when, and what may be disposed of, as a table or JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from casework.state.instant import day_of
from casework.state.register import Register
from casework.state.state import State
from casework.views.width import table
from casework.words import Lang, Text

_HEADS = (
    Text("case", "编号"),
    Text("kept until", "保存至"),
    Text("state", "状况"),
    Text("because of", "依据"),
)
_WORDS = {
    "held": Text("on hold: {matters}", "保全中：{matters}"),
    "disposable": Text("may be disposed of", "可以销毁"),
    "kept": Text("to be kept", "保存中"),
    "unset": Text("no period set", "未规定期限"),
    "disposed": Text("disposed of", "已销毁"),
}
_NONE = Text("no case has been filed yet", "尚无归档案件")


def standing_of(state: State, at: datetime) -> str:
    """held, disposable, kept, unset or disposed; empty while nothing is filed."""
    kept, on_hold = state.retention
    if state.stage == "disposed":
        return "disposed"
    if on_hold:
        return "held"
    if kept is None:
        return ""
    if kept.until is None:
        return "unset"
    return "disposable" if state.is_disposable(day_of(at, state.case.zone)) else "kept"


def text_of(register: Register, states: Sequence[State], at: datetime, lang: Lang, columns: int) -> str:
    """A table of every case that has been filed or is on hold, the earliest end first."""
    rows = [_row(state, at, lang) for state in _filed(states, at)]
    if not rows:
        return _NONE.say(lang)
    return "\n".join(table([tuple(head.say(lang) for head in _HEADS), *rows], columns))


def json_of(register: Register, states: Sequence[State], at: datetime, lang: Lang, columns: int) -> str:
    """The same as JSON."""
    return json.dumps(
        [
            {
                "case": state.number,
                "path": state.case.path,
                "keep_until": _until(state) or None,
                "standing": standing_of(state, at),
                "entry": state.retention.kept.keep.name if state.retention.kept else None,
                "clauses": list(state.retention.kept.keep.clauses) if state.retention.kept else [],
                "holds": list(state.retention.holds),
            }
            for state in _filed(states, at)
        ],
        ensure_ascii=False,
        indent=2,
    )


FORMS = {"text": text_of, "json": json_of}


def _filed(states: Sequence[State], at: datetime) -> list[State]:
    filed = [state for state in states if standing_of(state, at)]
    return sorted(filed, key=lambda state: (_until(state) or "9999", state.number))


def _until(state: State) -> str:
    kept = state.retention.kept
    return kept.until.isoformat() if kept and kept.until else ""


def _row(state: State, at: datetime, lang: Lang) -> tuple[str, ...]:
    kept, on_hold = state.retention
    word = _WORDS[standing_of(state, at)]
    standing = Text(word.en, word.zh, {"matters": on_hold})
    because = kept.keep.title.say(lang) if kept else ""
    return state.number, _until(state) or "–", standing.say(lang), because

"""One case as text for a person and as JSON for a program: what it is, what happened, what is promised, what is next."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.rules import Finding
from casework.state.deadline import Deadline
from casework.state.duties import TO_DO
from casework.state.policy import Entry
from casework.state.state import State
from casework.views.findings import ANSWERED, LEVEL_NAMES, finding_as_data, name_of
from casework.views.width import on_one_line, shown, table, wrapped
from casework.words import Lang, Text, joined

STATUSES = {
    "not_started": Text("not started", "未开始"),
    "running": Text("running", "进行中"),
    "due_soon": Text("due soon", "即将到期"),
    "overdue": Text("overdue", "已逾期"),
    "met": Text("met", "按期"),
    "breached": Text("late", "逾期"),
    "excused": Text("excused", "免责"),
    "superseded": Text("superseded", "已被取代"),
    "not_applicable": Text("not applicable", "不适用"),
    "unset": Text("no number set", "未规定期限"),
    "indeterminate": Text("cannot be judged", "无法判断"),
    "provisional": Text("running, provisional", "进行中（暂定）"),
    "paused": Text("paused", "已暂停"),
}
_DONE = Text("done", "已办")  # met, where no instant was promised that it could have been in time for
STAGE_NAMES = {
    "new": Text("new", "新收"),
    "accepted": Text("accepted", "已受理"),
    "investigating": Text("investigating", "调查中"),
    "decided": Text("decided", "已决定"),
    "answered": Text("answered", "已答复"),
    "completed": Text("completed", "已办结"),
    "closed": Text("closed", "已终止"),
    "archived": Text("archived", "已归档"),
    "disposed": Text("disposed", "已销毁"),
}
_HEADINGS = {
    "stage": Text("stage", "阶段"),
    "policy": Text("policy", "适用制度"),
    "responsible": Text("answers for it", "责任人"),
    "receipt": Text("receipt", "回执号"),
    "happened": Text("What happened", "经过"),
    "promised": Text("What is promised", "时限"),
    "found": Text("What was found", "检查结果"),
    "next": Text("To do next", "下一步"),
    "nothing": Text("nothing is owed", "暂无待办"),
    "kept": Text("kept until", "保存至"),
    "hold": Text("on hold for", "保全事项"),
    "corrected": Text("(corrected)", "（已更正）"),
}


class ShownCase(NamedTuple):
    """One case to be shown as of an instant."""

    state: State
    findings: Sequence[Finding]
    at: datetime
    lang: Lang
    columns: int = 100

    @property
    def zone(self) -> ZoneInfo:
        """The firm's zone."""
        return self.state.case.zone

    def say(self, text: Text) -> str:
        """A sentence in the language asked for, safe for a terminal."""
        return shown(text.say(self.lang, self.zone))

    def head(self, name: str) -> str:
        """One of the fixed words of the page."""
        return _HEADINGS[name].say(self.lang)


class Todo(NamedTuple):
    """Something still owed: by which entry, by whom, until when (None: no instant).

    ``status`` is that of a deadline, ``promptly``, or ``owed`` for a duty.
    """

    entry: Entry
    status: str
    who: tuple[Text, ...]
    due: datetime | None = None

    @property
    def title(self) -> Text:
        """What it is."""
        return self.entry.title


def status_text(deadline: Deadline, at: datetime) -> Text:
    """The status of a deadline in words."""
    key = deadline.status(at)
    return _DONE if key == "met" and deadline.due is None else STATUSES[key]


def todo_of(state: State, at: datetime) -> list[Todo]:
    """What is to be done next: open deadlines by due instant, what is to be done promptly, then duties still owed."""

    def todo(entry: Entry, status: str, due: datetime | None = None) -> Todo:
        return Todo(entry, status, state.names(entry.owner), due)

    dated = [
        todo(each.limit, each.status(at), each.due.printed)
        for each in state.open_deadlines
        if each.due and each.start.at <= at
    ]
    prompt = [todo(each.limit, "promptly") for each in state.deadlines if _is_awaited_promptly(each, at)]
    owed = [
        todo(each.duty, "owed") for each in state.unmet if each.nature in TO_DO and each.at.event.at <= at
    ]
    return dated + prompt + owed


def _is_awaited_promptly(deadline: Deadline, at: datetime) -> bool:
    within = deadline.promise.within
    return within is not None and within.unit == "promptly" and deadline.status(at) == "running"


def text_of(told: ShownCase) -> str:
    """The whole case for a terminal; nothing of ``personal:``."""
    parts = (_top(told), _happened(told), _promised(told), _next(told), _found(told))
    return "\n\n".join("\n".join(lines) for lines in map(list, parts) if lines)


def json_of(told: ShownCase) -> str:
    """The whole case as JSON; nothing of ``personal:``."""
    return json.dumps(case_as_data(told), ensure_ascii=False, indent=2)


FORMS = {"text": text_of, "json": json_of}


def case_as_data(told: ShownCase) -> dict[str, Any]:
    """A case as JSON data: head facts, stage, deadlines, findings; instants in the register's zone."""
    state, kept = told.state, told.state.retention.kept
    return {
        "case": state.number,
        "receipt": state.case.head.get("receipt"),
        "path": state.case.path,
        "policy": {"id": state.policy.id, "in_force_from": state.policy.in_force_from.isoformat()},
        "stage": state.stage,
        "category": state.facts.get("category"),
        "summary": state.facts.get("summary"),
        "received": _iso(state.case.received.at, told.zone) if state.case.received else None,
        "responsible": list(state.responsible),
        "handler": list(state.handler),
        "deadlines": [deadline_as_data(each, told.at, told.zone) for each in state.deadlines],
        "next": [
            {
                "entry": each.entry.name,
                "status": each.status,
                "due": _iso(each.due, told.zone) if each.due else None,
            }
            for each in todo_of(state, told.at)
        ],
        "keep_until": kept.until.isoformat() if kept and kept.until else None,
        "holds": list(state.retention.holds),
        "findings": [finding_as_data(each, told.zone) for each in told.findings],
    }


def deadline_as_data(deadline: Deadline, at: datetime, zone: ZoneInfo) -> dict[str, Any]:
    """One deadline as JSON data; ``due`` is the last second that keeps it."""
    return {
        "limit": deadline.limit.name,
        "clauses": list(deadline.limit.clauses),
        "start": _iso(deadline.start.at, zone),
        "due": _iso(deadline.due.printed, zone) if deadline.due else None,
        "first_due": _iso(deadline.first.printed, zone) if deadline.first else None,
        "met": _iso(deadline.met.at, zone) if deadline.met else None,
        "status": deadline.status(at),
    }


def _top(told: ShownCase) -> Iterator[str]:
    state = told.state
    yield f"{state.number}  {told.say(STAGE_NAMES[state.stage])}"
    yield from wrapped(f"  {on_one_line(str(state.facts.get('summary') or ''))}", told.columns, "  ")
    rows = [
        (told.head("receipt"), str(state.case.head.get("receipt", "–"))),
        (told.head("policy"), told.say(state.policy.title)),
        (told.head("responsible"), joined((who.say(told.lang) for who in state.names()), told.lang) or "–"),
        *_kept(told),
    ]
    yield from ("  " + line for line in table(rows, told.columns - 2))


def _kept(told: ShownCase) -> Iterator[tuple[str, str]]:
    retention = told.state.retention
    if retention.kept and retention.kept.until:
        yield told.head("kept"), retention.kept.until.isoformat()
    if retention.holds:
        yield told.head("hold"), joined(retention.holds, told.lang)


def _happened(told: ShownCase) -> Iterator[str]:
    yield told.head("happened")
    standing = {event.position for event in told.state.case.events}
    rows = [
        (
            _local(event.at, told.zone, event.when.whole_day),
            told.say(event.type.title),
            told.state.people.name_of(event.by),
            str(event.told.get("note", "")) + ("" if event.position in standing else told.head("corrected")),
        )
        for event in told.state.case.all_events
    ]
    yield from ("  " + line for line in table(rows, told.columns - 2))


def _promised(told: ShownCase) -> Iterator[str]:
    begun = [each for each in told.state.deadlines if each.status(told.at) != "not_started"]
    if not begun:
        return
    yield told.head("promised")
    rows = [
        (
            _local(each.due.printed, told.zone) if each.due else "–",
            told.say(status_text(each, told.at)),
            told.say(each.limit.title),
        )
        for each in begun
    ]
    yield from ("  " + line for line in table(rows, told.columns - 2))


def _next(told: ShownCase) -> Iterator[str]:
    yield told.head("next")
    todo = todo_of(told.state, told.at)
    rows = [
        (
            _local(each.due, told.zone) if each.due else "–",
            joined((who.say(told.lang) for who in each.who), told.lang) or "–",
            told.say(each.title),
        )
        for each in todo
    ]
    yield from ("  " + line for line in table(rows, told.columns - 2))
    if not todo:
        yield "  " + told.head("nothing")


def _found(told: ShownCase) -> Iterator[str]:
    if not told.findings:
        return
    yield told.head("found")
    for each in told.findings:
        mark = f" ({told.say(ANSWERED)})" if each.answered else ""
        line = f"  {LEVEL_NAMES[each.level].say(told.lang)} {name_of(each)} {told.say(each.text)}{mark}"
        yield from wrapped(line, told.columns, "      ")


def _local(at: datetime, zone: ZoneInfo, whole_day: bool = False) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d" if whole_day else "%Y-%m-%d %H:%M")


def _iso(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).isoformat()

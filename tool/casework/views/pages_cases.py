"""The list of all cases: the newest as a table, and beyond that as data for the page's script."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.views.case import STAGE_NAMES
from casework.views.cases import due_of
from casework.views.editions import edition_key
from casework.views.pages_case import summary_of
from casework.views.site import Entry, Moment, Name, Site
from casework.views.status import CASE_STATUSES, status_of
from casework.views.values import owners_of, shown_value
from casework.views.visible import visible

ROWS = 500  # as many cases stand in the page itself; more are handed to its script


class CaseRow(NamedTuple):
    """One case in a list."""

    number: str
    page: str
    status: Name
    stage: str
    received: Moment | None
    category: str
    summary: str
    responsible: str
    due: Moment | None
    is_red: bool
    edition: str  # the key of the policy's edition; empty where none could judge it


class Asked(NamedTuple):
    """A policy, or an edition of one, that the list can be asked for, with the number of its listed cases."""

    key: str
    title: str
    cases: int


def case_row(site: Site, entry: Entry) -> CaseRow:
    """A case in one line."""
    state = entry.state
    due = due_of(state) if state else None
    return CaseRow(
        entry.number,
        entry.page,
        status_of(site, entry),
        site.say(STAGE_NAMES[state.stage]) if state else "",
        site.moment(entry.case.received.when) if entry.case.received else None,
        category_of(site, entry),
        summary_of(site, entry),
        owners_of(site, entry),
        site.moment(due),
        any(each.level == "error" for each in entry.findings),
        edition_key(site.register, state.policy) if state else "",
    )


def category_of(site: Site, entry: Entry) -> str:
    """The category's title; empty where none is given."""
    told = entry.state.facts.get("category") if entry.state else None
    return shown_value(site, entry, "category", told) if told else ""


def case_rows(site: Site) -> list[CaseRow]:
    """Every case, the newest first."""
    return [case_row(site, entry) for entry in reversed(site.entries)]


def cases_page(site: Site, rows: Sequence[CaseRow]) -> Mapping[str, Any]:
    """What the template of the list is given."""
    counted = Counter(row.status.key for row in rows)
    return {
        "title": site.label("cases"),
        "rows": rows[:ROWS],
        "total": len(rows),
        "has_more": len(rows) > ROWS,
        "statuses": [Name(key, site.say(text)) for key, text in CASE_STATUSES.items() if counted[key]],
        "counted": counted,
        "categories": sorted({row.category for row in rows if row.category}),
        "policies": policies_asked(site, rows),
    }


def policies_asked(site: Site, rows: Sequence[CaseRow]) -> list[Asked]:
    """The policies of the listed cases; of one with several editions each edition too. None where there is nothing to choose."""
    counted = Counter(row.edition for row in rows if row.edition)
    if len(counted) < 2:
        return []
    asked: dict[str, Asked] = {}
    for policy in site.policies:
        key, title = edition_key(site.register, policy), site.say(policy.title)
        total = sum(cases for each, cases in counted.items() if each.partition("@")[0] == policy.id)
        if total:
            asked.setdefault(policy.id, Asked(policy.id, title, total))
        if counted[key]:
            asked.setdefault(key, Asked(key, f"{title} {policy.in_force_from}", counted[key]))
    return list(asked.values())


def cases_script(rows: Sequence[CaseRow]) -> str:
    """Every case beyond those in the page, as a call the page's script answers; it puts them in place as text."""
    editions = {each: n for n, each in enumerate(dict.fromkeys(row.edition for row in rows[ROWS:]))}
    data = [[*map(visible, _columns(row)), editions[row.edition]] for row in rows[ROWS:]]
    return f"caseworkRows({_written(data)},{_written([*editions])});\n"


def _written(data: Sequence[Any]) -> str:
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return told.replace("<", "\\u003c")


def _columns(row: CaseRow) -> tuple[Any, ...]:
    return (
        row.number,
        row.page,
        row.status.key,
        row.status.word,
        row.stage,
        row.received.day if row.received else "",
        row.category,
        row.summary,
        row.responsible,
        f"{row.due.day} {row.due.time}".strip() if row.due else "",
        int(row.is_red),
    )

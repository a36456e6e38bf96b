"""The first page: what is overdue, what is due next, what is to be done, and how the year went."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from casework.figures.on_time import on_time_of
from casework.rules import LEVELS, Finding
from casework.state.deadline import Deadline
from casework.views.chart import Chart, chart_of
from casework.views.pages_case import FindingRow, finding_row, summary_of
from casework.views.site import Entry, Moment, Site
from casework.views.status import overdue_of
from casework.views.values import owners_of

AHEAD = timedelta(days=7)
MOST = 100  # rows of one table; the rest is in the list of cases
YEAR = 12


class DueRow(NamedTuple):
    """A promise of a case, past due or soon to be."""

    number: str
    page: str
    limit: str
    clauses: tuple[str, ...]
    due: Moment | None
    who: str
    summary: str


class TodoRow(NamedTuple):
    """A finding somebody can act on, with the case it concerns (empty: another file)."""

    number: str
    page: str
    path: str
    finding: FindingRow


def home_page(site: Site) -> Mapping[str, Any]:
    """What the template of the first page is given."""
    late = [_due_row(site, entry, each) for entry, each in _by_due(_late(site))]
    soon = [_due_row(site, entry, each) for entry, each in _by_due(_soon(site))]
    todo = list(_todo_rows(site))
    return {
        "title": site.label("home"),
        "late": late[:MOST],
        "late_total": len(late),
        "soon": soon[:MOST],
        "soon_total": len(soon),
        "todo": todo[:MOST],
        "todo_total": len(todo),
        "tiles": _tiles(site, late, soon),
        "chart": _chart(site),
        "months": [
            (str(book.month), len(book.received), len(book.closed), len(book.carried))
            for book in site.books[-YEAR:]
        ],
    }


def _tiles(site: Site, late: Sequence[DueRow], soon: Sequence[DueRow]) -> Mapping[str, Any]:
    book = site.books[-1] if site.books else None
    return {
        "late": len(late),
        "late_cases": len({row.page for row in late}),
        "soon": len(soon),
        "soon_cases": len({row.page for row in soon}),
        "open": len(book.carried) if book else 0,
        "month": str(book.month) if book else "",
        "must": on_time_of(book, "must", site.at) if book else None,
        "should": on_time_of(book, "should", site.at) if book else None,
        "not_judged": len(site.register.unjudged),
        "unread": site.unread,
    }


def _late(site: Site) -> Iterator[tuple[Entry, Deadline]]:
    for entry in site.entries:
        for each in overdue_of(entry.state, site) if entry.state else ():
            yield entry, each


def _soon(site: Site) -> Iterator[tuple[Entry, Deadline]]:
    for entry in site.entries:
        for each in entry.state.open_deadlines if entry.state else ():
            has_begun = each.start.at <= site.at  # one that another's lapse is to start may never begin
            if has_begun and each.due and not each.due.is_passed(site.at) and each.due.at <= site.at + AHEAD:
                yield entry, each


def _by_due(found: Iterable[tuple[Entry, Deadline]]) -> list[tuple[Entry, Deadline]]:
    return sorted(found, key=lambda pair: (_due_at(pair[1]), pair[0].number))


def _due_at(deadline: Deadline) -> datetime:
    assert deadline.due  # only dated deadlines are late or soon
    return deadline.due.at


def _due_row(site: Site, entry: Entry, deadline: Deadline) -> DueRow:
    return DueRow(
        entry.number,
        entry.page,
        site.say(deadline.limit.title),
        deadline.limit.clauses,
        site.moment(deadline.due),
        owners_of(site, entry, deadline.limit.owner),
        summary_of(site, entry),
    )


def _todo_rows(site: Site) -> Iterator[TodoRow]:
    """What somebody can act on, worst first; what the tables above show already is left out."""
    asked = [each for each in site.said if _asks(each)]
    for finding in sorted(asked, key=lambda each: (LEVELS.index(each.level), each.place)):
        entry = site.by_path.get(finding.place.path)
        yield TodoRow(
            entry.number if entry else "",
            entry.page if entry else "",
            finding.place.path,
            finding_row(site, entry, finding),
        )


def _asks(finding: Finding) -> bool:
    if finding.rule == "deadline-overdue" or finding.answered:
        return False
    return finding.level == "error" or (finding.kind in ("change", "day") and finding.level == "warning")


def _chart(site: Site) -> Chart:
    books = site.books[-YEAR:]
    return chart_of(
        [str(book.month) for book in books],
        [[len(book.received) for book in books], [len(book.closed) for book in books]],
    )

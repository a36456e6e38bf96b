"""A month's summary: stock and flow that balance, what came in, promises kept, what is late; and the list of months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.figures.figure import Figure
from casework.figures.flow import flow_of
from casework.figures.ledger import MonthBook, Owed
from casework.figures.on_time import Kept, kept_of, late_of, on_time_of, overdue_of
from casework.figures.received import FACTS, received_by
from casework.views.case import STATUSES
from casework.views.pages_case import summary_of
from casework.views.site import Entry, Moment, Name, Site, entries_in
from casework.views.values import owners_of

MOST = 200  # rows of one table


class FigureRow(NamedTuple):
    """A figure with its words: numerator, denominator (None: a plain count), share, and the cases behind it."""

    id: str
    title: str
    definition: str
    tally: int
    of: int | None
    share: str
    cases: tuple[Entry, ...]


class KeptRow(NamedTuple):
    """A limit's month."""

    figure: FigureRow
    clauses: tuple[str, ...]
    force: str
    excused: int
    untold: int
    missed: tuple[Entry, ...]


class LateRow(NamedTuple):
    """A promise that fell due and was not met by then."""

    number: str
    page: str
    limit: str
    clauses: tuple[str, ...]
    force: str
    due: Moment | None
    done: Moment | None
    status: Name
    who: str
    summary: str


class LateList(NamedTuple):
    """So many promises: the ``MOST`` due first as rows, of the others the cases."""

    total: int
    rows: list[LateRow]
    rest: tuple[Entry, ...]


def month_page(
    site: Site, book: MonthBook, before: MonthBook | None, after: MonthBook | None
) -> Mapping[str, Any]:
    """What the template of a month is given."""
    over = book.month.is_over(site.at, site.register.firm.zone)
    return {
        "title": str(book.month),
        "is_over": over,
        "ends": site.moment(min(book.month.ends(site.register.firm.zone), site.at)),
        "flow": {name: figure_row(site, figure) for name, figure in flow_of(book).items()},
        "received": [
            (site.say(title), [figure_row(site, each) for each in received_by(fact, book, site.states)])
            for fact, title in FACTS.items()
        ],
        "together": [figure_row(site, on_time_of(book, force, site.at)) for force in ("must", "should")],
        "kept": [_kept_row(site, each) for each in kept_of(book, site.at)],
        "overdue": _late_list(site, overdue_of(book)),
        "late": _late_list(site, late_of(book, site.at)),
        "unread": site.unread,
        "left_out": len(site.register.unjudged),
        "before": str(before.month) if before else "",
        "after": str(after.month) if after else "",
    }


def _late_list(site: Site, owed: Sequence[Owed]) -> LateList:
    listed = [each for each in owed if each.state.case.path in site.by_path]
    rows = [_late_row(site, each) for each in listed[:MOST]]
    rest = dict.fromkeys(each.state.case.path for each in listed[MOST:])
    return LateList(len(owed), rows, tuple(site.by_path[path] for path in rest))


def months_page(site: Site) -> Mapping[str, Any]:
    """What the template of the list of months is given: the newest first."""
    rows = [
        (
            str(book.month),
            flow_of(book),
            figure_row(site, on_time_of(book, "must", site.at)),
            len(book.overdue),
        )
        for book in reversed(site.books)
    ]
    return {"title": site.label("months"), "rows": rows}


def figure_row(site: Site, figure: Figure) -> FigureRow:
    """A figure as pages show it; its share is n/a where it is counted out of nothing."""
    of = None if figure.of is None else len(figure.of)
    share = (
        "" if of is None else site.label("not_applicable") if figure.share is None else f"{figure.share} %"
    )
    cases = tuple(entries_in(site, tuple(dict.fromkeys(figure.cases))))
    return FigureRow(
        figure.id, site.say(figure.title), site.say(figure.definition), figure.tally, of, share, cases
    )


def _kept_row(site: Site, kept: Kept) -> KeptRow:
    missed = _without(kept.on_time.of or (), kept.on_time.cases)
    return KeptRow(
        figure_row(site, kept.on_time),
        kept.limit.clauses,
        site.label(f"force_{kept.limit.force}"),
        len(kept.excused),
        len(kept.untold),
        tuple(entries_in(site, missed)),
    )


def _without(every: Sequence[str], met: Sequence[str]) -> list[str]:
    """The cases of the denominator with at least one deadline not met."""
    left, kept = Counter(every), Counter(met)
    return [number for number in left if left[number] > kept[number]]


def _late_row(site: Site, owed: Owed) -> LateRow:
    entry, deadline = site.by_path[owed.state.case.path], owed.deadline
    status = deadline.status(site.at)
    return LateRow(
        entry.number,
        entry.page,
        site.say(deadline.limit.title),
        deadline.limit.clauses,
        site.label(f"force_{deadline.force}"),
        site.moment(deadline.due),
        site.moment(deadline.met),
        Name(status, site.say(STATUSES[status])),
        owners_of(site, entry, deadline.limit.owner),
        summary_of(site, entry),
    )

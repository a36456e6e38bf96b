"""One set of cases whose figures were worked out by hand: March 2026."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from casework.figures.flow import flow_of
from casework.figures.ledger import MonthBook, ledger_of
from casework.figures.on_time import kept_of, late_of, on_time_of, overdue_of

pytestmark = pytest.mark.time
AT = datetime(2026, 3, 31, 16, 0, tzinfo=UTC)  # the first instant of April in the firm's zone

#        case           opened   due      closed   voided   reopened  due      closed
TABLE = """
A1 2026-02-0001  02-03    03-10    03-09    -        -        -        -
A2 2026-02-0002  02-10    03-03    03-03    -        03-13    04-03    03-27
A3 2026-02-0003  02-11    03-04    03-12    -        -        -        -
A4 2026-02-0004  02-24    03-16    -        -        -        -        -
A5 2026-02-0005  02-25    03-17    03-16    -        -        -        -
A6 2026-02-0006  02-26    03-18    -        03-05    -        -        -
B1 2026-03-0001  03-02    03-23    03-04    -        -        -        -
B2 2026-03-0002  03-03    03-24    03-24    -        -        -        -
B3 2026-03-0003  03-05    04-09    -        -        -        -        -
B4 2026-03-0004  03-09    03-30    03-31    -        -        -        -
B5 2026-03-0005  03-16    04-07    03-18    -        -        -        -
B6 2026-03-0006  03-20    04-13    -        -        -        -        -
B7 2026-03-0007  03-31    04-22    -        -        -        -        -
B8 2026-03-0008  03-11    04-01    -        03-12    -        -        -
"""
ROWS = [line.split() for line in TABLE.strip().splitlines()]
NAMES = {row[1]: row[0] for row in ROWS}


def told(
    opened: str, due: str, closed: str, voided: str, again: str, due_again: str, closed_again: str
) -> str:
    lines = [
        f"{{event: received, at: 2026-{opened}T09:00, by: li}}",
        f"{{event: reply_commitment, at: 2026-{opened}T09:30, by: li, about: reply, due_at: 2026-{due}}}",
    ]
    if closed != "-":
        lines.append(f"{{event: completed, at: 2026-{closed}T16:00, by: li}}")
    if voided != "-":
        lines.append(f"{{event: closed, at: 2026-{voided}T10:00, by: li, outcome: void}}")
    if again != "-":
        lines.append(f"{{event: reopened, at: 2026-{again}T10:00, by: li, ground: x}}")
        lines.append(
            f"{{event: reply_commitment, at: 2026-{again}T10:30, by: li, about: reply, due_at: 2026-{due_again}}}"
        )
        lines.append(f"{{event: completed, at: 2026-{closed_again}T16:00, by: li}}")
    return "events:\n" + "".join(f"  - {line}\n" for line in lines)


@pytest.fixture(scope="module")
def march(tell: Callable) -> MonthBook:
    register = tell({row[1]: told(*row[2:]) for row in ROWS}, AT)
    return next(book for book in ledger_of(register, AT) if str(book.month) == "2026-03")


def named(cases: tuple[str, ...]) -> str:
    return " ".join(sorted(NAMES[case] for case in cases))


def test_flow_balances(march: MonthBook) -> None:
    flow = flow_of(march)
    assert {name: figure.tally for name, figure in flow.items()} == {
        "brought": 6,
        "received": 8,
        "reopened": 1,
        "closed": 9,
        "voided": 2,
        "transferred": 0,
        "carried": 4,
    }
    assert march.is_balanced
    assert named(flow["carried"].cases) == "A4 B3 B6 B7"
    assert named(flow["brought"].cases) == "A1 A2 A3 A4 A5 A6"


def test_due_cohort_is_five_of_eight(march: MonthBook) -> None:
    headline = on_time_of(march, "must", AT)
    assert (headline.tally, len(headline.of or ()), headline.share) == (5, 8, Decimal("62.5"))
    assert named(headline.cases) == "A1 A2 A5 B1 B2"
    assert named(headline.of or ()) == "A1 A2 A3 A4 A5 B1 B2 B4"
    assert [(each.limit.name, each.on_time.share) for each in kept_of(march, AT)] == [
        ("settle", Decimal("62.5"))
    ]


def test_late_and_overdue(march: MonthBook) -> None:
    assert [NAMES[each.state.number] for each in late_of(march, AT)] == ["A3", "A4", "B4"]
    assert [NAMES[each.state.number] for each in overdue_of(march)] == ["A4"]

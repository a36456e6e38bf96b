"""Months hang together whatever the cases are: each carries forward what the next brings forward, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from casework.figures.figure import Figure
from casework.figures.flow import flow_of
from casework.figures.ledger import ledger_of
from casework.figures.month import Month
from casework.figures.on_time import late_of, on_time_of
from casework.figures.received import received_by
from casework.words import Text
from hypothesis import given, settings
from hypothesis import strategies as some

pytestmark = pytest.mark.time
AT = datetime(2026, 4, 10, tzinfo=UTC)
EVENTS = (
    "{{event: completed, at: {at}, by: li}}",
    "{{event: closed, at: {at}, by: li, outcome: withdrawn}}",
    "{{event: closed, at: {at}, by: li, outcome: void}}",
    "{{event: reopened, at: {at}, by: li, ground: x}}",
    "{{event: transferred_out, at: {at}, by: li, to: court}}",
    "{{event: transferred_out, at: {at}, by: li, to: court, part: true}}",
    "{{event: archived, at: {at}, by: li}}",
    "{{event: response_given, at: {at}, by: li}}",
    "{{event: acceptance_decided, at: {at}, by: li, outcome: rejected}}",
    "{{event: held, at: {at}, by: li}}",
)
BEGIN = datetime(2026, 1, 20, 9)
days = some.integers(-5, 80)
cases = some.lists(
    some.tuples(days, some.lists(some.tuples(days, some.sampled_from(EVENTS)), max_size=6)),
    min_size=1,
    max_size=5,
)


def told(received: int, events: list[tuple[int, str]]) -> str:
    lines = [f"{{event: received, at: {BEGIN + timedelta(days=received):%Y-%m-%dT%H:%M}, by: li}}"]
    for n, (day, event) in enumerate(events, 1):
        lines.append(event.format(at=f"{BEGIN + timedelta(days=day, minutes=n):%Y-%m-%dT%H:%M}"))
    return "events:\n" + "".join(f"  - {line}\n" for line in lines)


@settings(max_examples=40)
@given(cases)
def test_every_month_balances_and_hands_on(tell: Callable, made: list[Any]) -> None:
    register = tell({f"2026-01-{n:04}": told(*case) for n, case in enumerate(made, 1)}, AT)
    books = ledger_of(register, AT)  # raises Unbalanced unless stock and stages agree at the end
    assert all(book.is_balanced for book in books)
    assert all(before.carried == after.brought for before, after in pairwise(books))
    known = [state for state in register.states if state.case.all_events]
    assert sum(len(book.received) for book in books) == len(known)


def test_two_files_with_one_number_do_not_unbalance(tell: Callable) -> None:
    same = told(0, [])
    register = tell({"2026-01-0001": same, "2026-01-0001 again": same}, AT)
    assert len(ledger_of(register, AT)[-1].carried) == 2


def test_an_empty_register_has_no_months(tell: Callable) -> None:
    assert ledger_of(tell({}, AT), AT) == ()


def test_received_by_adds_up_and_the_unknown_is_last(tell: Callable) -> None:
    heads = {"2026-02-0001": "channel: phone\n", "2026-02-0002": "channel: letter\n", "2026-02-0003": ""}
    heads["2026-02-0004"] = "channel: phone\n"
    register = tell({number: head + told(15, []) for number, head in heads.items()}, AT)
    book = next(book for book in ledger_of(register, AT) if book.month == Month(2026, 2))
    parts = received_by("channel", book, {state.case.path: state for state in register.states})
    assert [(part.title.en, part.tally) for part in parts] == [
        ("Telephone", 2),
        ("Letter", 1),
        ("not given", 1),
    ]
    assert sum(part.tally for part in parts) == flow_of(book)["received"].tally


def test_what_is_never_listed_says_nothing_of_itself_in_the_parts(tell: Callable) -> None:
    heads = {"2026-02-0001": "channel: phone\n", "2026-02-0002": "channel: letter\nseverity: major\n"}
    heads |= {"2026-02-0003": "channel: dead-drop\nseverity: major\n", "2026-02-0004": ""}
    register = tell({number: head + told(15, []) for number, head in heads.items()}, AT)
    book = next(book for book in ledger_of(register, AT) if book.month == Month(2026, 2))
    parts = received_by("channel", book, {state.case.path: state for state in register.states})
    assert [(part.id, part.title.en, part.tally) for part in parts] == [
        ("K2-channel:phone", "Telephone", 1),
        ("K2-channel:confidential", "confidential", 2),
        ("K2-channel:", "not given", 1),
    ]


def test_what_is_due_after_the_instant_is_not_yet_in_the_cohort(tell: Callable) -> None:
    agreed = "  - {event: reply_commitment, at: 2026-04-02T10:00, by: li, about: reply, due_at: 2026-04-20}\n"
    done = "  - {event: completed, at: 2026-04-03T10:00, by: li}\n"
    register = tell({"2026-04-0001": told(72, []) + agreed + done}, AT)
    assert on_time_of(ledger_of(register, AT)[-1], "must", AT).of == ()
    later = datetime(2026, 4, 21, tzinfo=UTC)
    told_later = on_time_of(ledger_of(register, later)[-1], "must", later)
    assert (told_later.tally, len(told_later.of or ())) == (1, 1)


def test_an_excused_promise_counts_as_not_kept(tell: Callable) -> None:
    why = "  - {event: special_circumstances, at: 2026-04-02T09:10, by: li, reason: flood}\n"
    call = "  - {event: acknowledged, at: 2026-04-02T12:00, by: li}\n"
    register = tell({"2026-04-0001": "channel: phone\n" + told(72, []) + why + call}, AT)
    book = ledger_of(register, AT)[-1]
    assert on_time_of(book, "should", AT).tally == 0
    assert [each.deadline.status(AT) for each in late_of(book, AT)] == ["excused"]


@pytest.mark.parametrize(
    ("met", "of", "share"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 8, "12.5"), (1, 16, "6.3"), (0, 5, "0.0"), (5, 5, "100.0")],
)
def test_shares_have_one_decimal_half_up(met: int, of: int, share: str) -> None:
    words = Text("", "")
    assert str(Figure("", words, words, ("a",) * met, ("a",) * of).share) == share


def test_a_share_of_nothing_is_none() -> None:
    assert Figure("", Text("", ""), Text("", ""), (), ()).share is None

"""What once was said differently in two places, in the smallest case that showed it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from casework.views import case as case_view
from casework.views.pages_case import case_page
from casework.views.site import Site

from .made import POLICIES, Told, told
from .test_one_voice import agrees_with_page, alone, register_with, said_on, shown, strings_in

AT = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)
RECEIVED = {"event": "received", "at": "2026-03-02T09:00", "by": "nobody"}


def site_of(*every: Told, at: datetime = AT) -> Site:
    return Site(*register_with(every, at, at), at, "en")


def text_of(case: Told) -> str:
    state, findings = alone(case, AT, AT)
    assert state is not None
    return case_view.text_of(case_view.ShownCase(state, findings, AT, "en"))


def test_a_summary_put_right_is_shown_right() -> None:
    right = {
        "event": "superseded",
        "at": "2026-03-02T10:00",
        "by": "nobody",
        "field": "summary",
        "now": "the lift",
    }
    case = told(
        "2026-03-0001",
        {"policy": "law-firm", "summary": "the stairs"},
        [RECEIVED, {**right, "reason": "a slip"}],
    )
    assert "the lift" in text_of(case) and "the stairs" not in text_of(case)


def test_what_is_to_be_done_promptly_is_to_be_done_next() -> None:
    """`show` said that nothing is owed, and the page that the complainant must be told promptly."""
    accepted = {"event": "accepted", "at": "2026-03-02T10:00", "by": "nobody"}
    case = told("2026-03-0001", {"policy": "law-firm"}, [RECEIVED, accepted])
    state, own = alone(case, AT, AT)
    assert state is not None
    asked = {(each["entry"], each["status"]) for each in shown(state, own, AT, "en")["next"]}
    assert ("say-how-we-proceed", "promptly") in asked
    site = site_of(case)
    agrees_with_page(site, site.entries[0], state, own)


@pytest.mark.parametrize("policy", POLICIES)
def test_a_role_is_called_by_one_name(policy: str) -> None:
    """One that is a unit too; one that an included essay names."""
    case = told("2026-03-0001", {"policy": policy}, [RECEIVED])
    register, findings = register_with([case], AT, AT)
    site = Site(register, findings, AT, "en")
    for state in register.states:
        for record in (state.policy.record, *state.policy.guidance):
            for role in record.value.get("roles") or {}:
                assert [site.who(role, state.policy)] == [name.say("en") for name in state.names([role])]


def test_a_secret_case_that_is_received_tomorrow_is_secret_today() -> None:
    tomorrow = {**RECEIVED, "at": "2026-03-21T09:00"}
    case = told("2026-03-0001", {"policy": "employee-whistleblowing", "summary": "false books"}, [tomorrow])
    assert not site_of(case).entries


LINKED: list[dict[str, Any]] = [
    {"event": "linked_repeat", "case": "2026-03-0002"},
    {"event": "superseded", "field": "issue", "now": "as in 2026-03-0002", "reason": "as in 2026-03-0002"},
    {"event": "chased", "note": "see cases/2026/03/2026-03-0002.yaml"},
]


@pytest.mark.parametrize("link", LINKED)
def test_another_case_does_not_name_a_secret_one(link: dict[str, Any]) -> None:
    secret = told("2026-03-0002", {"policy": "employee-whistleblowing", "receipt": "7KQF-3M9P"}, [RECEIVED])
    linked = {**link, "at": "2026-03-03T10:00", "by": "nobody"}
    head = {"policy": "law-firm", "receipt": "7KQF-3M9P", "summary": "like 2026-03-0002"}
    open_ = told("2026-03-0003", head, [RECEIVED, linked])
    site = site_of(secret, open_)
    (entry,) = site.entries
    page = "\n".join(strings_in(case_page(site, entry, None, None)))
    assert "2026-03-0002" not in page + said_on(site)

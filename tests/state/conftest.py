"""What the tests of state ask for: a case told in a few lines under a policy told in a few lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from textwrap import dedent, indent
from zoneinfo import ZoneInfo

import pytest
from casework.examine import register_of
from casework.records.source import Files
from casework.state.deadline import Deadline
from casework.state.register import Register
from casework.state.state import State

REPO = Path(__file__).parents[2]
FIRM = REPO / "tests/firm/policies"
LATER = datetime(2100, 1, 1, tzinfo=UTC)
Tell = Callable[..., State]

HEAD = """\
policy: short
title: {en: Short, zh: 短}
in_force_from: 2000-01-01
source: {document: none, heading: none}
roles: {clerk: {}, partner: {substitutes: [director, partner]}, director: {}, auditor: {}}
"""


@pytest.fixture(scope="session")
def schema() -> dict[str, bytes]:
    return {
        path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")
    }


@pytest.fixture
def tell_register(schema: dict[str, bytes]) -> Callable[..., Register]:
    def told(
        policy: str, *cases: str, zone: str = "Asia/Shanghai", as_of: datetime = LATER, firm: str = ""
    ) -> Register:
        """A register of cases, each told as its head lines, a line `events:` and its events.

        `firm` holds lines of register.yaml that stand in the place of those of the test firm.
        """
        usual = (FIRM / "register.yaml").read_text(encoding="utf-8")
        told_firm = with_lines(
            usual.replace("Asia/Shanghai", zone).replace("standard", "short"), dedent(firm)
        )
        files: dict[str, str | bytes] = {
            **schema,
            "policies/register.yaml": told_firm,
            "policies/staff.yaml": (FIRM / "staff.yaml").read_bytes(),
            **calendar_of(told_firm),
            "policies/short.yaml": HEAD + dedent(policy),
        }
        for serial, case in enumerate(cases, 1):
            number = f"2026-03-{serial:04}"
            files[f"cases/2026/03/{number}.yaml"] = f"case: {number}\npolicy: short\n{dedent(case)}"
        return register_of(Files(files), as_of, as_of)

    return told


@pytest.fixture
def tell(tell_register: Callable[..., Register]) -> Tell:
    def told(
        policy: str,
        events: str,
        head: str = "",
        zone: str = "Asia/Shanghai",
        as_of: datetime = LATER,
        firm: str = "",
    ) -> State:
        """One case's state; `events` are flow mappings, one a line."""
        case = f"{dedent(head)}\nevents:\n" + indent(dedent(events).strip(), "  ")
        register = tell_register(policy, case, zone=zone, as_of=as_of, firm=firm)
        assert not register.flaws, [f"{flaw.place} {flaw.text.say('en')}" for flaw in register.flaws]
        (state,) = register.states
        return state

    return told


def with_lines(usual: str, told: str) -> str:
    """A YAML file with some of its keys told anew."""
    for key in re.findall(r"(?m)^(\w+):", told):
        usual = re.sub(rf"(?m)^{key}:.*\n(?: .*\n)*", "", usual)
    return f"{usual}{told}"


def calendar_of(firm: str) -> dict[str, bytes]:
    """The one calendar that a firm names: of the tests, else of those that ship."""
    name = re.findall(r"(?m)^calendar: *(\S+)", firm)[-1]
    path = f"calendars/{name}.yaml"
    folder = FIRM if (FIRM / path).is_file() else REPO / "policies"
    return {f"policies/{path}": (folder / path).read_bytes()}


def local(at: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """An instant as the tests write it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M:%S") if at else ""


def seen(deadline: Deadline, as_of: str = "2099-01-01T00:00+00:00") -> tuple[str, str]:
    """(printed due, status) of a deadline."""
    due = local(deadline.due.printed) if deadline.due else ""
    return due, deadline.status(datetime.fromisoformat(as_of))

"""What the tests of figures ask for: a register whose cases are told as lines of dated events."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path

import pytest
from casework.examine import register_of
from casework.records.source import Files
from casework.state.register import Register

REPO = Path(__file__).parents[2]
FIRM = REPO / "tests/firm/policies"
POLICY = """\
policy: short
title: {en: Short, zh: 短}
in_force_from: 2000-01-01
source: {document: none, heading: none}
roles: {clerk: {}}
choices:
  channel: {values: {phone: {title: {en: Telephone, zh: 电话}}, letter: {title: {en: Letter, zh: 信函}}}}
secrecy:
  graft: {title: {en: Graft, zh: 贪污}, when: {severity: major}, level: secret}
limits:
  settle:
    title: {en: Settle by the agreed day, zh: 按约定日期办结}
    from: {event: reply_commitment, where: {about: reply}}
    until: completed
    due: reply_commitment.due_at
    again: renew
  call:
    title: {en: Call back within an hour, zh: 一小时内回电}
    when: {channel: phone}
    from: received
    until: acknowledged
    within: 1 hour
    force: should
"""


@pytest.fixture(scope="session")
def tell() -> Callable[..., Register]:
    """(number → head and events as YAML lines, as of) → register."""
    schema = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in REPO.glob("schema/**/*.json")}

    def told(cases: Mapping[str, str], at: datetime) -> Register:
        files: dict[str, str | bytes] = {
            **schema,
            "policies/register.yaml": (FIRM / "register.yaml")
            .read_text("utf-8")
            .replace("standard", "short"),
            "policies/staff.yaml": (FIRM / "staff.yaml").read_bytes(),
            "policies/calendars/test.yaml": (FIRM / "calendars/test.yaml").read_bytes(),
            "policies/short.yaml": POLICY,
        }
        for key, told in cases.items():  # "2026-01-0001 again" is another file with the same number
            number = key.split()[0]
            files[f"cases/{key[:4]}/{key[5:7]}/{key}.yaml"] = f"case: {number}\npolicy: short\n{told}"
        register = register_of(Files(files), at, at)
        assert not register.flaws, register.flaws
        return register

    return told

"""A small register in a real repository for the deeds that write: the firm of the tests, at a fixed instant."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from casework.house import House, house_of
from casework.records.source import WorkTree

CHECKOUT = Path(__file__).parents[2]
FIRST = """\
# yaml-language-server: $schema=../../../schema/editor.json
case: 2026-03-0001
receipt: 7KQF-3M9P
policy: standard
channel: visit
summary: the lamp flickers      # as told

events:
  - event: received
    at: 2026-03-02T09:00+08:00
    by: li
"""


@pytest.fixture
def now() -> datetime:
    """20 March 2026, 10:00 in the firm's zone."""
    return datetime(2026, 3, 20, 2, tzinfo=UTC)


@pytest.fixture
def register(repo: Any) -> Any:
    """One sound case under the test policy, committed; li is whoever git says we are."""
    sources = [*(CHECKOUT / "schema").rglob("*.json"), *(CHECKOUT / "tests/firm/policies").rglob("*.yaml")]
    files = {_path(source): source.read_text("utf-8") for source in sources}
    staff = files["policies/staff.yaml"]
    files["policies/staff.yaml"] = staff.replace("name: Li,", "name: Li, email: li@example.com,")
    repo.commit({**files, "cases/2026/03/2026-03-0001.yaml": FIRST}, "a register")
    return repo


@pytest.fixture
def house(register: Any) -> House:
    """What judges the cases of the register."""
    return house_of(WorkTree(register.root))


def _path(source: Path) -> str:
    return source.relative_to(CHECKOUT).as_posix().removeprefix("tests/firm/")

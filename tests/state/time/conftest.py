"""The tests of time share a few values: they stand in timely.py and recount.py beside this file."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All of this is asked again in three time zones."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.time)

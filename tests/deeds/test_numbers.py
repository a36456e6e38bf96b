"""Numbers follow one another and are never given twice; receipts are random and fit the schema."""

from __future__ import annotations

import doctest
import json
import random
import re
import secrets
from pathlib import Path

import pytest
from casework.deeds import numbers
from casework.deeds.numbers import draw_receipt, folder_of, next_number, path_of

SCHEMA = json.loads((Path(__file__).parents[2] / "schema" / "case.json").read_text(encoding="utf-8"))["$defs"]


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        (set(), "2026-11-0001"),
        ({"2026-11-0001"}, "2026-11-0002"),
        ({"2026-11-0001", "2026-11-0009", "2026-11-0003"}, "2026-11-0010"),
        (
            {"month", "README", "", "2026-10-0044", "2025-11-0044", "2026-11-", "x2026-11-0044"},
            "2026-11-0001",
        ),
        ({"2026-11-9998"}, "2026-11-9999"),
        ({"2026-11-9999"}, "2026-11-10000"),
        ({"2026-11-9999", "2026-11-10000"}, "2026-11-10001"),
        ({"2026-11-٠٠٠٩", "2026-11-20261107"}, "2026-11-0001"),
    ],
)
def test_the_next_number_is_one_more_than_the_highest(taken: set[str], expected: str) -> None:
    assert next_number(taken, "2026-11") == expected


def test_the_numbers_of_a_month_fit_the_schema_and_their_paths() -> None:
    taken: set[str] = {"2026-11-9990"}
    for _ in range(20):
        number = next_number(taken, "2026-11")
        assert re.search(SCHEMA["case_number"]["pattern"], number)
        assert path_of(number) == f"cases/2026/11/{number}.yaml"
        taken.add(number)
    assert len(taken) == 21


@pytest.mark.parametrize(
    "number", ["", "2026-13-0001", "2026-11-001", "../../etc", "2026-11-0001\n", "2026/11/0001"]
)
def test_what_is_no_number_has_no_path(number: str) -> None:
    with pytest.raises(ValueError, match="not the number"):
        path_of(number)


def test_the_folder_of_a_month() -> None:
    assert folder_of("2026-11") == "cases/2026/11"


def test_receipts_fit_the_schema_and_avoid_what_looks_alike() -> None:
    source = random.Random(7)
    drawn = {draw_receipt(source) for _ in range(2000)}
    assert len(drawn) == 2000
    assert all(re.search(SCHEMA["receipt"]["pattern"], receipt) for receipt in drawn)
    assert set("".join(drawn)) == set("23456789ABCDEFGHJKMNPQRSTVWXYZ-")
    assert draw_receipt(secrets.SystemRandom()) != draw_receipt(secrets.SystemRandom())


def test_the_examples_in_the_docstrings_hold() -> None:
    done = doctest.testmod(numbers)
    assert done.attempted and not done.failed

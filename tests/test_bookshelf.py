"""The policies of a register: who asks for one has one read."""

from __future__ import annotations

from pathlib import Path

import pytest
from casework.house import house_of
from casework.records.source import Files

REPO = Path(__file__).parents[1]
FIRM = REPO / "tests/firm"


class Watched(Files):
    """Files that remember which of them were read."""

    def __init__(self, files: dict[str, bytes]) -> None:
        super().__init__(files)
        self.asked: list[str] = []

    def read(self, path: str) -> bytes:
        self.asked.append(path)
        return super().read(path)


@pytest.fixture
def source() -> Watched:
    """The firm of the tests with a second edition of its policy, a second policy and a flawed one."""
    files = {f"policies/{path.name}": path.read_bytes() for path in FIRM.glob("policies/*.yaml")}
    files |= {
        f"policies/calendars/{path.name}": path.read_bytes() for path in FIRM.glob("policies/calendars/*")
    }
    files |= {path.relative_to(REPO).as_posix(): path.read_bytes() for path in REPO.glob("schema/**/*.json")}
    plain = "policy: %s\ntitle: {en: P, zh: 制}\nin_force_from: 2025-01-01\nroles: {clerk: {}}\n"
    files["policies/standard@2025-01-01.yaml"] = (plain % "standard").encode()
    files["policies/other.yaml"] = (plain % "other").encode()
    files["policies/flawed.yaml"] = (plain % "of-another-name").encode()
    return Watched(files)


def read_of(source: Watched) -> list[str]:
    """The policies' files read so far."""
    return [path for path in source.asked if path.count("/") == 1 and path.startswith("policies/")][2:]


def test_to_ask_for_one_reads_its_editions_only_and_once(source: Watched) -> None:
    policies = house_of(source).policies
    assert read_of(source) == []
    assert [each.in_force_from.year for each in policies["standard"]] == [
        2026,
        2025,
    ] and "standard" in policies
    assert read_of(source) == ["policies/standard.yaml", "policies/standard@2025-01-01.yaml"]


def test_the_flaws_of_all_are_told_and_a_flawed_one_is_not_among_them(source: Watched) -> None:
    house = house_of(source)
    assert sorted(house.policies) == ["other", "standard"] and len(house.policies) == 2
    assert house.policies.flawed == {"flawed"} and house.policies.is_flawed("flawed")
    assert [flaw.place.path for flaw in house.flaws] == ["policies/flawed.yaml"]
    assert house.policies.get("flawed") is None
    assert not house.policies.is_flawed("none") and "none" not in house.policies

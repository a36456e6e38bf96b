"""“Write your own policy in an hour”, followed: what it builds is a whole policy, and judges its case as the page says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "site/pages/guide/policy.md", ROOT / "site/pages/guide/policy.zh.md"]
STAFF = """\
people:
  mei: {name: Mei, roles: [{role: front-desk}]}
  dr-lin: {name: Dr Lin, roles: [{role: dentist}]}
  dr-su: {name: Dr Su, roles: [{role: dentist}]}
  boss: {name: Boss, roles: [{role: manager}]}
"""
FIRM = """\
name: {en: Dental practice, zh: 牙科诊所}
zone: Asia/Shanghai
language: en
policy: dental-practice
since: 2026-01-01
personal: plain
calendar: cn
office_hours: [{from: '09:00', until: '12:00'}, {from: '13:00', until: '18:00'}]
"""


def blocks_of(page: Path) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", page.read_text("utf-8"), re.S)


@pytest.fixture
def practice(tmp_path: Path) -> Path:
    """The register of somebody who followed the page."""
    *policy, case = blocks_of(PAGES[0])
    files = {
        "policies/dental-practice.yaml": "\n".join(policy),
        "policies/register.yaml": FIRM,
        "policies/staff.yaml": STAFF,
        "policies/calendars/cn.yaml": (ROOT / "policies/calendars/cn.yaml").read_text("utf-8"),
        "cases/2026/03/2026-03-0001.yaml": case,
    }
    for path in (ROOT / "schema").rglob("*.json"):
        files[path.relative_to(ROOT).as_posix()] = path.read_text("utf-8")
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def asked(root: Path, *words: str) -> str:
    told = CliRunner().invoke(casework_, ["--root", str(root), "--lang", "en", *words])
    assert told.exception is None or isinstance(told.exception, SystemExit), told.output
    return told.output


def test_both_languages_build_the_same() -> None:
    assert blocks_of(PAGES[0]) == blocks_of(PAGES[1])


def test_every_clause_is_kept_as_the_page_says(practice: Path) -> None:
    said = asked(practice, "coverage", "dental-practice").splitlines()[0]
    assert said == "dental-practice: 12 of 12 clauses kept, 2 of them only there to be read"
    assert said.removeprefix("dental-practice: ") in PAGES[0].read_text("utf-8")


def test_exactly_two_things_are_wrong(practice: Path) -> None:
    told = json.loads(asked(practice, "check", "--as-of", "2026-04-01", "--format", "json"))
    assert [(each["rule"], each["entry"]) for each in told["findings"]] == [
        ("duty-unmet", "larger-refund"),
        ("ban-broken", "not-the-respondent"),
    ]


def test_the_table_reckoned_by_hand_is_right(practice: Path) -> None:
    told = json.loads(asked(practice, "show", "0001", "--as-of", "2026-04-01", "--format", "json"))
    found = {each["limit"]: (each["due"], each["status"]) for each in told["deadlines"]}
    assert found == dict(table_in(PAGES[0].read_text("utf-8")))


def table_in(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    months = {"March": "03", "April": "04"}
    for limit, day, month, clock, status in re.findall(
        r"^\| `([a-z-]+)` \|.*\| (\d+) (\w+) ([\d:]+) \| (\w+) \|$", text, re.M
    ):
        yield (
            limit,
            (
                f"2026-{months[month]}-{int(day):02}T{clock if clock.count(':') == 2 else clock + ':00'}+08:00",
                status,
            ),
        )


def test_lint_finds_nothing_to_mend(practice: Path) -> None:
    told = json.loads(asked(practice, "policy", "lint", "dental-practice", "--format", "json"))
    assert [each for each in told["remarks"] if each["level"] == "error"] == []


def test_the_comma_that_the_page_warns_of_is_told_plainly(practice: Path) -> None:
    policy = practice / "policies/dental-practice.yaml"
    policy.write_text(
        policy.read_text("utf-8").replace(
            "'We are kind, also when we disagree.'", "We are kind, now and then"
        ),
        "utf-8",
    )
    told = json.loads(asked(practice, "check", "--as-of", "2026-04-01", "--format", "json"))["findings"]
    assert [each["message"]["en"] for each in told] == [
        "“now and then” stands behind a comma: put a text that holds commas in quotes"
    ]

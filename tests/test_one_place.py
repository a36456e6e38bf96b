"""To add an entry of a policy, an event type or a rule is to touch one hand-written place: each is done here, and works."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[1]
CASE = """\
case: 2026-03-0001
receipt: 7KQF-3M9P
policy: standard
events:
  - {event: received, at: 2026-03-02T09:00, by: li}
  - {event: response_given, at: 2026-03-02T10:00, by: li}
"""


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """The firm of the tests with one case that nothing is found in."""
    root = tmp_path / "register"
    shutil.copytree(REPO / "tests/firm", root)
    shutil.copytree(REPO / "schema", root / "schema")
    file = root / "cases/2026/03/2026-03-0001.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(CASE)
    assert found(root) == []
    return root


def found(root: Path, tool: Path = REPO / "tool") -> list[str]:
    """rule:entry of what `casework check` says of the case."""
    command = [
        sys.executable,
        "-m",
        "casework",
        "--root",
        str(root),
        "--as-of",
        "2026-03-30",
        "check",
        "--format",
        "json",
    ]
    done = subprocess.run(
        command, cwd=tool, env={**os.environ, "PYTHONPATH": str(tool)}, capture_output=True, text=True
    )
    assert done.stdout, done.stderr
    told = json.loads(done.stdout)["findings"]
    return [f"{each['rule']}:{each['entry'] or ''}".rstrip(":") for each in told if each["case"]]


def test_an_entry_of_a_policy(register: Path) -> None:
    policy = register / "policies/standard.yaml"
    entry = "  visited: {title: {en: Visit within a day, zh: 一日内上门}, from: received, until: site_visit, within: 1 day}\n"
    policy.write_text(policy.read_text().replace("limits:\n", "limits:\n" + entry, 1))
    assert found(register) == ["deadline-overdue:visited"]


def test_an_event_type(register: Path) -> None:
    """One file; `casework editor` writes the editor's schema anew from it. A policy and a case may then speak of it."""
    (register / "schema/events/tea_offered.json").write_text(
        json.dumps(
            {
                "title": "奉茶 · Tea offered",
                "description": "请投诉人喝茶。 The complainant was offered tea.",
                "type": "object",
                "properties": {"sort": {"title": "茶类 · Sort", "type": "string"}},
                "x-stage": "accepted",
            },
            ensure_ascii=False,
        )
    )
    subprocess.run(
        [sys.executable, "-m", "casework", "--root", str(register), "editor"],
        cwd=REPO / "tool", check=True, capture_output=True,
    )  # fmt: skip
    assert "tea_offered" in (register / "schema/editor.json").read_text()
    policy = register / "policies/standard.yaml"
    ban = "bans:\n  no-tea: {title: {en: No tea, zh: 不奉茶}, event: tea_offered, where: {sort: green}}\n"
    policy.write_text(policy.read_text().replace("bans:\n", ban, 1))
    case = register / "cases/2026/03/2026-03-0001.yaml"
    case.write_text(CASE + "  - {event: tea_offered, at: 2026-03-02T11:00, by: li, sort: green}\n")
    assert found(register) == ["ban-broken:no-tea"]


def test_a_rule(register: Path, tmp_path: Path) -> None:
    tool = tmp_path / "tool"
    shutil.copytree(REPO / "tool/casework", tool / "casework", ignore=shutil.ignore_patterns("__pycache__"))
    (tool / "casework/rules/answered_by_nobody.py").write_text(
        '''"""Nobody thanked the complainant.\n\n中文：没有感谢投诉人。\n"""

from casework.rules import Said
from casework.words import Text

kind = "day"


def check(state, at):
    yield Said(state.case.place(), Text("nobody said thank you", "没有人道谢"))
'''
    )
    assert found(register, tool) == ["answered-by-nobody"]

"""`casework policy lint`: what is doubtful in policies, its three forms and its exit codes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from casework.commands.main import casework_
from casework.state.lint.table import QUESTIONS
from click.testing import CliRunner, Result

Run = Callable[..., Result]


@pytest.fixture
def run(register: Any, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `casework policy …` on the register, in English."""
    monkeypatch.setenv("CASEWORK_LANG", "en")
    return lambda *args: CliRunner().invoke(casework_, ["--root", str(register.root), "policy", *args])


class TestLint:
    def test_the_policies_of_the_tests_have_no_error(self, run: Run) -> None:
        done = run("lint")
        assert done.exit_code == 0 and "policy standard: " in done.output
        assert "[unset:file-it]" in done.output and "(T-04)" in done.output

    def test_an_error_turns_it_red(self, run: Run, register: Any) -> None:
        _replace(register, "by: partner}", "by: partnr}")
        done = run("lint", "standard")
        assert done.exit_code == 1 and "did you mean 'partner'" in " ".join(done.output.split())

    def test_a_flawed_file_is_told_and_the_others_are_still_asked(self, run: Run, register: Any) -> None:
        head = "policy: other\ntitle: {en: O, zh: 另}\nin_force_from: 2026-01-01\n"
        flawed = "bans: {a: {event: accepted_twice}}\n"
        (register.root / "policies/other.yaml").write_text(head + flawed, "utf-8")
        every = run("lint")
        assert every.exit_code == 1 and "accepted_twice" in every.output and "[unset:" in every.output
        assert run("lint", "standard").exit_code == 0
        one = run("lint", "policies/other.yaml")
        assert one.exit_code == 1 and "[file-flawed]" in one.output and "[unset:" not in one.output

    def test_a_policy_that_is_none_is_a_wrong_use(self, run: Run) -> None:
        done = run("lint", "standart")
        assert done.exit_code == 2 and "standard" in done.output

    def test_json_has_both_languages_and_the_place(self, run: Run) -> None:
        told = json.loads(run("lint", "--format", "json").output)
        assert told["policies"] == ["standard"] and told["counts"]["error"] == 0
        unset = next(each for each in told["remarks"] if each["question"] == "unset")
        assert (unset["entry"], unset["path"]) == ("file-it", "policies/standard.yaml")
        assert (
            unset["line"] > 1 and "'File it'" in unset["message"]["en"] and "归档" in unset["message"]["zh"]
        )

    def test_annotations_stand_at_their_line(self, run: Run) -> None:
        lines = run("lint", "--format", "github").output.splitlines()
        assert any(line.startswith("::warning file=policies/standard.yaml,line=") for line in lines)

    def test_a_broken_register_is_told(self, run: Run, register: Any) -> None:
        (register.root / "policies/register.yaml").write_text("zone: nowhere\n", "utf-8")
        done = run("lint")
        assert done.exit_code == 1 and "policies/register.yaml" in done.output

    def test_without_the_people_only_flaws_are_told(self, run: Run, register: Any) -> None:
        (register.root / "policies/staff.yaml").write_text("people: 3\n", "utf-8")
        done = run("lint")
        assert (
            done.exit_code == 1 and "policies/staff.yaml" in done.output and "who-unknown" not in done.output
        )


class TestShow:
    def test_the_usual_policy_is_a_handbook(self, run: Run) -> None:
        done = run("show")
        assert done.exit_code == 0 and done.output.startswith("Test policy  standard\n")
        assert "Call back within half an hour  should  T-02  [call-back]" in done.output
        assert re.search(
            r"Extended by +Extension approved \(By: director\), up to 10 working days", done.output
        )

    def test_a_policy_by_its_name_or_file_as_data(self, run: Run) -> None:
        told = json.loads(run("show", "policies/standard.yaml", "--format", "json").output)
        assert told["policy"] == "standard" and told["in_force_from"] == "2026-01-01"
        assert {each["section"] for each in told["sections"]} >= {
            "roles",
            "choices",
            "limits",
            "duties",
            "bans",
        }

    def test_the_edition_in_force_is_shown(self, run: Run, register: Any) -> None:
        older = (
            (register.root / "policies/standard.yaml")
            .read_text("utf-8")
            .replace("2026-01-01", "2020-01-01", 1)
        )
        path = register.root / "policies/standard@2020-01-01.yaml"
        path.write_text(older.replace("en: Test policy", "en: Old policy"), "utf-8")
        assert run("show", "--as-of", "2025-06-01").output.startswith("Old policy")
        assert run("show", "--as-of", "2026-06-01").output.startswith("Test policy")
        assert run("show", "--as-of", "2019-06-01").output.startswith("Old policy")

    def test_what_is_no_policy_or_a_flawed_one_is_said(self, run: Run, register: Any) -> None:
        assert run("show", "standart").exit_code == 2
        (register.root / "policies/other.yaml").write_text("policy: other\n", "utf-8")
        done = run("show", "other")
        assert done.exit_code == 2 and "casework policy lint other" in done.output


@pytest.mark.parametrize("page", ["output.md", "output.zh.md"])
def test_the_guide_tells_of_every_question(page: str, checkout: Path) -> None:
    text = (checkout / "site/pages/guide" / page).read_text("utf-8")
    section = text[text.index("{#policy}") : text.index("{#coverage}")]
    assert re.findall(r"^\| `([a-z-]+)` \|", section, re.MULTILINE)[-len(QUESTIONS) :] == [*QUESTIONS]


def _replace(register: Any, old: str, new: str) -> None:
    path = register.root / "policies/standard.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")

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
def test_the_guide_tells_of_every_field_of_what_if(
    page: str, checkout: Path, run: Run, register: Any
) -> None:
    _replace(register, "in_force_from: 2026-01-01", "in_force_from: 2026-06-01")
    arguments = ("--since", "2026-01-01", "--as-of", "2026-03-06", "--format", "json")
    told = json.loads(run("what-if", "standard", *arguments).output)
    text = (checkout / "site/pages/guide" / page).read_text("utf-8")
    section = text[text.index("{#what-if}") : text.index("{#story}")]
    before, _, table = section.partition("| --- |")
    rows = [row.split("|")[1] for row in table.splitlines() if row.startswith("| `")]
    fields = [name for row in rows for name in re.findall("`([a-z_]+)`", row)]
    assert fields == [*told["differently"][0]]
    assert [name for name in told if f"`{name}`" not in before] == []


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


class TestWhatIf:
    """The two cases of 2 March 2026, due in three days, held against a draft that says otherwise."""

    @pytest.fixture
    def draft(self, register: Any, tmp_path: Path) -> Path:
        """A draft that lies outside the register: five days instead of three, and a new promise."""
        told = (register.root / "policies/standard.yaml").read_text("utf-8")
        told = told.replace("in_force_from: 2026-01-01", "in_force_from: 2027-01-01")
        told = told.replace(
            "until: response_given, within: 3 days}", "until: response_given, within: 5 days}"
        )
        new = "  seen: {title: {en: Seen, zh: 已阅}, from: received, until: accepted, within: 1 day}\n"
        file = tmp_path / "draft.yaml"
        file.write_text(told.replace("limits:\n", f"limits:\n{new}"), "utf-8")
        return file

    def test_what_is_new_gone_and_changed_is_listed_case_by_case(self, run: Run, draft: Path) -> None:
        done = run("what-if", str(draft), "--since", "2026-03-01", "--as-of", "2026-03-06T10:00")
        assert done.exit_code == 0
        case = (
            " received 2026-03-02, judged by the edition of 2026-01-01"
            " ~ Answer within three days due 2026-03-05 23:59:59, overdue → due 2026-03-07 23:59:59, running"
            " + Seen due 2026-03-03 23:59:59, overdue"
            " - [deadline-overdue:answer] error: 'Answer within three days' was due by 2026-03-05 23:59:59"
            " and is still open; Li answers for it"
            " + [deadline-overdue:seen] error: 'Seen' was due by 2026-03-03 23:59:59 and is still open; Li answers for it "
        )
        assert " ".join(done.output.split()) == (
            f"What if 'standard' had always been as in {draft} (in force from 2027-01-01)?"
            f" 2026-03-0001{case}2026-03-0002{case}"
            "2 of 2 cases received since 2026-03-01 would be judged differently (+ new, - gone, ~ changed)"
        )

    def test_chinese_is_spoken_too(self, run: Run, draft: Path) -> None:
        output = run(
            "what-if", str(draft), "--since", "2026-03-01", "--as-of", "2026-03-06", "--lang", "zh"
        ).output
        assert "假如“standard”一直如" in output and "有 2 宗评判结果会不同" in output
        assert "期限 2026-03-05 23:59:59，已逾期 → 期限 2026-03-07 23:59:59" in output

    def test_json_tells_the_same_with_both_sides_of_each(self, run: Run, draft: Path) -> None:
        arguments = ("--since", "2026-03-02", "--as-of", "2026-03-06T10:00", "--format", "json")
        told = json.loads(run("what-if", str(draft), *arguments).output)
        assert (told["policy"], told["in_force_from"], told["cases"]) == ("standard", "2027-01-01", 2)
        first = told["differently"][0]
        assert (first["case"], first["judged_by"], first["keep_until"]) == (
            "2026-03-0001",
            "2026-01-01",
            None,
        )
        answer, seen = first["deadlines"]
        assert (answer["change"], answer["before"]["status"], answer["after"]["status"]) == (
            "changed",
            "overdue",
            "running",
        )
        assert (seen["change"], seen["before"], seen["after"]["limit"]) == ("new", None, "seen")
        assert [
            (each["change"], (each["before"] or each["after"])["entry"]) for each in first["findings"]
        ] == [
            ("gone", "answer"),
            ("new", "seen"),
        ]

    def test_a_name_means_the_edition_that_begins_last(self, run: Run, register: Any, draft: Path) -> None:
        (register.root / "policies/standard@2027-01-01.yaml").write_text(draft.read_text("utf-8"), "utf-8")
        for asked in ("standard", "policies/standard@2027-01-01.yaml"):
            told = json.loads(run("what-if", asked, "--since", "2026-03-02", "--format", "json").output)
            assert told["in_force_from"] == "2027-01-01" and len(told["differently"]) == 2

    def test_what_came_before_the_first_edition_was_judged_by_none(self, run: Run, register: Any) -> None:
        _replace(register, "in_force_from: 2026-01-01", "in_force_from: 2026-06-01")
        output = run("what-if", "standard", "--since", "2026-01-01", "--as-of", "2026-03-06").output
        assert "2026-03-0001  received 2026-03-02, before the first edition: judged by none" in output
        assert "  - [policy-unknown]  error: policy 'standard' had no edition in force" in output
        assert "  + Answer within three days  due 2026-03-05 23:59:59, overdue" in output

    def test_a_breach_that_weighs_less_and_a_shorter_keeping_are_told(self, run: Run, register: Any) -> None:
        path = register.root / "cases/2026/03/2026-03-0001.yaml"
        more = "response_given, completed, registered, archived"
        events = "".join(f"  - {{event: {each}, at: 2026-03-10, by: li}}\n" for each in more.split(", "))
        path.write_text(
            path.read_text("utf-8").replace("summary", "severity: ordinary\nsummary") + events, "utf-8"
        )
        draft = (
            (register.root / "policies/standard.yaml")
            .read_text("utf-8")
            .replace("2026-01-01", "2027-01-01", 1)
        )
        draft = draft.replace("within: 3 days}", "within: 3 days, force: should}").replace(
            "keep: 2 years", "keep: 1 year"
        )
        (register.root / "policies/standard@2027-01-01.yaml").write_text(draft, "utf-8")
        output = run("what-if", "standard", "--since", "2026-03-01", "--as-of", "2026-03-20").output
        assert "  ~ [done-late:answer]  error → warning: " in output
        assert "  ~ kept until  2028-03-10 → 2027-03-10" in output

    def test_nothing_otherwise_and_nothing_received(self, run: Run) -> None:
        same = run("what-if", "standard", "--since", "2026-01-01", "--as-of", "2026-03-06")
        assert same.exit_code == 0
        assert same.output.endswith(
            "\n\n0 of 2 cases received since 2026-01-01 would be judged differently"
            " (+ new, - gone, ~ changed)\n"
        )
        none = run("what-if", "standard", "--since", "2026-03-03", "--as-of", "2026-03-06")
        assert (
            none.exit_code == 0
            and "no case under 'standard' has been received since 2026-03-03" in none.output
        )

    @pytest.mark.parametrize(
        ("asked", "since", "said"),
        [
            ("standart", "2026-03-01", "there is no policy 'standart' here"),
            ("standard", "yesterday", "--since: 'yesterday' is no day"),
            ("standard", "2026-03-01T10:00", "--since: '2026-03-01T10:00' is no day"),
            ("standard", "2026-03-07", "--since: 2026-03-07 is yet to come (today is 2026-03-06)"),
            ("no/such.yaml", "2026-03-01", "no/such.yaml:1:1: the file cannot be opened"),
        ],
    )
    def test_a_wrong_use_ends_with_2_and_one_sentence(
        self, run: Run, asked: str, since: str, said: str
    ) -> None:
        done = run("what-if", asked, "--since", since, "--as-of", "2026-03-06")
        assert done.exit_code == 2 and said in done.output

    def test_a_flawed_draft_is_told_line_by_line(self, run: Run, draft: Path) -> None:
        draft.write_text(draft.read_text("utf-8").replace("until: accepted", "until: acepted"), "utf-8")
        done = run("what-if", str(draft), "--since", "2026-03-01", "--as-of", "2026-03-06")
        assert done.exit_code == 2 and f"{draft}:" in done.output and "acepted" in done.output

    def test_a_draft_of_another_policy_and_one_beside_a_flawed_file(
        self, run: Run, register: Any, draft: Path
    ) -> None:
        (register.root / "policies/standard.yaml").write_text("policy: standard\n", "utf-8")
        done = run("what-if", str(draft), "--since", "2026-03-01", "--as-of", "2026-03-06")
        assert done.exit_code == 2 and "casework policy lint standard" in done.output
        draft.write_text(draft.read_text("utf-8").replace("policy: standard", "policy: other"), "utf-8")
        done = run("what-if", str(draft), "--since", "2026-03-01", "--as-of", "2026-03-06")
        assert done.exit_code == 2 and "there is no policy 'other' here" in done.output

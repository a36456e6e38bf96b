"""`casework check`: exit codes, formats, languages, as of, and only what a change brings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.time
REPO = Path(__file__).parents[2]
CASE = "cases/2026/03/2026-03-0001.yaml"


def test_clean_is_0_overdue_is_1(run: Any) -> None:
    assert (
        run("check", "--as-of", "2026-03-05").exit_code == 0
    )  # a day means its end: the promise still stands
    red = run("check", "--as-of", "2026-03-06")
    assert red.exit_code == 1
    assert "[deadline-overdue:answer]" in red.output


def test_warnings_alone_are_not_red(run: Any) -> None:
    clean = run("check", "--as-of", "2026-03-02T12:00")
    assert clean.exit_code == 0
    assert "warning" in clean.output  # the policy leaves a number open


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("check", "--as-of", "someday"), "'someday' is not a date and time"),
        (("check", "--format", "xml"), "xml"),
        (("check", "--changed", "no-such-branch"), "no-such-branch"),
        (("chekc",), "did you mean 'check'"),
    ],
)
def test_wrong_use_is_2_and_one_sentence(run: Any, args: tuple[str, ...], words: str) -> None:
    wrong = run(*args)
    assert wrong.exit_code == 2
    assert words in wrong.output
    assert "Traceback" not in wrong.output


def test_no_register_is_2(run: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    nowhere = run("check", root=False)
    assert nowhere.exit_code == 2
    assert "casework init" in nowhere.output


def test_the_register_is_found_from_a_folder_below(
    run: Any, register: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(register.root / "cases/2026/03")
    assert run("check", "--as-of", "2026-03-02T12:00", root=False).exit_code == 0


def test_a_finding_as_json(run: Any) -> None:
    document = json.loads(run("check", "--format", "json", "--as-of", "2026-03-06T12:00").output)
    assert (document["as_of"], document["cases"]) == ("2026-03-06T12:00:00+08:00", 2)
    first = next(each for each in document["findings"] if each["rule"] == "deadline-overdue")
    message = first.pop("message")
    assert first == {
        "rule": "deadline-overdue",
        "kind": "day",
        "level": "error",
        "clauses": ["T-01"],
        "case": "2026-03-0001",
        "entry": "answer",
        "path": CASE,
        "line": 7,
        "column": 6,
        "answered": False,
    }
    due = "'Answer within three days' was due by 2026-03-05 23:59:59 and is still open; Li answers for it"
    assert message == {
        "en": due,
        "zh": "“三日内答复”应于 2026-03-05 23:59:59 前完成，至今未办；责任人：Li",
    }


def test_github_annotations_escape_what_a_person_wrote(run: Any, register: Any) -> None:
    text = (register.root / CASE).read_text()
    register.write(CASE, text.replace("policy: standard", 'policy: standard\nchannel: "100%,: no"'))
    said = run("check", "--format", "github", "--as-of", "2026-03-02T12:00").output
    assert f"::error file={CASE},line=4,col=10,title=file-flawed::“100%25,: no” does not fit" in said


def test_chinese_when_asked(run: Any) -> None:
    assert "至今未办" in run("check", "--lang", "zh", "--as-of", "2026-03-09").output


def test_options_may_stand_before_the_command(register: Any, run: Any) -> None:
    from casework.commands.main import casework_
    from click.testing import CliRunner

    asked = ["--root", str(register.root), "--as-of", "2026-03-09", "--lang", "zh", "check"]
    assert "至今未办" in CliRunner().invoke(casework_, asked).output


class TestChanged:
    """`--changed BASE`: findings of the tree less those of BASE at the same instant (design 8)."""

    def test_a_colleagues_overdue_case_does_not_block_an_unrelated_edit(
        self, run: Any, register: Any
    ) -> None:
        register.write(
            "cases/2026/03/2026-03-0003.yaml",
            (register.root / CASE)
            .read_text()
            .replace("0001", "0003")
            .replace("7KQF-3M9P", "9XYZ-8VWT")
            .replace("03-02", "03-08"),
        )
        assert run("check", "--as-of", "2026-03-09").exit_code == 1
        changed = run("check", "--changed", "HEAD", "--as-of", "2026-03-09")
        assert changed.exit_code == 0, changed.output

    def test_what_the_change_itself_brings_is_red(self, run: Any, register: Any) -> None:
        register.write(CASE, (register.root / CASE).read_text().replace("by: li", "by: lee"))
        changed = run("check", "--changed", "HEAD", "--as-of", "2026-03-09", "--format", "json")
        assert changed.exit_code == 1
        assert [(each["rule"], each["case"]) for each in json.loads(changed.output)["findings"]] == [
            ("person-unknown", "2026-03-0001")
        ]

    def test_moving_a_line_brings_nothing_new(self, run: Any, register: Any) -> None:
        register.write(CASE, "# a comment\n" + (register.root / CASE).read_text())
        assert (
            json.loads(run("check", "--changed", "HEAD", "--as-of", "2026-03-09", "--format", "json").output)[
                "findings"
            ]
            == []
        )

    def test_a_flaw_in_the_base_is_not_this_changes_doing(self, run: Any, register: Any) -> None:
        register.commit({"cases/2026/03/2026-03-0009.yaml": "case: [\n"}, "broken")
        assert run("check", "--as-of", "2026-03-02T12:00").exit_code == 1
        assert run("check", "--changed", "HEAD", "--as-of", "2026-03-02T12:00").exit_code == 0


@pytest.mark.parametrize(
    ("path", "text", "words"),
    [
        ("policies/standard.yaml", "policy: [", "policies/standard.yaml"),
        ("policies/staff.yaml", "people: 3\n", "policies/staff.yaml"),
        ("schema/events/received.json", "{", "schema/events/received.json"),
    ],
)
def test_what_judges_the_cases_may_be_flawed_too(
    run: Any, register: Any, path: str, text: str, words: str
) -> None:
    register.write(path, text)
    told = run("check", "--as-of", "2026-03-02T12:00")
    assert told.exit_code == 1
    assert words in told.output
    assert isinstance(told.exception, SystemExit)


def test_a_flawed_policy_is_told_once_and_stops_only_its_cases(run: Any, register: Any) -> None:
    register.write(
        "policies/standard.yaml", (register.root / "policies/standard.yaml").read_text() + "limitz: {}\n"
    )
    told = json.loads(run("check", "--format", "json", "--as-of", "2026-03-09").output)
    assert [(each["rule"], each["path"]) for each in told["findings"]] == [
        ("file-flawed", "policies/standard.yaml")
    ]


def flawed() -> str:
    """register.yaml with two faults, on its third and its last line."""
    text = (REPO / "tests/firm/policies/register.yaml").read_text("utf-8")
    return text.replace("zone: Asia/Shanghai", "zone: [a]") + "policies: x\n"


class TestFlawedRegister:
    """A flawed register.yaml is a finding like any other, whatever the format; only no register is wrong use."""

    def test_as_text_all_flaws_are_told(self, run: Any, register: Any) -> None:
        register.write("policies/register.yaml", flawed())
        told = run("check", "--as-of", "2026-03-09")
        assert told.exit_code == 1
        assert told.output.count("[file-flawed]") == 2 and "“policies” is no field" in told.output
        assert "policies/register.yaml\n  3:7" in told.output and "2 errors" in told.output

    def test_as_json_and_in_chinese(self, run: Any, register: Any) -> None:
        register.write("policies/register.yaml", flawed())
        found = json.loads(run("check", "--format", "json").output)
        assert (found["cases"], found["counts"]["error"]) == (0, 2)
        assert [(each["rule"], each["path"], each["line"]) for each in found["findings"]] == [
            ("file-flawed", "policies/register.yaml", 3),
            ("file-flawed", "policies/register.yaml", len(flawed().splitlines())),
        ]
        assert "2 项错误" in run("check", "--lang", "zh").output

    def test_for_a_forge(self, run: Any, register: Any) -> None:
        register.write("policies/register.yaml", flawed())
        told = run("check", "--format", "github")
        assert (told.exit_code, told.output.count("::error file=policies/register.yaml")) == (1, 2)

    def test_against_a_base_that_was_sound_and_one_that_was_not(self, run: Any, register: Any) -> None:
        register.write("policies/register.yaml", flawed())
        assert run("check", "--changed", "HEAD").exit_code == 1
        register.commit({"policies/register.yaml": flawed()})
        unchanged = run("check", "--changed", "HEAD")
        assert (unchanged.exit_code, "nothing new" in unchanged.output) == (0, True)

    def test_other_commands_refuse_with_all_flaws(self, run: Any, register: Any) -> None:
        register.write("policies/register.yaml", flawed())
        refused = run("list")
        assert (refused.exit_code, refused.output.count("policies/register.yaml:")) == (2, 2)


@pytest.mark.parametrize("written", ["20260305", "2026-W10-4", "2026W104"])
def test_a_day_is_a_day_however_it_is_written(run: Any, written: str) -> None:
    told = [run("check", "--format", "json", "--as-of", day).output for day in ("2026-03-05", written)]
    assert told[0] == told[1]


@pytest.mark.parametrize("written", ["20261", "2026-3-5", "20260230"])
def test_what_is_no_day_is_refused(run: Any, written: str) -> None:
    wrong = run("check", "--as-of", written)
    assert (wrong.exit_code, written in wrong.output) == (2, True)


def test_the_closing_line_counts_or_says_that_nothing_was_found(run: Any, register: Any) -> None:
    text = (register.root / "policies/standard.yaml").read_text("utf-8")
    register.commit({"policies/standard.yaml": text.replace("within: unset", "within: 3 days")})
    clean, chinese = (
        (run("check", "--as-of", "2026-03-02T12:00", "--lang", each)).output for each in ("en", "zh")
    )
    assert clean == "2 cases as of 2026-03-02 12:00: nothing to report\n"
    assert chinese == "截至 2026-03-02 12:00，2 宗案件：未发现问题\n"
    changed = [
        run("check", "--changed", "HEAD", "--as-of", "2026-03-09", "--lang", each).output
        for each in ("en", "zh")
    ]
    assert changed[0].endswith(": nothing new\n") and changed[1].endswith("：无新增问题\n")


def test_the_name_of_a_file_cannot_move_the_cursor(run: Any, register: Any) -> None:
    register.write("cases/2026/03/\x1b[2J\x1b[31m.yaml", "case: [\n")
    for form in ("text", "github"):
        told = run("check", "--as-of", "2026-03-02T12:00", "--format", form).output
        assert "\x1b" not in told and "[2J" in told


def test_nothing_is_written(run: Any, register: Any) -> None:
    run("check", "--as-of", "2026-03-09")
    assert register.git("status", "--porcelain") == ""

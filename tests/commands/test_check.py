"""`casework check`: exit codes, formats, languages, as of, and only what a change brings."""

from __future__ import annotations

import json
from typing import Any

import pytest

pytestmark = pytest.mark.time
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


def test_nothing_is_written(run: Any, register: Any) -> None:
    run("check", "--as-of", "2026-03-09")
    assert register.git("status", "--porcelain") == ""

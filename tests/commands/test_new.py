"""`casework new`: all by options, or by questions; Ctrl-C keeps the answers; what it says of numbers and sharing."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TOLD = ("--channel", "phone", "--summary", "the lamp flickers", "--severity", "ordinary")
SECOND = "cases/2026/03/2026-03-0003.yaml"


def draft(repo: Any) -> list[Path]:
    return list((repo.root / ".git/casework").glob("draft-*"))


def test_what_it_prints(dated: Any, run: Any) -> None:
    done = run(
        "new", *TOLD, "--personal", "name=欧阳某", "--set", "demand=refund,apology", "--note", "by phone"
    )
    assert done.exit_code == 0
    first, *others = done.output.splitlines()
    assert re.fullmatch(r"2026-03-0003  receipt [0-9A-Z]{4}-[0-9A-Z]{4}", first)
    assert others == [
        SECOND,
        "next due 2026-03-20 10:30: Call back within half an hour (Li)",
        "it is only on this machine: this repository knows no server to share it with",
    ]
    text = (dated.root / SECOND).read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../schema/editor.json\n")
    assert "demand: [refund, apology]\n" in text and "  name: 欧阳某\n" in text
    assert "    at: 2026-03-20T10:00+08:00\n    by: li\n    note: by phone\n" in text
    log = dated.git("log", "-1", "--format=%B%an")
    assert log.startswith("2026-03-0003: received") and "欧阳" not in log


def test_the_next_due_comes_true(dated: Any, run: Any) -> None:
    assert run("new", *TOLD).exit_code == 0
    assert run("check", "--as-of", "2026-03-20T10:30", "--changed", "HEAD~1").exit_code == 0
    late = run("check", "--as-of", "2026-03-24", "--changed", "HEAD~1")
    assert late.exit_code == 1 and "[deadline-overdue:answer]" in late.output


def test_in_chinese(dated: Any, run: Any) -> None:
    done = run("new", *TOLD, "--lang", "zh", "--at", "9:55")
    assert "回执号" in done.output and "下一时限 2026-03-20 10:25：半小时内回电（Li）" in done.output


def test_findings_are_shown(dated: Any, run: Any) -> None:
    done = run("new", "--channel", "fax", "--summary", "x")
    assert done.exit_code == 0 and "[choice-unknown]" in done.output


def test_what_git_would_never_forget_needs_yes(dated: Any, run: Any) -> None:
    stopped = run("new", "--channel", "phone", "--summary", "call 13812345678")
    assert (
        stopped.exit_code == 1 and "[personal-data-outside]" in stopped.output and "--yes" in stopped.output
    )
    assert not (dated.root / SECOND).exists()
    assert run("new", "--channel", "phone", "--summary", "call 13812345678", "--yes").exit_code == 0


@pytest.mark.parametrize(
    ("args", "words"),
    [
        ((), "nothing was told"),
        (("--summary", " "), "blank"),
        (("--channel", "By Phone"), "small letters"),
        (("--policy", "none"), "no policy 'none'"),
        (("--set", "summry=x"), "did you mean 'summary'"),
        (("--set", "summary"), "FIELD=VALUE"),
        (("--summary", "a", "--set", "summary=b"), "told twice"),
        (("--personal", "contacts.x=1"), "group of fields"),
        (("--summary", "x", "--at", "2026-13-01"), "2026-11-03T09:12"),
        (("--summary", "x", "--by", "Li Si"), "not a name"),
        (("--chanel", "phone"), "chanel"),
        (("--summary",), "--summary"),
    ],
)
def test_wrong_use_is_2_and_a_sentence(dated: Any, run: Any, args: tuple[str, ...], words: str) -> None:
    wrong = run("new", *args)
    assert wrong.exit_code == 2 and words in wrong.output and "Traceback" not in wrong.output
    assert dated.git("status", "--porcelain") == ""


def test_nobody_is_guessed(register: Any, run: Any) -> None:
    nobody = run("new", *TOLD)
    assert nobody.exit_code == 2 and "--by" in nobody.output


def test_without_git(dated: Any, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(dated.root))
    none = run("new", *TOLD)
    assert none.exit_code == 2 and "git is not installed" in none.output


def test_a_file_where_a_folder_should_be(dated: Any, run: Any) -> None:
    (dated.root / "cases/2026/03").rename(dated.root / "cases/2026/elsewhere")
    (dated.root / "cases/2026/03").touch()
    told = run("new", *TOLD)
    assert told.exit_code == 2 and "cannot be read or written" in told.output


def test_a_register_within_a_larger_repository(
    dated: Any, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dated.git("init", "-q", str(tmp_path / "all"))
    shutil.copytree(dated.root, tmp_path / "all/firm/register", ignore=shutil.ignore_patterns(".git"))
    monkeypatch.chdir(tmp_path / "all/firm/register/policies")
    assert run("new", *TOLD, root=False).exit_code == 0
    shown = ["git", "show", "--name-only", "--format=%s"]
    assert subprocess.run(shown, capture_output=True, text=True, check=True).stdout.split("\n")[:3] == [
        "2026-03-0003: received",
        "",
        f"firm/register/{SECOND}",
    ]


def test_it_is_shared_by_pushing(dated: Any, run: Any, tmp_path: Path) -> None:
    dated.git("init", "-q", "--bare", str(tmp_path / "server.git"))
    dated.git("remote", "add", "origin", str(tmp_path / "server.git"))
    assert "not yet shared: git push -u origin main" in run("new", *TOLD).output


@pytest.mark.skipif(os.name == "nt", reason="hooks are shell scripts here")
def test_a_refused_commit_says_how_to_finish_and_the_next_command_reminds(dated: Any, run: Any) -> None:
    hook = dated.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    refused = run("new", *TOLD)
    assert refused.exit_code == 2 and SECOND in refused.output and "To finish" in refused.output
    hook.unlink()
    after = run("new", *TOLD)
    assert "2026-03-0004" in after.output and f"not yet committed: {SECOND}" in after.output
    finish = re.search(r"To finish: (git .*?)\. To undo", after.output)
    assert finish
    subprocess.run(finish[1], shell=True, check=True, capture_output=True)
    assert dated.git("status", "--porcelain") == ""


def test_two_processes_at_once_get_two_numbers(dated: Any) -> None:
    command = [sys.executable, "-m", "casework", "new", *TOLD]
    both = [
        subprocess.Popen(command, cwd=dated.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], told
    numbers = {re.search(r"(\S+)  receipt", out).group(1) for out, _ in told}  # type: ignore[union-attr]
    assert numbers == {"2026-03-0003", "2026-03-0004"}
    assert dated.git("status", "--porcelain") == "" and dated.git("rev-list", "--count", "HEAD") == "4"


ASKED = ["", "", "phone", "", "2", "the lamp flickers", "", "chen", "told to wait", "y", "Ouyang"]
"""When, who, channel, category, severity, summary, complainant, respondent, note, personal data?, name …"""


def test_questions_one_by_one(dated: Any, terminal: Any) -> None:
    at = terminal("new")
    at.types(*ASKED, "", "", "", "", "", "", "", "")
    assert at.exit_code() == 0, at.seen
    assert "2026-03-0003  receipt" in at.seen and "Call back within half an hour" in at.seen
    text = (dated.root / SECOND).read_text("utf-8")
    assert "channel: phone\nseverity: major\nsummary: the lamp flickers\nrespondent: chen\n" in text
    assert "personal:\n  name: Ouyang\n" in text and "note: told to wait\n" in text
    assert draft(dated) == []


def test_a_wrong_answer_is_asked_again(dated: Any, terminal: Any) -> None:
    at = terminal("new", "--lang", "zh", "--by", "li")
    at.types("someday", "9:30", "fax", "1", "Not A Word", "", "", "", "台灯闪烁", "", "", "", "")
    at.types("n")
    assert at.exit_code() == 1, at.seen
    for words in (
        "请写成 2026-11-03T09:12",
        "请选 phone、visit、letter",
        "请用小写字母",
        "此项必填",
        "回车跳过",
    ):
        assert words in at.seen
    assert not (dated.root / SECOND).exists() and len(draft(dated)) == 1


def test_ctrl_c_keeps_the_answers_and_offers_them_again(dated: Any, terminal: Any) -> None:
    at = terminal("new")
    at.types(*ASKED[:6])
    at.stops()
    assert at.exit_code() == 130
    assert "--discard-draft" in at.seen.splitlines()[-1] and "Traceback" not in at.seen
    assert dated.git("status", "--porcelain") == "" and len(draft(dated)) == 1

    again = terminal("new")
    again.types("y", "", "", "visit", "", "-", "", "", "", "", "", "")
    assert again.exit_code() == 0, again.seen
    assert "unfinished last time: the lamp flickers" in again.seen
    text = (dated.root / SECOND).read_text("utf-8")
    assert "channel: visit\nsummary: the lamp flickers\n" in text, "changed, cleared, kept"
    assert draft(dated) == []


def test_a_draft_may_be_left_alone_or_thrown_away(dated: Any, terminal: Any, run: Any) -> None:
    def stopped(*answers: str) -> Any:
        at = terminal("new")
        at.types(*answers)
        at.stops()
        assert at.exit_code() == 130
        return at

    stopped("", "", "phone")
    assert run("new", *TOLD).exit_code == 0 and len(draft(dated)) == 1, "a case by options leaves it alone"
    at = stopped("n", "", "")
    assert "[phone]" not in at.seen and len(draft(dated)) == 1
    thrown = run("new", "--discard-draft")
    assert thrown.exit_code == 0 and "thrown away" in thrown.output and draft(dated) == []


def test_ctrl_c_before_the_first_answer(dated: Any, terminal: Any) -> None:
    at = terminal("new")
    at.stops()
    assert at.exit_code() == 130 and at.seen.rstrip().endswith("stopped: nothing was written")
    assert draft(dated) == []


def test_findings_are_shown_before_it_is_written(dated: Any, terminal: Any) -> None:
    at = terminal(
        "new", "--by", "li", "--category", "x", "--respondent", "chen", "--summary", "call 13812345678"
    )
    at.types("", "phone", "", "", "", "n", "n")
    assert at.exit_code() == 1, at.seen
    assert "[personal-data-outside]" in at.seen and dated.git("status", "--porcelain") == ""

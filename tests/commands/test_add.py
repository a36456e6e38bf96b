"""`casework add`: what it prints, when it asks, what it refuses, and that it looks at nothing it need not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

CASE = "cases/2026/03/2026-03-0001.yaml"
AT = ("--at", "2026-03-04T09:00")


def test_what_it_prints(dated: Any, run: Any) -> None:
    done = run("add", "1", "response_given", "mode=phone,visit", *AT, "--note", "sorry said")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"2026-03-0001: response_given  ({CASE})",
        "stage: new → answered",
        "to do next: Ask whether they are content (Li)",
        "it is only on this machine: this repository knows no server to share it with",
    ]
    assert dated.git("log", "-1", "--format=%s") == "2026-03-0001: response_given"


def test_in_chinese_and_by_the_chinese_name(dated: Any, run: Any) -> None:
    done = run("add", "0001", "约定时间", "about=reply", "due_at=2026-03-25 09:00", *AT, "--lang", "zh")
    assert done.exit_code == 0
    assert done.output.splitlines()[1:3] == ["阶段：新收", "已于 2026-03-05 23:59:59 到期：三日内答复（Li）"]


def test_the_default_is_now_and_we(dated: Any, run: Any) -> None:
    assert run("add", "0001", "accepted").exit_code == 0
    assert (
        (dated.root / CASE)
        .read_text("utf-8")
        .endswith(
            "  - {event: received, at: 2026-03-02T09:00, by: li}\n"
            "  - event: accepted\n    at: 2026-03-20T10:00+08:00\n    by: li\n"
        )
    )


def test_a_finding_needs_yes_where_nobody_can_be_asked(dated: Any, run: Any) -> None:
    before = (dated.root / CASE).read_bytes()
    asked = run("add", "0001", "outcome_promise", *AT)
    assert asked.exit_code == 1
    assert "[ban-broken:no-promise]" in asked.output and "--yes" in asked.output
    assert (dated.root / CASE).read_bytes() == before
    done = run("add", "0001", "outcome_promise", *AT, "--yes")
    assert done.exit_code == 0 and "[ban-broken:no-promise]" in done.output
    assert b"outcome_promise" in (dated.root / CASE).read_bytes()


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("0007", "accepted"), "no case is '0007'"),
        (("00", "accepted"), "no case is '00'"),
        (("0001", "acepted"), "did you mean accepted"),
        (("0001", "assigned"), "missing"),
        (("0001", "assigned", "wang"), "FIELD=VALUE"),
        (("0001", "accepted", "--at", "x"), "2026-11-03T09:12"),
        (("0001", "accepted", "--at", "1200-01-01"), "1900"),
        (("0001", "accepted", "by=li", "by=li"), "told twice"),
        (("0001", "accepted", "--as-of", "x"), "not a date"),
        (("0001", "accepted", "--note", "\x00"), ""),
        (("0001",), "EVENT"),
        ((), "CASE"),
    ],
)
def test_wrong_use_is_2_and_a_sentence(dated: Any, run: Any, args: tuple[str, ...], words: str) -> None:
    head = dated.git("rev-parse", "HEAD")
    wrong = run("add", *args)
    assert words in wrong.output and "Traceback" not in wrong.output
    assert wrong.exit_code == 2 or args[-1] == "\x00"
    assert (wrong.exit_code == 0) == (dated.git("rev-parse", "HEAD") != head)


def test_nobody_is_guessed(register: Any, run: Any) -> None:
    nobody = run("add", "0001", "accepted", *AT)
    assert nobody.exit_code == 2 and "--by" in nobody.output
    assert run("add", "0001", "accepted", *AT, "--by", "li").exit_code == 0


def test_hand_edits_not_yet_committed_are_told_not_lost(dated: Any, run: Any) -> None:
    with (dated.root / CASE).open("a") as file:
        file.write("# seen by the director\n")
    dated.write("cases/2026/03/2026-03-0009.yaml", "case: 2026-03-0009\n")
    done = run("add", "0001", "accepted", *AT)
    assert done.exit_code == 0
    assert "the commit also holds" in done.output
    assert "not yet committed: cases/2026/03/2026-03-0009.yaml" in done.output and "git" in done.output
    assert "# seen by the director" in dated.git("show", f"HEAD:{CASE}")


@pytest.mark.skipif(os.name == "nt", reason="hooks are shell scripts here")
def test_a_hook_refuses_and_the_next_command_names_what_is_left(dated: Any, run: Any) -> None:
    hook = dated.root / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not on a Friday >&2\nexit 1\n")
    hook.chmod(0o755)
    refused = run("add", "0001", "accepted", *AT)
    assert (
        refused.exit_code == 2 and "not on a Friday" in refused.output and "not committed" in refused.output
    )
    hook.unlink()
    after = run("add", "0002", "accepted", *AT)
    assert f"not yet committed: {CASE}" in after.output and "To undo" in after.output


def test_a_detached_head_is_told(dated: Any, run: Any) -> None:
    dated.git("switch", "-q", "--detach")
    done = run("add", "0001", "accepted", *AT)
    assert done.exit_code == 0 and "git switch -c" in done.output


def test_sharing(dated: Any, run: Any, tmp_path: Path) -> None:
    dated.git("init", "-q", "--bare", str(tmp_path / "server.git"))
    dated.git("remote", "add", "origin", str(tmp_path / "server.git"))
    assert "not yet shared: git push -u origin main" in run("add", "0001", "accepted", *AT).output
    dated.git("push", "-q", "-u", "origin", "main")
    assert "not yet shared: git push\n" in run("add", "0002", "accepted", *AT).output


def test_no_git_no_traceback(dated: Any, run: Any) -> None:
    (dated.root / ".git").rename(dated.root / "gone")
    none = run("add", "0001", "accepted", "--by", "li")
    assert none.exit_code == 2 and "not in a git repository" in none.output


def test_light_enough(dated: Any) -> None:
    """The libraries that would take longer to load than the whole deed may take are not loaded, nor other cases read."""
    dated.commit({"cases/2026/03/2026-03-0003.yaml": "not: [sound"})
    code = (
        "import sys, atexit, builtins\n"
        "heavy = {'git', 'jsonschema', 'mkdocs', 'jinja2'}\n"
        "atexit.register(lambda: print('LOADED', *sorted(heavy & set(sys.modules))))\n"
        "sys.addaudithook(lambda name, args: name == 'open' and '2026-03-0003' in str(args[0]) and print('READ'))\n"
        "from casework.commands.main import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "add", "0001", "accepted"],
        cwd=dated.root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "LOADED\n" in done.stdout and "READ" not in done.stdout


def test_questions_at_a_terminal(dated: Any, terminal: Any) -> None:
    at = terminal("add", "0001", "reply_commitment", "--at", "2026-03-04 09:00")
    at.types("Not a word", "reply", "tomorrow", "2026-03-25", "", "", "will call")
    assert at.exit_code() == 0, at.seen
    assert "About (about): Not a word" in at.seen and "small letters" in at.seen
    assert (
        (dated.root / CASE)
        .read_text("utf-8")
        .endswith(
            "  - event: reply_commitment\n    at: 2026-03-04T09:00\n    by: li\n"
            "    about: reply\n    due_at: 2026-03-25\n    note: will call\n"
        )
    )


def test_a_finding_is_asked_about_at_a_terminal(dated: Any, terminal: Any) -> None:
    at = terminal("add", "0001", "outcome_promise", *AT, "--lang", "zh")
    at.types("", "")
    assert at.exit_code() == 1 and "没有写入任何内容" in at.seen
    assert dated.git("status", "--porcelain") == ""
    at = terminal("add", "0001", "outcome_promise", *AT)
    at.types("", "y")
    assert at.exit_code() == 0 and "stage: new" in at.seen


def test_ctrl_c_at_a_question(dated: Any, terminal: Any) -> None:
    at = terminal("add", "0001", "assigned")
    at.stops()
    assert at.exit_code() == 130
    assert at.seen.rstrip().endswith("stopped: nothing was written") and "Traceback" not in at.seen
    assert dated.git("status", "--porcelain") == ""

"""An import is in the register as a whole or not at all, whenever it is stopped."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from casework.deeds import import_write
from casework.deeds.import_write import commit_at_once, finish
from casework.trail.git import GitTrouble

BODIES = {f"cases/2026/11/2026-11-{n:04}.yaml": f"case: {n}\nnote: 客诉\n".encode() for n in range(1, 41)}
FIRST = next(iter(BODIES))

CHILD = """
import os, signal, sys
from pathlib import Path
from casework.deeds import import_write
root, where, how = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
bodies = {f"cases/2026/11/2026-11-{n:04}.yaml": f"case: {n}\\nnote: 客诉\\n".encode() for n in range(1, 41)}
import_write._CHUNK = 10

def stop():
    os.kill(os.getpid(), getattr(signal, how))

def stopping(name, before):
    real = getattr(import_write, name)
    def stopped(*args):
        if before:
            stop()
        made = real(*args)
        if not before:
            stop()
        return made
    setattr(import_write, name, stopped)

if where == "half":
    import_write.commit_at_once(root, bodies, "imported", lambda count: stop())
else:
    name, _, when = where.partition(" ")
    stopping(name, when == "before")
    import_write.commit_at_once(root, bodies, "imported")
"""


def stopped(root: Path, where: str, how: str) -> int:
    """Run an import in a process of its own that is stopped somewhere; its exit code."""
    command = [sys.executable, "-c", CHILD, str(root), where, how]
    return subprocess.run(command, check=False, capture_output=True).returncode


def is_whole(repo) -> bool:
    """True if everything is committed and in place, False if nothing is; anything between fails."""
    there = {path for path in BODIES if (repo.root / path).exists()}
    committed = set(repo.git("ls-tree", "-r", "--name-only", "HEAD").splitlines()) & {*BODIES}
    indexed = set(repo.git("ls-files").splitlines()) & {*BODIES}
    assert there == committed == indexed and there in (set(), {*BODIES})
    assert repo.git("status", "--porcelain") == ""
    return bool(there)


@pytest.fixture
def begun(repo):
    repo.commit({"policies/register.yaml": "name: x\n"}, "a register")
    return repo


def test_every_file_is_committed_and_in_place(begun) -> None:
    steps: list[int] = []
    made = commit_at_once(begun.root, BODIES, "imported old-book: 40 cases", steps.append)
    assert is_whole(begun) and sum(steps) == 40
    assert (made.id, made.branch) == (begun.git("rev-parse", "HEAD"), "main")
    assert begun.git("log", "--format=%s %an") == "imported old-book: 40 cases Li Si\na register Li Si"
    assert (begun.root / FIRST).read_bytes() == BODIES[FIRST]
    assert finish(begun.root) == 0


def test_the_first_commit_of_a_repository(repo) -> None:
    commit_at_once(repo.root, BODIES, "imported")
    assert is_whole(repo)


def test_a_register_in_a_subfolder(begun) -> None:
    root = begun.root / "客诉"
    root.mkdir()
    commit_at_once(root, BODIES, "imported")
    assert begun.git("ls-tree", "-r", "--name-only", "HEAD", f"客诉/{FIRST}") == f"客诉/{FIRST}"
    assert (root / FIRST).read_bytes() == BODIES[FIRST] and begun.git("status", "--porcelain") == ""


def test_what_else_is_staged_or_edited_stays_as_it_was(begun) -> None:
    begun.commit({"staged": "1", "edited": "1"})
    begun.write("staged", "2")
    begun.git("add", "staged")
    begun.write("edited", "2")
    begun.write("new", "1")
    before = begun.git("status", "--porcelain")
    commit_at_once(begun.root, BODIES, "imported")
    assert begun.git("status", "--porcelain") == before
    assert "staged" not in begun.git("show", "--name-only", "--format=", "HEAD").splitlines()


def test_hooks_run_and_see_what_is_being_committed(begun) -> None:
    hook = begun.write(".git/hooks/pre-commit", "#!/bin/sh\ngit diff --cached --name-only | wc -l >> seen\n")
    hook.chmod(0o755)
    commit_at_once(begun.root, BODIES, "imported")
    assert (begun.root / "seen").read_text().split() == ["40"]


def test_a_hook_that_refuses_leaves_nothing(begun) -> None:
    begun.write(".git/hooks/pre-commit", "#!/bin/sh\necho not on a Sunday >&2\nexit 1\n").chmod(0o755)
    with pytest.raises(GitTrouble, match=r"not on a Sunday.*Nothing was written"):
        commit_at_once(begun.root, BODIES, "imported")
    assert not is_whole(begun) and not (begun.root / ".git/casework/import").exists()


def test_during_a_merge_nothing_is_done(begun) -> None:
    begun.write(".git/MERGE_HEAD", begun.git("rev-parse", "HEAD"))
    with pytest.raises(GitTrouble, match="a merge"):
        commit_at_once(begun.root, BODIES, "imported")
    (begun.root / ".git/MERGE_HEAD").unlink()
    assert not is_whole(begun)


@pytest.mark.parametrize("where", ["_stage before", "_stage after", "_commit before"])
def test_killed_before_the_commit_nothing_of_it_is_there(begun, where: str) -> None:
    assert stopped(begun.root, where, "SIGKILL") == -signal.SIGKILL
    assert not is_whole(begun)
    assert finish(begun.root) == 0
    commit_at_once(begun.root, BODIES, "imported")
    assert is_whole(begun)


@pytest.mark.parametrize(
    ("where", "left"),
    [("_commit after", 40), ("_put_in_place before", 40), ("half", 30), ("_put_in_place after", 0)],
)
def test_killed_behind_the_commit_the_rest_is_put_in_place_next_time(begun, where: str, left: int) -> None:
    assert stopped(begun.root, where, "SIGKILL") == -signal.SIGKILL
    assert len(begun.git("ls-tree", "-r", "--name-only", "HEAD", "cases").splitlines()) == 40
    assert finish(begun.root) == left
    assert is_whole(begun) and finish(begun.root) == 0


def test_finishing_touches_no_file_that_somebody_has_changed_since(begun) -> None:
    stopped(begun.root, "half", "SIGKILL")
    begun.write(FIRST, "mine\n")
    assert finish(begun.root) == 30
    assert (begun.root / FIRST).read_text() == "mine\n"


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="Ctrl-C cannot be made to wait here")
@pytest.mark.parametrize("where", ["_commit before", "_commit after", "half", "_put_in_place after"])
def test_ctrl_c_waits_from_the_commit_on(begun, where: str) -> None:
    assert stopped(begun.root, where, "SIGINT") == 0
    assert is_whole(begun)


@pytest.mark.parametrize("where", ["_stage before", "_stage after"])
def test_ctrl_c_before_it_leaves_nothing(begun, where: str) -> None:
    assert stopped(begun.root, where, "SIGINT") != 0
    assert not is_whole(begun) and not (begun.root / ".git/casework/import").exists()


def test_a_disk_that_refuses_is_told_and_finished_later(begun, monkeypatch: pytest.MonkeyPatch) -> None:
    real = import_write.patiently

    def full(root: Path, *args: str, stdin: bytes) -> None:
        if args[0] == "checkout-index":
            raise GitTrouble(import_write.same("No space left on device"))
        real(root, *args, stdin=stdin)

    monkeypatch.setattr(import_write, "patiently", full)
    with pytest.raises(GitTrouble, match=r"everything is committed, but .* No space left on device"):
        commit_at_once(begun.root, BODIES, "imported")
    monkeypatch.undo()
    assert finish(begun.root) == 40 and is_whole(begun)


def test_a_git_folder_that_cannot_be_written_is_no_traceback(begun) -> None:
    begun.write(".git/casework/import", "in the way")
    with pytest.raises(GitTrouble, match=r"File exists.*Nothing was written"):
        commit_at_once(begun.root, BODIES, "imported")
    assert not is_whole(begun)

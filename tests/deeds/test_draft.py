"""A draft survives its writer, is nobody else's business, and leaves no trace when it is done with."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest
from casework.deeds import draft
from casework.trail.git import GitTrouble
from casework.trail.sources import uncommitted

ANSWERS = {
    "channel": "phone",
    "personal": {"name": "甲某", "statement": "第一行\n第二行"},
    "demand": ["redo"],
}


def kept(repo) -> list[Path]:
    return sorted((repo.root / ".git" / "casework").glob("draft*"))


def test_no_draft_is_none(repo) -> None:
    assert draft.load(repo.root) is None
    draft.discard(repo.root)


def test_what_is_saved_is_loaded_until_discarded(repo) -> None:
    draft.save(repo.root, {"channel": "phone"})
    draft.save(repo.root, ANSWERS)
    loaded = draft.load(repo.root)
    assert loaded == ANSWERS and loaded is not None and list(loaded) == list(ANSWERS)
    assert len(kept(repo)) == 1
    draft.discard(repo.root)
    assert draft.load(repo.root) is None and not kept(repo)


def test_it_never_shows_in_the_work_tree_and_only_its_writer_reads_it(repo) -> None:
    draft.save(repo.root, ANSWERS)
    assert uncommitted(repo.root) == ()
    if os.name != "nt":
        assert [stat.S_IMODE(path.stat().st_mode) for path in kept(repo)] == [0o600]


def test_each_register_and_each_work_tree_has_its_own(repo, tmp_path: Path) -> None:
    repo.commit({"客诉/a": "1", "other/a": "1"})
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    roots = [
        repo.root,
        repo.root / "客诉",
        repo.root / "other",
        tmp_path / "second",
        tmp_path / "second" / "客诉",
    ]
    for rank, root in enumerate(roots):
        draft.save(root, {"rank": rank})
    assert [draft.load(root) for root in roots] == [{"rank": rank} for rank in range(5)]
    draft.discard(roots[1])
    assert draft.load(roots[0]) == {"rank": 0} and draft.load(roots[1]) is None


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe"])
def test_a_draft_that_cannot_be_read_is_none(repo, content: bytes) -> None:
    draft.save(repo.root, ANSWERS)
    kept(repo)[0].write_bytes(content)
    assert draft.load(repo.root) is None


def test_a_lone_surrogate_from_a_terminal_is_kept(repo) -> None:
    draft.save(repo.root, {"name": "\udcff"})
    assert draft.load(repo.root) == {"name": "\udcff"}


def test_where_nothing_can_be_kept_a_sentence_says_so(repo, tmp_path: Path, lone_git: None) -> None:
    (repo.root / ".git" / "casework").write_text("in the way")
    with pytest.raises(GitTrouble, match="could not be kept"):
        draft.save(repo.root, ANSWERS)
    with pytest.raises(GitTrouble, match="git init"):
        draft.save(tmp_path, ANSWERS)


WRITER = """
import sys
from pathlib import Path
from casework.deeds import draft
print("ready", flush=True)
for rank in range(10**6):
    draft.save(Path(sys.argv[1]), {"rank": rank, "text": "客" * 50_000})
"""


def test_killed_while_saving_the_draft_is_whole(repo) -> None:
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(repo.root)], stdout=subprocess.PIPE)
    assert child.stdout and child.stdout.readline()
    while draft.load(repo.root) is None:
        time.sleep(0.01)
    time.sleep(0.137)
    child.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    child.communicate()
    loaded = draft.load(repo.root)
    assert loaded is not None and loaded["text"] == "客" * 50_000
    draft.discard(repo.root)
    assert not kept(repo)

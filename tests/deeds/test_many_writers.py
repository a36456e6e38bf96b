"""Several people at one register, and writers killed at any moment: nothing twice, nothing lost, nothing half."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from casework.deeds.numbers import path_of
from casework.deeds.unfinished import unfinished
from casework.deeds.write import commit_files, write_commit

NEW = """
import sys
from pathlib import Path
from casework.deeds.lock import lock
from casework.deeds.numbers import next_number, path_of
from casework.deeds.write import write_commit
from casework.trail.refs import numbers_taken
root = Path(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with lock(root, patience=60):
        number = next_number(numbers_taken(root, "cases/2026/11"), "2026-11")
        write_commit(root, {path_of(number): f"by {sys.argv[3]}"}, number)
    print(number, flush=True)
"""

ADD = """
import sys
from pathlib import Path
from casework.deeds.write import write_commit
root, path = Path(sys.argv[1]), sys.argv[2]
print("ready", flush=True)
while True:
    old = (root / path).read_bytes()
    new = str(int(old[:8]) + 1).zfill(8).encode() * 40_000
    write_commit(root, {path: new}, new[:8].decode(), read={path: old})
"""

KILLED = """
import os, signal, sys
from pathlib import Path
from casework.deeds.write import write_commit
root, path, new, last = Path(sys.argv[1]), sys.argv[2], "cases/2026/12/new.yaml", int(sys.argv[3])
old = (root / path).read_bytes()
steps = 0
def watch(event, args):
    global steps
    if event == "open" and args[2] & (os.O_WRONLY | os.O_RDWR) and args[0] != os.devnull:
        event = "writing"
        if str(args[0]).endswith(".yaml"):
            print("written in place, so that a reader may find half of it:", args[0], file=sys.stderr)
    if event in ("writing", "os.mkdir", "os.rename", "os.remove", "subprocess.Popen"):
        steps += 1
        if steps == last:
            os.kill(os.getpid(), signal.SIGTERM if os.name == "nt" else signal.SIGKILL)
sys.addaudithook(watch)
write_commit(root, {path: b"new", new: b"new"}, "new", read={path: old})
"""


def python(script: str, *args: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def test_many_at_once_never_get_one_number_twice_and_lose_no_commit(repo, tmp_path: Path) -> None:
    repo.commit({"a": "1"})
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    roots = [repo.root, repo.root, tmp_path / "second", tmp_path / "second"]
    children = [python(NEW, root, 6, rank) for rank, root in enumerate(roots)]
    numbers = []
    for child in children:
        out, err = child.communicate(timeout=60)
        assert child.returncode == 0, err
        numbers += out.split()
    assert sorted(numbers) == [f"2026-11-{serial:04}" for serial in range(1, 25)]
    subjects = repo.git("log", "--format=%s", "main", "second").splitlines()
    assert sorted(subjects) == [*sorted(numbers), "entry"]
    assert unfinished(repo.root) == unfinished(tmp_path / "second") == ()


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_a_random_moment_a_file_is_the_old_or_the_new(repo, seed: int) -> None:
    path = path_of("2026-11-0001")
    write_commit(repo.root, {path: b"00000000" * 40_000}, "00000000")
    child = python(ADD, repo.root, path)
    assert child.stdout and child.stdout.readline()
    time.sleep(random.Random(seed).uniform(0.0, 0.25))
    child.send_signal(signal.SIGKILL if os.name != "nt" else signal.SIGTERM)
    child.communicate()
    _wait_for_git(repo)
    body = (repo.root / path).read_bytes()
    assert body == body[:8] * 40_000, "never half"
    written, committed = int(body[:8]), int(repo.git("log", "-1", "--format=%s"))
    assert written - committed in (0, 1), "nothing lost"
    left = [one.path for one in unfinished(repo.root) if one.kind != "leftover"]
    assert left == ([path] if written != committed else [])
    if left:
        commit_files(repo.root, left, body[:8].decode())
    write_commit(repo.root, {path: b"done"}, "the next one goes on", read={path: body})
    assert unfinished(repo.root) == ()
    assert repo.git("fsck", "--strict") == ""


def test_killed_at_every_step_the_next_command_can_finish_or_start_anew(repo) -> None:
    path, new = path_of("2026-11-0001"), repo.root / "cases/2026/12/new.yaml"
    repo.commit({path: "old"}, "old")
    for step in range(1, 60):
        child = python(KILLED, repo.root, path, step)
        _, err = child.communicate()
        if child.returncode == 0:
            break
        assert not err, err
        assert (repo.root / path).read_bytes() in (b"old", b"new")
        assert not new.exists() or new.read_bytes() == b"new"
        changed = {one.path for one in unfinished(repo.root) if one.kind != "leftover"}
        on_disk = {found for found in (path, "cases/2026/12/new.yaml") if _says_new(repo.root / found)}
        assert changed == (set() if repo.git("log", "-1", "--format=%s") == "new" else on_disk)
        _start_anew(repo, path)
    assert 8 < step < 59, "it was killed at several steps, and came through at last"
    assert repo.git("log", "-1", "--format=%s") == "new" and unfinished(repo.root) == ()


def _says_new(file: Path) -> bool:
    return file.exists() and file.read_bytes() == b"new"


def _start_anew(repo, path: str) -> None:
    repo.git("reset", "-q", "--hard", repo.git("rev-list", "--max-parents=0", "HEAD"))
    (repo.root / "cases/2026/12/new.yaml").unlink(missing_ok=True)
    assert (repo.root / path).read_bytes() == b"old"


def _wait_for_git(repo) -> None:
    """The git that a killed writer had started ends by itself."""
    end = time.monotonic() + 10
    while list((repo.root / ".git").glob("*.lock")) and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.1)

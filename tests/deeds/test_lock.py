"""Of several who want to write, one does; who died holding the lock does not keep the others out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from casework.deeds.lock import _ourselves, lock
from casework.trail.git import GitTrouble
from casework.words import Text


@pytest.fixture
def held(repo) -> Path:
    return repo.root / ".git" / "casework" / "lock"


def leave_behind(path: Path, host: str, process: int) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps([host, process, 1]))


def dead_process() -> int:
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    return child.pid


def test_the_lock_is_there_inside_and_gone_after(repo, held: Path) -> None:
    with lock(repo.root):
        assert json.loads(held.read_text())[1] == os.getpid()
        with lock(repo.root):
            assert held.exists()
        assert held.exists(), "the inner one does not end the outer one"
    assert not held.exists()


def test_an_error_inside_frees_it(repo, held: Path) -> None:
    with pytest.raises(RuntimeError), lock(repo.root):
        raise RuntimeError
    assert not held.exists()


def test_another_thread_waits_is_told_once_and_gives_up(repo) -> None:
    told: list[Text] = []
    caught: list[GitTrouble] = []

    def other() -> None:
        try:
            with lock(repo.root, patience=0.3, say=told.append):
                pytest.fail("two at once")
        except GitTrouble as trouble:
            caught.append(trouble)

    with lock(repo.root):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert len(told) == 1 and str(os.getpid()) in told[0].say("zh")
    assert "0.3 seconds" in str(caught[0]) and "lock" in str(caught[0])


def test_who_waits_gets_it_as_soon_as_it_is_free(repo, held: Path) -> None:
    leave_behind(held, _ourselves().host, os.getppid())
    threading.Timer(0.2, held.unlink).start()
    began = time.monotonic()
    with lock(repo.root):
        assert 0.1 < time.monotonic() - began < 5


def test_a_lock_left_by_a_dead_process_is_taken_over(repo, held: Path) -> None:
    leave_behind(held, _ourselves().host, dead_process())
    with lock(repo.root, patience=0):
        assert json.loads(held.read_text())[1] == os.getpid()


def test_a_process_of_another_machine_cannot_be_judged(repo, held: Path) -> None:
    leave_behind(held, "elsewhere", dead_process())
    with pytest.raises(GitTrouble, match="elsewhere"), lock(repo.root, patience=0.1):
        pass
    assert held.exists()


@pytest.mark.parametrize("content", ["", "[", "null", '["host"]', "\ufeff[]"])
def test_a_lock_file_nobody_finished_writing_is_taken_over_in_time(repo, held: Path, content: str) -> None:
    held.parent.mkdir()
    held.write_text(content, encoding="utf-8")
    with pytest.raises(GitTrouble), lock(repo.root, patience=0.1):
        pass
    os.utime(held, (time.time() - 60, time.time() - 60))
    with lock(repo.root, patience=0):
        pass


def test_a_remover_that_died_does_not_keep_others_out(repo, held: Path) -> None:
    leave_behind(held, _ourselves().host, dead_process())
    guard = held.with_name("lock.removing")
    guard.touch()
    with pytest.raises(GitTrouble), lock(repo.root, patience=0.1):
        pass
    os.utime(guard, (time.time() - 60, time.time() - 60))
    with lock(repo.root, patience=0):
        assert not guard.exists()


def test_linked_work_trees_and_subfolders_share_one_lock(repo, tmp_path: Path, held: Path) -> None:
    repo.commit({"sub/a": "1"})
    repo.git("worktree", "add", "-q", str(tmp_path / "second"))
    with lock(tmp_path / "second" / "sub"):
        assert held.exists()


def test_of_many_who_see_a_dead_lock_one_at_a_time_gets_it(repo, held: Path) -> None:
    leave_behind(held, _ourselves().host, dead_process())
    inside: list[int] = []
    most: list[int] = []

    def enter() -> None:
        with lock(repo.root):
            inside.append(1)
            most.append(len(inside))
            time.sleep(0.01)
            inside.pop()

    threads = [threading.Thread(target=enter) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 8


def test_a_git_folder_where_a_file_is_in_the_way(repo, held: Path) -> None:
    held.parent.write_text("in the way")
    with pytest.raises(GitTrouble, match="cannot be made"), lock(repo.root):
        pass

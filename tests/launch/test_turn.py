"""Two set-ups at once: one works, the other waits, and a dead one holds nobody up."""

from __future__ import annotations

import os
import time
from pathlib import Path
from threading import Thread

import pytest
from launch import turn
from launch.turn import one_at_a_time


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "BEAT", 0.02)
    monkeypatch.setattr(turn, "DEAD_AFTER", 0.5)


def test_they_take_turns(tmp_path: Path, capsys) -> None:
    lock, inside, seen = tmp_path / "b" / "lock", [], []

    def work() -> None:
        with one_at_a_time(lock):
            inside.append(1)
            seen.append(len(inside))
            time.sleep(0.05)
            inside.pop()

    threads = [Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1, 1, 1]
    assert not lock.exists()
    assert "waiting" in capsys.readouterr().err


def test_one_who_works_long_is_not_taken_for_dead(tmp_path: Path) -> None:
    lock, order = tmp_path / "lock", []

    def second() -> None:
        with one_at_a_time(lock):
            order.append("second")

    with one_at_a_time(lock):
        waiting = Thread(target=second)
        waiting.start()
        time.sleep(1)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_the_lock_of_a_dead_one_is_taken_over(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("1")
    os.utime(lock, (0, 0))
    with one_at_a_time(lock):
        assert lock.read_text() == str(os.getpid())
    assert not lock.exists()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, ValueError])
def test_it_is_given_back_whatever_happens(tmp_path: Path, stop: type[BaseException]) -> None:
    with pytest.raises(stop), one_at_a_time(tmp_path / "lock"):
        raise stop
    assert not (tmp_path / "lock").exists()


def test_a_folder_that_cannot_be_written_is_no_endless_wait(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OSError), one_at_a_time(tmp_path / "file" / "lock"):
        pass

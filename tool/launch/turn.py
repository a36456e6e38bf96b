"""Taking turns: of two set-ups started at once, one works and the other waits; a killed one is noticed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

from launch.speech import say

BEAT = 1.0
"""Seconds between two signs of life of the one at work."""
DEAD_AFTER = 10.0
"""Seconds without a sign of life, as the waiting one measures them, after which the lock is void."""


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Hold the file ``lock``, made by exclusive create, while the body runs; wait first if another holds it.

    The lock is a file and not an operating system's lock because these differ between systems and are
    unreliable on network folders. OSError when it cannot be written.
    """
    if not _is_taken(lock):
        say(
            "Another set-up of this folder is under way; waiting for it (or a few seconds, should it have died).",
            "这个文件夹正由另一个进程做准备，等它完成（如果它已中断，几秒后会接手）。",
        )
        _wait_for(lock)
    stop = Event()
    beating = Thread(target=_beat, args=(lock, stop), daemon=True)
    beating.start()
    try:
        yield
    finally:
        stop.set()
        beating.join()
        lock.unlink(missing_ok=True)


def _is_taken(lock: Path) -> bool:
    """Whether the lock is ours now."""
    try:
        lock.parent.mkdir(exist_ok=True)
        with lock.open("x") as held:
            held.write(str(os.getpid()))
    except FileExistsError:
        return False
    except PermissionError:
        # what Windows says of a file that is just being removed
        if lock.exists():
            return False
        raise
    return True


def _wait_for(lock: Path) -> None:
    seen, since = _last_beat(lock), time.monotonic()
    while not _is_taken(lock):
        time.sleep(BEAT / 5)
        beat = _last_beat(lock)
        if beat != seen:
            seen, since = beat, time.monotonic()
        elif time.monotonic() - since > DEAD_AFTER:
            lock.unlink(missing_ok=True)


def _last_beat(lock: Path) -> float | None:
    try:
        return lock.stat().st_mtime
    except FileNotFoundError:
        return None


def _beat(lock: Path, stop: Event) -> None:
    while not stop.wait(BEAT):
        try:
            os.utime(lock)
        except OSError:
            return

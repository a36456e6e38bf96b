"""One casework writes at a time: a lock file in the git folder that all linked work trees share."""

from __future__ import annotations

import json
import os
import platform
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, TextIO

from casework.trail.git import GitTrouble, repository_of
from casework.words import Text

_PAUSE = 0.05  # seconds between two looks
_TORN = 2.0  # seconds after which a lock file that nobody finished writing counts as left behind


class _Holder(NamedTuple):
    """Who holds the lock: a thread of a process of a host (its process namespace too: containers share names)."""

    host: str
    process: int
    thread: int


@contextmanager
def lock(root: Path, patience: float = 10.0, say: Callable[[Text], None] | None = None) -> Iterator[None]:
    """Hold the register's lock; the same thread may take it again inside.

    While another holds it, ``say`` is told once and we wait up to ``patience`` seconds; then GitTrouble. A lock
    left behind by a process of this machine that is no more is taken over.
    """
    path = repository_of(root).common_dir / "casework" / "lock"
    if _holder_of(path) == _ourselves():
        yield
        return
    file = _taken(path, patience, say)  # held open: so Windows lets nobody remove it while we live
    try:
        yield
    finally:
        file.close()
        with suppress(OSError):
            path.unlink()


def _taken(path: Path, patience: float, say: Callable[[Text], None] | None) -> TextIO:
    end = time.monotonic() + patience
    while not (file := _created(path)):
        if _is_left_behind(path) and _removed(path):
            continue
        if time.monotonic() > end:
            raise GitTrouble(_still_held(path, patience))
        if say:
            say(_waiting(path))
            say = None
        time.sleep(_PAUSE)
    return file


def _created(path: Path) -> TextIO | None:
    words = json.dumps(_ourselves())  # made before, so that the file is empty for microseconds only
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("x", encoding="utf-8")
        file.write(words)
        file.flush()
    except OSError as error:
        if isinstance(error, FileExistsError) and path.parent.is_dir():
            return None
        raise GitTrouble(_not_writable(path, error)) from None
    return file


def _removed(path: Path) -> bool:
    """Remove a lock left behind; of several who see it, one at a time, or the second would remove a fresh one."""
    guard = path.with_name("lock.removing")
    if _age(guard) > _TORN:
        guard.unlink(missing_ok=True)
    try:
        guard.open("x").close()
    except FileExistsError:
        return False
    try:
        if _is_left_behind(path):
            path.unlink(missing_ok=True)
        return True
    except PermissionError:  # Windows: whoever has it open is alive
        return False
    finally:
        guard.unlink(missing_ok=True)


def _is_left_behind(path: Path) -> bool:
    holder = _holder_of(path)
    if holder is None:
        return _age(path) > _TORN
    return holder.host == _ourselves().host and not _is_alive(holder.process)


def _holder_of(path: Path) -> _Holder | None:
    try:
        host, process, thread = json.loads(path.read_bytes())
        return _Holder(str(host), int(process), int(thread))
    except (OSError, ValueError, TypeError):
        return None


def _ourselves() -> _Holder:
    try:
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        space = ""
    return _Holder(f"{platform.node()} {space}".strip(), os.getpid(), threading.get_ident())


def _is_alive(process: int) -> bool:
    if os.name == "nt":
        return False  # there os.kill would end it; that its file can be removed at all is the test
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0


def _who(path: Path) -> dict[str, str | int]:
    holder = _holder_of(path) or _Holder("?", 0, 0)
    return {"process": holder.process, "host": holder.host.split()[0], "path": str(path)}


def _waiting(path: Path) -> Text:
    return Text(
        "another casework (process {process} on {host}) is writing to this register; waiting for it …",
        "另一个 casework（主机 {host} 上的进程 {process}）正在写入本登记簿，请稍候……",
        _who(path),
    )


def _still_held(path: Path, patience: float) -> Text:
    return Text(
        "another casework (process {process} on {host}) has been writing to this register for more than "
        "{seconds} seconds; nothing was changed. Try again later; if that process is no more, delete {path}",
        "另一个 casework（主机 {host} 上的进程 {process}）写入本登记簿已超过 {seconds} 秒；这里没有改动任何内容。"
        "请稍后再试；如果该进程已不存在，请删除 {path}",
        {**_who(path), "seconds": f"{patience:g}"},
    )


def _not_writable(path: Path, error: OSError) -> Text:
    return Text(
        "the lock file {path} cannot be made ({said}); nothing was changed",
        "无法创建锁文件 {path}（{said}）；没有改动任何内容",
        {"path": str(path), "said": error.strerror or str(error)},
    )

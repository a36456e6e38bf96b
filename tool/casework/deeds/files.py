"""Put whole files in their places: a reader, or a power cut, finds the old one or the new one, never half of one."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from stat import S_IMODE

from casework.deeds.unfinished import TEMPORARY
from casework.trail.git import GitTrouble
from casework.words import Text

_MANY = 64  # files beyond which the disk is told only once to write everything down


def put_files(root: Path, bodies: Mapping[str, bytes], read: Mapping[str, bytes]) -> None:
    """Write each body to its POSIX path below ``root``, under the register's lock.

    ``read`` holds the bytes each file had when the caller read it; a file not in it must not exist yet. If the
    disk says otherwise by now, GitTrouble and nothing is touched.
    """
    with _disk_troubles():
        _refuse_if_changed(root, bodies, read)
        _write(root, bodies)


def _refuse_if_changed(root: Path, bodies: Mapping[str, bytes], read: Mapping[str, bytes]) -> None:
    for path in bodies:
        target = _target(root, path)
        found = target.read_bytes() if target.exists() else None
        if found != read.get(path):
            raise GitTrouble(_changed(path) if path in read else _exists(path))


def _target(root: Path, path: str) -> Path:
    """Where a path lies on disk; GitTrouble if a link leads elsewhere."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts:
        raise ValueError(f"not a path below the register: {path!r}")
    target = root / pure
    if target.is_symlink() or not target.parent.resolve().is_relative_to(root.resolve()):
        raise GitTrouble(_linked(path))
    return target


def _write(root: Path, bodies: Mapping[str, bytes]) -> None:
    """All bodies beside their targets first, then each put in its place: a reader sees old or new, never half."""
    targets = {path: _target(root, path) for path in bodies}
    folders = {target.parent for target in targets.values()}
    _clear(folders)
    try:
        for path, body in bodies.items():
            _prepare(targets[path], body, now=len(bodies) <= _MANY)
        if len(bodies) > _MANY and hasattr(os, "sync"):
            os.sync()
        for target in targets.values():
            _replace(_beside(target), target)
    except BaseException:
        _clear(folders)
        raise
    for folder in folders:
        _settle(folder)


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name}{TEMPORARY}")


def _clear(folders: set[Path]) -> None:
    """Make the folders, and take away what a killed writer left in them (we hold the lock: none is at work)."""
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        for name in os.listdir(folder):
            if name.startswith(".") and name.endswith(TEMPORARY):
                (folder / name).unlink(missing_ok=True)


def _prepare(target: Path, body: bytes, now: bool) -> None:
    beside = _beside(target)
    with beside.open("xb") as file:
        file.write(body)
        file.flush()
        if now or not hasattr(os, "sync"):
            os.fsync(file.fileno())
    if target.exists():
        beside.chmod(S_IMODE(target.stat().st_mode))


def _replace(beside: Path, target: Path) -> None:
    """Windows refuses for the moment in which an editor or a virus scanner has the file open."""
    end = time.monotonic() + 2.0
    while True:
        try:
            return os.replace(beside, target)
        except PermissionError:
            if os.name != "nt" or time.monotonic() > end:
                raise
        time.sleep(0.05)


def _settle(folder: Path) -> None:
    """Make the new names last through a power cut, where the system can do so for a folder."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _disk_troubles() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        parts = {"path": str(error.filename or ""), "said": error.strerror or str(error)}
        raise GitTrouble(
            Text(
                "{path} cannot be read or written: {said}. Nothing was committed",
                "无法读写 {path}：{said}。没有提交任何内容",
                parts,
            )
        ) from None


def _changed(path: str) -> Text:
    return Text(
        "{path} was changed by someone else while you were at it; nothing was written. Look at it and try again",
        "{path} 在您操作期间被别人改过；没有写入任何内容。请查看后重试",
        {"path": path},
    )


def _exists(path: str) -> Text:
    return Text(
        "{path} already exists; nothing was written",
        "{path} 已经存在；没有写入任何内容",
        {"path": path},
    )


def _linked(path: str) -> Text:
    return Text(
        "{path} is a link or lies behind one, and git would not keep what it leads to; nothing was written",
        "{path} 是链接，或位于链接之后，git 不会保存它指向的内容；没有写入任何内容",
        {"path": path},
    )

"""Stored bytes by their id, from one ``git cat-file`` that stays open: a tenth of a millisecond each."""

from __future__ import annotations

import subprocess
import weakref
from pathlib import Path

from casework.trail.git import GitTrouble, start
from casework.words import Text


class Blobs:
    """Answers with the bytes of blobs; git is started at the first question and ended with this object."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of one blob by its full id; GitTrouble when it is not in this clone."""
        process = self._process or self._begin()
        try:
            return _answer(process, blob)
        except BaseException:  # an answer half read would be taken for the next one
            self._process = None
            _end(process)
            raise

    def _begin(self) -> subprocess.Popen[bytes]:
        self._process = process = start(self.root, "cat-file", "--batch")
        weakref.finalize(self, _end, process)
        return process


def _answer(process: subprocess.Popen[bytes], blob: str) -> bytes:
    assert process.stdin and process.stdout
    try:
        process.stdin.write(f"{blob}\n".encode("ascii"))
        process.stdin.flush()
    except OSError:
        raise GitTrouble(_lost(blob)) from None
    match process.stdout.readline().split():
        case [_, b"blob", size]:
            return process.stdout.read(int(size) + 1)[:-1]
        case _:
            raise GitTrouble(_lost(blob))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.communicate()


def _lost(blob: str) -> Text:
    return Text(
        "git cannot give the stored bytes {blob}: the repository is damaged, or this clone was made "
        "without them (--filter) and the server is out of reach. `git fsck` tells more",
        "git 取不出已存的内容 {blob}：仓库已损坏，或者克隆时没有带上它（--filter）而服务器又连不上。"
        "可运行 `git fsck` 查看详情",
        {"blob": blob},
    )

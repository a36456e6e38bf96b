"""What is true after a deed: is it committed, does it lie on a branch, has anybody else got it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

from casework.deeds.refused import Stopped
from casework.deeds.unfinished import Unfinished, how_to_end, unfinished
from casework.deeds.write import Commit
from casework.trail.git import GitTrouble, ask
from casework.words import Text

_FEW = 6  # files named one by one


@contextmanager
def told_when_stopped(root: Path, path: str, body: bytes, subject: str) -> Iterator[None]:
    """Turn Ctrl-C while ``path`` is being written and committed into Stopped, which says how far it came."""
    try:
        yield
    except KeyboardInterrupt:
        raise Stopped(_how_far(root, path, body, subject)) from None


def sharing_of(root: Path, commit: Commit) -> Text | None:
    """Who else has a commit just made, for deeds that need nothing more; see ``Surroundings.sharing_text``."""
    return Surroundings(root).sharing_text(commit)


class Surroundings:
    """What git says of a register before a deed: what lies uncommitted, and whom it is shared with.

    Asked in a thread of its own, since git takes as long over it as we take over reading the policies. Where
    git refuses, nothing is known here; the deed itself will meet the same refusal and tell it.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._left: tuple[Unfinished, ...] = ()
        self._config = ""
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def uncommitted_text(self, but: str = "") -> Text | None:
        """What an earlier command, or a hand, left without committing it (all ``but`` one path); both ways out."""
        self._thread.join()
        left = [each for each in self._left if each.path != but]
        if not left:
            return None
        names = [each.path for each in left[:_FEW]] + (["…"] if len(left) > _FEW else [])
        ways = how_to_end(self.root, left, Path(left[0].path).stem if len(left) == 1 else "cases")
        parts = {"paths": names, "ways": ways}
        return Text("not yet committed: {paths}. {ways}", "尚未提交：{paths}。{ways}", parts)

    def taken_along_text(self, path: str) -> Text | None:
        """That a commit of ``path`` holds more than the deed: somebody changed the file before and did not commit."""
        self._thread.join()
        if not any(each.path == path and each.kind != "leftover" for each in self._left):
            return None
        return Text(
            "the commit also holds what had been changed in this file before and was not yet committed",
            "此前在该文件中所作、尚未提交的改动，也一并提交了",
        )

    def sharing_text(self, commit: Commit) -> Text | None:
        """Who else has a commit just made: a sentence while it is only here; None once a remote has it.

        Asks no server: a hook that pushed by itself is seen, a colleague's fetch is not.
        """
        if not commit.branch:
            return Text(
                "this work tree is on no branch (detached HEAD): give the commit one before you leave it, "
                "git switch -c NAME",
                "当前不在任何分支上（游离 HEAD）：离开之前请给这次提交建一个分支，git switch -c 名称",
            )
        push = self._push(commit.branch)
        if push is None:
            return Text(
                "it is only on this machine: this repository knows no server to share it with",
                "目前只保存在本机：该仓库没有配置可共享的服务器",
            )
        if not ask(self.root, "rev-list", "--max-count=1", commit.id, "--not", "--remotes"):
            return None
        return Text("not yet shared: {push}", "尚未共享：{push}", {"push": push})

    def _push(self, branch: str) -> str | None:
        """The command that shares a branch; None where there is nobody to share it with."""
        self._thread.join()
        keys = [line.partition(" ")[0] for line in self._config.splitlines()]
        remotes = [key[len("remote.") : -len(".url")] for key in keys if key.startswith("remote.")]
        if not remotes:
            return None
        first = "origin" if "origin" in remotes else remotes[0]
        return "git push" if f"branch.{branch}.merge" in keys else f"git push -u {first} {branch}"

    def _look(self) -> None:
        with suppress(GitTrouble):  # exit 1: neither remote nor branch is configured
            wanted = r"^(remote\..*\.url|branch\..*\.merge)$"
            self._config = ask(self.root, "config", "--get-regexp", wanted).decode("utf-8", "replace")
        with suppress(GitTrouble):
            self._left = unfinished(self.root)


def _how_far(root: Path, path: str, body: bytes, subject: str) -> Text:
    target = root / path
    if not target.is_file() or target.read_bytes() != body:
        return Text("stopped: nothing was written", "已中止：没有写入任何内容")
    left = unfinished(root, path)
    if not left:
        return Text(
            "stopped, but it was done already: {path} is committed",
            "已中止，但此前已经完成：{path} 已提交",
            {"path": path},
        )
    return Text(
        "stopped: {path} is written but not committed. {ways}",
        "已中止：{path} 已写入但尚未提交。{ways}",
        {"path": path, "ways": how_to_end(root, left, subject)},
    )

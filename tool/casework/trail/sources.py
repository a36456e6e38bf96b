"""The files of the index or of one commit as sources, and what on disk is not yet committed or shared."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from casework.trail.blobs import Blobs
from casework.trail.commits import commit_of, has_commit
from casework.trail.git import GitTrouble, Repository, ask, repository_of
from casework.words import Text


class _Stored:
    """Files known by path and blob id; hidden ones can be read but are not listed, as in the work tree."""

    def __init__(self, root: Path, ids: Mapping[str, str]) -> None:
        self._ids = ids
        self._paths = sorted(path for path in ids if "/." not in f"/{path}")
        self._blobs = Blobs(root)

    def paths(self, under: str = "") -> Iterator[str]:
        """Every file below the folder ``under``, sorted."""
        prefix = f"{under}/" if under else ""
        yield from (path for path in self._paths if path.startswith(prefix))

    def id_of(self, path: str) -> str:
        """Git's blob id of one file (equal bytes, equal id); FileNotFoundError if there is none."""
        try:
            return self._ids[path]
        except KeyError:
            raise FileNotFoundError(path) from None

    def read(self, path: str) -> bytes:
        """The stored bytes of one file; FileNotFoundError if there is none, GitTrouble if git lost them."""
        return self._blobs.read(self.id_of(path))


class Tree(_Stored):
    """The files of one commit, whose full id is ``commit``; GitTrouble when this clone has it not."""

    def __init__(self, root: Path, revision: str) -> None:
        self.commit = commit_of(root, revision)
        prefix = repository_of(root).prefix
        below = ("--", prefix) if prefix else ()
        listing = ask(root, "ls-tree", "-r", "-z", "--full-tree", self.commit, *below)
        super().__init__(root, dict(_tree_entries(listing, prefix)))


class Index(_Stored):
    """The files as staged for the next commit; in a hook, as staged for the commit being made.

    GitTrouble while a file is in conflict: then nobody has yet said what the next commit holds.
    """

    def __init__(self, root: Path) -> None:
        env = _index_of_hook(repository_of(root))
        listing = ask(root, "ls-files", "--stage", "-z", env=env)
        super().__init__(root, dict(_index_entries(listing)))


def uncommitted(root: Path, under: str = "") -> tuple[str, ...]:
    """Paths below ``under`` that differ, on disk or in the index, from the last commit; not ignored files."""
    return tuple(path for _, path in changes(root, under))


def changes(root: Path, under: str = "") -> tuple[tuple[str, str], ...]:
    """Like ``uncommitted``, each after git's two letters: index, then work tree (``??``: new to git)."""
    prefix = repository_of(root).prefix
    options = ("--porcelain=v1", "-z", "--untracked-files=all", "--no-renames", "--ignore-submodules=all")
    listing = ask(root, "status", *options, "--", under or ".")
    entries = (entry.decode("utf-8", "surrogateescape") for entry in _entries(listing))
    return tuple(
        sorted(((entry[:2], entry[3 + len(prefix) :]) for entry in entries), key=lambda found: found[1])
    )


def is_shared(root: Path, path: str = "", revision: str = "HEAD") -> bool:
    """Whether a commit (or of it, all that concerns ``path``, uncommitted too) is on a remote's branch.

    False without a remote or before the first commit. Asks no server: the last push or fetch counts.
    """
    if not has_commit(root) or (path and uncommitted(root, path)):
        return False
    below = ("--", path) if path else ()
    commit = commit_of(root, revision)
    return not ask(root, "rev-list", "--max-count=1", commit, "--not", "--remotes", *below)


def _tree_entries(listing: bytes, prefix: str) -> Iterator[tuple[str, str]]:
    for entry in _entries(listing):
        about, _, path = entry.partition(b"\t")
        mode, _, blob = about.split()
        if mode.startswith(b"100"):  # 120000 is a link, 160000 a submodule
            yield path.decode("utf-8", "surrogateescape")[len(prefix) :], blob.decode("ascii")


def _index_entries(listing: bytes) -> Iterator[tuple[str, str]]:
    for entry in _entries(listing):
        about, _, name = entry.partition(b"\t")
        mode, blob, stage = about.split()
        path = name.decode("utf-8", "surrogateescape")
        if stage != b"0":
            raise GitTrouble(_in_conflict(path))
        if mode.startswith(b"100"):
            yield path, blob.decode("ascii")


def _entries(listing: bytes) -> Iterable[bytes]:
    return listing.split(b"\0")[:-1]


def _index_of_hook(repository: Repository) -> dict[str, str]:
    # `git commit FILE` shows its hooks an index of its own; that of another repository is not ours.
    index = os.environ.get("GIT_INDEX_FILE", "")
    path = (repository.top / index).resolve()
    ours = index and path.is_relative_to(repository.git_dir.resolve())
    return {"GIT_INDEX_FILE": str(path)} if ours else {}


def _in_conflict(path: str) -> Text:
    return Text(
        "{path} is in conflict: two people changed it. Edit it until it is right, then `git add {path}`",
        "{path} 有冲突：两个人都改过它。请改到正确为止，再运行 `git add {path}`",
        {"path": path},
    )

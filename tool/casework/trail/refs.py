"""Which case numbers are taken anywhere we can see: on disk, on every branch and tag, or erased since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

from casework.trail.git import ask, repository_of


def numbers_taken(root: Path, folder: str) -> set[str]:
    """Names, less their endings, of the files directly in a month's ``folder`` (``cases/2026/11``).

    Looks at the disk and the commit of every linked work tree, at all branches (those of remotes as last
    fetched) and tags, and at what was ever added there and is deleted since.
    """
    repository = repository_of(root)
    inside = f"{repository.prefix}{folder}"
    trees, commits = _work_trees(root)
    on_disk = (name for tree in trees for name in _files(tree / inside))
    names = {*on_disk, *_stored(root, commits | _tips(root), inside), *_once_added(root, folder)}
    return {name.partition(".")[0] for name in names if not name.startswith(".")}


def _work_trees(root: Path) -> tuple[set[Path], set[str]]:
    """All work trees of the repository, and the commits they stand on (which may be on no branch)."""
    lines = ask(root, "worktree", "list", "--porcelain").decode("utf-8", "surrogateescape").splitlines()
    pairs = [line.partition(" ") for line in lines]
    trees = {Path(value) for key, _, value in pairs if key == "worktree"}
    return trees, {value for key, _, value in pairs if key == "HEAD" and value.strip("0")}


def _files(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:  # no such month there, or a work tree that is gone
        return []


def _tips(root: Path) -> set[str]:
    listing = ask(root, "for-each-ref", "--format=%(objectname)")
    return set(listing.decode("ascii").split())


def _stored(root: Path, commits: Iterable[str], inside: str) -> Iterator[str]:
    """File names in the folder ``inside`` of each commit; folders that are equal are read once."""
    wanted = [f"{commit}:{inside}" for commit in sorted(commits)]
    answers = _asked(root, "--batch-check=%(objectname) %(objecttype)", wanted).splitlines()
    trees = sorted({answer[:-5].decode("ascii") for answer in answers if answer.endswith(b" tree")})
    bodies = _asked(root, "--batch", trees)
    start = 0
    for tree in trees:
        size = int(bodies[start : (end := bodies.index(b"\n", start))].split()[2])
        yield from _tree_names(bodies[end + 1 : end + 1 + size], len(tree) // 2)
        start = end + size + 2


def _asked(root: Path, how: str, names: list[str]) -> bytes:
    questions = "".join(f"{name}\n" for name in names).encode("utf-8", "surrogateescape")
    return ask(root, "cat-file", how, stdin=questions) if names else b""


def _tree_names(body: bytes, width: int) -> Iterator[str]:
    """The names in a tree as git stores it: mode, blank, name, NUL, then the id in ``width`` bytes."""
    start = 0
    while start < len(body):
        end = body.index(b"\0", start)
        yield body[start:end].partition(b" ")[2].decode("utf-8", "surrogateescape")
        start = end + 1 + width


def _once_added(root: Path, folder: str) -> Iterator[str]:
    """File names that some commit added; older commits than the month cannot know its numbers."""
    year, month = PurePosixPath(folder).parts[-2:]
    since = date(int(year), int(month), 1) - timedelta(days=2)  # clocks and zones differ
    options = ("--all", "--full-history", "--no-renames", "--diff-filter=A", "--name-only", "--format=", "-z")
    listing = ask(root, "log", *options, f"--since={since}T00:00:00Z", "--", folder)
    return (
        PurePosixPath(path).name for path in listing.decode("utf-8", "surrogateescape").split("\0") if path
    )

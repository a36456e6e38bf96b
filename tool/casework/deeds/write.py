"""Write whole files and make one commit of exactly them, so that at no moment anything is half done or lost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from casework.deeds.files import put_files
from casework.deeds.lock import lock
from casework.deeds.unfinished import how_to_end, unfinished
from casework.trail.git import GitTrouble, ask
from casework.trail.writing import is_by_git, patiently, refuse_during_merge, why_refused
from casework.words import Text

_PATHS = ("--pathspec-from-file=-", "--pathspec-file-nul")


class Commit(NamedTuple):
    """A commit just made: full id, the branch it is on (empty when on none), the paths it holds."""

    id: str
    branch: str
    paths: tuple[str, ...]


def write_commit(
    root: Path, files: Mapping[str, str | bytes], subject: str, read: Mapping[str, bytes] | None = None
) -> Commit:
    """Write ``files`` (POSIX paths below ``root``; text becomes UTF-8 as it stands) and commit exactly these.

    ``read`` holds the bytes each file had when the caller read it; a file not in it must not exist yet. If the
    disk says otherwise by now, or a merge is under way, GitTrouble and nothing is touched. If git or a hook
    refuses the commit, the files stay written and GitTrouble says how to finish or undo. What else is staged
    stays staged; hooks run, and commits are signed where the repository says so.

    ``subject`` goes into history, which nobody can forget: it must never hold personal data. The lock is taken
    unless this thread holds it already.
    """
    bodies = {path: body.encode() if isinstance(body, str) else body for path, body in files.items()}
    with lock(root):
        refuse_during_merge(root)
        put_files(root, bodies, read or {})
        return commit_files(root, tuple(bodies), subject)


def commit_files(root: Path, paths: Sequence[str], subject: str) -> Commit:
    """Commit exactly ``paths`` as they lie on disk (this finishes what a failure left); GitTrouble as above."""
    listed = "\0".join(paths).encode("utf-8", "surrogateescape")
    try:
        _commit(root, subject, listed)
    except GitTrouble as trouble:
        raise GitTrouble(_told(root, paths, subject, trouble), trouble.said, trouble.code) from None
    commit, branch = ask(root, "rev-parse", "HEAD", "--symbolic-full-name", "HEAD").decode().split()
    return Commit(commit, branch.removeprefix("refs/heads/").removeprefix("HEAD"), tuple(paths))


def _commit(root: Path, subject: str, listed: bytes) -> None:
    """Commit; make files known to git first only if it says it has to, for that writes the whole index twice."""
    commit = ("commit", "--only", "--quiet", "-m", subject, *_PATHS)
    try:
        patiently(root, *commit, stdin=listed)
    except GitTrouble as trouble:
        if "did not match any file" not in trouble.said:
            raise
        patiently(root, "add", *_PATHS, stdin=listed)
        patiently(root, *commit, stdin=listed)


def _told(root: Path, paths: Sequence[str], subject: str, trouble: GitTrouble) -> Text:
    """Why git refused, and both ways out for what is now written but not committed."""
    wanted = set(paths)
    left = [found for found in unfinished(root, "") if found.path in wanted]
    if not left:
        return trouble.text if is_by_git(trouble) else _nothing_new()
    parts = {
        "why": why_refused(root, trouble),
        "paths": tuple(found.path for found in left[:6]) + (("…",) if len(left) > 6 else ()),
        "ways": how_to_end(root, left, subject),
    }
    return Text(
        "{why}\nwritten but not committed: {paths}. {ways}",
        "{why}\n已写入文件、但尚未提交：{paths}。{ways}",
        parts,
    )


def _nothing_new() -> Text:
    return Text(
        "there is nothing to commit: the committed files already say exactly this",
        "没有可提交的内容：已提交的文件与此完全相同",
    )

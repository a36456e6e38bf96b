"""The trail: for every case file its committed revisions, oldest first, in one pass over the history.

GitPython runs this one `git log` and is used nowhere else. Importing it costs 100 ms and makes it start git,
which `add`, `new` and `check` of one file would feel and a site of a thousand pages does not; so it is imported
when the history is asked for. Its own walks through commits are avoided (100 times slower than `git log`), and so
is its `index.commit`, which leaves out signatures.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal, NamedTuple

from casework.trail.commits import has_commit, is_shallow
from casework.trail.git import GitTrouble, Repository, repository_of
from casework.trail.refusals import refusal_text
from casework.words import Text

Status = Literal["added", "changed", "removed"]

_FORMAT = "--format=%H%x00%an%x00%ct%x00%s"
_OPTIONS = (
    *("--date-order", "--reverse", "--full-history"),
    *("--name-status", "-z", "--no-renames", "--no-relative", "--no-show-signature", "--encoding=UTF-8"),
    "--diff-merges=combined",  # of a merge, only what it says and none of its parents said
)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_SECOND = 253_402_300_799  # of the year 9999: git lets a broken clock say more


class Revision(NamedTuple):
    """What one commit did to one file."""

    commit: str  # full id
    author: str  # name
    at: datetime  # when it was committed, by the committer's clock, in UTC
    subject: str
    status: Status


def revisions(root: Path, under: str = "cases") -> Mapping[str, tuple[Revision, ...]]:
    """The trail of each file below ``under``, by path, as the branch we stand on tells it; empty before any commit.

    A parent stands before its children, whatever the clocks said. A file renamed is removed and added.
    GitTrouble in a shallow clone: it would tell that everything began at its edge.
    """
    repository = repository_of(root)
    if not has_commit(root):
        return {}
    if is_shallow(root):
        raise GitTrouble(_shallow())
    return revisions_from(_log(repository, under), repository.prefix)


def revisions_from(log: str, prefix: str) -> dict[str, tuple[Revision, ...]]:
    """Read what `git log` said (NUL between its fields) into trails; ``prefix`` is cut off the paths."""
    trails: dict[str, list[Revision]] = {}
    for path, revision in _steps(log.split("\0")):
        trails.setdefault(path[len(prefix) :], []).append(revision)
    return {path: tuple(trail) for path, trail in sorted(trails.items())}


def _steps(words: list[str]) -> Iterator[tuple[str, Revision]]:
    """Each commit is an id, author, seconds and subject, then pairs of status letters and path."""
    stream = iter(words)
    about: tuple[str, str, datetime, str] = ("", "", _EPOCH, "")
    for word in stream:
        sign = word.lstrip("\n")
        if len(sign) >= 40:  # ids have 40 digits or 64; nobody has 40 parents
            about = sign, next(stream), _instant(next(stream)), next(stream)
        elif sign:
            yield next(stream), Revision(*about, status=_status(sign))


def _instant(seconds: str) -> datetime:
    return _EPOCH + timedelta(seconds=min(int(seconds), _LAST_SECOND))


def _status(letters: str) -> Status:
    """One letter for each parent; what differs from parent to parent is a change."""
    alike: dict[str, Status] = {"A": "added", "D": "removed"}
    return alike.get("".join(set(letters)), "changed")


def _log(repository: Repository, under: str) -> str:
    from git import Repo
    from git.exc import GitCommandError

    ours = {
        "GIT_DIR": str(repository.git_dir),
        "GIT_WORK_TREE": str(repository.top),
        "GIT_LITERAL_PATHSPECS": "1",
    }
    with Repo(repository.top) as repo, repo.git.custom_environment(**ours):
        try:
            return str(repo.git.log(*_OPTIONS, _FORMAT, "HEAD", "--", f"{repository.prefix}{under}"))
        except GitCommandError as error:
            said = os.fsdecode(error.stderr)
            raise GitTrouble(refusal_text(said, str(repository.top), "log"), said) from None


def _shallow() -> Text:
    return Text(
        "this clone holds only the newest commits, so the history of the cases cannot be told: fetch the rest "
        "with `git fetch --unshallow` (in CI: check out with the full history)",
        "这个克隆只带有最近的提交，无法说明各案件的历史：请用 `git fetch --unshallow` 取回其余提交"
        "（在 CI 中请检出完整历史）",
    )

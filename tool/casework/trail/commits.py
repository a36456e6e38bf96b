"""Which commit a name means, and whether this clone reaches back far enough to know."""

from __future__ import annotations

from pathlib import Path

from casework.trail.git import GitTrouble, ask, repository_of
from casework.words import Text


def commit_of(root: Path, revision: str) -> str:
    """The full id of the commit that ``revision`` names; GitTrouble says whether it is unknown or cut off."""
    if not revision or revision.startswith("-"):
        raise GitTrouble(_unknown(revision))
    try:
        found = ask(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}")
    except GitTrouble as trouble:
        repository_of(root)  # if there is none, that is the better sentence
        raise GitTrouble(_why_unknown(root, revision), trouble.said, trouble.code) from None
    return found.decode("ascii").split()[-1]


def is_shallow(root: Path) -> bool:
    """Whether this clone was cut off (``git clone --depth``), so that older commits are missing."""
    return ask(root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def has_commit(root: Path) -> bool:
    """Whether anything has been committed on the branch we stand on."""
    try:
        ask(root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}")
    except GitTrouble as trouble:
        if trouble.code != 1:
            raise
        return False
    return True


def _why_unknown(root: Path, revision: str) -> Text:
    if revision == "HEAD" and not has_commit(root):
        return Text("nothing has been committed here yet", "这里还没有任何提交")
    if is_shallow(root):
        return Text(
            "'{revision}' is not in this clone, which holds only the newest commits: fetch the rest with "
            "`git fetch --unshallow` (in CI: check out with the full history)",
            "这个克隆里没有“{revision}”，因为它只带有最近的提交：请用 `git fetch --unshallow` 取回其余历史"
            "（在 CI 中请检出完整历史）",
            {"revision": revision},
        )
    return _unknown(revision)


def _unknown(revision: str) -> Text:
    return Text(
        "git knows no commit, branch or tag '{revision}'; if it is a colleague's, run `git fetch` first",
        "git 找不到名为“{revision}”的提交、分支或标签；如果它在同事那里，请先运行 `git fetch`",
        {"revision": revision},
    )

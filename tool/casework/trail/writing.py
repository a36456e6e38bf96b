"""What a git command that writes may meet: locks that others hold, an unfinished merge, a hook that refuses."""

from __future__ import annotations

import os
import time
from pathlib import Path

from casework.trail.git import GitTrouble, ask, repository_of, tell
from casework.trail.refusals import words_of
from casework.words import Text

_BUSY_SECONDS = 5.0  # an editor that asks git for its status holds the index this long at most


def refuse_during_merge(root: Path) -> None:
    """GitTrouble while a merge, cherry-pick or revert is unfinished: a commit now would end it by accident."""
    git_dir = repository_of(root).git_dir
    if any((git_dir / name).exists() for name in ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD")):
        raise GitTrouble(
            Text(
                "a merge, cherry-pick or revert is under way here; nothing was changed. Finish it (`git commit`) "
                "or abort it (`git merge --abort`), then try again",
                "这里的合并、拣选或还原还没有完成；没有改动任何内容。请先完成（`git commit`）或放弃"
                "（`git merge --abort`），然后重试",
            )
        )


def patiently(root: Path, *args: str, stdin: bytes) -> None:
    """Tell git, again while another git holds one of its locks for a moment."""
    end = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            tell(root, *args, stdin=stdin)
            return
        except GitTrouble as trouble:
            busy = ".lock': File exists" in trouble.said or "cannot lock ref" in trouble.said
            if not busy or time.monotonic() > end:
                raise
        time.sleep(0.1)


def _is_by_hook(root: Path, trouble: GitTrouble) -> bool:
    if is_by_git(trouble):
        return False
    hooks = root / os.fsdecode(ask(root, "rev-parse", "--git-path", "hooks")).rstrip("\n")
    return any((hooks / name).is_file() for name in ("pre-commit", "prepare-commit-msg", "commit-msg"))


def _hook_refused(trouble: GitTrouble) -> Text:
    return Text(
        "a check of this repository (a git hook) refused the commit: {said}",
        "本仓库的提交检查（git 钩子）拒绝了这次提交：{said}",
        {"said": words_of(trouble.said) or "–"},
    )


def is_by_git(trouble: GitTrouble) -> bool:
    """Whether git itself refused, and not a hook."""
    # git ends with 128 when it refuses by itself; with 1 when a hook did, or nothing is new
    return trouble.code != 1 or "ignored by one of your" in trouble.said


def why_refused(root: Path, trouble: GitTrouble) -> Text:
    """Why a commit was refused: a hook's own words where it was a hook."""
    return _hook_refused(trouble) if _is_by_hook(root, trouble) else trouble.text

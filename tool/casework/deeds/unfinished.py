"""What lies on disk but is not committed, and how to finish or undo it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

from casework.trail.sources import changes
from casework.words import Text, same

TEMPORARY = (
    ".casework-tmp"  # the ending of a file being written; hidden, so that no reader takes it for a case
)
_FEW = 6  # paths a command names one by one

Kind = Literal["new", "added", "changed", "gone", "conflict", "leftover"]


class Unfinished(NamedTuple):
    """A file below the register that says something else than the last commit.

    ``new``: unknown to git. ``added``: new, and staged. ``changed``: edited. ``gone``: deleted, or committed
    by an import that was stopped before it could put the file in place. ``conflict``: an unfinished merge.
    ``leftover``: half of a file whose writer was killed; the file itself is as it was.
    """

    path: str
    kind: Kind


def unfinished(root: Path, under: str = "cases") -> tuple[Unfinished, ...]:
    """What is on disk or staged below ``under`` and not committed, by path. GitTrouble if git refuses."""
    return tuple(Unfinished(path, _kind(letters, path)) for letters, path in changes(root, under))


def how_to_end(root: Path, found: Sequence[Unfinished], subject: str) -> Text:
    """Both ways out, as commands to type: finish (commit, under ``subject``) and undo; a loss is only undone."""
    wanted = [one for one in found if one.kind not in ("leftover", "gone")]
    parts = {"finish": _finish(root, wanted, subject), "undo": _undo(root, found)}
    if any(one.kind == "conflict" for one in found):
        return Text(
            "To finish: mend the marked lines, `git add` the file and `git commit`. To undo: git merge --abort",
            "完成：改好有冲突标记的行，对该文件运行 `git add`，再运行 `git commit`。撤销：git merge --abort",
        )
    if not wanted:
        return Text("To undo: {undo}", "撤销：{undo}", parts)
    return Text("To finish: {finish}. To undo: {undo}", "完成：{finish}。撤销：{undo}", parts)


def _kind(letters: str, path: str) -> Kind:
    match letters:
        case _ if path.endswith(TEMPORARY):
            return "leftover"
        case "??":
            return "new"
        case "UU" | "AA" | "DD" | "AU" | "UA" | "DU" | "UD":
            return "conflict"
        case _ if "D" in letters:
            return "gone"
        case _:
            return "added" if letters.startswith("A") else "changed"


def _finish(root: Path, found: Sequence[Unfinished], subject: str) -> Text:
    git = _git(root)
    commands = [f"{git} commit -m {_quoted(subject)} -- {_named(one.path for one in found)}"]
    if new := [one.path for one in found if one.kind == "new"]:
        commands.insert(0, f"{git} add -- {_named(new)}")
    return _in_turn(commands)


def _undo(root: Path, found: Sequence[Unfinished]) -> Text:
    verbs: dict[str, tuple[Kind, ...]] = {
        "checkout HEAD": ("changed", "gone"),
        "rm -f": ("added",),
        "clean -f": ("new", "leftover"),
    }
    if len(found) > _FEW:  # what names a folder must not destroy; `git stash pop` brings this back
        return same(f"{_git(root)} stash push --include-untracked -- {_named(one.path for one in found)}")
    groups = {verb: [one.path for one in found if one.kind in kinds] for verb, kinds in verbs.items()}
    return _in_turn([f"{_git(root)} {verb} -- {_named(paths)}" for verb, paths in groups.items() if paths])


def _in_turn(commands: Sequence[str]) -> Text:
    return Text(", then ".join(commands), "，然后 ".join(commands))


def _git(root: Path) -> str:
    return "git" if root == Path() else f"git -C {_quoted(str(root))}"


def _named(paths: Iterable[str]) -> str:
    every = list(paths)
    if len(every) <= _FEW:
        return " ".join(_quoted(path) for path in every)
    folders = [str(PurePosixPath(path).parent) for path in every]
    return _quoted(posixpath.commonpath(folders) or ".")


def _quoted(word: str) -> str:
    if re.fullmatch(r"[\w./@:+-]+", word):
        return word
    return '"' + re.sub(r'(["\\$`])', r"\\\1", word) + '"'

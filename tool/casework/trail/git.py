"""The one door to git: starts it, hands back its bytes, and turns its refusals into sentences."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from casework.trail.refusals import refusal_text
from casework.words import Text

# What a caller's hook or shell has set for another repository must not steer ours; who writes, with which
# configuration and over which ssh must stay.
_KEPT = (
    "GIT_CONFIG",
    "GIT_AUTHOR_",
    "GIT_COMMITTER_",
    "GIT_SSH",
    "GIT_ASKPASS",
    "GIT_CEILING_DIRECTORIES",
    "GIT_EXEC_PATH",
)
_OPTIONS = (
    "--literal-pathspecs",
    *("-c", "core.quotePath=false"),
    *("-c", "log.showSignature=false"),
    *("-c", "user.useConfigOnly=true"),  # a name git guessed from the machine is no signature
)
_READ_SECONDS = 120.0
_WRITE_SECONDS = 900.0  # hooks run in it, and a signature may wait for a person to type


class GitTrouble(Exception):
    """Git, or the disk it works on, refused: ``text`` says why and what to do.

    ``said`` keeps git's own words and ``code`` its exit status (0 when git never ran or did not end).
    """

    def __init__(self, text: Text, said: str = "", code: int = 0) -> None:
        super().__init__(text.say("en"))
        self.text = text
        self.said = said
        self.code = code


class Repository(NamedTuple):
    """Where a register lies: absolute folders, and its prefix below the work tree (empty, or ``folder/``)."""

    top: Path
    prefix: str
    git_dir: Path  # of this work tree
    common_dir: Path  # shared by all linked work trees


def ask(
    root: Path,
    *args: str,
    stdin: bytes = b"",
    seconds: float = _READ_SECONDS,
    env: Mapping[str, str] | None = None,
) -> bytes:
    """Run a git command that only reads, in ``root``, and give its stdout; GitTrouble when it fails."""
    return _run(root, args, stdin, seconds, {"GIT_OPTIONAL_LOCKS": "0", **(env or {})})


def tell(
    root: Path,
    *args: str,
    stdin: bytes = b"",
    seconds: float = _WRITE_SECONDS,
    env: Mapping[str, str] | None = None,
) -> bytes:
    """Run a git command that writes, in ``root``, and give its stdout; GitTrouble when it fails."""
    return _run(root, args, stdin, seconds, env or {})


def start(root: Path, *args: str) -> subprocess.Popen[bytes]:
    """Start a reading git command that stays open for questions on its stdin; its stderr is dropped."""
    return _started(root, args, {"GIT_OPTIONAL_LOCKS": "0"}, subprocess.PIPE, subprocess.DEVNULL)


def repository_of(root: Path) -> Repository:
    """Find the repository and work tree that hold ``root``, once a process; GitTrouble when there is none."""
    return _repository_at(root.absolute())


@lru_cache(maxsize=8)
def _repository_at(root: Path) -> Repository:
    questions = ("--show-toplevel", "--show-prefix", "--absolute-git-dir", "--git-common-dir")
    top, prefix, git_dir, common = os.fsdecode(ask(root, "rev-parse", *questions)).split("\n")[:4]
    return Repository(Path(top), prefix, Path(git_dir), (root / common).resolve())


def _run(root: Path, args: tuple[str, ...], stdin: bytes, seconds: float, env: Mapping[str, str]) -> bytes:
    source = subprocess.PIPE if stdin else subprocess.DEVNULL
    with _started(root, args, env, source, subprocess.PIPE) as process:
        try:
            out, err = process.communicate(stdin or None, timeout=seconds)
        except subprocess.TimeoutExpired:
            _stop(process)
            raise GitTrouble(_silent(args[0], seconds)) from None
    if process.returncode:
        said = (err + b"\n" + out).decode("utf-8", "replace")
        raise GitTrouble(refusal_text(said, str(root), args[0]), said, process.returncode)
    return out


def _started(
    root: Path, args: tuple[str, ...], env: Mapping[str, str], stdin: int, stderr: int
) -> subprocess.Popen[bytes]:
    command = [_git(), *_OPTIONS, "-C", str(root), *args]
    environment = {**_environment(os.environ), **env}
    try:
        return subprocess.Popen(command, env=environment, stdin=stdin, stdout=subprocess.PIPE, stderr=stderr)
    except OSError as error:
        parts = {"said": error.strerror}
        raise GitTrouble(Text("git cannot be started: {said}", "无法启动 git：{said}", parts)) from None


def _git() -> str:
    # Looked up by hand: Windows would first try a git.exe lying in the current folder.
    name = "git.exe" if os.name == "nt" else "git"
    for folder in os.get_exec_path():
        path = os.path.join(folder, name)
        if os.path.isabs(folder) and os.path.isfile(path) and os.access(path, os.X_OK):
            return path
    raise GitTrouble(
        Text(
            "git is not installed, or not on the PATH: install it, open a new terminal and try again",
            "找不到 git：请先安装（或把它加入 PATH），打开新的终端后重试",
        )
    )


def _environment(outer: Mapping[str, str]) -> dict[str, str]:
    env = {key: value for key, value in outer.items() if not key.startswith("GIT_") or key.startswith(_KEPT)}
    env["GIT_TERMINAL_PROMPT"] = "0"
    # Git's words in English, so that they can be recognised; hooks keep the person's own character set.
    if every := env.pop("LC_ALL", ""):
        env["LC_CTYPE"] = every
    env.pop("LANGUAGE", None)
    env["LC_MESSAGES"] = "C"
    return env


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()  # politely first: git removes its lock files then
    try:
        process.communicate(timeout=5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()


def _silent(verb: str, seconds: float) -> Text:
    return Text(
        "git {verb} gave no answer within {seconds} seconds and was stopped",
        "git {verb} 在 {seconds} 秒内没有回应，已被停止",
        {"verb": verb, "seconds": f"{seconds:g}"},
    )

"""What git refuses, told as a sentence a person at work can act on: one row per kind of refusal."""

from __future__ import annotations

import re
from typing import NamedTuple

from casework.words import Text


class _Refusal(NamedTuple):
    pattern: str  # its named groups become parts of the sentence
    en: str
    zh: str


def refusal_text(said: str, root: str, verb: str) -> Text:
    """The sentence for what git ``said`` (stderr and stdout, English) when asked to ``verb`` in ``root``."""
    for refusal in _REFUSALS if said.strip() else ():  # git says nothing where it only found nothing
        if found := re.search(refusal.pattern, said, re.MULTILINE):
            return Text(refusal.en, refusal.zh, {"root": root, "said": words_of(said), **found.groupdict()})
    parts = {"verb": verb, "root": root, "said": words_of(said) or "–"}
    return Text("git {verb} failed in {root}: {said}", "在 {root} 执行 git {verb} 失败：{said}", parts)


def words_of(said: str) -> str:
    """Git's or a hook's own words on one line: the last twelve lines but hints, at most 800 characters."""
    lines = [line.strip() for line in said.splitlines()]
    kept = [line for line in lines if line and not line.startswith("hint:")]
    return " / ".join(kept[-12:])[-800:]


_REFUSALS = (
    _Refusal(
        r"cannot change to '",
        "there is no folder {root}",
        "没有 {root} 这个文件夹",
    ),
    _Refusal(
        r"dubious ownership in repository at '(?P<path>[^\n]*)'",
        "git does not trust {path}, because it belongs to another user of this machine; if you trust it, "
        "run: git config --global --add safe.directory '{path}'",
        "git 不信任 {path}，因为它属于本机的另一个用户；如果您确认可信，请运行："
        "git config --global --add safe.directory '{path}'",
    ),
    _Refusal(
        r"not a git repository",
        "{root} is not in a git repository: run `git init` there, or name another folder with --root",
        "{root} 不在 git 仓库里：请在该处运行 `git init`，或用 --root 指定别的文件夹",
    ),
    _Refusal(
        r"must be run in a work tree",
        "{root} is a git repository without files to work on (a bare one): clone it and work in the clone",
        "{root} 是没有工作文件的 git 仓库（裸仓库）：请先克隆，再在克隆里操作",
    ),
    _Refusal(
        r"Please tell me who you are|empty ident|unable to auto-detect|no (email|name) was given",
        "git does not know who you are, and every entry needs a name; say it once: "
        'git config --global user.name "Your Name" and git config --global user.email you@example.com',
        "git 不知道您是谁，而每条登记都要有署名；请设置一次："
        'git config --global user.name "您的姓名" 和 git config --global user.email you@example.com',
    ),
    _Refusal(
        r"Unable to create '(?P<lock>[^\n]*\.lock)': File exists",
        "another git command is at work here (lock file {lock}): wait for it to end; "
        "if none is running, delete that file",
        "另一个 git 命令正在这里运行（锁文件 {lock}）：请等它结束；如果确定没有在运行，请删除该文件",
    ),
    _Refusal(
        r"cannot do a partial commit during|you need to resolve your current index first|unmerged files",
        "a merge, rebase or cherry-pick is under way here: finish or abort it first (`git status` says how)",
        "这里的合并、变基或拣选还没有完成：请先完成或放弃（`git status` 会说明怎么做）",
    ),
    _Refusal(
        r"failed to sign|gpg: |signing failed|user\.signing[kK]ey",
        "git could not sign the commit: {said}",
        "git 无法给提交签名：{said}",
    ),
    _Refusal(
        r"paths are ignored by one of your \.gitignore",
        "git has been told to ignore this file (by a .gitignore, or .git/info/exclude): it is on disk, and "
        "cannot be committed before that is mended. {said}",
        "git 被设置为忽略这个文件（见 .gitignore 或 .git/info/exclude）：文件已在磁盘上，改好设置之前无法提交。{said}",
    ),
    _Refusal(
        r"(object file|loose object) .* is (empty|corrupt)|bad object|unable to read tree|index file corrupt",
        "this repository is damaged: {said}. `git fsck` tells more; take a fresh clone or the backup",
        "这个仓库已损坏：{said}。可运行 `git fsck` 查看详情；请重新克隆，或用备份恢复",
    ),
)

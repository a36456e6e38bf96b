"""Filling .venv by pip: what a lock names, each package held to its hash, and Casework from this folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import PIPE, STDOUT, Popen

from launch.children import surroundings
from launch.speech import Progress, Trouble

NOT_FETCHED = ("Retrying (", "No matching distribution found")
NOT_AS_LOCKED = "DO NOT MATCH THE HASHES"
REDIRECTING = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT")


def install_lock(python: Path, lock: Path) -> None:
    """Install exactly what ``lock`` names; Trouble when pip fails."""
    total = sum("==" in line for line in lock.read_text("utf-8").splitlines())
    _pip(python, total, "--require-hashes", "--no-deps", "--requirement", str(lock))


def install_project(python: Path, root: Path) -> None:
    """Make ``root``/tool importable and its plugin known to mkdocs; editable: an edit is seen at once."""
    _pip(python, 1, "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(root))


def _pip(python: Path, total: int, *arguments: str) -> None:
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *arguments]
    # a person's own pip settings may point elsewhere than into .venv
    kept = {name: value for name, value in surroundings().items() if name not in REDIRECTING}
    log: list[str] = []
    with Popen(command, stdout=PIPE, stderr=STDOUT, env=kept | {"PIP_USER": "0"}, encoding="utf-8") as pip:
        try:
            for line in _shown(pip.stdout or (), total):
                log.append(line)
        except BaseException:
            pip.terminate()
            raise
    if pip.returncode:
        raise _trouble_in(log)


def _shown(lines: Iterable[str], total: int) -> Iterable[str]:
    progress, done = Progress(sys.stderr), 0
    for line in lines:
        words = line.split()
        if line.startswith("Collecting "):
            done += 1
            progress.show(f"  {done}/{total} {words[1].partition('==')[0]}")
        elif line.startswith("Installing "):
            progress.show("  installing … 安装中 …")
        elif "Retrying (" in line:
            progress.show("  no answer, trying again … 没有回应，正在重试 …")
        yield line
    progress.clear()


def _trouble_in(log: list[str]) -> Trouble:
    output = "".join(log)
    if NOT_AS_LOCKED in output:
        return Trouble(
            "A package that was fetched is not the one the lock names (its hash differs), so nothing was "
            "installed; try again on another network or with another package index.",
            "取得的软件包与锁定文件中登记的不一致（哈希值不同），因此没有安装；请换一个网络或软件包源再试。",
        )
    if any(words in output for words in NOT_FETCHED):
        return Trouble(
            "A package could not be fetched: this needs the network, or a package index set for pip; "
            "run the same command again when one can be reached.",
            "无法取得所需的软件包：请确认网络畅通，或已为 pip 设置可用的软件包源，再重新运行刚才的命令。",
        )
    errors = [line.removeprefix("ERROR: ").strip() for line in log if line.strip()]
    last = errors[-1] if errors else "?"
    return Trouble(f"pip could not install the packages: {last}", f"pip 安装软件包失败：{last}")

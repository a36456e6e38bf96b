"""`python3 tool demo | test | ANYTHING ELSE`: find or make .venv, then hand over to what runs in it."""

from __future__ import annotations

import shutil
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from launch import steps
from launch.environment import RUN_LOCK, TEST_LOCK, ready_python
from launch.speech import Trouble, never_stumble, say

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str]) -> int:
    """Do what was asked; the command's own exit code, 2 if it could not be started, 130 after Ctrl-C."""
    never_stumble(sys.stdout, sys.stderr)
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        demand_git()
        return do(ROOT, arguments)
    except Trouble as trouble:
        say(trouble.en, trouble.zh)
        return 2
    except KeyboardInterrupt:
        say("\nStopped; what was not finished is done next time.", "已停止；未完成的部分下次会重新进行。")
        return 130


def demand_git() -> None:
    """Trouble when there is no git: the register lives in it."""
    if not shutil.which("git"):
        raise Trouble(
            "Casework keeps its register in git, and no git is found on this machine; install git "
            "(on Debian or Ubuntu: `apt install git`), then run the same command again.",
            "Casework 用 git 保存登记册，但这台机器上找不到 git；请先安装 git"
            "（Debian 或 Ubuntu 上：`apt install git`），再重新运行刚才的命令。",
        )


def do(root: Path, arguments: Sequence[str]) -> int:
    """Run `demo`, `test` or a casework command in the environment of ``root``; its exit code."""
    match arguments:
        case ["demo", *options]:
            wish = steps.wish_from(options)
            return steps.demo(ready_python(root, RUN_LOCK), root, wish)
        case ["test", *chosen]:
            return steps.test(ready_python(root, TEST_LOCK), root, chosen)
        case _:
            return steps.casework(ready_python(root, RUN_LOCK), arguments)

"""The folder .venv: made on first use, and made again when anything it was made from has changed."""

from __future__ import annotations

import json
import os
import sys
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from subprocess import CalledProcessError

from launch.packages import install_lock, install_project
from launch.speech import Trouble, say
from launch.turn import one_at_a_time

RUN_LOCK = "tool/requirements.lock"
TEST_LOCK = "tool/requirements-dev.lock"


def ready_python(root: Path, lock: str) -> Path:
    """The Python of ``root``/.venv with all that ``lock`` names in it, set up first if need be.

    The test lock holds everything the run lock holds, so an environment for tests serves both. Trouble when
    it cannot be set up.
    """
    wanted = parts_of(root, lock)
    if not is_fitting(root, wanted):
        try:
            with one_at_a_time(root / ".build" / "set-up.lock"):
                if not is_fitting(root, wanted):
                    set_up(root, lock, wanted)
        except (OSError, ValueError, CalledProcessError) as problem:
            raise Trouble(
                f"The folder {root / '.venv'} could not be set up: {problem}.",
                f"无法在文件夹 {root / '.venv'} 中做好准备：{problem}。",
            ) from problem
    return python_in(root / ".venv")


def parts_of(root: Path, lock: str) -> dict[str, str]:
    """Everything the environment is made from, each by name: what the stamp in .venv remembers."""
    machine = {"folder": str(root), "python": f"{sys.version} in {sys.base_prefix}"}
    return machine | {name: _digest(root / name) for name in ("pyproject.toml", RUN_LOCK, lock)}


def is_fitting(root: Path, wanted: dict[str, str]) -> bool:
    """Whether .venv was finished and is made from exactly these parts."""
    return wanted.items() <= read_stamp(root).items() and python_in(root / ".venv").exists()


def set_up(root: Path, lock: str, wanted: dict[str, str]) -> None:
    """Make .venv, or add to it what is only missing; the stamp goes first and comes last."""
    stamp = read_stamp(root)
    changed = [name for name, part in wanted.items() if stamp.get(name, part) != part]
    _announce(changed)
    folder = root / ".venv"
    stamp_in(root).unlink(missing_ok=True)
    if changed or not stamp or not python_in(folder).exists():
        make_empty(folder)
    install_lock(python_in(folder), root / lock)
    install_project(python_in(folder), root)
    write_stamp(root, wanted)
    say("Ready.", "准备完成。")


def make_empty(folder: Path) -> None:
    """A virtual environment with nothing but pip in it, in place of what was there; Trouble without venv."""
    if not (find_spec("venv") and find_spec("ensurepip")):
        raise Trouble(
            "This Python comes without its venv module; on Debian or Ubuntu `apt install python3-venv` "
            "brings it, then run the same command again.",
            "这个 Python 缺少 venv 模块；在 Debian 或 Ubuntu 上请先运行 `apt install python3-venv`，"
            "再重新运行刚才的命令。",
        )
    import venv

    venv.EnvBuilder(clear=True, with_pip=True, symlinks=os.name != "nt").create(folder)


def python_in(folder: Path) -> Path:
    """The Python of a virtual environment."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def stamp_in(root: Path) -> Path:
    """The file in .venv that stands there only when the set-up came to its end."""
    return root / ".venv" / "set-up.json"


def read_stamp(root: Path) -> dict[str, str]:
    """What .venv was made from; nothing when it is missing, unfinished or its stamp is unreadable."""
    try:
        stamp = json.loads(stamp_in(root).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(root: Path, parts: dict[str, str]) -> None:
    """Say that the set-up came to its end; whole or not at all."""
    draft = stamp_in(root).with_suffix(".new")
    draft.write_text(json.dumps(parts, indent=1), "utf-8")
    draft.replace(stamp_in(root))


def _digest(file: Path) -> str:
    try:
        return sha256(file.read_bytes()).hexdigest()
    except OSError as problem:
        raise Trouble(
            f"The file {file} belongs to Casework and cannot be read; `git checkout` brings it back.",
            f"无法读取 Casework 自带的文件 {file}；可用 `git checkout` 恢复。",
        ) from problem


def _announce(changed: list[str]) -> None:
    if changed:
        names = ", ".join(changed)
        say(f"Setting up again, because this has changed: {names}.", f"以下内容有变化，重新准备：{names}。")
    else:
        say(
            "Setting up in the folder .venv; this is done once and takes a minute or less.",
            "正在 .venv 文件夹中做准备；只需做一次，大约不到一分钟。",
        )

"""What is written by hand stays true: README, guide, decisions and CONTRIBUTING held against what they speak of."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
SCREEN = re.compile(r"```console\n\$ python3 tool (?P<asked>[^\n]+)\n(?P<said>.*?)```", re.DOTALL)


def said_to(asked: str) -> str:
    """What the command prints on the sample register, where no terminal says how wide it is."""
    arguments = ["--root", str(ROOT), *shlex.split(asked)]
    return CliRunner(env={"COLUMNS": "100", "CASEWORK_LANG": ""}).invoke(casework_, arguments).output


def screens(text: str) -> list[re.Match[str]]:
    """Every screen of a page: what was asked, and what is said to have been answered."""
    return list(SCREEN.finditer(text))


def renew(page: Path = README) -> None:
    """Write the screens of a page again (`python tests/test_docs.py`)."""
    text = page.read_text("utf-8")
    fresh = SCREEN.sub(
        lambda at: f"```console\n$ python3 tool {at['asked']}\n{said_to(at['asked'])}```", text
    )
    page.write_text(fresh, "utf-8", newline="\n")


@pytest.mark.parametrize("screen", screens(README.read_text("utf-8")), ids=lambda screen: screen["asked"])
def test_the_readmes_screens_are_what_the_command_says(screen: re.Match[str]) -> None:
    assert screen["said"] == said_to(screen["asked"]), "`python tests/test_docs.py` writes the screens again"


FENCED = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands_in(block: str) -> list[tuple[str, int]]:
    """The commands of a fenced block, continued lines joined, each with the exit code the comment above it names."""
    found, wanted = [], 0
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("#"):
            wanted = int(code[1]) if (code := re.search(r"exit ([0-9])", line)) else 0
        elif line.strip():
            found.append((line, wanted))
            wanted = 0
    return found


def script_of(text: str) -> str:
    """A shell script that runs every command of a page and stops at the first that ends otherwise than it says."""
    told = [command for block in FENCED.findall(text) for command in commands_in(block)]
    return "\n".join(
        f'{command}\ncode=$?; [ $code = {wanted} ] || {{ echo "ended with $code: "{shlex.quote(command)}; exit 9; }}'
        for command, wanted in told
    )


def surroundings(folder: Path) -> dict[str, str]:
    """An empty HOME, nothing of anybody's git, and a `python3 tool` that needs no set-up."""
    for name in ("home", "bin", "tmp"):
        (folder / name).mkdir()
    python3 = folder / "bin" / "python3"
    python3.write_text(f'#!/bin/sh\nshift\nexec {shlex.quote(sys.executable)} -P -m casework "$@"\n')
    python3.chmod(0o755)
    kept = {name: told for name, told in os.environ.items() if not name.startswith(("GIT_", "CASEWORK_"))}
    return {
        **kept,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONUTF8": "1",
    }


@pytest.mark.skipif(os.name == "nt", reason="the tour is written for a POSIX shell")
def test_the_readmes_tour_works_when_it_is_pasted(tmp_path: Path) -> None:
    tour = script_of(README.read_text("utf-8").partition("## Five minutes")[2])
    assert {"init", "new", "add", "check", "show", "list", "retention", "site"} <= set(
        re.findall(r"casework (?:--root \S+ )?([a-z]+)", tour)
    )
    ended = subprocess.run(
        ["bash", "-c", tour],
        cwd=ROOT,
        env=surroundings(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    (register,) = (tmp_path / "tmp").glob("*/corner-shop")
    assert (register / ".build/site/index.html").is_file()
    (case,) = register.glob("cases/*/*/*.yaml")
    assert case.read_text("utf-8").count("- event:") == 4  # the one the policy forbids was not added


if __name__ == "__main__":
    renew()

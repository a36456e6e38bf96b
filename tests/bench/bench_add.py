"""How much longer `casework add` takes than a bare `git commit` of the same file, beside 10,000 cases; prints both.

    python tests/bench/bench_add.py [CASES] [ROUNDS]

The aim is at most 150 ms more. Each round changes and commits one case by hand, then adds to another one; how
long Python takes to load its command-line library alone tells how fast the machine is just now.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
AIM = 150.0  # milliseconds

CASE = """\
# yaml-language-server: $schema=../../../schema/editor.json
case: {number}
receipt: {receipt}
policy: standard
channel: visit
severity: ordinary
summary: 顾客称所购商品与标签不符，要求退货，柜台未予办理；第 {serial} 号。
respondent: chen

personal:
  name: 顾客{serial}
  phone: 1380000{serial:04}
  statement: |
{statement}

events:
  - event: received
    at: {month}-03T09:12+08:00
    by: li
    note: 在服务台接待，记录经过，请顾客稍候。
  - event: registered
    at: {month}-03T09:20+08:00
    by: li
    document: written-record
    note: 已填写书面记录，并请顾客过目确认。
  - event: acknowledged
    at: {month}-03T09:30+08:00
    by: li
    mode: visit
    note: 告知由谁处理、何时答复。
  - event: assigned
    at: {month}-03T10:00+08:00
    by: li
    to: wang
    note: 请办公室核查进货与标签。
  - event: investigated
    at: {month}-04T15:00+08:00
    by: wang
    note: 查看实物和进货单，标签确有错误。
  - event: progress_update
    at: {month}-04T16:00+08:00
    by: li
    mode: phone
    note: 电话告知顾客核查结果，约定次日来店。
"""
STATEMENT = "    我在柜台反映过两次，都说要等经理回来，可是没有人给我回电话，也没有人告诉我该找谁。" * 3


def main() -> None:
    cases, rounds = (int(each) for each in [*sys.argv[1:], "10000", "15"][:2])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        paths = build(root, cases)
        env = environment(Path(folder))
        git(root, env, "init", "-q", "-b", "main")
        git(root, env, "add", "-A")
        git(root, env, "commit", "-q", "-m", "all")
        measure(root, env, paths, rounds)


def build(root: Path, cases: int) -> list[str]:
    subprocess.run(
        ["cp", "-r", str(HERE / "schema"), str(HERE / "tests" / "firm"), str(root.parent)], check=True
    )
    (root / "schema").parent.mkdir()
    (root.parent / "firm").rename(root / "firm")
    (root.parent / "schema").rename(root / "schema")
    (root / "firm" / "policies").rename(root / "policies")
    paths = []
    for count in range(cases):
        year, month, serial = 2026 + count // 3600, count // 300 % 12 + 1, count % 300 + 1
        number = f"{year}-{month:02}-{serial:04}"
        path = root / "cases" / f"{year}" / f"{month:02}" / f"{number}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        told = {"number": number, "serial": serial, "month": number[:7], "statement": STATEMENT}
        path.write_text(CASE.format(receipt=f"{count:04}-AAAA", **told), encoding="utf-8")
        paths.append(path.relative_to(root).as_posix())
    return paths


def environment(home: Path) -> dict[str, str]:
    """As on a desk: compiled modules kept, git with its own configuration only."""
    kept = {
        key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "PYTHON", "CASEWORK"))
    }
    who = {
        f"GIT_{each}_{key}": f"li{'@example.com' * (key == 'EMAIL')}"
        for each in ("AUTHOR", "COMMITTER")
        for key in ("NAME", "EMAIL")
    }
    return {**kept, **who, "HOME": str(home), "PYTHONPYCACHEPREFIX": str(home / "pyc")}


def measure(root: Path, env: Mapping[str, str], paths: list[str], rounds: int) -> None:
    bare, ours, click = [], [], []
    for count in range(rounds + 2):
        path = root / paths[2 * count]
        path.write_text(path.read_text(encoding="utf-8") + "# by hand\n", encoding="utf-8")
        taken = timed(["git", "commit", "-q", "-m", "by hand", "--", paths[2 * count]], root, env)
        added = timed(
            [sys.executable, "-m", "casework", "add", Path(paths[2 * count + 1]).stem, "chased", "to=wang",
             "by=li", "at=2026-01-06T09:00", "--note", "请尽快处理", "--yes"], root, env,
        )  # fmt: skip
        if count >= 2:  # the first two write the compiled modules
            bare.append(taken)
            ours.append(added)
            click.append(timed([sys.executable, "-c", "import click"], root, env))
    names = ("git commit", "casework add", "python -c 'import click'")
    told = [
        f"{name} {statistics.median(each):.0f} ms (least {min(each):.0f})"
        for name, each in zip(names, (bare, ours, click), strict=True)
    ]
    over = statistics.median(ours) - statistics.median(bare)
    print(
        f"{len(paths)} cases, median of {rounds}: {', '.join(told)}: {over:.0f} ms more (aim: at most {AIM:.0f})"
    )


def timed(command: list[str], root: Path, env: Mapping[str, str]) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        command, cwd=root, env=dict(env), capture_output=True, text=True, encoding="utf-8", check=False
    )
    taken = (time.perf_counter() - start) * 1000
    assert done.returncode == 0, done.stdout + done.stderr
    return taken


def git(root: Path, env: Mapping[str, str], *args: str) -> None:
    subprocess.run(["git", *args], cwd=root, env=dict(env), check=True)


if __name__ == "__main__":
    main()

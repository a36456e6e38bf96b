"""How long a cold `casework check` of 10,000 cases takes, and how much memory, beside check-jsonschema on the same files.

    python tests/bench/bench_check.py [CASES]

The aims: at most 6 s and 300 MB for 10,000 cases of one policy, 8 s where they are of all sixteen; `casework --help`
within 120 ms. From 2,000 files on, others read beside the one that judges: each one's own memory is told.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from made import HERE, make_register

sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


class Run(NamedTuple):
    """What one finished process took: seconds, seconds of processor, MB at most."""

    wall: float
    cpu: float
    mb: float


def timed(command: list[str]) -> Run:
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=ENVIRONMENT)
    said = process.stderr.read().decode() if process.stderr else ""
    _, status, used = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit(f"{' '.join(command[:4])} … did not run:\n{said}")
    return Run(time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def median(runs: list[Run]) -> Run:
    return sorted(runs)[len(runs) // 2]


def told(what: str, run: Run) -> None:
    print(f"{what:42} {run.wall:7.2f} s wall {run.cpu:7.2f} s cpu {run.mb:6.0f} MB")


# As on a desk: compiled modules are kept, whatever this shell says.
ENVIRONMENT = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
ENVIRONMENT |= {"PYTHONPATH": str(HERE / "tool"), "PYTHONUTF8": "1"}


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    casework = [sys.executable, "-m", "casework"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        everything = Path(folder) / "everything"
        make_register(root, cases)
        make_register(everything, cases, every_policy=True)
        ENVIRONMENT["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        told("casework --help", median([timed([*casework, "--help"]) for _ in range(7)]))
        for what, where in (("of one policy", root), ("of every policy", everything)):
            files = sorted((where / "cases").rglob("*.yaml"))
            size = sum(path.stat().st_size for path in files) / len(files)
            runs = [timed([*casework, "check", "--root", str(where)]) for _ in range(3)]
            told(f"check {len(files)} {what}, {size:.0f} bytes each", median(runs))
        files = sorted((root / "cases").rglob("*.yaml"))
        peer = shutil.which("check-jsonschema", path=f"{Path(sys.executable).parent}{os.pathsep}{os.defpath}")
        if peer is None:
            print("check-jsonschema is not installed beside this Python: nothing to compare with")
            return
        schema = ["--schemafile", str(root / "schema/case.json")]
        told("check-jsonschema (the frame alone)", timed([peer, *schema, *map(str, files)]))


if __name__ == "__main__":
    main()

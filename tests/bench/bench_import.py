"""How long `casework import` takes for 12,000 requests, and for the same again when all are here; prints both.

    python tests/bench/bench_import.py [ROWS]

The aim is less than two minutes for all 12,000. Needs the real data in ../shared beside this checkout.
"""

from __future__ import annotations

import gzip
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
TABLE = HERE.parent / "shared/data/en/boston-311-2011-sample-12000.csv.gz"
CITY = HERE / "tests/import/boston"
AIM = 120.0  # seconds


def main() -> None:
    rows = int([*sys.argv[1:], "12000"][0])
    if not TABLE.is_file():
        sys.exit("the folder ../shared with the real data is not here")
    with tempfile.TemporaryDirectory() as folder:
        root, table = Path(folder) / "register", Path(folder) / "requests.csv"
        table.write_bytes(b"".join(gzip.decompress(TABLE.read_bytes()).splitlines(keepends=True)[: rows + 1]))
        env = environment(Path(folder))
        begin(root, env)
        first = seconds(root, env, table)
        again = seconds(root, env, table)
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{rows} rows imported in {first:.1f} s (aim: less than {AIM:.0f} s), "
        f"found to be here again in {again:.1f} s; {most:.0f} MB at most"
    )


def begin(root: Path, env: Mapping[str, str]) -> None:
    shutil.copytree(HERE / "schema", root / "schema")
    shutil.copytree(CITY / "policies", root / "policies")
    for args in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "a register")):
        subprocess.run(["git", *args], cwd=root, env=dict(env), check=True)


def environment(home: Path) -> dict[str, str]:
    """As on a desk, but git with its own configuration only."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GIT_", "CASEWORK"))}
    who = {f"GIT_{each}_NAME": "li" for each in ("AUTHOR", "COMMITTER")}
    mail = {f"GIT_{each}_EMAIL": "li@example.com" for each in ("AUTHOR", "COMMITTER")}
    return {**kept, **who, **mail, "HOME": str(home)}


def seconds(root: Path, env: Mapping[str, str], table: Path) -> float:
    command = [
        sys.executable,
        "-m",
        "casework",
        "import",
        str(table),
        "--map",
        str(CITY / "map.yaml"),
        "--yes",
    ]
    start = time.perf_counter()
    done = subprocess.run(command, cwd=root, env=dict(env), capture_output=True, text=True, check=False)
    taken = time.perf_counter() - start
    assert done.returncode == 0, done.stdout + done.stderr
    return taken


if __name__ == "__main__":
    main()

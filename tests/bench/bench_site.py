"""How long `casework site build` takes, and how much memory; the site's size, and its largest files.

    python tests/bench/bench_site.py [CASES]

The aim: at most 5 s for 1,000 cases.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from bench_check import ENVIRONMENT, median, timed, told
from made import make_register

sys.stdout.reconfigure(line_buffering=True)  # type: ignore[union-attr]


def main() -> None:
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    casework = [sys.executable, "-m", "casework"]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "register"
        make_register(root, cases)
        ENVIRONMENT["PYTHONPYCACHEPREFIX"] = f"{folder}/compiled"
        out = root / ".build" / "site"
        runs = []
        for _ in range(3):
            shutil.rmtree(out, ignore_errors=True)
            runs.append(timed([*casework, "site", "build", "--root", str(root)]))
        told(f"casework site build, {cases} cases", median(runs))
        files = sorted(
            (path for path in out.rglob("*") if path.is_file()), key=lambda path: -path.stat().st_size
        )
        total = sum(path.stat().st_size for path in files)
        print(f"{len(files)} files, {total / 1e6:.1f} MB; the largest:")
        for path in files[:5]:
            print(f"{path.stat().st_size / 1e3:10.1f} kB  {path.relative_to(out)}")


if __name__ == "__main__":
    main()

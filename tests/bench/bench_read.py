"""How long one case file of about 2.4 KB takes to read strictly, to judge by the schemas, and to be added to.

    python tests/bench/bench_read.py [FILES]

The aims: reading at most 0.25 ms a file, places included. Beside it: libyaml's events alone, and yaml.safe_load.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import yaml
from casework.records import shape
from casework.records.patch import append_item
from casework.records.record import Record
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml
from casework.records.tree import events_of
from made import HERE, make_register

ITEM = {"event": "follow_up_done", "at": "2026-11-20T10:00", "by": "zhou-min", "satisfaction": "satisfied"}


def best(job: Callable[[Any], object], things: Iterable[Any], runs: int = 7) -> float:
    """Milliseconds for each thing: the mean of their fastest runs, since the machine has other work too."""
    things = [*things]
    fastest = [float("inf")] * len(things)
    for _ in range(runs):
        gc.collect()
        for number, thing in enumerate(things):
            start = time.perf_counter()
            job(thing)
            fastest[number] = min(fastest[number], time.perf_counter() - start)
    return sum(fastest) * 1000 / len(things)


def all_events(data: bytes) -> None:
    get = events_of(data.decode())
    while get() is not None:
        pass


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_register(Path(folder), count)
        files = [path.read_bytes() for path in sorted(Path(folder).glob("cases/*/*/*.yaml"))]
    files = [data for data in files if b"\nevents:" in data]
    records = [record for data in files if isinstance(record := read_yaml("x.yaml", data), Record)]
    schemas = schemas_from(WorkTree(HERE))
    print(f"{len(files)} files of {sum(map(len, files)) / len(files):.0f} bytes; ms a file, fastest runs")
    print(f"  libyaml's events alone      {best(all_events, files):7.3f}")
    print(
        f"  strict, with places         {best(lambda data: read_yaml('x.yaml', data), files):7.3f}   (aim 0.25)"
    )
    print(f"  yaml.safe_load              {best(yaml.safe_load, files[:20], 1):7.3f}")
    quick = "jsonschema_rs" if shape._fast else "jsonschema"
    print(f"  judged with {quick:<15} {best(lambda record: schemas.flaws('case', record), records):7.3f}")
    shape._fast = None
    slow = schemas_from(WorkTree(HERE))
    print(
        f"  judged without it           {best(lambda record: slow.flaws('case', record), records[:20], 2):7.3f}"
    )
    edits = records[:50]
    print(
        f"  an entry added, proven      {best(lambda record: append_item(record, ('events',), ITEM), edits):7.3f}"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)

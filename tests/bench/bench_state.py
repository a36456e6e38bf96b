"""How long 10,000 parsed cases of six events take to fold and to be asked every rule, on one core.

    python tests/bench/bench_state.py [CASES]

The aims: at most 3 s of processor for both together, 4 s where the cases are of all sixteen policies.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from casework.examine import cases_in, judge
from casework.house import House, house_of
from casework.records.source import WorkTree
from casework.rules import findings_of
from casework.state.case import Case
from casework.state.register import Register
from casework.state.state import State
from made import make_register

AT = datetime(2026, 11, 20, 10, tzinfo=UTC)  # where the sample stands
RUNS = 3


def main(count: int) -> None:
    gc.disable()
    for what in ("one policy", "every policy"):
        with tempfile.TemporaryDirectory() as folder:
            make_register(Path(folder), count, every_policy=what == "every policy")
            source = WorkTree(Path(folder))
            house = house_of(source)
            cases = [case for case in cases_in(source, house) if isinstance(case, Case)]
            runs = [timed(cases, house) for _ in range(RUNS)]
        folded, asked, found = min(runs, key=lambda run: run[0] + run[1])
        print(f"{len(cases)} cases of {what}, {found} findings; best of {RUNS}, seconds of processor")
        print(f"state {folded:6.2f}   rules {asked:6.2f}   together {folded + asked:6.2f}")


def timed(cases: list[Case], house: House) -> tuple[float, float, int]:
    """Seconds of processor for the fold and for the rules, and how much was found."""
    start = time.process_time()
    states = tuple(state for case in cases if isinstance(state := judge(case, house, AT, AT), State))
    folded = time.process_time() - start
    register = Register(
        house.firm, house.people, house.policies, house.schemas.events, states, timetable=house.timetable
    )
    start = time.process_time()
    found = len(findings_of(register, AT))
    return folded, time.process_time() - start, found


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

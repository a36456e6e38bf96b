"""How long 10,000 parsed cases of six events take to fold and to be asked every rule, on one core.

    python tests/bench/bench_state.py [CASES]

The aim: at most 3 s of processor for both together.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from casework.examine import cases_in, judge
from casework.house import house_of
from casework.records.source import WorkTree
from casework.rules import findings_of
from casework.state.case import Case
from casework.state.register import Register
from casework.state.state import State
from made import make_register

AT = datetime(2026, 11, 20, tzinfo=UTC)
RUNS = 3


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_register(Path(folder), count)
        source = WorkTree(Path(folder))
        house = house_of(source)
        cases = [case for case in cases_in(source, house) if isinstance(case, Case)]
        gc.disable()
        folded, asked = [], []
        for _ in range(RUNS):
            start = time.process_time()
            states = tuple(state for case in cases if isinstance(state := judge(case, house, AT, AT), State))
            folded.append(time.process_time() - start)
            register = Register(
                house.firm,
                house.people,
                house.policies,
                house.schemas.events,
                states,
                timetable=house.timetable,
            )
            start = time.process_time()
            findings = findings_of(register, AT)
            asked.append(time.process_time() - start)
            del states, register
        print(f"{len(cases)} cases, {len(findings)} findings; best of {RUNS}, seconds of processor")
        print(
            f"state {min(folded):6.2f}   rules {min(asked):6.2f}   together {min(map(sum, zip(folded, asked, strict=True))):6.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

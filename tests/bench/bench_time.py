"""How many due instants a second are reckoned on one core, and how long all deadlines of 10,000 cases take.

    python tests/bench/bench_time.py [CASES]

The aims: 500,000 spans of working days and 200,000 of working hours a second, and one second for 10,000 cases of six
events. Beside them, on the same starts: `holidays` for working days, `businesstimedelta` for working hours.
"""

from __future__ import annotations

import gc
import random
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from typing import Any
from zoneinfo import ZoneInfo

from casework.examine import register_of
from casework.records.record import Record
from casework.records.source import Files, WorkTree
from casework.records.strict_yaml import read_yaml
from casework.state import state as judging
from casework.state.counting import Counting
from casework.state.deadlines import deadlines_of
from casework.state.instant import Instant
from casework.state.reckoning import reckoned
from casework.state.span import Span
from casework.state.timetable import Timetable, timetable_from
from made import HERE, generated

SHANGHAI = ZoneInfo("Asia/Shanghai")
USUAL = Counting("not-counted", "24:00", "none", "last-day", "inclusive")
HOURS = "office_hours:\n  - {from: '09:00', until: '12:00'}\n  - {from: '13:00', until: '18:00'}\n"


def best(job: Callable[[], object], runs: int = 5) -> float:
    """Seconds of processor time of the fastest run, since the machine has other work too."""
    fastest = float("inf")
    for _ in range(runs):
        gc.collect()
        start = time.process_time()
        job()
        fastest = min(fastest, time.process_time() - start)
    return fastest


def told(what: str, many: int, seconds: float) -> None:
    print(f"{what:52} {many / seconds:12,.0f} a second")


def table() -> Timetable:
    """China, nine to six with a lunch break."""
    register = read_yaml("policies/register.yaml", HOURS.encode())
    days = read_yaml("cn.yaml", (HERE / "policies/calendars/cn.yaml").read_bytes())
    assert isinstance(register, Record) and isinstance(days, Record)
    made, flaws = timetable_from(register, days, SHANGHAI)
    assert not flaws
    return made


def starts(many: int) -> list[Instant]:
    """Seconds of 2024 to November 2026, drawn evenly."""
    chance, first = random.Random(7), datetime(2024, 1, 1, tzinfo=UTC)
    length = int((datetime(2026, 11, 1, tzinfo=UTC) - first).total_seconds())
    return [Instant(first + timedelta(seconds=chance.randrange(length))) for _ in range(many)]


def spans(many: int = 200_000) -> None:
    where, from_ = table(), starts(many)
    for n, unit in (
        (3, "working day"),
        (15, "working day"),
        (4, "working hour"),
        (27, "working hour"),
        (3, "day"),
        (1, "month"),
        (24, "hour"),
    ):
        span = Span(n, unit)
        told(
            f"{n} {unit}s",
            many,
            best(lambda span=span: [reckoned(each, span, where, USUAL) for each in from_]),
        )  # type: ignore[misc]


def peers(many: int = 2_000) -> None:
    from_ = starts(many)
    try:
        import holidays
        import pytz  # the only zones that businesstimedelta takes
        from businesstimedelta import BusinessTimeDelta, HolidayRule, LunchTimeRule, Rules, WorkDayRule
    except ImportError as missing:
        print(f"nothing to compare with: {missing}")
        return
    china = holidays.country_holidays("CN", years=range(2024, 2028))
    days = [each.at.astimezone(SHANGHAI).date() for each in from_]
    for n in (3, 15):
        told(
            f"{n} working days (holidays, from a date)",
            many,
            best(lambda n=n: [china.get_nth_working_day(day, n) for day in days]),
        )  # type: ignore[misc]
    week, zone = [0, 1, 2, 3, 4], pytz.timezone(SHANGHAI.key)
    rules = Rules(
        [
            WorkDayRule(start_time=clock(9), end_time=clock(18), working_days=week, tz=zone),
            LunchTimeRule(start_time=clock(12), end_time=clock(13), working_days=week, tz=zone),
            HolidayRule(china, tz=zone),
        ]
    )
    for n in (4, 27):
        length = BusinessTimeDelta(rules, hours=n)
        told(
            f"{n} working hours (businesstimedelta, no make-up days)",
            200,
            best(lambda length=length: [each.at + length for each in from_[:200]], 2),
        )  # type: ignore[misc]


def cases(many: int) -> None:
    """The deadlines of whole cases: everything of a state but its deadlines is got ready before the clock starts."""
    asked: list[tuple[Any, ...]] = []

    def kept(*given: Any) -> Any:
        asked.append(given)
        return deadlines_of(*given)

    judging.deadlines_of = kept  # type: ignore[attr-defined, assignment]
    tree = WorkTree(HERE)
    house: dict[str, str | bytes] = {
        path: tree.read(path) for folder in ("schema", "policies") for path in tree.paths(folder)
    }
    now = datetime(2026, 11, 20, tzinfo=UTC)
    register = register_of(Files({**house, **dict(generated(many))}), now, now)
    judging.deadlines_of = deadlines_of  # type: ignore[attr-defined]
    assert len(register.states) == len(asked) == many, (len(register.states), register.flaws[:3])
    runs = sum(len(deadlines_of(*given).deadlines) for given in asked)
    seconds = best(lambda: [deadlines_of(*given) for given in asked])
    print(f"{f'all {runs} deadlines of {many} cases of six events':52} {seconds:12.2f} s")


if __name__ == "__main__":
    gc.disable()  # as the commands do that read a register
    spans()
    peers()
    cases(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)

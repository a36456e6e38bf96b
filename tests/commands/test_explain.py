"""`casework explain`: every step of every deadline, such that somebody else counts again and lands on the same instant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

REPO = Path(__file__).parents[2]
HEAD = "case: 2026-03-0001\nreceipt: 7KQF-3M9P\npolicy: timed\nchannel: phone\nevents:\n"
POLICY = """\
policy: timed
title: {en: Timed, zh: 计时}
in_force_from: 2026-01-01
roles: {clerk: {}, partner: {}, director: {}, auditor: {}}
limits:
  look-into:
    title: {en: Look into it, zh: 查清}
    clause: X-1
    from: accepted
    until: investigated
    within: 3 working days
    tiers: [{when: {complexity: complex}, within: 6 working days}]
    extend: {with: extension_approved, where: {by: director}, up_to: 10 working days}
    pause: {from: supplement_requested, until: supplement_received}
  visit: {title: {en: Visit, zh: 上门}, from: received, until: site_visit, within: 5 working hours}
  shift: {title: {en: Hand over, zh: 交班}, from: received, until: handed_over, within: end of shift}
  told-in: {title: {en: Say, zh: 告知}, from: received, until: acknowledged, within: 30 minutes}
  agreed: {title: {en: As agreed, zh: 按约}, from: reply_commitment, until: response_given, due: 12:00 on reply_commitment.due_at}
"""
EVENTS = """\
  - {event: received, at: 2026-03-11T16:00, by: li}
  - {event: accepted, at: 2026-03-12T09:00, by: li}
  - {event: complexity_set, at: 2026-03-13T10:00, by: li, complexity: complex}
  - {event: supplement_requested, at: 2026-03-16T10:00, by: li, to: complainant}
  - {event: supplement_received, at: 2026-03-23T10:00, by: li}
  - {event: extension_approved, at: 2026-03-24T09:00, by: chen, due_at: 2026-06-30}
  - {event: extension_approved, at: 2026-03-24T09:30, by: li, due_at: 2026-07-30}
  - {event: investigated, at: 2026-03-26T09:00, by: li}
"""


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have a narrow terminal."""
    monkeypatch.setenv("COLUMNS", "120")


@pytest.fixture
def timed(register: Any) -> Any:
    """The register with a case under a policy that does all a clock can do."""
    register.write("policies/timed.yaml", POLICY)
    register.write("cases/2026/03/2026-03-0001.yaml", HEAD + EVENTS)
    return register


def test_a_clock_that_was_moved_three_times(run: Any, timed: Any) -> None:
    told = run("explain", "0001", "--limit", "look-into", "--as-of", "2026-04-01")
    said = " ".join(told.output.split())
    order = [
        "'Accepted' starts the clock",
        "promised: 3 working days; the day of the start is not counted",
        "due by 2026-03-16 23:59:59",
        "after 'Complexity set' another span holds, from the same start",
        "promised: 6 working days",
        "Saturday, a make-up working day (Spring Break) [1]",
        "due by 2026-03-24 23:59:59",
        "'Supplement requested' stops the clock",
        "the clock stood still for 2 working days of its own time",
        "due by 2026-03-26 23:59:59",
        "'Extension approved' by Chen extends it, cut to 10 working days from the start",
        "'Extension approved' by Li does not count: Li is not entitled to grant it",
        "'Investigated' at 2026-03-26 09:00: in time",
        "[1] Notice for 2026 (No. 7)",
    ]
    after = 0
    for each in order:
        after = said.find(each, after)
        assert after >= 0, (each, told.output)


def test_a_shift_a_noon_and_the_language_asked_for(run: Any, timed: Any) -> None:
    timed.write(
        "cases/2026/03/2026-03-0001.yaml",
        HEAD
        + EVENTS
        + "  - {event: reply_commitment, at: 2026-03-26T10:00, by: li, about: reply, due_at: 2026-03-27}\n",
    )
    told = run("explain", "0001", "--lang", "zh", "--as-of", "2026-04-01").output
    assert "晚班，2026-03-11 16:00 至 2026-03-11 23:00" in told
    assert "所约当日的 12:00，约定时间更早的从其约定：2026-03-27" in told
    assert "经过 30 分钟；夜间、周末和节假日照算" in told


def test_of_two_agreements_in_one_minute_the_account_tells_the_one_that_began_it(
    run: Any, timed: Any
) -> None:
    agreed = "  - {event: reply_commitment, at: 2026-03-26T10:00, by: li, id: %s, about: reply, due_at: 2026-03-%s}\n"
    timed.write(
        "cases/2026/03/2026-03-0001.yaml", HEAD + EVENTS + agreed % ("one", 27) + agreed % ("two", 30)
    )
    told = run("explain", "0001", "--limit", "agreed", "--as-of", "2026-03-26T12:00").output
    assert "2026-03-27 12:00" in told and "03-30" not in told


def test_only_what_the_policy_has_can_be_asked_for(run: Any, timed: Any) -> None:
    told = run("explain", "0001", "--limit", "look-in")
    assert told.exit_code == 2 and "did you mean 'look-into'?" in told.output


def test_a_case_that_cannot_be_judged_is_refused_as_by_show(run: Any, timed: Any) -> None:
    timed.write("cases/2026/03/2026-03-0001.yaml", "case: [")
    told = run("explain", "2026-03-0001")
    assert told.exit_code == 2 and "cannot be shown" in told.output


# What follows shares no code with the engine: it reads the calendar and the steps, and counts again.


class Recount:
    """Working days and hours of a register's own files, found by walking."""

    def __init__(self, root: Path) -> None:
        firm = self._read(root / "policies/register.yaml")
        told = self._read(root / f"policies/calendars/{firm['calendar']}.yaml")
        self.off, self.work = ({*self._days(told, key)} for key in ("off", "work"))
        self.hours = [(each["from"], each["until"]) for each in firm["office_hours"]]

    def _read(self, path: Path) -> Any:
        return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # with any other, `off` is False

    def _days(self, told: Any, key: str) -> Iterator[date]:
        for year in told["years"].values():
            for written in year.get(key) or {}:
                first, last = (date.fromisoformat(each) for each in (str(written).split("/") * 2)[:2])
                yield from (first + timedelta(n) for n in range((last - first).days + 1))

    def works(self, day: date) -> bool:
        return day in self.work or (day.weekday() < 5 and day not in self.off)

    def after(self, day: date, n: int) -> date:
        while n:
            day += timedelta(1)
            n -= self.works(day)
        return day

    def minutes_after(self, at: datetime, minutes: int) -> datetime:
        while minutes:
            is_open = any(a <= at.strftime("%H:%M") < b for a, b in self.hours)
            minutes -= is_open and self.works(at.date())
            at += timedelta(minutes=1)
        return at


def recounted(steps: list[dict[str, Any]], recount: Recount) -> str | None:
    """The due instant that the steps up to the first `due` come to, when counted again."""
    (start,) = [each for each in steps if each["step"] == "start"][:1]
    upto = steps[: next(n for n, each in enumerate(steps) if each["step"] == "due")]
    numbered = [each["n"] for each in upto if each["step"] == "counted"]
    spent = sum(each["seconds"] for each in upto if each["step"] == "open")
    if numbered:
        assert numbered == [*range(1, len(numbered) + 1)], "each counted day has the next number"
        last = recount.after(date.fromisoformat(start["day"]), len(numbered))
        return f"{last}T23:59:59+08:00"
    if spent:
        return recount.minutes_after(datetime.fromisoformat(start["at"]), int(spent) // 60).isoformat()
    return None


def test_another_person_lands_on_the_same_instant(run: Any, timed: Any) -> None:
    recount = Recount(timed.root)
    checked = 0
    for day in range(1, 29):
        events = f"  - {{event: received, at: 2026-03-{day:02}T16:20, by: li}}\n"
        events += f"  - {{event: accepted, at: 2026-03-{day:02}T16:30, by: li}}\n"
        timed.write("cases/2026/03/2026-03-0001.yaml", HEAD + events)
        told = json.loads(run("explain", "0001", "--format", "json", "--as-of", "2026-04-30").output)
        for deadline in told["deadlines"]:
            again = recounted(deadline["steps"], recount)
            checked += again is not None
            assert again in (None, deadline["due"]), deadline
    assert checked == 2 * 28

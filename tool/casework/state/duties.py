"""What the policy's duties and bans say of one case: what is owed, what is wrong, what came too late (4.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from casework.state.conditions import Step, fits, holds, is_given
from casework.state.happened import Among, Happened
from casework.state.needs import Need
from casework.state.policy import Ban, Duty, Entry
from casework.state.runs import SILENT_ENDS

Nature = Literal["missing", "wrong", "skipped", "owed", "awaited"]
TO_DO = ("owed", "awaited")  # what can still be done


class Unmet(NamedTuple):
    """A duty not done: ``missing`` a value (mend the entry), ``wrong`` or ``skipped`` for good, or still ``owed``;

    ``awaited`` is to do next, but nothing is wrong yet (4.10).
    """

    duty: Duty
    nature: Nature
    at: Step
    need: Need
    field: str = ""

    @property
    def entry(self) -> Entry:
        """The policy entry that is not kept."""
        return self.duty


class Broken(NamedTuple):
    """A ban and the event that broke it."""

    ban: Ban
    at: Step

    @property
    def entry(self) -> Entry:
        """The policy entry that is not kept."""
        return self.ban


def unmet_of(duties: Sequence[Duty], told: Happened) -> tuple[Unmet, ...]:
    """Every duty not done, in the order of the policy."""
    return tuple(unmet for duty in duties for unmet in _ASKED[duty.moment](duty, told))


def broken_of(bans: Sequence[Ban], told: Happened) -> tuple[Broken, ...]:
    """Every event that broke a ban, in the order of the policy; a reason on it excuses a soft one (4.8)."""
    return tuple(
        Broken(ban, step)
        for ban in bans
        for count, step in told.moments(ban.asked_of, ban.event)
        if _breaks(ban, count, step, told)
    )


def _breaks(ban: Ban, count: int, step: Step, told: Happened) -> bool:
    return (
        holds(ban.when, step.facts, step)
        and not (ban.before and told.first(ban.before, told.before(count)) is not None)
        and not (ban.after and told.first(ban.after, range(count).__contains__) is None)
        and not _is_excused(ban, step)
    )


def _before(duty: Duty, told: Happened) -> Iterator[Unmet]:
    for count, step in _moments(duty, told):
        for need in _not_done(duty, told, told.before(count), step):
            yield Unmet(duty, "skipped", step, need)


def _at(duty: Duty, told: Happened) -> Iterator[Unmet]:
    for _, step in _moments(duty, told):
        for need in duty.needs:
            yield from _value_unmet(duty, need, step)


def _by(duty: Duty, told: Happened) -> Iterator[Unmet]:
    for _, step in _moments(duty, told):
        for need in _not_done(duty, told, _whenever, step, told.steps[-1]):
            yield Unmet(duty, "owed", step, need)
        return


def _after(duty: Duty, told: Happened) -> Iterator[Unmet]:
    for count, step in _moments(duty, told):
        from_here, later = range(count, len(told.steps)), range(count + 1, len(told.steps))
        unmet = tuple(_not_done(duty, told, later.__contains__, step, told.steps[-1]))
        if unmet and not told.is_withdrawn(count):
            ends = (*duty.since, *SILENT_ENDS) if duty.is_owed_at_the_end else duty.since
            is_owed = told.first(ends, from_here.__contains__) is not None
            yield from (Unmet(duty, "owed" if is_owed else "awaited", step, need) for need in unmet)


_ASKED = {"before": _before, "at": _at, "by": _by, "after": _after}


def _whenever(n: int) -> bool:
    return True


def _moments(duty: Duty, told: Happened) -> Iterator[tuple[int, Step]]:
    for count, step in told.moments(duty.asked_of, duty.event):
        if holds(duty.when, step.facts, step) and not _is_excused(duty, step):
            yield count, step


def _not_done(duty: Duty, told: Happened, among: Among, at: Step, now: Step | None = None) -> Iterator[Need]:
    """The needs that no event ``among`` those asked about fulfils; facts are asked of the case ``now`` (else at the moment)."""
    start = 0
    among = told.of_the_same(duty.per, at, among) if duty.per else among
    for need in duty.needs:
        if need.kind != "event":
            values = at.event.told if need.kind == "value" else (now or at).facts
            lacking = [n for n, (name, test) in enumerate(need.cond) if not test(values.get(name), at)]
            if lacking:
                yield need.lacking(lacking)
            continue
        found = told.first(need.refs, among, start)
        if found is None:
            yield need
        elif duty.in_order:
            start = found


def needs_not_done(needs: Sequence[Need], steps: Sequence[Step]) -> Iterator[Need]:
    """The needs that a case as it stands does not fulfil: no such event, or the facts are others."""
    for need in needs:
        is_done = (
            any(fits(need.refs, step) for step in steps)
            if need.kind == "event"
            else holds(need.cond, steps[-1].facts, steps[-1])
        )
        if not is_done:
            yield need


def _value_unmet(duty: Duty, need: Need, step: Step) -> Iterator[Unmet]:
    if need.kind == "event":
        if fits(need.refs, step) is None:
            yield Unmet(duty, "wrong", step, need)
        return
    values = step.event.told if need.kind == "value" else step.facts
    for name, test in need.cond:
        if not test(values.get(name), step):
            nature: Nature = "wrong" if is_given(values.get(name)) else "missing"
            yield Unmet(duty, nature, step, need, name)


def _is_excused(entry: Entry, step: Step) -> bool:
    return entry.force == "should" and is_given(step.event.told.get("reason"))

"""What the policy's duties and bans say of one case: what is owed, what is wrong, what came too late (4.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from casework.state.conditions import Need, Refs, Step, fits, holds, is_given
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


def unmet_of(duties: Sequence[Duty], steps: Sequence[Step]) -> tuple[Unmet, ...]:
    """Every duty not done, in the order of the policy."""
    return tuple(unmet for duty in duties for unmet in _ASKED[duty.moment](duty, steps))


def broken_of(bans: Sequence[Ban], steps: Sequence[Step]) -> tuple[Broken, ...]:
    """Every event that broke a ban, in the order of the policy; a reason on it excuses a soft one (4.8)."""
    return tuple(
        Broken(ban, step) for ban in bans for count, step in enumerate(steps) if _breaks(ban, count, steps)
    )


def _breaks(ban: Ban, count: int, steps: Sequence[Step]) -> bool:
    step, earlier = steps[count], steps[:count]
    return (
        not ban.asked_of.isdisjoint(step.event.kinds)
        and fits(ban.event, step) is not None
        and holds(ban.when, step.facts, step)
        and not (ban.before and _any(ban.before, [*earlier, *_same_day(steps[count + 1 :], step)]))
        and not (ban.after and not _any(ban.after, earlier))
        and not _is_excused(ban, step)
    )


def _before(duty: Duty, steps: Sequence[Step]) -> Iterator[Unmet]:
    for count, step in _moments(duty, steps):
        done = [*steps[:count], *_same_day(steps[count + 1 :], step)]
        for need in _not_done(duty, done, step):
            yield Unmet(duty, "skipped", step, need)


def _at(duty: Duty, steps: Sequence[Step]) -> Iterator[Unmet]:
    for _, step in _moments(duty, steps):
        for need in duty.needs:
            yield from _value_unmet(duty, need, step)


def _by(duty: Duty, steps: Sequence[Step]) -> Iterator[Unmet]:
    for _, step in _moments(duty, steps):
        for need in _not_done(duty, steps, step, steps[-1]):
            yield Unmet(duty, "owed", step, need)
        return


def _after(duty: Duty, steps: Sequence[Step]) -> Iterator[Unmet]:
    for count, step in _moments(duty, steps):
        owed_since = [each for each in steps[count:] if fits(duty.since, each) or fits(SILENT_ENDS, each)]
        for need in _not_done(duty, steps[count + 1 :], step, steps[-1]):
            yield Unmet(duty, "owed" if owed_since else "awaited", step, need)


_ASKED = {"before": _before, "at": _at, "by": _by, "after": _after}


def _moments(duty: Duty, steps: Sequence[Step]) -> Iterator[tuple[int, Step]]:
    for count, step in enumerate(steps):
        if duty.asked_of.isdisjoint(step.event.kinds):
            continue
        if fits(duty.event, step) and holds(duty.when, step.facts, step) and not _is_excused(duty, step):
            yield count, step


def _not_done(duty: Duty, done: Sequence[Step], at: Step, now: Step | None = None) -> Iterator[Need]:
    """The needs that no event of ``done`` fulfils; facts are asked of the case ``now`` (else at the moment)."""
    start = 0
    for need in duty.needs:
        if need.kind != "event":
            values = at.event.told if need.kind == "value" else (now or at).facts
            lacking = [n for n, (name, test) in enumerate(need.cond) if not test(values.get(name), at)]
            if lacking:
                yield need.lacking(lacking)
            continue
        found = next((n for n in range(start, len(done)) if fits(need.refs, done[n])), None)
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


def _any(refs: Refs, steps: Sequence[Step]) -> bool:
    return any(fits(refs, step) for step in steps)


def _is_excused(entry: Entry, step: Step) -> bool:
    return entry.force == "should" and is_given(step.event.told.get("reason"))


def _same_day(later: Sequence[Step], step: Step) -> list[Step]:
    """A date without time on the day of a timed event is given the benefit of the doubt (4.10)."""
    told = step.event
    return [
        other
        for other in later
        if (other.event.when.whole_day or told.when.whole_day) and other.event.day == told.day
    ]

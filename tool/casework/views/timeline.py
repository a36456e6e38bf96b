"""A case's events and the clocks they start and stop, in order, with the instant we look from between past and future."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from casework.state.case import Event
from casework.state.deadline import Deadline
from casework.state.state import State
from casework.views.case import STATUSES
from casework.views.site import Entry, Moment, Site
from casework.views.values import Detail, details_of, shown_value


class Mark(NamedTuple):
    """What an event does to a clock: ``key`` is started, or the outcome the run ended with."""

    key: str
    word: str
    title: str
    due: Moment | None


class Stop(NamedTuple):
    """One line of the timeline: ``kind`` is event, lapse (a due instant passed), now, or coming (a due instant ahead)."""

    kind: str
    at: datetime
    moment: Moment | None
    title: str
    who: str = ""
    entered_by: str = ""
    details: tuple[Detail, ...] = ()
    marks: tuple[Mark, ...] = ()
    is_corrected: bool = False


def timeline_of(site: Site, entry: Entry) -> tuple[Stop, ...]:
    """Everything that happened by the instant, that instant, and the due instants still ahead."""
    state = entry.state
    stops = [*_events(site, entry), *(_lapses(site, state) if state else ())]
    past = sorted(stops, key=lambda stop: stop.at)
    coming = sorted(_coming(site, state), key=lambda stop: stop.at) if state else []
    now = Stop("now", site.at, site.moment(site.at), site.label("as_of"))
    return (*past, now, *coming)


def _events(site: Site, entry: Entry) -> Iterator[Stop]:
    standing = {event.position for event in entry.case.events}
    policy = entry.state.policy if entry.state else None
    for event in entry.case.all_events:
        by, entered = event.by, str(event.told.get("entered_by") or "")
        yield Stop(
            "event",
            event.at,
            site.moment(event.when),
            site.say(event.type.title),
            shown_value(site, entry, "by", by) if by else "",
            site.who(entered, policy) if entered != by else "",
            tuple(each for each in details_of(site, entry, event) if each.label != site.label("entered_by")),
            tuple(_marks(site, entry.state, event)) if entry.state else (),
            event.position not in standing,
        )


def _marks(site: Site, state: State, event: Event) -> Iterator[Mark]:
    for deadline in state.deadlines:
        if deadline.due is None and not deadline.problem and not deadline.changes:
            continue
        title, due = site.say(deadline.limit.title), site.moment(deadline.due)
        if deadline.ended_by is event:
            key = deadline.status(site.at)
            yield Mark(key, site.say(STATUSES[key]), title, due)
        if deadline.started_by is event:
            yield Mark("started", site.label("clock_starts"), title, site.moment(deadline.first))
        for change in deadline.changes:
            if change.event is event:
                yield Mark(change.what, site.label(f"clock_{change.what}"), title, site.moment(change.due))


def _lapses(site: Site, state: State) -> Iterator[Stop]:
    for deadline in state.deadlines:
        if deadline.due and deadline.due.is_passed(site.at) and _was_late(deadline, site.at):
            yield Stop("lapse", deadline.due.at, site.moment(deadline.due), site.say(deadline.limit.title))


def _was_late(deadline: Deadline, at: datetime) -> bool:
    return deadline.status(at) in ("overdue", "breached", "excused")


def _coming(site: Site, state: State) -> Iterator[Stop]:
    for deadline in state.open_deadlines:
        if deadline.due and not deadline.due.is_passed(site.at):
            word = site.say(STATUSES[deadline.status(site.at)])
            yield Stop(
                "coming", deadline.due.at, site.moment(deadline.due), site.say(deadline.limit.title), word
            )

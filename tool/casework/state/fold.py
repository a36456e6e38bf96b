"""A case's state is the fold of its events: facts, posts and the stage, step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from casework.records.event_type import STAGES
from casework.state.case import Case, Event
from casework.state.conditions import Refs, Step, cond_from, fits, holds, is_given, number_of
from casework.state.people import People

Posts = Mapping[str, tuple[str, ...]]


class Owner(NamedTuple):
    """Who answers for the case: the ``by`` of one event, passed on by the ``to`` of others (DS-22)."""

    start: str = "received"
    passes_by: Refs = ()


class Told(NamedTuple):
    """Every step of a case in order, and who holds which post after the last."""

    steps: tuple[Step, ...]
    posts: Posts


def told_of(case: Case, owner: Owner, people: People, roles: Mapping[str, tuple[str, ...]]) -> Told:
    """Every event with the case as it stood then."""
    facts, posts = case.facts, _first_posts(case.facts, people)
    steps: list[Step] = []
    for event in case.events:
        facts = facts_after(facts, event)
        if event.name == "received":
            posts = {**posts, "first-contact": (event.by,), "holder": (event.by,)}
        if event.name == owner.start:
            posts = {**posts, "responsible": (event.by,)}
        if event.name in _OF_AN_ACTION:
            posts = {**posts, "action-owner": _owners_of(event, steps)}
        step = Step(event, facts, posts, people, roles)
        steps.append(step)
        posts = _posts_after(posts, step, owner)
    return Told(tuple(steps), posts)


_OF_AN_ACTION = ("action_verified", "action_closed")


def _owners_of(event: Event, steps: Iterable[Step]) -> tuple[str, ...]:
    """Who sees to the action that an event speaks of: the owner of each one opened under the same number."""
    opened = (step.event.told for step in steps if step.event.name == "action_opened")
    return tuple(
        who
        for told in opened
        if told.get("action") == event.told.get("action")
        for who in _all(told.get("owner"))
    )


def facts_after(facts: Mapping[str, Any], event: Event) -> Mapping[str, Any]:
    """The facts once an event has set, summed, gathered and cleared what its type says."""
    kind = event.type
    if not (kind.sets or kind.sums or kind.gathers or kind.clears):
        return facts
    after = {name: value for name, value in facts.items() if name not in kind.clears}
    for fact, name in kind.sets.items():
        value = name if name is True else event.told.get(str(name))
        if is_given(value):
            after[fact] = value
    for fact, name in kind.sums.items():
        after[fact] = (number_of(after.get(fact)) or Decimal(0)) + (
            number_of(event.told.get(name)) or Decimal(0)
        )
    for fact, name in kind.gathers.items():
        after[fact] = [*_all(after.get(fact)), *_all(event.told.get(name))]
    return after


def stage_of(steps: tuple[Step, ...]) -> str:
    """The furthest stage reached since the last set-back."""
    stage = STAGES[0]
    for step in steps:
        kind = step.event.type
        back = _stage_in(kind.back, step)
        if back and (not kind.back_from or stage in kind.back_from):
            stage = back
        reached = _stage_in(kind.stage, step)
        if reached and STAGES.index(reached) > STAGES.index(stage):
            stage = reached
    return stage


def _stage_in(told: Any, step: Step) -> str | None:
    if not told or isinstance(told, str):
        return told or None
    for each in told:
        if holds(cond_from(each.get("when")), step.event.told, step):
            return str(each["stage"])
    return None


def _first_posts(facts: Mapping[str, Any], people: People) -> Posts:
    respondent = _all(facts.get("respondent"))
    return {
        "respondent": respondent,
        "interested": people.related_to(respondent),
        "complainant": ("complainant", *_all(facts.get("complainant"))),
        "tracker": _all(facts.get("tracker")),
    }


_MOVING = ("handed_over", "assigned", "dispatched", "action_opened", "team_formed", "recusal_declared")


def _posts_after(posts: Posts, step: Step, owner: Owner) -> Posts:
    event = step.event
    if event.name not in _MOVING and not fits(owner.passes_by, step):
        return posts
    to = _all(event.told.get("to"))
    moved: dict[str, tuple[str, ...]] = {}
    if to and event.name in ("handed_over", "assigned", "dispatched"):
        moved["holder"] = to
    if to and event.name == "assigned":
        moved["handler"] = to
    if to and fits(owner.passes_by, step):
        moved["responsible"] = to
    if event.name == "action_opened":
        moved["action-owner"] = _all(event.told.get("owner"))
    if event.name == "team_formed":
        moved["team"] = _all(event.told.get("members"))
    if event.name == "recusal_declared":
        moved["interested"] = (*posts.get("interested", ()), *_all(event.told.get("person")))
    return {**posts, **moved} if moved else posts


def _all(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, (list, tuple)) else (str(value),) if value else ()

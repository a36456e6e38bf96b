"""The cases of each edition of a policy: how many it judges, how many are open, and how a list of them is asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import urlencode

from casework.state.policy import Policy
from casework.state.register import Register
from casework.state.state import State


class Judged(NamedTuple):
    """The cases an edition judges: how many, how many are open, how many are confidential, and the list of the others."""

    all: int
    open: int
    confidential: int
    page: str  # empty where none may be listed


NONE = Judged(0, 0, 0, "")


def edition_key(register: Register, policy: Policy) -> str:
    """What a list calls an edition: the policy's name; where it has several editions, its first day too."""
    is_only = len(register.policies[policy.id]) == 1
    return policy.id if is_only else f"{policy.id}@{policy.in_force_from}"


def judged_of(register: Register) -> Mapping[str, Judged]:
    """What each edition judges, by its key: every case counts, also one that is never listed."""
    found = defaultdict[str, list[State]](list)
    for state in register.states:
        found[edition_key(register, state.policy)].append(state)
    return {key: _judged(key, states) for key, states in found.items()}


def _judged(key: str, states: Sequence[State]) -> Judged:
    listed = sum(state.secrecy.is_listed for state in states)
    return Judged(
        len(states),
        sum(not state.is_finished and bool(state.case.all_events) for state in states),
        len(states) - listed,
        f"cases.html#{urlencode({'policy': key})}" if listed else "",
    )

"""What a command that looks for findings sees, a register whose own file is flawed included."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from casework.desk.desk import Desk, Unread, language, unread_register

if TYPE_CHECKING:
    from datetime import datetime

    from casework.rules import Finding
    from casework.state.register import Register
    from casework.words import Lang


class Seen(NamedTuple):
    """A register and what was found in it as of ``at``; ``now`` is what counts as now (both UTC)."""

    register: Register
    findings: list[Finding]
    at: datetime
    now: datetime
    lang: Lang


def seen(desk: Desk, look: Callable[[Desk], tuple[Register, list[Finding]]]) -> Seen:
    """What ``look`` finds; where register.yaml is flawed, that alone, as of the clock."""
    from casework.rules import findings_of

    try:
        register, findings = look(desk)
        return Seen(register, findings, desk.at, desk.now, desk.lang)
    except Unread as unread:
        register = unread_register(unread.flaws)
        now = desk.clock
        return Seen(register, findings_of(register, now), now, now, language(desk.asked_lang))

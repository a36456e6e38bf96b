"""State → findings: one file is one rule, found because it is there. Pure.

A rule module is its story (the docstring: English, then ``中文：``), a ``kind``, a ``level`` and
``check(state, at) -> Iterator[Said]`` over one case, or ``check_register(register, at)`` over all.
It never names itself, never builds a Finding, never sorts, never prints.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cache
from importlib import import_module
from inspect import getdoc
from pkgutil import iter_modules
from typing import NamedTuple

from casework.state.policy import Entry
from casework.state.register import Register
from casework.state.state import State
from casework.words import Place, Text

KINDS = ("change", "day", "past")
LEVELS = ("error", "warning", "information")


class Said(NamedTuple):
    """What a rule says of one spot; the entry of the policy lends its level and clauses."""

    place: Place
    text: Text
    entry: Entry | None = None
    kind: str = ""  # where a rule has more than one
    level: str = ""
    happened: datetime | None = None  # of a breach of the past: when; only a later note can answer for it
    clauses: tuple[str, ...] = ()  # where a part of the entry bears its own


class Finding(NamedTuple):
    """The answer to a rule: kind is change, day or past; level is error, warning or information (design 8)."""

    rule: str
    kind: str
    level: str
    clauses: tuple[str, ...]
    case: str
    place: Place
    text: Text
    entry: str = ""
    answered: bool = False
    happened: datetime | None = None


class Rule(NamedTuple):
    """A rule module as found at the door."""

    name: str
    kind: str
    level: str
    story: str
    check: Callable[[State, datetime], Iterator[Said]] | None
    check_register: Callable[[Register, datetime], Iterator[tuple[str, Said]]] | None


@cache
def every_rule() -> tuple[Rule, ...]:
    """All rules, by name."""
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(_rule(name) for name in names)


def findings_of(register: Register, at: datetime) -> list[Finding]:
    """Every finding of every rule, by path, line and rule."""
    rules = every_rule()
    found = [
        _finding(rule, *said)
        for rule in rules
        if rule.check_register
        for said in rule.check_register(register, at)
    ]
    for state in register.states:
        found += _of_case(state, at, rules)
    return sorted(found, key=in_place)


def findings_of_case(state: State, at: datetime, kind: str = "") -> list[Finding]:
    """What the rules over single cases (of one kind, if asked) say of one case."""
    return sorted(
        _of_case(state, at, [rule for rule in every_rule() if kind in ("", rule.kind)]), key=in_place
    )


def in_place(finding: Finding) -> tuple[Place, str, str]:
    """The order findings are shown in: by path, line, rule."""
    return finding.place, finding.rule, finding.text.en


def _of_case(state: State, at: datetime, rules: Iterable[Rule]) -> list[Finding]:
    return [
        _finding(rule, state.number, said) for rule in rules if rule.check for said in rule.check(state, at)
    ]


def _finding(rule: Rule, case: str, said: Said) -> Finding:
    entry = said.entry
    return Finding(
        rule.name,
        said.kind or rule.kind,
        said.level or (entry.level if entry else rule.level),
        said.clauses or (entry.clauses if entry else ()),
        case,
        said.place,
        said.text,
        entry.name if entry else "",
        happened=said.happened,
    )


def _rule(name: str) -> Rule:
    module = import_module(f"{__name__}.{name}")
    return Rule(
        name.replace("_", "-"),
        module.kind,
        getattr(module, "level", "error"),
        getdoc(module) or "",
        getattr(module, "check", None),
        getattr(module, "check_register", None),
    )

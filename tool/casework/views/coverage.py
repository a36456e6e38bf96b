"""Clause by clause, what keeps it: worked out from the entries that were compiled and the rules that run, not from claims."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from casework.figures.named import MADE
from casework.rules import every_rule
from casework.state.entries import SECTIONS as JUDGED
from casework.state.policy import Policy
from casework.views.labels import SECTIONS as SHOWN
from casework.views.width import table
from casework.words import Lang, Text

RULES: Mapping[str, tuple[str, ...]] = {  # the rules without which a section would keep nothing
    "limits": ("deadline-overdue", "done-late"),
    "duties": ("duty-unmet",),
    "bans": ("ban-broken",),
    "repeats": ("repeat-owed",),
    "secrecy": ("disclosed-outside",),
    "retention": ("retention-due", "disposed-too-early"),
    "recurring": ("recurring-owed",),
    "numbering": ("code-wrong",),
    "choices": ("choice-unknown",),
}
ONLY_READ = ("about", "roles", "shown")  # sections that are there to be read


class Covered(NamedTuple):
    """One clause of a policy's source, and what keeps it: ``section:entry``, in the order of the policy."""

    id: str
    policy: str
    kind: str
    title: Text
    kept_by: tuple[str, ...]

    @property
    def is_only_read(self) -> bool:
        """Whether all that keeps it is there to be read."""
        return bool(self.kept_by) and all(each.partition(":")[0] in ONLY_READ for each in self.kept_by)


def coverage_of(policies: Iterable[Policy]) -> tuple[Covered, ...]:
    """Every clause of every policy's list, by policy, in the order of the list."""
    rules = frozenset(rule.name for rule in every_rule())
    covered = []
    for policy in policies:
        kept: dict[str, list[str]] = {name: [] for name in policy.clauses}
        for keeper, clauses in _keepers(policy, rules):
            for clause in clauses:
                kept.setdefault(clause, []).append(keeper)
        covered += [
            Covered(name, policy.id, clause.kind, clause.title, tuple(dict.fromkeys(kept[name])))
            for name, clause in policy.clauses.items()
        ]
    return tuple(covered)


def _keepers(policy: Policy, rules: frozenset[str]) -> Iterator[tuple[str, list[str]]]:
    """Each entry that keeps something, with the clauses it names anywhere within it."""
    for record in (policy.record, *policy.guidance):
        for section in SHOWN:
            for name, told in (record.value.get(section) or {}).items():
                clauses = [*_clauses_in(told)]
                if clauses and _keeps(policy, section, name, told or {}, rules):
                    yield ("owner" if section == "owner" else f"{section}:{name}"), clauses


def _keeps(policy: Policy, section: str, name: str, told: Mapping[str, Any], rules: frozenset[str]) -> bool:
    """Whether an entry does what its section is for."""
    if not rules.issuperset(RULES.get(section, ())):
        return False
    if section in JUDGED:
        return any(entry.name == name for entry in getattr(policy, section))
    keeps = _OTHERS.get(section)
    return keeps is None or keeps(policy, name, told)


def _keeps_choice(policy: Policy, name: str, told: Mapping[str, Any]) -> bool:
    """A closed list is held to; an open one has to name something at least."""
    return name in policy.choices and bool(policy.choices[name].values)


def _keeps_report(policy: Policy, name: str, told: Mapping[str, Any]) -> bool:
    """A report is made if every figure it names is."""
    return MADE.keys() >= set(told.get("figures") or ())


def _keeps_form(policy: Policy, name: str, told: Mapping[str, Any]) -> bool:
    """A form has to say what stands on it, or whose its copies are, or that it stays in the house."""
    return any(told.get(key) for key in ("contains", "copies", "internal"))


def _keeps_text(policy: Policy, name: str, told: Mapping[str, Any]) -> bool:
    """What is there to be read has to say something."""
    return bool(told.get("text") or told.get("title"))


_OTHERS: Mapping[str, Callable[[Policy, str, Mapping[str, Any]], bool]] = {
    "choices": _keeps_choice,
    "reports": _keeps_report,
    "forms": _keeps_form,
    "shown": _keeps_text,
}


def _clauses_in(told: Any) -> Iterator[str]:
    """Every clause named in an entry: its own, and those of its needs, tiers, extension or values."""
    if isinstance(told, Mapping):
        for key, inner in told.items():
            if key == "clause":
                yield from map(str, inner if isinstance(inner, list) else [inner])
            else:
                yield from _clauses_in(inner)
    elif isinstance(told, list):
        for each in told:
            yield from _clauses_in(each)


def text_of(covered: Iterable[Covered], lang: Lang, columns: int) -> str:
    """For each policy how many clauses are kept, then those that only stand there to be read, and those nothing keeps."""
    every = tuple(covered)
    lines = []
    for policy in dict.fromkeys(each.policy for each in every):
        own = [each for each in every if each.policy == policy]
        read = [each for each in own if each.is_only_read]
        none = [each for each in own if not each.kept_by]
        parts = {"policy": policy, "n": len(own) - len(none), "total": len(own), "read": len(read)}
        lines.append(Text(_COUNTED.en, _COUNTED.zh, parts).say(lang))
        rows = [(each.id, _NOTHING.say(lang), each.title.say(lang)) for each in none]
        rows += [(each.id, ", ".join(each.kept_by), each.title.say(lang)) for each in read]
        lines += ["  " + line for line in table(rows, columns - 2)]
    total = Text(_TOTAL.en, _TOTAL.zh, {"n": sum(bool(each.kept_by) for each in every), "total": len(every)})
    return "\n".join([*lines, total.say(lang)]) if every else _EMPTY.say(lang)


def json_of(covered: Iterable[Covered], lang: Lang, columns: int) -> str:
    """total, and for each clause id, policy, kind and what keeps it."""
    every = [
        {"id": each.id, "policy": each.policy, "kind": each.kind, "kept_by": list(each.kept_by)}
        for each in covered
    ]
    return json.dumps({"total": len(every), "clauses": every}, ensure_ascii=False, indent=2)


FORMS = {"text": text_of, "json": json_of}

_COUNTED = Text(
    "{policy}: {n} of {total} clauses kept, {read} of them only there to be read",
    "{policy}：{total} 条中已落实 {n} 条，其中 {read} 条仅供阅读",
)
_NOTHING = Text("nothing keeps it", "尚未落实")
_TOTAL = Text("together {n} of {total}", "合计 {total} 条中已落实 {n} 条")
_EMPTY = Text("no policy lists the clauses of its source", "没有制度列出条款目录（clauses）")

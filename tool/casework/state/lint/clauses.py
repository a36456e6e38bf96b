"""Questions about clauses: whether the list of the source's clauses and the entries that name them agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from casework.records.record import Record, Steps
from casework.state.forms import words
from casework.state.lint.asked import Asked, Remark
from casework.words import Place, Text, did_you_mean

_NO_LIST = Text(
    "the policy does not list the clauses of its source, so nobody can say which of them nothing keeps",
    "制度没有列出原文的条款目录，无从得知哪些条款尚无落实",
)
_UNNAMED = Text("no entry names clause {clause}: nothing keeps it", "没有任何条目落实条款 {clause}")
_UNLISTED = Text(
    "clause {clause} is not in the list of this policy's clauses{hint}",
    "条款 {clause} 不在本制度的条款目录内{hint}",
)
_TWICE = Text(
    "clause {clause} is listed by policy '{policy}' too ({place}): a clause belongs to one source",
    "制度“{policy}”（{place}）也列出了条款 {clause}：一个条款只属于一份原文",
)


def no_list(asked: Asked) -> Iterator[Remark]:
    """A policy that names clauses without listing them."""
    if not asked.policy.clauses and any(_named(asked)):
        yield Remark("information", Place(asked.policy.record.path), _NO_LIST)


def unnamed(asked: Asked) -> Iterator[Remark]:
    """A clause listed that no entry names."""
    named = {clause for _, clause in _named(asked)}
    for record, clause in _listed(asked):
        if clause not in named:
            text = Text(_UNNAMED.en, _UNNAMED.zh, {"clause": clause})
            yield Remark("warning", record.place("clauses", clause), text, clauses=(clause,))


def unlisted(asked: Asked) -> Iterator[Remark]:
    """A clause named that is not in the list, nor in that of the policy above."""
    above = {other.id: other for other in asked.others}.get(str(asked.policy.record.value.get("parent")))
    known = {**asked.policy.clauses, **(above.clauses if above else {})}
    for place, clause in _named(asked) if asked.policy.clauses else ():
        if clause not in known:
            parts = {"clause": clause, "hint": did_you_mean(clause, known)}
            yield Remark("error", place, Text(_UNLISTED.en, _UNLISTED.zh, parts), clauses=(clause,))


def listed_twice(asked: Asked) -> Iterator[Remark]:
    """A clause that another policy lists too; editions of one policy and guidance that both include are no others."""
    for record, clause in _listed(asked):
        for other in asked.others:
            theirs = next(
                (each for each in (other.record, *other.guidance) if clause in _clauses(each)), None
            )
            if other.id != asked.policy.id and theirs and theirs.path != record.path:
                parts = {
                    "clause": clause,
                    "policy": other.title,
                    "place": str(theirs.place("clauses", clause)),
                }
                text = Text(_TWICE.en, _TWICE.zh, parts)
                yield Remark("error", record.place("clauses", clause), text, clauses=(clause,))


def _listed(asked: Asked) -> Iterator[tuple[Record, str]]:
    return ((record, clause) for record in asked.records for clause in _clauses(record))


def _clauses(record: Record) -> Mapping[str, Any]:
    return record.value.get("clauses") or {}


def _named(asked: Asked) -> Iterator[tuple[Place, str]]:
    """Every clause that something of the policy names, with its place."""
    for record in asked.records:
        told = {name: part for name, part in record.value.items() if name != "clauses"}
        for steps, clause in _in(told, ()):
            yield record.value_place(*steps), clause


def _in(told: Any, steps: Steps) -> Iterator[tuple[Steps, str]]:
    parts = told.items() if isinstance(told, Mapping) else enumerate(told) if isinstance(told, list) else ()
    for key, part in parts:
        if key == "clause":
            yield from (((*steps, key), clause) for clause in words(part))
        else:
            yield from _in(part, (*steps, key))

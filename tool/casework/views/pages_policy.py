"""A policy's page: its entries, section by section, with title, clauses, number and reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.state.policy import Policy
from casework.state.span import span_from
from casework.views.labels import SECTIONS
from casework.views.site import Site

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class EntryRow(NamedTuple):
    """One entry: what it promises in short (``span``: 30 minutes, 2 years) and how we read what its source leaves open."""

    name: str
    title: str
    clauses: tuple[str, ...]
    force: str
    span: str
    reading: str


class PolicyRow(NamedTuple):
    """A policy in the list; ``page`` is its path below the site."""

    id: str
    page: str
    title: str
    since: str
    entries: int
    cases: int


def policies_page(site: Site) -> Mapping[str, Any]:
    """What the template of the list of policies is given."""
    judged = Counter(id(state.policy) for state in site.register.states)
    rows = [
        PolicyRow(
            policy.id,
            page_of(site, policy),
            site.say(policy.title),
            policy.in_force_from.isoformat(),
            sum(len(rows) for _, rows in _sections(site, policy)),
            judged[id(policy)],
        )
        for policy in site.policies
    ]
    return {"title": site.label("policies"), "rows": rows}


def policy_page(site: Site, policy: Policy) -> Mapping[str, Any]:
    """What the template of a policy is given."""
    source = policy.record.value.get("source") or {}
    return {
        "title": site.say(policy.title),
        "policy": policy.id,
        "since": policy.in_force_from.isoformat(),
        "heading": source.get("heading", ""),
        "path": policy.record.path,
        "sections": list(_sections(site, policy)),
    }


def page_of(site: Site, policy: Policy) -> str:
    """The page of an edition: the newest bears the policy's name, older ones their first day too."""
    newest = max(each.in_force_from for each in site.register.policies[policy.id])
    name = (
        policy.id
        if NAME.fullmatch(policy.id)
        else f"policy-{[each.id for each in site.policies].index(policy.id)}"
    )
    return (
        f"policies/{name}.html"
        if policy.in_force_from == newest
        else f"policies/{name}.{policy.in_force_from}.html"
    )


def _sections(site: Site, policy: Policy) -> Iterator[tuple[str, list[EntryRow]]]:
    for section, title in SECTIONS.items():
        told = policy.record.value.get(section)
        rows = (
            [_row(site, name, entry or {}) for name, entry in told.items()]
            if isinstance(told, Mapping)
            else []
        )
        if rows:
            yield site.say(title), rows


def _row(site: Site, name: str, told: Mapping[str, Any]) -> EntryRow:
    return EntryRow(
        name,
        _said(site, told.get("title") or told.get("text")) or _values(site, told) or name,
        _listed(told.get("clause")),
        site.label(f"force_{told['force']}") if told.get("force") in ("must", "should", "may") else "",
        _span(site, told.get("within") or told.get("keep") or told.get("target")),
        _said(site, told.get("reading")),
    )


def _listed(told: Any) -> tuple[str, ...]:
    return tuple(map(str, told)) if isinstance(told, list) else () if told is None else (str(told),)


def _values(site: Site, told: Mapping[str, Any]) -> str:
    """The values of a closed list, by title."""
    values = told.get("values") or ()
    named = values.items() if isinstance(values, Mapping) else ((each, None) for each in values)
    titles = (_said(site, (entry or {}).get("title")) or str(value) for value, entry in named)
    return site.label("comma").join(titles)


def _said(site: Site, told: Any) -> str:
    if isinstance(told, Mapping):
        return str(told.get(site.lang) or told.get("en") or "")
    return str(told or "")


def _span(site: Site, told: Any) -> str:
    span = span_from(str(told)) if told else None
    return site.say(span.text) if span else str(told or "")

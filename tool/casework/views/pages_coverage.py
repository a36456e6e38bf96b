"""The page of clauses: for every policy, clause by clause, what keeps it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.state.policy import Policy
from casework.state.register import edition_at_hand
from casework.views.coverage import Covered, coverage_of
from casework.views.labels import SECTIONS
from casework.views.pages_policy import page_of
from casework.views.site import Site


class Keeper(NamedTuple):
    """An entry that keeps a clause: its section in words, its name, and where its page has it."""

    section: str
    name: str
    page: str


class ClauseRow(NamedTuple):
    """One clause; ``kept_by`` is empty where nothing keeps it."""

    id: str
    kind: str
    title: str
    kept_by: tuple[Keeper, ...]
    is_only_read: bool


class Counted(NamedTuple):
    """One policy's clauses, and how many of them are kept and only there to be read."""

    title: str
    page: str
    rows: tuple[ClauseRow, ...]
    kept: int
    read: int


def coverage_page(site: Site) -> Mapping[str, Any]:
    """What the template is given: policies that list their clauses, the edition of each in force."""
    return {"title": site.label("coverage"), "policies": tuple(_counted(site))}


def _counted(site: Site) -> Iterator[Counted]:
    for name in dict.fromkeys(policy.id for policy in site.policies):
        policy = edition_at_hand(site.register.policies[name], site.day(site.at))
        covered = coverage_of([policy])
        if covered:
            yield Counted(
                site.say(policy.title),
                page_of(site, policy),
                tuple(_row(site, policy, each) for each in covered),
                sum(bool(each.kept_by) for each in covered),
                sum(each.is_only_read for each in covered),
            )


def _row(site: Site, policy: Policy, covered: Covered) -> ClauseRow:
    keepers = tuple(_keeper(site, policy, each) for each in covered.kept_by)
    return ClauseRow(covered.id, covered.kind, site.say(covered.title), keepers, covered.is_only_read)


def _keeper(site: Site, policy: Policy, keeper: str) -> Keeper:
    section, _, name = keeper.partition(":")
    names = [name] if name else list(policy.record.value.get(section) or {})
    page = f"{page_of(site, policy)}#{names[0]}" if names else page_of(site, policy)
    return Keeper(site.say(SECTIONS[section]), name, page)

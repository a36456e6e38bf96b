"""The policies as pages: the list of them, and each as a handbook with its procedure drawn."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from casework.state.policy import Policy
from casework.views.editions import NONE, Judged, edition_key
from casework.views.handbook import Section, handbook_of
from casework.views.labels import SECTIONS
from casework.views.policy_words import Wording, entries_of
from casework.views.procedure import procedure_of
from casework.views.site import Site
from casework.words import Text

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class PolicyRow(NamedTuple):
    """A policy in the list; ``page`` is its path below the site."""

    id: str
    page: str
    title: str
    since: str
    entries: int
    cases: Judged


def policies_page(site: Site, judged: Mapping[str, Judged]) -> Mapping[str, Any]:
    """What the template of the list of policies is given."""
    rows = [
        PolicyRow(
            policy.id,
            page_of(site, policy),
            site.say(policy.title),
            policy.in_force_from.isoformat(),
            sum(len(entries_of(policy, section)) for section in SECTIONS),
            judged.get(edition_key(site.register, policy), NONE),
        )
        for policy in site.policies
    ]
    return {"title": site.label("policies"), "rows": rows}


def policy_page(site: Site, policy: Policy, judged: Mapping[str, Judged]) -> Mapping[str, Any]:
    """What the template of a policy is given: the handbook, and the procedure as a drawing."""
    source = policy.record.value.get("source") or {}
    wording, sections = _handbook(site, policy)
    return {
        "title": site.say(policy.title),
        "policy": policy.id,
        "since": policy.in_force_from.isoformat(),
        "heading": source.get("heading", ""),
        "path": policy.record.path,
        "cases": judged.get(edition_key(site.register, policy), NONE),
        "sections": sections,
        "procedure": procedure_of(wording, sections),
        "word": {name: site.say(text) for name, text in WORDS.items()},
    }


def _handbook(site: Site, policy: Policy) -> tuple[Wording, tuple[Section, ...]]:
    register = site.register
    wording = Wording(policy, register.people, register.events, register.titles, site.lang)
    return wording, handbook_of(wording, site.day(site.at))


WORDS = {
    "sections": Text("Sections of the policy", "制度各部分"),
    "procedure": Text("The procedure", "流程图"),
    "procedure_said": Text(
        "From top to bottom: the stages of a case, with the events of each that the policy speaks of. On the right a "
        "line goes from each limit to the event that ends it; on the left from what must come first to what waits for it.",
        "自上而下是案件的各个阶段，以及制度在其中提到的事件。右侧的线从每条时限通向使其完成的事件；左侧的线从须先办的事通向等它的事。",
    ),
    "order": Text("what comes first", "先后次序"),
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

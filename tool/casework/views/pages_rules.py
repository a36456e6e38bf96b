"""The rules' pages: each tells its story in both languages and names what it now says of which case."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from casework.rules import Finding, Rule, every_rule
from casework.views.findings import LEVEL_NAMES
from casework.views.labels import KIND_NAMES
from casework.views.pages_case import FindingRow, finding_row
from casework.views.site import Name, Site

MOST = 200


class Story(NamedTuple):
    """A rule's docstring in one language: its first sentence, and the paragraphs after it."""

    lang: str
    lead: str
    rest: tuple[str, ...]


class RuleRow(NamedTuple):
    """A rule in the list."""

    name: str
    lead: str
    kind: str
    level: Name
    tally: int


class SaidRow(NamedTuple):
    """What the rule says of one file."""

    number: str
    page: str
    path: str
    finding: FindingRow


def stories_of(told: str) -> tuple[Story, Story]:
    """The English and the Chinese half of a rule's docstring; the Chinese begins at ``中文：``."""
    english, _, chinese = told.partition("中文：")
    return _story("en", english), _story("zh", chinese)


def _story(lang: str, told: str) -> Story:
    join = "" if lang == "zh" else " "
    lines = [re.sub(r"\s*\n\s*", join, part).strip() for part in re.split(r"\n\s*\n", told.strip())]
    if lang == "zh" and len(lines) == 1:  # the first line is the lead, the next lines the story
        first, _, rest = told.strip().partition("\n")
        lines = [first.strip(), re.sub(r"\s*\n\s*", "", rest).strip()]
    return Story(lang, lines[0], tuple(line for line in lines[1:] if line))


def rules_page(site: Site, said: Mapping[str, Sequence[Finding]]) -> Mapping[str, Any]:
    """What the template of the list of rules is given."""
    return {"title": site.label("rules"), "rows": [_row(site, rule, said) for rule in every_rule()]}


def rule_page(site: Site, rule: Rule, said: Mapping[str, Sequence[Finding]]) -> Mapping[str, Any]:
    """What the template of a rule is given."""
    stories = sorted(stories_of(rule.story), key=lambda story: story.lang != site.lang)
    found = said.get(rule.name, ())
    return {
        "title": rule.name,
        "row": _row(site, rule, said),
        "stories": stories,
        "found": [_said(site, each) for each in found[:MOST]],
        "total": len(found),
    }


def _row(site: Site, rule: Rule, said: Mapping[str, Sequence[Finding]]) -> RuleRow:
    story = stories_of(rule.story)[site.lang == "zh"]
    level = Name(rule.level, site.say(LEVEL_NAMES[rule.level]))
    return RuleRow(
        rule.name, story.lead, site.say(KIND_NAMES[rule.kind]), level, len(said.get(rule.name, ()))
    )


def _said(site: Site, finding: Finding) -> SaidRow:
    entry = site.by_path.get(finding.place.path)
    row = finding_row(site, entry, finding)
    return SaidRow(entry.number if entry else "", entry.page if entry else "", finding.place.path, row)

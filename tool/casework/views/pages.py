"""The map of the site: every page, the template that draws it and what that is given. One entry in PAGES is one page."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple, TypeVar

from casework.rules import Finding, every_rule
from casework.views.editions import judged_of
from casework.views.pages_case import case_page
from casework.views.pages_cases import ROWS, CaseRow, case_rows, cases_page, cases_script
from casework.views.pages_coverage import coverage_page
from casework.views.pages_home import home_page
from casework.views.pages_month import month_page, months_page
from casework.views.pages_policy import page_of, policies_page, policy_page
from casework.views.pages_rules import rule_page, rules_page
from casework.views.site import Site


class Page(NamedTuple):
    """A file of the site: ``path`` below it, what the template is given (or the text itself), and its entry of the main nav."""

    path: str
    template: str
    give: Callable[[], Mapping[str, Any] | str]
    section: str = ""


def pages_of(site: Site) -> Iterator[Page]:
    """Every generated file; what each is given is worked out when it is asked for."""
    said = _by_rule(site.said)
    rows: list[CaseRow] = case_rows(site)
    judged = judged_of(site.register)
    yield Page("index.html", "home.html", partial(home_page, site), "home")
    yield Page("cases.html", "cases.html", partial(cases_page, site, rows), "cases")
    yield Page("months.html", "months.html", partial(months_page, site), "months")
    yield Page("rules.html", "rules.html", partial(rules_page, site, said), "rules")
    yield Page("policies.html", "policies.html", partial(policies_page, site, judged), "policies")
    yield Page("coverage.html", "coverage.html", partial(coverage_page, site), "policies")
    yield Page("build.json", "", partial(build_record, site))
    if len(rows) > ROWS:
        yield Page("data/cases.js", "", partial(cases_script, rows))
    for rule in every_rule():
        yield Page(f"rules/{rule.name}.html", "rule.html", partial(rule_page, site, rule, said), "rules")
    for policy in site.policies:
        yield Page(
            page_of(site, policy), "policy.html", partial(policy_page, site, policy, judged), "policies"
        )
    for earlier, book, later in _with_neighbours(site.books):
        yield Page(
            f"m/{book.month}.html", "month.html", partial(month_page, site, book, earlier, later), "months"
        )
    for before, entry, after in _with_neighbours(site.entries):
        yield Page(entry.page, "case.html", partial(case_page, site, entry, before, after), "cases")


def build_record(site: Site) -> str:
    """What was built, from what: JSON for programs. Names no time of building, so that equal input gives equal files."""
    zone = site.register.firm.zone
    told = {
        "as_of": site.at.astimezone(zone).isoformat(),
        "is_sample": site.is_sample,
        "commit": site.commit or None,
        "casework": site.version,
        "language": site.lang,
        "cases": len(site.entries),
        "not_listed": len(site.unlisted),
        "not_judged": len(site.register.unjudged),
        "files_unread": len({flaw.place.path for flaw in site.register.flaws}),
        "findings": {
            level: sum(each.level == level for each in site.findings)
            for level in ("error", "warning", "information")
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _by_rule(findings: Sequence[Finding]) -> Mapping[str, Sequence[Finding]]:
    said = defaultdict[str, list[Finding]](list)
    for each in findings:
        said[each.rule].append(each)
    return said


_T = TypeVar("_T")


def _with_neighbours(items: Sequence[_T]) -> Iterator[tuple[_T | None, _T, _T | None]]:
    yield from zip((None, *items), items, (*items[1:], None), strict=False)

"""A case's page: where it stands, what is next, what happened, what was promised, what was found, how long it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from casework.figures.month import month_of
from casework.rules import Finding
from casework.state.account import Line
from casework.state.deadline import Deadline
from casework.state.explained import explained
from casework.state.span import WORDS
from casework.state.state import State
from casework.views.account import when_and_number
from casework.views.case import STAGE_NAMES, STATUSES, status_text, todo_of
from casework.views.cases import due_of
from casework.views.findings import LEVEL_NAMES
from casework.views.labels import FOLDED, KIND_NAMES, LABELS
from casework.views.pages_policy import page_of
from casework.views.retention import standing_of
from casework.views.site import Entry, Moment, Name, Site
from casework.views.status import status_of
from casework.views.timeline import timeline_of
from casework.views.values import Detail, owners_of, shown_value
from casework.words import same

# Only what is named here is shown of a case's head: `personal` is not, whatever a schema may add to it.
FACTS = (
    "receipt", "code", "kind", "channel", "origin", "origin_unit", "origin_no", "intake_point", "area", "region",
    "category", "subcategory", "severity", "urgency", "complexity", "level", "demand", "complainant",
    "complainant_class", "key_customer", "anonymous", "signed", "truth_declared", "respondent", "tracker",
    "owner_unit", "responsible_unit", "jurisdiction", "beyond_authority", "specific", "worth_investigating", "supply",
    "adverse_effect", "supplier", "third_party", "purchase_proof",
    "product.name", "product.spec", "product.packaging", "product.lot_no", "product.made_on", "product.bought_on",
    "product.bought_at", "product.qty", "product.qty_bad", "product.material",
    "order.order_no", "order.material_no", "order.delivery_date", "order.qty", "order.amount",
    "incident.at", "incident.place", "incident.persons", "incident.state",
)  # fmt: skip
STORY = ("issue", "demand_text", "reasons", "incident.course", "incident.effect")


class Step(NamedTuple):
    """One step of how a deadline came about: when, the number it got, and what it is."""

    what: str
    when: str
    number: str
    text: str
    mark: str  # of the notice it rests on


class DeadlineRow(NamedTuple):
    """One run of a limit."""

    title: str
    clauses: tuple[str, ...]
    force: str
    start: Moment | None
    due: Moment | None
    open_end: str
    met: Moment | None
    status: Name
    problem: str
    steps: tuple[Step, ...]
    notices: tuple[str, ...]


class FindingRow(NamedTuple):
    """What a rule says of the case; ``rule`` names its page."""

    level: Name
    kind: str
    text: str
    rule: str
    entry: str
    clauses: tuple[str, ...]
    line: int
    is_answered: bool


class NextStep(NamedTuple):
    """Something to be done: ``status`` colours it, ``due`` is None where no instant is set."""

    status: Name
    title: str
    who: str
    due: Moment | None


def case_page(site: Site, entry: Entry, before: Entry | None, after: Entry | None) -> Mapping[str, Any]:
    """What the template of a case is given."""
    state, month = entry.state, _month(site, entry)
    return {
        "title": entry.number,
        "number": entry.number,
        "month": month if month in site.months else "",
        "summary": summary_of(site, entry),
        "status": status_of(site, entry),
        "stage": site.say(STAGE_NAMES[state.stage]) if state else "",
        "policy": (page_of(site, state.policy), site.say(state.policy.title)) if state else None,
        "policy_asked": entry.case.policy or site.register.firm.policy,
        "facts": tuple(_facts(site, entry, FACTS)) + tuple(_posts(site, entry)),
        "outcome": tuple(_facts(site, entry, tuple(FOLDED))),
        "story": tuple(_facts(site, entry, STORY)),
        "next": tuple(next_steps(site, entry)),
        "received": site.moment(entry.case.received.when) if entry.case.received else None,
        "due": site.moment(due_of(state)) if state else None,
        "timeline": timeline_of(site, entry),
        "deadlines": tuple(_rows(site, state)) if state else (),
        "findings": tuple(finding_row(site, entry, each) for each in entry.findings),
        "retention": _retention(site, entry),
        "source": entry.case.path,
        "before": before,
        "after": after,
    }


def _month(site: Site, entry: Entry) -> str:
    """The month the case was received in."""
    return str(month_of(entry.case.received.at, site.register.firm.zone)) if entry.case.received else ""


def summary_of(site: Site, entry: Entry) -> str:
    """The complaint in a sentence, corrected where it was; nothing where no policy says how secret it is."""
    told = entry.state.facts.get("summary") if entry.state else None
    return shown_value(site, entry, "summary", told) if told else ""


def _facts(site: Site, entry: Entry, names: tuple[str, ...]) -> Iterator[Detail]:
    facts = entry.state.facts if entry.state else {}
    for name in names:
        if facts.get(name) not in (None, "", []):
            label = site.register.titles.get(name) or FOLDED.get(name) or same(name)
            yield Detail(site.say(label), shown_value(site, entry, name, facts[name]))


def _posts(site: Site, entry: Entry) -> Iterator[Detail]:
    state = entry.state
    for label, who in (("responsible", state.responsible), ("handler", state.handler)) if state else ():
        if who:
            names = [site.who(each, state.policy if state else None) for each in who]
            yield Detail(site.label(label), entry.veil.over(site.label("comma").join(names)))


def next_steps(site: Site, entry: Entry) -> Iterator[NextStep]:
    """What is owed, the earliest due first; then what has no instant; then what must be mended or answered for."""
    for each in todo_of(entry.state, site.at) if entry.state else ():
        word = STATUSES.get(each.status) or LABELS[f"next_{each.status}"]
        who, due = owners_of(site, entry, each.entry.owner), site.moment(each.due)
        yield NextStep(Name(each.status, site.say(word)), site.say(each.title), who, due)
    for finding in entry.findings:
        if finding.kind == "change" or (finding.kind == "past" and finding.level == "error"):
            asked = "mend" if finding.kind == "change" else "answer"
            said = entry.veil.over(site.say(finding.text))
            yield NextStep(Name(asked, site.label(f"next_{asked}")), said, "", None)


def _rows(site: Site, state: State) -> Iterator[DeadlineRow]:
    """Every run that has begun, in order of its start."""
    for deadline in sorted(state.deadlines, key=lambda each: each.start.at):
        if deadline.status(site.at) != "not_started":
            yield _row(site, state, deadline)


def _row(site: Site, state: State, deadline: Deadline) -> DeadlineRow:
    status, within = deadline.status(site.at), deadline.promise.within
    lines = explained(deadline, state)
    notices = tuple(dict.fromkeys(site.say(line.notice) for line in lines if line.notice))
    return DeadlineRow(
        site.say(deadline.limit.title),
        deadline.limit.clauses,
        site.label(f"force_{deadline.force}"),
        site.moment(deadline.start),
        site.moment(deadline.due),
        site.say(within.text) if within and within.unit in WORDS else "",
        site.moment(deadline.met),
        Name(status, site.say(status_text(deadline, site.at))),
        site.say(deadline.problem) if deadline.problem else "",
        tuple(_step_of(site, line, notices) for line in lines),
        notices,
    )


def _step_of(site: Site, line: Line, notices: tuple[str, ...]) -> Step:
    when, number = when_and_number(line, site.register.firm.zone, site.lang)
    mark = f"[{notices.index(site.say(line.notice)) + 1}]" if line.notice else ""
    return Step(line.what, when, number, site.say(line.text), mark)


def finding_row(site: Site, entry: Entry | None, finding: Finding) -> FindingRow:
    """A finding as pages show it; of a case file that cannot be read only that it cannot, lest it quote the file."""
    is_unread = entry is None and finding.place.path.startswith("cases/")
    text = site.label("unread") if is_unread else site.say(finding.text)
    return FindingRow(
        Name(finding.level, site.say(LEVEL_NAMES[finding.level])),
        site.say(
            KIND_NAMES["answer" if finding.kind == "past" and finding.level == "error" else finding.kind]
        ),
        entry.veil.over(text) if entry else text,
        finding.rule,
        finding.entry,
        finding.clauses,
        finding.place.line,
        finding.answered,
    )


def _retention(site: Site, entry: Entry) -> Mapping[str, Any]:
    state = entry.state
    if state is None:
        return {"standing": "", "word": "", "until": None, "title": "", "clauses": (), "holds": ()}
    kept, holds = state.retention
    standing = standing_of(state, site.at)
    return {
        "standing": standing,
        "word": site.label(f"kept_{standing or 'open'}"),
        "until": site.moment(kept.until) if kept else None,
        "title": site.say(kept.keep.title) if kept else "",
        "clauses": kept.keep.clauses if kept else (),
        "holds": tuple(shown_value(site, entry, "matter", each) for each in holds),
    }

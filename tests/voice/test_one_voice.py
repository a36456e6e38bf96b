"""Whatever happens in a case, under every shipped policy: `show`, `list`, `explain`, `check` and the site say the same of it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from casework.deeds.sound import case_of
from casework.examine import examine, examine_case
from casework.figures.figure import Figure
from casework.records.source import Files
from casework.rules import Finding, every_rule
from casework.state.case import Case
from casework.state.conditions import POSTS
from casework.state.register import Register
from casework.state.state import State
from casework.views import account as account_view
from casework.views import case as case_view
from casework.views import cases as cases_view
from casework.views import findings as findings_view
from casework.views import retention as retention_view
from casework.views.pages import pages_of
from casework.views.pages_case import case_page
from casework.views.pages_cases import case_rows
from casework.views.pages_home import home_page
from casework.views.site import Entry, Moment, Site
from casework.words import Lang
from hypothesis import given, settings
from hypothesis import strategies as st

from .made import LEAKING, POLICIES, SLOW, Told, cases, files, house

LANGUAGES: tuple[Lang, Lang] = ("en", "zh")
FAR = datetime(2031, 6, 1, tzinfo=UTC)
SINGLE = {rule.name for rule in every_rule() if rule.check}
BEYOND = ("counts", "cases", "as_of", "findings")


def register_with(every: Sequence[Told], at: datetime, clock: datetime) -> tuple[Register, list[Finding]]:
    """What `check` sees: the firm's own files and these cases."""
    policies = {each.policy for each in every}
    policy = policies.pop() if len(policies) == 1 else ""
    source = Files({**files(policy), **{each.path: each.body for each in every}})
    return examine(source, at, clock, house=house(policy))


def alone(told: Told, at: datetime, clock: datetime) -> tuple[State | None, list[Finding]]:
    """What `show` sees of one case."""
    case = case_of(told.path, told.body, house(told.policy))
    assert isinstance(case, Case), [flaw.text.en for flaw in case]
    state, findings = examine_case(case, house(told.policy), at, clock)
    return (state if isinstance(state, State) else None), findings


def instants(told: Told) -> list[datetime]:
    """When it is worth looking: at each event and each due instant, just before and after, and now and then."""
    case = case_of(told.path, told.body, house(told.policy))
    assert isinstance(case, Case), [flaw.text.en for flaw in case]
    state, _ = examine_case(case, house(told.policy), FAR, FAR)
    if isinstance(state, State):
        return instants_of(state)
    return [event.at for event in case.all_events]


def instants_of(state: State) -> list[datetime]:
    """The instants at which something happens in a case, the seconds beside them, and days of no event."""
    found = {event.at for event in state.case.all_events}
    for each in state.deadlines:
        found |= {each.start.at} | ({each.due.at, each.due.printed} if each.due else set())
    first = min(found)
    found |= {first + timedelta(days=n) for n in (3, 40, 400)}
    return sorted(at + timedelta(seconds=s) for at in found for s in (-1, 0, 1))


def as_json(text: str) -> Any:
    return json.loads(text)


def shown(state: State, findings: Sequence[Finding], at: datetime, lang: Lang) -> dict[str, Any]:
    """What `show --format json` says; its text is written too."""
    given_ = case_view.ShownCase(state, findings, at, lang, 60)
    assert case_view.FORMS["text"](given_)
    told: dict[str, Any] = as_json(case_view.FORMS["json"](given_))
    return told


def explained(state: State, at: datetime, lang: Lang) -> list[dict[str, Any]]:
    """What `explain --format json` says; its text is written too."""
    begun = [each for each in state.deadlines if each.status(at) != "not_started"]
    given_ = account_view.Explained(state, begun, at, lang, 60)
    assert account_view.FORMS["text"](given_)
    told: list[dict[str, Any]] = as_json(account_view.FORMS["json"](given_))["deadlines"]
    return told


def lands_on(steps: Sequence[Mapping[str, Any]]) -> str | None:
    """The due instant an account ends at, for whoever follows it step by step."""
    due = None
    for step in steps:
        match step["step"]:
            case "due":
                due = step["at"]
            case "tier" | "paused" | "resumed" | "extended" | "cut" | "problem":
                due = None
    return due


def agree(register: Register, findings: list[Finding], told: Told, at: datetime, clock: datetime) -> None:
    """Show, list, explain and check of one case, in both languages."""
    state, own = alone(told, at, clock)
    states = [each for each in register.states if each.case.path == told.path]
    assert len(states) == (state is not None)
    for lang in LANGUAGES:
        said = findings_view.Shown(register, findings, at, lang)
        texts = {name: form(said) for name, form in findings_view.FORMS.items()}
        checked = [each for each in as_json(texts["json"])["findings"] if each["path"] == told.path]
        if state is None:
            continue
        show = shown(state, own, at, lang)
        assert show["findings"] == [each for each in checked if each["rule"] in SINGLE]
        listed = [
            each
            for each in as_json(cases_view.FORMS["json"](register, register.states, at, lang, 60))
            if each["path"] == told.path
        ]
        assert [{**each, "findings": show["findings"]} for each in listed] == [show]
        assert cases_view.FORMS["text"](register, register.states, at, lang, 60)
        for form in retention_view.FORMS.values():
            assert form(register, register.states, at, lang, 60)
        accounts = explained(state, at, lang)
        begun = [each for each in show["deadlines"] if each["status"] != "not_started"]
        assert [facts_of(each) for each in accounts] == [facts_of(each) for each in begun]
        for each in accounts:
            assert lands_on(each["steps"]) == each["due"], each
        if not any(word in told.body.decode() for word in LEAKING):
            every = json.dumps([show, accounts, checked], ensure_ascii=False) + "".join(texts.values())
            assert not [word for word in told.private if word in every]


def facts_of(deadline: Mapping[str, Any]) -> tuple[Any, ...]:
    return deadline["limit"], deadline["status"], deadline["due"]


def iso(moment: Moment | None) -> str | None:
    return moment.iso if moment else None


def is_same(moment: Moment | None, told: str | None) -> bool:
    """A day without time is shown as a day; JSON gives its start."""
    if moment is None or told is None:
        return moment is None and told is None
    return told == moment.iso or (not moment.time and told.startswith(moment.day))


def agrees_with_page(site: Site, entry: Entry, state: State, own: list[Finding]) -> None:
    """What stands in a case's page, by the data its template is given, and in the lists above it."""
    page = case_page(site, entry, None, None)
    show = shown(state, own, site.at, site.lang)
    begun = sorted(
        (
            each
            for each in zip(show["deadlines"], state.deadlines, strict=True)
            if each[0]["status"] != "not_started"
        ),
        key=lambda pair: pair[1].start.at,
    )
    assert [row.status.key for row in page["deadlines"]] == [told["status"] for told, _ in begun]
    for row, (told, deadline) in zip(page["deadlines"], begun, strict=True):
        assert row.title == site.say(deadline.limit.title) and list(row.clauses) == told["clauses"]
        assert iso(row.due) == told["due"]
        assert is_same(row.start, told["start"]) and is_same(row.met, told["met"])
    checked = [findings_view.finding_as_data(each, state.case.zone) for each in site.said]
    here = [each for each in checked if each["path"] == state.case.path]
    assert [
        (row.level.key, row.rule, row.entry or None, row.line, row.is_answered) for row in page["findings"]
    ] == [(each["level"], each["rule"], each["entry"], each["line"], each["answered"]) for each in here]
    assert page["stage"] == case_view.STAGE_NAMES[show["stage"]].say(site.lang)
    next_alike(site, entry, page, state, show)
    standing_alike(site, entry, page, show)


def next_alike(
    site: Site, entry: Entry, page: Mapping[str, Any], state: State, show: Mapping[str, Any]
) -> None:
    """What is to be done: of show, and of the page, which adds what must be mended or answered for."""
    steps = [each for each in page["next"] if each.status.key not in ("mend", "answer")]
    todo = case_view.todo_of(state, site.at)
    assert [(each.title, iso(each.due)) for each in steps] == [
        (site.say(each.title), iso(site.moment(each.due))) for each in todo
    ]
    for step, todo_ in zip(steps, todo, strict=True):
        who = [site.say(each) for each in todo_.who]
        if not set(who) & {*POSTS}:  # of a post written where a person is meant the page gives the title
            assert step.who == entry.veil.over(site.label("comma").join(who)), (step, todo_)
    assert show["next"] == [
        {"entry": each.entry.name, "status": each.status, "due": iso(site.moment(each.due))} for each in todo
    ]
    due = [each["due"] for each in show["next"] if each["due"]]
    assert iso(page["due"]) == next(iter(due), None)
    awaited = [
        each["due"]
        for each in show["deadlines"]
        if each["status"] in AWAITED and each["due"] and not each["met"]
    ]
    assert sorted(
        each["due"] for each in show["next"] if each["due"] and each["status"] != "excused"
    ) == sorted(awaited)


AWAITED = ("running", "due_soon", "overdue", "provisional")


def standing_alike(site: Site, entry: Entry, page: Mapping[str, Any], show: Mapping[str, Any]) -> None:
    """The case's line in the list of cases and the tables of the first page say what its page says."""
    (row,) = [each for each in case_rows(site) if each.page == entry.page]
    assert (row.status, row.stage, row.due, row.summary) == (
        page["status"],
        page["stage"],
        page["due"],
        page["summary"],
    )
    assert row.is_red == any(each.level.key == "error" for each in page["findings"])
    statuses = {each["status"] for each in show["deadlines"]}
    assert (page["status"].key == "overdue") == ("overdue" in statuses and show["stage"] != "disposed")
    home = home_page(site)
    late = [(each.limit, iso(each.due)) for each in home["late"] if each.page == entry.page]
    steps = {(each.title, iso(each.due), each.status.key) for each in page["next"]}
    assert {(*each, "overdue") for each in late} == {each for each in steps if each[2] == "overdue"}
    soon = {(each.limit, iso(each.due)) for each in home["soon"] if each.page == entry.page}
    assert soon <= {each[:2] for each in steps}
    assert (show["keep_until"] or "") == (iso(page["retention"]["until"]) or "")


def strings_in(value: Any) -> Iterator[str]:
    """Every text in what a template is given; of what it only asks (cases, states) nothing."""
    match value:
        case str():
            yield value
        case Figure():
            pass  # only its number is shown, by months.html
        case Entry():
            yield value.number
            yield value.page
        case Mapping():
            for key, inner in value.items():
                yield from strings_in(key)
                yield from strings_in(inner)
        case tuple() | list() | set() | frozenset():
            for each in value:
                yield from strings_in(each)


def said_on(
    site: Site, but: Sequence[str] = ("policies", "rules/", "coverage", "build.json", "cases/")
) -> str:
    """All that the site's pages about cases say, but the cases' own."""
    pages = [page for page in pages_of(site) if not page.path.startswith(but[:4])]
    return "\n".join(text for page in pages for text in strings_in(page.give()))


@pytest.mark.parametrize("policy", POLICIES)
@settings(max_examples=10, suppress_health_check=SLOW)
@given(st.data())
def test_every_view_of_a_case_says_the_same(policy: str, data: st.DataObject) -> None:
    told = data.draw(cases(policy))
    looks = instants(told)
    at = data.draw(st.sampled_from(looks), label="at")
    for now, clock in ((at, data.draw(st.sampled_from([at, FAR, looks[0]]), label="clock")), (FAR, FAR)):
        register, findings = register_with([told], now, clock)
        assert not [flaw for flaw in register.flaws if flaw.place.path == told.path]
        agree(register, findings, told, now, clock)
    site_alike(told, at, at, data.draw(st.sampled_from(LANGUAGES), label="lang"))


def site_alike(told: Told, at: datetime, clock: datetime, lang: Lang) -> None:
    """The case on the site as `show` has it; of a secret case, and of `personal:`, nothing."""
    register, findings = register_with([told], at, clock)
    site = Site(register, findings, at, lang)
    state, own = alone(told, at, clock)
    if state is not None:
        assert [entry.state is not None for entry in site.entries] == [True] * state.secrecy.is_listed
    for entry in site.entries:
        if state is not None:
            agrees_with_page(site, entry, state, own)
        page = "\n".join(strings_in(case_page(site, entry, None, None)))
        assert not [word for word in told.private if word in page], page
    said = said_on(site)
    assert not [word for word in told.private if word in said]
    if not site.entries:
        assert told.value["case"] not in said and told.path not in said

"""Whatever events a case tells, under whatever policy: it is folded, judged and shown, and the order of the file is nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from casework.examine import answered, examine, judge
from casework.house import House, house_of
from casework.records.record import Record
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml
from casework.rules import Finding, findings_of
from casework.state.case import Case, case_from
from casework.state.compile import policy_from
from casework.state.policy import Policy
from casework.state.register import Register
from casework.state.state import State, state_of
from casework.views import account as account_view
from casework.views import case as case_view
from casework.views import cases as cases_view
from casework.views import findings as findings_view
from casework.views import retention as retention_view
from casework.words import Lang
from hypothesis import given, settings
from hypothesis import strategies as st

REPO = Path(__file__).parents[2]
FIRM = REPO / "tests/firm/policies"
FAR = datetime(2090, 1, 1, tzinfo=UTC)
START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
STATUSES = set(case_view.STATUSES)
LANGUAGES: tuple[Lang, Lang] = ("en", "zh")
PATH = "cases/2026/03/2026-03-0001.yaml"
PEOPLE = ["li", "zhou", "wang", "chen", "gao", "zhou-min", "nobody", "complainant", "desk", "partner"]
WORDS = [
    *("phone", "visit", "letter", "reply", "due-day", "opinion", "decision", "desk", "internal", "shift"),
    *("ordinary", "major", "difficult", "apology", "satisfied", "complaint-form", "travel-subsidy", "city"),
    *("withdrawn", "duplicate", "sustained", "complainant", "x1"),
]
TEXTS = ["a note", "说明一下", '{0} %s {by} \\ "', "two\nlines", "\u202eturned", "𠀀" * 3]
TIMED = ["2026-03-05T12:00", "2026-03-01T23:30-11:00", "2026-10-25T01:30Z", "2027-02-28T00:00"]
FINDINGS = ["done-late:answer", "done-late", "duty-unmet:signed", "ban-broken:keeps-out", "no-such:thing"]
NUMBERS = st.sampled_from([0, 2, 50, "50.00", "0.01", 999999999999])


def files_of(policy: Path) -> dict[str, bytes]:
    schema = {
        path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")
    }
    firm = {
        "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
        for path in FIRM.rglob("*.yaml")
    }
    return {**schema, **firm, f"policies/{policy.name}": policy.read_bytes()}


@cache
def house() -> House:
    """The firm of the tests, keeping the department store's and the law firm's policies too."""
    law = {"policies/law-firm.yaml": (REPO / "policies/law-firm.yaml").read_bytes()}
    return house_of(Files({**files_of(REPO / "policies/department-store.yaml"), **law}))


# What a field may hold, by the definition its schema names.
WHO = st.sampled_from(PEOPLE)
WORD = st.sampled_from(WORDS)
TEXT = st.sampled_from(TEXTS)
BY_NAME: Mapping[str, st.SearchStrategy[Any]] = {
    "who": WHO,
    **dict.fromkeys(["to", "whos", "approved_by", "signed_by"], WHO | st.lists(WHO, min_size=1, max_size=3)),
    **dict.fromkeys(["word", "about", "document", "name"], WORD),
    **dict.fromkeys(["words", "mode"], WORD | st.lists(WORD, min_size=1, max_size=2)),
    "text": TEXT,
    "flag": st.booleans(),
    "amount": NUMBERS,
    "may_look_like_number": st.sampled_from(["7", 7, "a 1"]),
    **dict.fromkeys(["instant", "due_at"], st.sampled_from([*TIMED, "2026-03-04"])),
    "date": st.just("2026-03-04"),
    "year": st.sampled_from([2026, "2027"]),
    "currency": st.just("CNY"),
    "sha256": st.just("ab" * 32),
    "case_number": st.just("2026-03-0009"),
    "shares": st.just({"maker": 60, "shop": 40}),
}


def field_of(told: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    if "$ref" in told:
        return BY_NAME[told["$ref"].rpartition("/")[2]]
    if "enum" in told:
        return st.sampled_from(told["enum"])
    if "done-late" in str(told.get("patternErrorMessage")):
        return st.sampled_from(FINDINGS) | st.lists(st.sampled_from(FINDINGS), min_size=1, max_size=2)
    return WORD


@cache
def payload_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """What an event of this name may say beside what every event says."""
    schema = json.loads((REPO / f"schema/events/{name}.json").read_text(encoding="utf-8"))
    fields = {key: field_of(told) for key, told in schema.get("properties", {}).items()}
    needed = set(schema.get("required", ()))
    fields |= {"reason": TEXT} if "reason" in needed else {}
    return st.fixed_dictionaries(
        {key: each for key, each in fields.items() if key in needed},
        optional={key: each for key, each in fields.items() if key not in needed},
    )


NAMES = sorted(path.stem for path in (REPO / "schema/events").glob("*.json"))
LATER = [name for name in NAMES if name not in ("received", "superseded")]
LIKELY = ["reply_commitment", "response_given", "completed", "archived", "reopened", "severity_set"]
HEADS = st.fixed_dictionaries(
    {"policy": st.sampled_from(["standard", "department-store", "law-firm"])},
    optional={
        **dict.fromkeys(["channel", "severity", "category", "area", "owner_unit", "intake_point"], WORD),
        "respondent": BY_NAME["whos"],
        **dict.fromkeys(["tracker", "complainant"], WHO),
        "adverse_effect": st.booleans(),
        "summary": TEXT,
        "personal": st.just({"name": "Zhuge Liang", "statement": "my own words"}),
    },
)


@st.composite
def events(draw: st.DrawFn, days_only: bool = True, corrections: bool = True) -> list[dict[str, Any]]:
    """Sound events behind the receipt, at instants of their own; some with a date alone, some put right."""
    told: list[dict[str, Any]] = [{"event": "received", "at": "2026-03-02T09:00", "by": draw(WHO)}]
    minutes = draw(st.lists(st.integers(1, 60 * 24 * 900), max_size=9, unique=True))
    for minute in minutes:
        at = START + timedelta(minutes=minute)
        told.append({"at": at.isoformat(timespec="minutes"), "by": draw(WHO)})
        if draw(st.booleans()):
            told[-1]["note"] = draw(TEXT)
        if days_only and draw(st.integers(0, 4)) == 0:
            told[-1]["at"] = f"{at:%Y-%m-%d}"
        name = draw(st.sampled_from(LIKELY) | st.sampled_from(LATER))
        if corrections and draw(st.integers(0, 9)) == 0:
            told[-1] |= {"event": "superseded", "reason": "a slip", **draw(correction(told[1:-1]))}
        else:
            told[-1] |= {"event": name, **draw(payload_of(name))}
        told[-1]["id"] = f"n{minute}"
    return told


def correction(earlier: list[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
    """Puts right a value of the head, or an entry that is not itself a correction."""
    field = st.sampled_from(["channel", "severity", "respondent", "category", "product.lot_no"])
    value = st.fixed_dictionaries({"field": field, "now": st.sampled_from(["major", "phone", "li"])})
    entries = [
        {key: each[key] for key in ("event", "at", "by", "id") if key in each}
        for each in earlier
        if each["event"] != "superseded"
    ]
    return value | st.fixed_dictionaries({"of": st.sampled_from(entries)}) if entries else value


def record_of(told: Mapping[str, Any], path: str = PATH) -> Record:
    read = read_yaml(path, json.dumps(told, ensure_ascii=False, indent=1).encode())
    assert isinstance(read, Record), read
    return read


def case_of(head: Mapping[str, Any], told: list[dict[str, Any]]) -> Case:
    record = record_of({"case": "2026-03-0001", **head, "events": told})
    assert not house().schemas.flaws("case", record), "the test tells unsound events"
    case = case_from(record, house().schemas, house().firm.zone)
    assert isinstance(case, Case), case
    return case


def judged(case: Case, at: datetime = FAR) -> tuple[Register, list[Finding]]:
    state = judge(case, house(), at, at)
    states = (state,) if isinstance(state, State) else ()
    made = house()
    register = Register(
        made.firm, made.people, made.policies, made.schemas.events, states, timetable=made.timetable
    )
    return register, answered(findings_of(register, at), states)


def pages_of(register: Register, findings: list[Finding], at: datetime) -> Iterator[str]:
    """Everything that can be shown of a register, in both languages."""
    for lang in LANGUAGES:
        said = findings_view.Shown(register, findings, at, lang)
        yield from (form(said) for form in findings_view.FORMS.values())
        for view in (cases_view, retention_view):
            yield from (form(register, register.states, at, lang, 60) for form in view.FORMS.values())
        for state in register.states:
            shown = case_view.ShownCase(state, findings, at, lang, 60)
            yield case_view.text_of(shown)
            yield case_view.json_of(shown)
            told = account_view.Explained(state, state.deadlines, at, lang, 60)
            yield from (form(told) for form in account_view.FORMS.values())


@settings(max_examples=80)
@given(HEADS, events(), st.integers(0, 900))
def test_any_events_are_folded_judged_and_shown(
    head: dict[str, Any], told: list[dict[str, Any]], days: int
) -> None:
    case = case_of(head, told)
    for at in (FAR, START + timedelta(days=days)):
        register, findings = judged(case, at)
        for state in register.states:
            assert {deadline.status(at) for deadline in state.deadlines} <= STATUSES
            assert state.stage in case_view.STAGE_NAMES
        for finding in findings:
            assert finding.place.path == PATH or finding.place.path.startswith("policies/")
            assert 1 <= finding.place.line <= case.record.text.count("\n") + 1 or finding.case == ""
        pages = [*pages_of(register, findings, at)]
        assert not [page for page in pages if "Zhuge Liang" in page or "my own words" in page]
        assert not [
            page for page in pages if "\u202e" in page.replace("\\u202e", "") and page[0] not in "[{:"
        ]


def told_of(state: State) -> Any:
    """All that is judged of a case, without the places in its file."""
    return (
        state.stage,
        {name: value for name, value in state.facts.items() if name != "case"},
        sorted((d.limit.name, d.key, d.start, d.due, d.met, d.outcome, d.excused) for d in state.deadlines),
        sorted((u.duty.name, u.nature, u.at.event.at, u.field) for u in state.unmet),
        sorted((b.ban.name, b.at.event.at) for b in state.broken),
        (state.retention.kept and state.retention.kept.until, set(state.retention.holds)),
        (state.responsible, state.handler),
    )


@settings(max_examples=60)
@given(HEADS, events(days_only=False), st.randoms(use_true_random=False))
def test_the_order_of_the_file_is_nothing(
    head: dict[str, Any], told: list[dict[str, Any]], random: Random
) -> None:
    other = random.sample(told, len(told))
    states = [judge(case_of(head, each), house(), FAR, FAR) for each in (told, other)]
    first, second = (told_of(state) for state in states if isinstance(state, State))
    assert first == second


@settings(max_examples=60)
@given(HEADS, events(corrections=False), st.integers(0, 900), st.integers(0, 900))
def test_what_was_met_stays_met(
    head: dict[str, Any], told: list[dict[str, Any]], days: int, more: int
) -> None:
    case = case_of(head, told)
    early, late = START + timedelta(days=days), START + timedelta(days=days + more)
    met = [met_by(case, at) for at in (early, late)]
    assert met[0] <= met[1]


def met_by(case: Case, at: datetime) -> set[tuple[str, str, datetime]]:
    """The runs met as of an instant; not those answered by an agreed time, which a later one replaces (4.5)."""
    register, _ = judged(case, at)
    return {
        (each.limit.name, each.key, each.start.at)
        for state in register.states
        for each in state.deadlines
        if each.status(at) == "met" and not any(ref.reading for ref in each.limit.until)
    }


class Shuffled(Files):
    """Files that come in no order."""

    def __init__(self, files: Mapping[str, bytes | str], random: Random) -> None:
        super().__init__(files)
        self.random = random

    def paths(self, under: str = "") -> Iterator[str]:
        told = [*super().paths(under)]
        yield from self.random.sample(told, len(told))


def test_the_order_of_the_files_is_nothing() -> None:
    sample = {
        path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "cases").rglob("*.yaml")
    }
    firm = {
        path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "policies").rglob("*.yaml")
    }
    copy = {"cases/2026/11/2026-11-0099.yaml": sample["cases/2026/11/2026-11-0001.yaml"]}
    files = {**files_of(REPO / "policies/department-store.yaml"), **firm, **sample, **copy}
    at = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    told = []
    for source in (Files(files), *(Shuffled(files, Random(seed)) for seed in (1, 2))):
        register, findings = examine(source, at, at)
        told.append(findings_view.json_of(findings_view.Shown(register, findings, at, "en")))
    assert len(set(told)) == 1
    assert "receipt-used-twice" in told[0]


# Policies: whatever the schema lets through is compiled, or its flaws are told.

EVENT = st.sampled_from([*NAMES, "any", "no_such_event"])
FIELD = st.sampled_from(["by", "to", "about", "due_at", "amount", "severity", "respondent", "note", "of"])
PLAIN = st.sampled_from([*PEOPLE[:5], *WORDS[:6], "respondent", "holder", "handler", "tracker", 2, True])
VALUE = (
    PLAIN
    | st.lists(PLAIN, min_size=1, max_size=3)
    | st.fixed_dictionaries({"not": PLAIN | st.lists(PLAIN, min_size=1, max_size=2)})
    | st.fixed_dictionaries({"over": NUMBERS})
    | st.fixed_dictionaries({"up_to": NUMBERS})
    | st.fixed_dictionaries({"given": st.booleans()})
)
COND = st.dictionaries(FIELD, VALUE, min_size=1, max_size=2)
OF_EVENT = st.fixed_dictionaries(
    {"event": EVENT | st.lists(EVENT, min_size=1, max_size=2)},
    optional={"where": COND, "reading": st.sampled_from(["due_at", "note"])},
)
LAPSED = st.fixed_dictionaries(
    {
        "event": st.just("lapsed"),
        "where": st.fixed_dictionaries({"limit": st.sampled_from(["a", ["a", "b"]])}),
    }
)
ONE = EVENT | st.builds("{}.{}".format, EVENT, FIELD) | OF_EVENT
REF = ONE | st.lists(ONE, min_size=1, max_size=3)
CLAUSE = st.just("X-01") | st.just(["X-01", "X-02"])
NEED_ONE = (
    st.fixed_dictionaries(
        {"event": EVENT | st.lists(EVENT, min_size=1)}, optional={"where": COND, "clause": CLAUSE}
    )
    | st.fixed_dictionaries({"value": COND | FIELD | st.lists(FIELD, min_size=1, max_size=2)})
    | st.fixed_dictionaries({"case": COND | st.lists(FIELD, min_size=1, max_size=2)})
)
NEED = NEED_ONE | st.lists(NEED_ONE | st.lists(NEED_ONE, min_size=1, max_size=2), min_size=1, max_size=3)
SPAN = st.sampled_from(
    [
        *("1 minute", "9999 minutes", "24 hours", "3 days", "9999 days", "1 month", "9999 months"),
        *("2 years", "999 years", "9999 years", "5 working days", "8 working hours"),
        *("end of shift", "promptly", "unset"),
    ]
)
DUE = st.builds("{}.{}".format, EVENT, FIELD) | st.builds("12:00 on {}.{}".format, EVENT, FIELD)
COMMON: dict[str, st.SearchStrategy[Any]] = {
    "clause": CLAUSE,
    "title": st.just({"en": "A {title}", "zh": "标题{0}"}),
    "when": COND,
    "force": st.sampled_from(["must", "should", "may"]),
    "owner": st.sampled_from([*PEOPLE, "responsible", "tracker"]),
}
TIER = st.fixed_dictionaries(
    {"when": COND}, optional={"within": SPAN, "force": st.sampled_from(["must", "should", "may"])}
)
LIMIT = st.builds(
    lambda entry, promise: {**entry, **promise},
    st.fixed_dictionaries(
        {"from": REF | LAPSED | st.tuples(ONE, LAPSED).map(list), "until": REF},
        optional={
            **COMMON,
            "unless": REF,
            "again": st.just("renew"),
            "per": FIELD,
            "part_of": st.just("a"),
            "target": SPAN,
            "tiers": st.lists(TIER, min_size=1, max_size=2),
            "extend": st.fixed_dictionaries(
                {"with": EVENT, "up_to": SPAN}, optional={"where": COND, "when": COND}
            ),
            "pause": st.fixed_dictionaries({"from": REF, "until": REF}),
        },
    ),
    st.fixed_dictionaries({"within": SPAN}) | st.fixed_dictionaries({"due": DUE}) | st.just({"same_as": "a"}),
)
DUTY = st.builds(
    lambda moment, ref, by, entry: {**entry, moment: ref, **({"by": by} if moment == "after" and by else {})},
    st.sampled_from(["before", "at", "by", "after"]),
    REF | LAPSED,
    st.none() | REF,
    st.fixed_dictionaries({"need": NEED}, optional={**COMMON, "in_order": st.booleans()}),
)
BAN = st.fixed_dictionaries({"event": REF}, optional={**COMMON, "where": COND, "before": REF, "after": REF})
KEEP = st.fixed_dictionaries(
    {"from": REF, "keep": SPAN}, optional={k: COMMON[k] for k in ("clause", "title", "when")}
)

REPEAT = st.fixed_dictionaries(
    {"same": st.lists(FIELD, min_size=1, max_size=2), "count": st.integers(2, 3), "need": NEED},
    optional={**COMMON, "within": SPAN},
)
SECRECY = st.fixed_dictionaries(
    {},
    optional={
        "when": COND,
        "from": REF,
        "level": st.sampled_from(["public", "internal", "secret", "sealed"]),
        "mask": st.lists(FIELD, min_size=1, max_size=2),
        "access": WHO | st.lists(WHO, min_size=1, max_size=2),
    },
)
EVERY = ["day", "working day", "week", "month", "quarter", "half-year", "year", "unset"]
RECURRING = st.fixed_dictionaries(
    {"every": st.sampled_from(EVERY), "produce": st.sampled_from(["report", "survey_recorded", "received"])},
    optional={
        "per": st.sampled_from(["department", "customer"]),
        "at_least": st.integers(1, 3),
        "due": SPAN | st.sampled_from(["end of period", "end of next month", "02-29", "12-31"]),
    },
)
NUMBERING = st.fixed_dictionaries(
    {"pattern": st.sampled_from(["{yy}{mm}{nn}", "{n}", "A-{yyyy}/{nnn}-x"])},
    optional={"restart": st.sampled_from(["never", "year", "month"])},
)


def named(entry: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from("abcd"), entry, min_size=1, max_size=3)


POLICIES = st.fixed_dictionaries(
    {},
    optional={
        "limits": named(LIMIT),
        "duties": named(DUTY),
        "bans": named(BAN),
        "retention": named(KEEP),
        "repeats": named(REPEAT),
        "secrecy": named(SECRECY),
        "recurring": named(RECURRING),
        "numbering": st.dictionaries(st.just("number"), NUMBERING, min_size=1, max_size=1),
        "owner": st.fixed_dictionaries(
            {"o": st.fixed_dictionaries({"from": EVENT}, optional={"passes_by": REF})}
        ),
    },
)
FRAME = {
    "policy": "standard",
    "title": {"en": "P", "zh": "P"},
    "in_force_from": "2026-01-01",
    "about": {"irregularities": {"noted_by": ["auditor"]}},
    "roles": {
        "clerk": {},
        "partner": {"substitutes": ["director", "partner"]},
        "director": {},
        "auditor": {},
    },
}


def compiled(told: Mapping[str, Any]) -> Policy | tuple[Any, ...]:
    record = record_of({**FRAME, **told}, "policies/standard.yaml")
    assert not house().schemas.flaws("policy", record), "the test tells an unsound policy"
    return policy_from(record, house().schemas.events, house().policies["standard"][0].counting)


@settings(max_examples=100)
@given(POLICIES, events())
def test_any_policy_is_compiled_and_judges_or_tells_its_flaws(
    told: dict[str, Any], happened: list[dict[str, Any]]
) -> None:
    match compiled(told):
        case Policy() as policy:
            case = case_of({"policy": "standard", "respondent": "chen"}, happened)
            state = state_of(case, policy, house().people, house().timetable)
            made = replace_policies(policy)
            register = Register(
                made.firm, made.people, made.policies, made.schemas.events, (state,), timetable=made.timetable
            )
            findings = answered(findings_of(register, FAR), (state,))
            assert len([*pages_of(register, findings, FAR)]) == 22
        case flaws:
            assert flaws
            for flaw in flaws:
                assert flaw.place.path == "policies/standard.yaml"
                assert flaw.text.say("en") and flaw.text.say("zh")


def replace_policies(policy: Policy) -> House:
    return replace(house(), policies={policy.id: (policy,)})


ODD: Mapping[str, Callable[[], Any]] = {
    "lapsed-without-where": lambda: limit({"event": "lapsed"}),
    "lapsed-where-no-limit": lambda: limit({"event": "lapsed", "where": {"note": "x"}}),
    "need-of-a-ref": lambda: duty({"event": {"event": "registered", "where": {"document": "form"}}}),
    "need-of-several-refs": lambda: duty({"event": ["registered", {"event": "acknowledged"}]}),
}


def limit(start: Any) -> dict[str, Any]:
    return {"limits": {"a": {"from": start, "until": "completed", "within": "3 days"}}}


def duty(need: Any) -> dict[str, Any]:
    return {"duties": {"a": {"before": "completed", "need": need}}}


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_reference_is_compiled_or_told(odd: str) -> None:
    compiled(ODD[odd]())


def corrected(*told: dict[str, Any]) -> list[dict[str, Any]]:
    received = {"event": "received", "at": "2026-03-02T09:00", "by": "li"}
    return [received, *({"by": "li", "reason": "a slip", "note": "n", **each} for each in told)]


@pytest.mark.parametrize("field", ["evidence", "interested", "no_such_thing", "receipt", "case"])
def test_what_the_head_has_not_or_must_keep_is_not_put_right(field: str) -> None:
    told = corrected({"event": "superseded", "at": "2026-03-02T10:00", "field": field, "now": "x"})
    record = record_of(
        {"case": "2026-03-0001", "policy": "standard", "events": told}, "cases/2026/03/2026-03-0001.yaml"
    )
    flaws = case_from(record, house().schemas, house().firm.zone)
    assert isinstance(flaws, tuple) and [field in flaw.text.say("en") for flaw in flaws] == [True]


def test_a_post_may_be_put_right_to_a_number() -> None:
    put_right = {"event": "superseded", "at": "2026-03-02T10:00", "field": "tracker", "now": 5}
    policy = compiled(
        limit("received") | {"limits": {"a": limit("received")["limits"]["a"] | {"owner": "tracker"}}}
    )
    assert isinstance(policy, Policy)
    state = state_of(
        case_of({"policy": "standard"}, corrected(put_right)), policy, house().people, house().timetable
    )
    assert state.whom("tracker") == ("5",)


def test_a_role_may_be_asked_of_any_event() -> None:
    policy = compiled({"duties": {"a": {"at": "any", "need": {"value": {"of": "clerk"}}}}})
    assert isinstance(policy, Policy)
    wrong = {"event": "chased", "at": "2026-03-03T10:00"}
    put_right = {"event": "superseded", "at": "2026-03-04T10:00", "of": {**wrong, "by": "li"}}
    state = state_of(
        case_of({"policy": "standard"}, corrected(wrong, put_right)),
        policy,
        house().people,
        house().timetable,
    )
    assert state.unmet


def test_a_correction_put_right_is_void_wherever_it_stands() -> None:
    answer = {"event": "response_given", "at": "2026-03-03T10:00"}
    first = {"event": "superseded", "at": "2026-03-04T10:00", "of": {**answer, "by": "li"}}
    second = {
        "event": "superseded",
        "at": "2026-03-04T11:00",
        "of": {"event": "superseded", "at": first["at"], "by": "li"},
    }
    orders = [corrected(answer, first, second), corrected(answer, second, first)]
    states = [judge(case_of({"policy": "standard"}, told), house(), FAR, FAR) for told in orders]
    one, other = (told_of(state) for state in states if isinstance(state, State))
    assert one == other

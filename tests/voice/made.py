"""Random cases that each shipped policy could be asked to judge: its own words, people and posts, and odd ones among them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from casework.house import House, house_of
from casework.records.record import Record
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml
from casework.state.conditions import PERSON_FIELDS, POSTS
from casework.state.policy import Policy
from hypothesis import HealthCheck
from hypothesis import strategies as st

SLOW = [HealthCheck.too_slow]  # the first draw reads the policies; a busy machine is no flaw of a case
REPO = Path(__file__).parents[2]
ZONE = ZoneInfo("Asia/Shanghai")
BESIDE = ("register", "staff", "matters", "suppliers")
POLICIES = sorted(
    {path.stem.partition("@")[0] for path in (REPO / "policies").glob("*.yaml")}.difference(BESIDE)
)
EVENTS = sorted(path.stem for path in (REPO / "schema/events").glob("*.json"))

PRIVATE = {
    "name": "Zhuge Liangming",
    "phone": "154 0000 9876",
    "address": "卧龙岗七号",
    "respondent": "司马懿之",
    "statement": "my own words, and many of them\n我自己说的话原样在此",
}
TEXTS = ["a note", "说明一下", '{0} %s {by} \\ "', "two\nlines", "\u202eturned", "<b>&amp;", "𠀀" * 3]
LEAKING = [
    "told to Zhuge Liangming",
    "电话154 0000 9876",
    "住在卧龙岗七号",
]  # what must not have been written there
ODD_WORDS = ["x1", "other", "void", "withdrawn", "complainant", "reply", "no-such-value"]
ODD_PEOPLE = ["nobody", "complainant", "respondent", "handler", "li-wen", "k-017"]
DAYS = [
    *("2026-02-12", "2026-02-13", "2026-02-14", "2026-02-15", "2026-02-23", "2026-02-28"),  # Spring Festival
    *("2026-09-18", "2026-09-20", "2026-09-24", "2026-09-30", "2026-10-01", "2026-10-09"),  # National Day
    *("2025-12-26", "2025-12-29", "2025-12-31", "2026-12-28", "2026-12-31"),  # the year's end
    *("2026-03-02", "2026-06-30", "2024-02-29"),
    *("2027-01-04", "2027-03-01"),  # beyond the announced calendar
]
CLOCKS = [
    0,
    1,
    8 * 60 + 59,
    9 * 60,
    11 * 60 + 59,
    12 * 60 + 30,
    15 * 60 + 59,
    16 * 60,
    18 * 60,
    22 * 60 + 1,
    1439,
]
GAPS = [0, 1, 15, 30, 31, 60, 119, 240, 600, 1440, 1441, 2880, 4320, 7200]
LONG = [11520, 43200, 132480, 527040]


@cache
def files(policy: str = "") -> Mapping[str, bytes]:
    """The schemas and everything in policies of this checkout, or of its policies only one; no case."""
    every = {
        path.relative_to(REPO).as_posix(): path.read_bytes()
        for folder in ("schema", "policies")
        for path in sorted((REPO / folder).rglob("*"))
        if path.suffix in (".json", ".yaml") and not (policy and _is_other(path, policy))
    }
    return {**every, FIRM: _firm_with(every[FIRM], policy)} if policy else every


FIRM = "policies/register.yaml"


def _is_other(path: Path, policy: str) -> bool:
    name = path.stem.partition("@")[0]
    return path.parent.name == "policies" and name in POLICIES and name != policy


def _firm_with(body: bytes, policy: str) -> bytes:
    """The firm as it were with one policy only."""
    read = read_yaml(FIRM, body)
    assert isinstance(read, Record)
    adopted = read.value.get("adopted", {}).get(policy)
    told = {**read.value, "policy": policy, "adopted": {policy: adopted} if adopted else {}}
    return json.dumps({name: each for name, each in told.items() if each != {}}, ensure_ascii=False).encode()


@cache
def house(policy: str = "") -> House:
    return house_of(Files(files(policy)))


class Told(NamedTuple):
    """A case file: where it stands, and what it says."""

    path: str
    value: Mapping[str, Any]

    @property
    def policy(self) -> str:
        return str(self.value["policy"])

    @property
    def private(self) -> list[str]:
        """Every line that stands in the block of what is personal."""
        told = self.value.get("personal") or {}
        return [line for name, value in told.items() if name != "sealed" for line in value.splitlines()]

    @property
    def body(self) -> bytes:
        """JSON, which is YAML too."""
        return json.dumps(self.value, ensure_ascii=False, indent=1).encode()


def told(number: str, head: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Told:
    path = f"cases/{number[:4]}/{number[5:7]}/{number}.yaml"
    return Told(path, {"case": number, **head, "events": list(events)})


class Words:
    """What a policy speaks of: the values of each field, its people, the payloads its entries ask for."""

    def __init__(self, policy: Policy) -> None:
        self.values = defaultdict[str, list[Any]](list)
        self.payloads = defaultdict[str, list[Mapping[str, Any]]](list)
        self.people: list[str] = [*ODD_PEOPLE]
        for name, choice in policy.choices.items():
            self.values[name] += choice.values
        for record in (policy.record, *policy.guidance):
            self._look(record.value)
        self.people += [*dict.fromkeys(self._staff(policy))][:40]
        self.words = [*ODD_WORDS, *(self.values["about"] + self.values["document"] + self.values["mode"])]
        self.noted_by = policy.noted_by
        self.limits = [limit.name for limit in policy.limits]
        self.entries = [entry.name for entry in (*policy.duties, *policy.bans, *policy.limits)]
        asked = {name for entry in (*policy.limits, *policy.duties, *policy.bans) for name in entry.asked_of}
        self.aims = [aim for record in (policy.record, *policy.guidance) for aim in _aims(record.value)]
        self.events = sorted(
            ({"irregularity_noted", "extension_approved"} | asked | self.payloads.keys())
            & {*EVENTS} - {"received", "superseded"}
        )

    def _staff(self, policy: Policy) -> Iterator[str]:
        """Whoever bears a role of the policy, their units, and the roles themselves."""
        for person in house().people.persons.values():
            if any(term.what in policy.roles for term in person.roles):
                yield person.id
                yield from (term.what for term in person.units)
        yield from policy.roles
        yield from POSTS

    def _look(self, value: Any) -> None:
        if isinstance(value, list):
            for each in value:
                self._look(each)
        elif isinstance(value, Mapping):
            if "event" in value and isinstance(value.get("where"), Mapping):
                for event in value["event"] if isinstance(value["event"], list) else [value["event"]]:
                    self.payloads[str(event).partition(".")[0]].append(value["where"])
            for key, inner in value.items():
                if key in ("when", "where", "value", "case") and isinstance(inner, Mapping):
                    self._gather(inner)
                self._look(inner)

    def _gather(self, cond: Mapping[str, Any]) -> None:
        for field, wanted in cond.items():
            self.values[field] += _plain(wanted)


class Aim(NamedTuple):
    """An entry to be kept or broken: what it asks of the case, and the events it speaks of with their payloads."""

    when: Mapping[str, Any]
    steps: Sequence[tuple[str, Mapping[str, Any]]]


def _aims(policy: Mapping[str, Any]) -> Iterator[Aim]:
    """The limits (they come twice as often), duties and bans of a policy."""
    for section in ("limits", "limits", "duties", "bans"):
        for entry in (policy.get(section) or {}).values():
            steps = [
                step
                for step in _steps(entry)
                if step[0] in EVENTS and step[0] not in ("received", "superseded")
            ]
            more = [
                each.get("when") or {} for each in (entry.get("extend") or {}, *(entry.get("tiers") or ()))
            ]
            steps += [
                (event, when) for when in more if when for event in EVENTS if when.keys() <= fields_of(event)
            ]
            yield Aim(
                {name: wanted for when in (entry.get("when") or {}, *more) for name, wanted in when.items()},
                steps,
            )


def _steps(told: Any, key: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every event that an entry names anywhere, with the condition on its payload."""
    match told:
        case str() if key in (
            "from",
            "until",
            "unless",
            "with",
            "due",
            "event",
            "before",
            "at",
            "by",
            "after",
        ):
            yield told.rpartition(" ")[2].partition(".")[0], {}
        case list():
            for each in told:
                yield from _steps(each, key)
        case {"event": event, **rest} | {"with": event, **rest}:
            for name, _ in _steps(event, "event"):
                yield name, rest.get("where") or {}
        case {}:
            for inner, value in told.items():
                if inner not in ("when", "where", "value", "case", "title", "reading"):
                    yield from _steps(value, inner)


def _plain(wanted: Any) -> list[Any]:
    """The words and numbers a VALUE of the policy language names."""
    match wanted:
        case list():
            return [plain for each in wanted for plain in _plain(each)]
        case {"not": inner}:
            return _plain(inner)
        case {"over": int(n)}:
            return [n + 1]
        case {"up_to": n}:
            return [n]
        case {}:
            return []
    return [wanted]


@cache
def words_of(policy: str) -> Words:
    return Words(house().policies[policy][-1])


NUMBERS = [0, 2, 50, "50.00", "0.01", 200, 1000, 100000, 999999999999]
INSTANTS = [
    "2026-02-14T12:00",
    "2026-03-01T23:30-11:00",
    "2026-10-01T01:30Z",
    "2027-02-28T00:00",
    "2026-12-31",
]
FINDINGS = ["done-late", "duty-unmet", "ban-broken", "no-such:thing", "event-before-cause"]
PLAIN: Mapping[str, Sequence[Any]] = {
    "flag": [True, False],
    "may_look_like_number": ["7", 7, "a 1"],
    "quantity": [3, "2.5"],
    "date": ["2026-03-04"],
    "year": [2026, "2027"],
    "currency": ["CNY"],
    "sha256": ["ab" * 32],
    "shares": [{"maker": 60, "shop": 40}, {"company": 70, "customer": 20}],
    "text": [*TEXTS, *LEAKING],
    "case_number": ["2026-03-0009", "2026-11-0001", "2026-11-0002"],
}
LISTS = ("to", "whos", "approved_by", "signed_by", "words", "mode")


class Draws:
    """Draws what one field may hold, by the definition its schema names and by what the policy says of it."""

    def __init__(self, draw: st.DrawFn, words: Words) -> None:
        self.draw, self.words = draw, words

    def one(self, options: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(options))

    def rarely(self, of: int = 5) -> bool:
        return self.draw(st.integers(0, of - 1)) == of - 1

    def person(self) -> str:
        return str(self.one(self.words.people))

    def value(self, name: str, schema: Mapping[str, Any], at: datetime) -> Any:
        kind = str(schema.get("$ref", "")).rpartition("/")[2]
        if kind in ("instant", "due_at"):
            return self.instant(at)
        if kind in PLAIN or "enum" in schema:
            own = (
                [each for each in self.words.values[name] if isinstance(each, bool)] if kind == "flag" else []
            )
            return self.one(own or schema.get("enum") or PLAIN[kind])
        if kind == "amount":
            near = [n for n in self.words.values[name] if isinstance(n, int) and not isinstance(n, bool)]
            return self.one([*near, *(n + 1 for n in near), *NUMBERS])
        if name == "finding" and "$ref" not in schema:
            return [self.one([*FINDINGS, *(f"duty-unmet:{each}" for each in self.words.entries)])]
        if name in PERSON_FIELDS or kind in ("who", "whos", "to", "approved_by", "signed_by"):
            one = self.person
        else:
            options = [each for each in self.words.values[name] if isinstance(each, str)]
            options = options or (self.words.limits if name in ("for", "limit") else self.words.words)
            one = lambda: self.one([*options, "x1"] if self.rarely(8) else options)  # noqa: E731
        return [one(), one()] if kind in LISTS and self.rarely() else one()

    def instant(self, at: datetime) -> str:
        if self.rarely(4):
            return str(self.one(INSTANTS))
        local = (at + timedelta(minutes=self.one(GAPS))).astimezone(ZONE)
        return f"{local:%Y-%m-%d}" if self.rarely() else f"{local:%Y-%m-%dT%H:%M}"

    def payload(self, event: str, at: datetime, where: Mapping[str, Any] | None = None) -> dict[str, Any]:
        schema = schema_of(f"events/{event}.json")
        needed = {*schema.get("required", ())}
        told = {
            name: self.value(name, each, at)
            for name, each in schema.get("properties", {}).items()
            if name in needed or self.draw(st.booleans())
        }
        if "reason" in needed or self.rarely(6):
            told["reason"] = self.one(TEXTS)
        if (
            not where and self.words.payloads[event] and not self.rarely(3)
        ):  # what some entry of the policy waits for
            where = self.one(self.words.payloads[event])
        for name, wanted in (where or {}).items():
            if _plain(wanted) and (name == "by" or name in schema.get("properties", {})):
                told[name] = self.one(_plain(wanted))
        return told


@cache
def schema_of(name: str) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = json.loads((REPO / "schema" / name).read_text("utf-8"))
    return schema


def fields_of(event: str) -> set[str]:
    return {*schema_of(f"events/{event}.json").get("properties", {})}


HEAD = schema_of("case.json")["properties"]
FLAT = [name for name in HEAD if name not in ("case", "policy", "events", "receipt", "personal", "summary")]
NEEDED = ("channel", "category", "severity", "kind", "respondent", "anonymous", "signed", "area", "origin")


@st.composite
def heads(draw: st.DrawFn, policy: str, at: datetime, aims: Sequence[Aim] = ()) -> dict[str, Any]:
    """What was known at registration: the fields the policy asks for more often than the others."""
    draws = Draws(draw, words_of(policy))
    asked = {name.partition(".")[0] for name, values in draws.words.values.items() if values} | {*NEEDED}
    likely = [name for name in FLAT if name in asked]
    names = draw(st.lists(st.sampled_from(likely), max_size=8, unique=True))
    names += draw(st.lists(st.sampled_from(FLAT), max_size=2, unique=True))
    head: dict[str, Any] = {"policy": policy}
    for name in dict.fromkeys(names):
        schema = HEAD[name]
        if schema.get("type") == "object":
            inner = draw(
                st.lists(st.sampled_from([*schema["properties"]]), min_size=1, max_size=3, unique=True)
            )
            head[name] = {
                each: _in(draws, f"{name}.{each}", schema["properties"][each], at) for each in inner
            }
        else:
            head[name] = draws.value(name, schema, at)
    for name, wanted in (each for aim in aims for each in aim.when.items()):
        plain = _plain(wanted)
        if name in FLAT and HEAD[name].get("type") != "object" and plain:
            head[name] = draws.one(plain)
    if draw(st.booleans()):
        head["summary"] = draws.one([*TEXTS, *LEAKING])
    match draw(st.integers(0, 3)):
        case 0:
            head["personal"] = {"sealed": "AGE-ENCRYPTED"}
        case 1 | 2:
            some = draw(st.lists(st.sampled_from([*PRIVATE]), max_size=3, unique=True))
            head["personal"] = {name: PRIVATE[name] for name in ("name", *some)}
    return head


def _in(draws: Draws, name: str, schema: Mapping[str, Any], at: datetime) -> Any:
    if "$ref" in schema:
        return draws.value(name, schema, at)
    return [draws.one(TEXTS)] if schema.get("type") == "array" else 2


CORRECTED = [
    "channel",
    "severity",
    "respondent",
    "category",
    "anonymous",
    "product.lot_no",
    "summary",
    "personal.name",
]


@st.composite
def events(
    draw: st.DrawFn, policy: str, begun: datetime, aims: Sequence[Aim] = (), most: int = 10
) -> list[dict[str, Any]]:
    """Events in order of time behind the receipt; some with a date alone, some at one instant, some put right."""
    draws = Draws(draw, words_of(policy))
    told = [{"event": "received", "at": written(begun), "by": draws.person()}]
    if draws.rarely(4):
        told[0]["at"] = written(begun)[:10]
    if draws.rarely(6):
        told[0]["shift_end"] = draws.instant(begun)
    at = begun
    steps = [step for aim in aims for step in aim.steps]
    for count in range(draw(st.integers(0, most) if draws.rarely(4) else st.integers(most // 2, most))):
        at += timedelta(minutes=draws.one(LONG if draws.rarely(8) else GAPS))
        one: dict[str, Any] = {"at": written(at), "by": draws.person(), "id": f"n{count}"}
        if draws.rarely(6):
            one["at"] = one["at"][:10]
        if draws.rarely(4):
            one["note"] = draws.one([*TEXTS, *LEAKING])
        if draws.rarely(10):
            one |= {"event": "superseded", "reason": "a slip", **_correction(draws, told)}
        elif steps and not draws.rarely(3):
            name, where = draws.one(steps)
            one |= {"event": name, **draws.payload(name, at, where)}
        else:
            name = draws.one(EVENTS_LATER if draws.rarely(4) else draws.words.events)
            one |= {"event": name, **draws.payload(name, at)}
        told.append(one)
    return told


EVENTS_LATER = [name for name in EVENTS if name not in ("received", "superseded")]


def _correction(draws: Draws, told: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    entries = [each for each in told[1:] if each["event"] != "superseded"]
    if entries and draws.draw(st.booleans()):
        entry = draws.one(entries)
        return {"of": {key: entry[key] for key in ("event", "at", "by", "id")}}
    field = draws.one(CORRECTED)
    values = draws.words.values[field] or ["x1"]
    if field == "respondent":
        values = draws.words.people
    now = (
        "Zhuge Zhan" if field == "personal.name" else "put right" if field == "summary" else draws.one(values)
    )
    return {"field": field, "now": now}


def written(at: datetime) -> str:
    return f"{at.astimezone(ZONE):%Y-%m-%dT%H:%M}"


@st.composite
def begins(draw: st.DrawFn) -> datetime:
    """An instant of receipt: around holidays, make-up days and the year's end, at all hours."""
    day = datetime.fromisoformat(draw(st.sampled_from(DAYS))).replace(tzinfo=ZONE)
    return (day + timedelta(minutes=draw(st.sampled_from(CLOCKS)))).astimezone(UTC)


@st.composite
def cases(draw: st.DrawFn, policy: str, serial: int = 1) -> Told:
    """One case of the policy, aimed at some of its entries."""
    begun = draw(begins())
    aims = draw(st.lists(st.sampled_from(words_of(policy).aims), max_size=3))
    number = f"{begun.astimezone(ZONE):%Y-%m}-{serial:04}"
    return told(number, draw(heads(policy, begun, aims)), draw(events(policy, begun, aims)))

"""Open a case: what was told becomes a file under the next number of the month, and one commit."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from casework.deeds.afterwards import told_when_stopped
from casework.deeds.draft import discard
from casework.deeds.lock import lock
from casework.deeds.numbers import draw_receipt, folder_of, next_number, path_of
from casework.deeds.refused import Refused
from casework.deeds.sound import would_be_case
from casework.deeds.typed import UNWRITABLE, Fields, field_of, in_order, values_from
from casework.deeds.write import Commit, write_commit
from casework.examine import examine_case
from casework.house import House
from casework.records.schema import Schemas
from casework.records.write_yaml import write_yaml
from casework.rules import Finding
from casework.state.register import Unjudged
from casework.state.state import State
from casework.trail.refs import numbers_taken
from casework.words import Text

EDITOR = "# yaml-language-server: $schema=../../../schema/editor.json\n"
RECEIVED = ("at", "by", "note", "shift_end")
"""What is told of the event ``received``; everything else is of the head, or ``personal.…``."""

_OURS = ("case", "receipt", "events")


class Complaint(NamedTuple):
    """A case about to be opened, under the number it would have now."""

    number: str
    receipt: str
    told: Mapping[str, Any]
    text: str
    state: State | Unjudged | None
    findings: tuple[Finding, ...]

    @property
    def path(self) -> str:
        """Where its file belongs, below the register's root."""
        return path_of(self.number)


def fields_of(schemas: Schemas) -> Fields:
    """Every field that can be told of a new complaint: the head, ``personal``, and those of ``received``."""
    if "case" not in schemas.shapes or "received" not in schemas.event_shapes:
        raise Refused(
            Text(
                "schema/case.json or schema/events/received.json is missing or flawed: see 'casework check'",
                "schema/case.json 或 schema/events/received.json 缺失或有误：请运行 casework check 查看",
            )
        )
    head = schemas.shapes["case"].schema["properties"]
    received = schemas.event_shapes["received"].schema["properties"]
    return {
        **{name: schema for name, schema in head.items() if name not in _OURS},
        **{name: received[name] for name in RECEIVED if name in received},
    }


def told_from(pairs: list[tuple[str, str]], house: House, now: datetime) -> dict[str, Any]:
    """Typed values from words, as ``complaint_of`` takes them; Refused for a field nobody knows. ``now`` in UTC."""
    fields = fields_of(house.schemas)
    for name, _ in pairs:
        if field_of(fields, name) is None:
            raise Refused(_no_field(name, fields))
    told = values_from(pairs, fields, now, house.firm.zone)
    told.setdefault("policy", house.firm.policy)
    if told.get("personal") and house.firm.record.value.get("personal") == "sealed":
        raise Refused(_SEALED)
    _refuse_policy(str(told["policy"]), house)
    return told


def complaint_of(
    root: Path, told: Mapping[str, Any], house: House, at: datetime, clock: datetime, receipt: str = ""
) -> Complaint:
    """The case these values open, judged as of ``at``; Refused where its file would be flawed (all in UTC).

    Its number is the next of the month in which ``clock`` lies in the register's zone: the month of
    registration. ``open_case`` draws it again under the lock.
    """
    month = f"{clock.astimezone(house.firm.zone):%Y-%m}"
    number = next_number(numbers_taken(root, folder_of(month)), month)
    receipt = receipt or draw_receipt(random.SystemRandom())
    text = file_text(told, number, receipt, fields_of(house.schemas))
    state, findings = examine_case(would_be_case(path_of(number), text.encode(), house), house, at, clock)
    return Complaint(number, receipt, told, text, state, tuple(findings))


def file_text(told: Mapping[str, Any], number: str, receipt: str, order: Fields) -> str:
    """The whole file, fields in the schema's order, personal data behind the rest of the head."""
    received = {"event": "received", **{name: told[name] for name in RECEIVED if name in told}}
    head = {name: value for name, value in told.items() if name not in (*RECEIVED, "personal")}
    personal = {"personal": told["personal"]} if told.get("personal") else {}
    value = {"case": number, "receipt": receipt, **in_order(head, order), **personal, "events": [received]}
    try:
        return EDITOR + write_yaml(value)
    except ValueError:
        raise Refused(UNWRITABLE) from None


def open_case(
    root: Path,
    seen: Complaint,
    house: House,
    at: datetime,
    clock: datetime,
    say: Callable[[Text], None] = lambda text: None,
    is_drafted: bool = False,
) -> tuple[Complaint, Commit]:
    """Write and commit the case under the number free at that moment; the receipt shown before stays.

    ``say`` is told once when another casework has to be waited for. GitTrouble as ``write_commit``; Stopped on
    Ctrl-C. The draft these answers came from (``is_drafted``) is taken away as soon as a file holds them.
    """
    with lock(root, say=say):
        made = complaint_of(root, seen.told, house, at, clock, seen.receipt)
        body, subject = made.text.encode(), f"{made.number}: received"
        try:
            with told_when_stopped(root, made.path, body, subject):
                commit = write_commit(root, {made.path: body}, subject)
        finally:
            if is_drafted and (root / made.path).is_file() and (root / made.path).read_bytes() == body:
                discard(root)
    return made, commit


def _refuse_policy(name: str, house: House) -> None:
    if name in house.policies:
        return
    if house.policies.is_flawed(name):
        raise Refused(
            Text(
                "policies/{name}.yaml is flawed, so it cannot judge a case: see 'casework check'",
                "policies/{name}.yaml 有误，无法据以评判案件：请运行 casework check 查看",
                {"name": name},
            )
        )
    near = get_close_matches(name, house.policies, 1) or sorted(house.policies)
    raise Refused(
        Text(
            "there is no policy '{name}' here; did you mean {near}?",
            "这里没有名为“{name}”的制度；是否指 {near}？",
            {"name": name, "near": near},
        )
    )


def _no_field(name: str, fields: Fields) -> Text:
    names = [
        *fields,
        *(f"{outer}.{inner}" for outer, told in fields.items() for inner in told.get("properties", {})),
    ]
    near = get_close_matches(name, names, 1)
    hint = Text("; did you mean '{near}'?", "；是否指“{near}”？", {"near": near[0]}) if near else Text("", "")
    return Text(
        "a case has no field '{name}'{hint}", "案件没有“{name}”这个字段{hint}", {"name": name, "hint": hint}
    )


_SEALED = Text(
    "this register keeps personal data sealed, and 'new' cannot seal yet: leave it out of the case",
    "本登记簿的个人信息须加密保存，而 new 目前还不能加密：请先不要填写个人信息",
)

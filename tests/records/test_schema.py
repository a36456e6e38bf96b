"""Schemas made ready: our own are sound, broken ones are told, and nothing in a record makes them stumble."""

from __future__ import annotations

import copy
import json
import random
from pathlib import Path

import pytest
from casework.records import shape
from casework.records.inline import Inliner
from casework.records.record import Record
from casework.records.schema import KINDS, schemas_from
from casework.records.source import Files, WorkTree
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import write_yaml

ROOT = Path(__file__).parents[2]
OURS = {path: (ROOT / path).read_bytes() for path in WorkTree(ROOT).paths("schema") if path.endswith(".json")}
SCHEMAS = schemas_from(Files(OURS))
CASE = """\
case: 2026-11-0007
policy: department-store
events:
  - event: received
    at: 2026-11-03T09:12+08:00
    by: li
"""


def flaws(text: str, kind: str = "case", schemas=SCHEMAS):
    record = read_yaml("x.yaml", text.encode())
    assert isinstance(record, Record)
    return schemas.flaws(kind, record)


def changed(path: str, **keys) -> Files:
    return Files({**OURS, path: json.dumps({**json.loads(OURS[path]), **keys})})


def test_our_own_schemas_are_sound():
    assert SCHEMAS.flaws_of_schema == ()
    assert set(SCHEMAS.shapes) >= set(KINDS)
    for ready in (*SCHEMAS.shapes.values(), *SCHEMAS.event_shapes.values()):
        ready.is_sound({})
        next(ready.misfits({}), None)


def test_a_sound_case_has_no_flaws():
    assert flaws(CASE) == ()


def test_an_event_type_says_what_it_does():
    decided = SCHEMAS.events["acceptance_decided"]
    assert (decided.title.zh, decided.title.en) == ("受理判定", "Acceptance decided")
    assert decided.description.zh.endswith("。") and decided.description.en.endswith(".")
    assert [turn["stage"] for turn in decided.stage] == ["accepted", "closed"]
    assert decided.sets["jurisdiction"] == "jurisdiction"
    assert "outcome" in decided.fields and "note" not in decided.fields
    assert SCHEMAS.events["compensation_paid"].sums == {"compensation_total": "amount"}
    assert SCHEMAS.events["decision_communicated"].counts_as == "response_given"
    assert SCHEMAS.events["dissatisfaction_recorded"].back_from == ("answered",)


def test_an_unknown_field_stands_where_its_key_stands():
    (flaw,) = flaws(CASE + "    whom: zhou\n")
    assert flaw.place[1:] == (7, 5)
    assert flaw.text.say("en").startswith("“whom” is no field that may stand here")
    assert flaw.text.say("zh").startswith("这里没有“whom”这个字段")


def test_an_unknown_event_brings_the_nearest_name():
    (flaw,) = flaws(CASE.replace("received", "recieved"))
    assert flaw.place[1:] == (4, 12)
    assert flaw.text.say("en") == "there is no event “recieved”; did you mean “received”?"


def test_all_flaws_of_a_file_come_in_one_run_and_in_order():
    text = (
        CASE.replace("policy", "polcy")
        .replace("at: 2026-11-03", "at: 2026-11-31")
        .replace("by: li", "by: Li")
    )
    assert [flaw.place.line for flaw in flaws(text)] == [1, 2, 5, 6]


@pytest.mark.parametrize(
    ("files", "path", "place", "says"),
    [
        ({"schema/case.json": "{"}, "schema/case.json", (1, 2), "this schema file is not valid JSON here"),
        (
            {"schema/case.json": '{\n"a": }'},
            "schema/case.json",
            (2, 6),
            "this schema file is not valid JSON here",
        ),
        (
            {"schema/staff.json": b"\xff"},
            "schema/staff.json",
            (1, 1),
            "this schema file is not valid JSON here",
        ),
        (
            {"schema/staff.json": "[" * 100_000},
            "schema/staff.json",
            (1, 1),
            "this schema file is not valid JSON here",
        ),
        ({"schema/staff.json": "[]"}, "schema/staff.json", (1, 1), "this file is not a valid JSON Schema"),
        (
            {"schema/staff.json": '{"properties": []}'},
            "schema/staff.json",
            (1, 1),
            "this file is not a valid JSON Schema",
        ),
        (
            {"schema/case.json": '{"properties": {}}'},
            "schema/case.json",
            (1, 1),
            "this file is not a valid JSON Schema",
        ),
        (
            {"schema/staff.json": '{"properties": {"a": {"$ref": "case.json#/$defs/nope"}}}'},
            "schema/staff.json",
            (1, 1),
            "$ref names a definition that is not there: schema/case.json#/$defs/nope",
        ),
        (
            {"schema/events/received.json": '{"x-stage": "begun"}'},
            "schema/events/received.json",
            (1, 1),
            "“begun” is no stage; there are new, accepted, investigating, decided, answered, completed, closed,"
            " archived, disposed",
        ),
        (
            {"schema/events/received.json": '{"x-sets": {"a": "b"}}'},
            "schema/events/received.json",
            (1, 1),
            "“b” is no field of this event",
        ),
        (
            {"schema/events/received.json": '{"x-clears": "a"}'},
            "schema/events/received.json",
            (1, 1),
            "“x-clears” is not written in a form an event type can have",
        ),
        (
            {"schema/events/received.json": '{"x-seta": {}}'},
            "schema/events/received.json",
            (1, 1),
            "“x-seta” is no key of an event type; there are x-after, x-as, x-back, x-back-from, x-clears,"
            " x-gathers, x-sets, x-stage, x-sums",
        ),
    ],
)
def test_a_broken_schema_file_is_told_and_what_hangs_on_it_is_not_judged(files, path, place, says):
    schemas = schemas_from(Files({**OURS, **files}))
    (flaw,) = schemas.flaws_of_schema
    assert (flaw.place.path, flaw.place[1:], flaw.text.say("en")) == (path, place, says)
    assert flaw.text.say("zh") != says
    if "received" in path or "case" in path:
        (unjudged,) = flaws(CASE, "case", schemas)
        assert unjudged.text.say("en").startswith(
            f"this cannot be checked because {path} is broken or missing"
        )
    else:
        assert flaws(CASE, "case", schemas) == ()


def test_missing_schema_files_are_told():
    schemas = schemas_from(Files({}))
    assert [flaw.place.path for flaw in schemas.flaws_of_schema] == [f"schema/{kind}.json" for kind in KINDS]
    assert len(flaws(CASE, "case", schemas)) == 1


@pytest.mark.parametrize("is_quick", [True, False])
@pytest.mark.parametrize("keys", [{"minProperties": "x"}, {"pattern": "("}, {"required": [1]}, {"if": 3}])
def test_a_schema_that_is_none_is_told_when_first_used(keys, is_quick, monkeypatch):
    if not is_quick:
        monkeypatch.setattr(shape, "_fast", None)
    schemas = schemas_from(changed("schema/events/received.json", **keys))
    if keys != {"pattern": "("} or is_quick:  # a pattern is compiled when a text meets it
        (flaw,) = flaws(CASE, "case", schemas)
        assert flaw.place.path == "schema/events/received.json"
        assert flaw.text.say("en") == "this file is not a valid JSON Schema"


def test_a_definition_that_contains_itself_stays_a_reference():
    files = {
        "a.json": {
            "items": {"$ref": "#/$defs/n", "title": "own"},
            "$defs": {"n": {"items": {"$ref": "#/$defs/n"}}},
        }
    }
    schema = Inliner(files).inlined("a.json")
    assert schema["items"]["title"] == "own"
    assert schema["items"]["items"] == {"$ref": "#/$defs/a-n"}
    assert schema["$defs"]["a-n"] == {"items": {"$ref": "#/$defs/a-n"}}


def test_references_across_folders_are_written_out():
    files = {
        "s/case.json": {"$defs": {"who": {"type": "string"}, "whos": {"items": {"$ref": "#/$defs/who"}}}},
        "s/events/e.json": {"properties": {"to": {"$ref": "../case.json#/$defs/whos", "title": "to"}}},
    }
    assert Inliner(files).inlined("s/events/e.json") == {
        "properties": {"to": {"items": {"type": "string"}, "title": "to"}}
    }


def reshaped(value, rnd: random.Random):
    """A value with one of its parts replaced, renamed or left out."""
    value = copy.deepcopy(value)
    holders, todo = [], [value]
    while todo:
        part = todo.pop()
        if isinstance(part, dict | list) and part:
            holders.append(part)
            todo += part.values() if isinstance(part, dict) else part
    holder = rnd.choice(holders)
    odd = rnd.choice(
        [None, True, 0, -1, 10**14, "", " ", "x：y", "2026-02-30", [], {}, [[]], {"a": {}}, [None], "状态"]
    )
    key = rnd.choice([*holder]) if isinstance(holder, dict) else rnd.randrange(len(holder))
    match rnd.randrange(3):
        case 0:
            holder[key] = odd
        case 1:
            del holder[key]
        case 2 if isinstance(holder, dict):
            holder[f"{key}x"] = holder.pop(key)
    return value


@pytest.mark.parametrize(
    "path", ["policies/department-store.yaml", "policies/staff.yaml", "policies/register.yaml"]
)
def test_odd_values_anywhere_are_flaws_and_no_traceback(path):
    file = ROOT / path
    kind = {"staff": "staff", "register": "register"}.get(file.stem, "policy")
    sound = read_yaml(path, file.read_bytes())
    assert isinstance(sound, Record)
    assert SCHEMAS.flaws(kind, sound) == ()
    rnd = random.Random(3)
    for _ in range(25):
        record = read_yaml(path, write_yaml(reshaped(sound.value, rnd)).encode())
        assert isinstance(record, Record)
        for flaw in SCHEMAS.flaws(kind, record):
            assert flaw.text.say("en").strip() and flaw.text.say("zh").strip()

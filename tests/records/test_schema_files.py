"""The schemas are data that people read: whole, valid, bilingual, and true of the sample firm's own files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from casework.records.event_type import described, titled
from casework.records.record import Record
from casework.records.schema import schemas_from
from casework.records.source import Files, WorkTree
from casework.records.strict_yaml import read_yaml
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
FILES = {
    path.relative_to(ROOT / "schema").as_posix(): json.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "schema").rglob("*.json"))
    if path.name != "editor.json"
}
FRAMES = sorted(path for path in FILES if not path.startswith("events/"))
EVENTS = {Path(path).stem: schema for path, schema in FILES.items() if path.startswith("events/")}
SCHEMAS = schemas_from(WorkTree(ROOT))
COMMON = set(FILES["case.json"]["$defs"]["event"]["properties"])

_EVENTS = """
    acceptance_decided accepted acknowledged action_closed action_opened action_verified archived assigned
    chased classified closed compensation_paid completed complexity_set consulted customer_agreed_cause
    customer_confirmed decision_communicated decision_issued disclosed dispatched disposal_approved disposed
    dissatisfaction_recorded document_issued document_received escalated evidence_added extension_approved
    extension_requested finding_recorded follow_up_done form_approved handed_over held hold_lifted hold_placed
    inability_recorded investigated irregularity_noted linked_repeat meeting_held negotiation_failed notice_sent
    opinion_issued opinion_returned outcome_promise overdue_reported penalty_decided police_reported
    progress_update proposal_approved proposal_drafted proposal_rejected published read_back_confirmed received
    recusal_declared referred_down registered reinvestigation_ordered remedy_executed reopened reply_commitment
    reported_up rescheduled response_given reviewed_by_upper sample_collected sealed severity_set site_visit
    special_circumstances submitted_for_approval superseded supervised supplement_received supplement_requested
    supplier_reported survey_recorded team_formed transferred_out upgraded validity_decided venue_changed
"""
VOCABULARY = _EVENTS.split()

# What JSON Schema 2020-12 and draft-07 both know, and what editors read beside it; editors know no more.
_KEYWORDS = """
    $schema $ref $defs title description default examples type enum pattern format minLength minimum maximum
    properties required additionalProperties propertyNames minProperties maxProperties
    items minItems maxItems uniqueItems allOf anyOf not if then
    patternErrorMessage defaultSnippets
"""
KEYWORDS = set(_KEYWORDS.split())
NESTED_MAPS = ("properties", "$defs")
NESTED_LISTS = ("allOf", "anyOf")
NESTED = ("items", "additionalProperties", "propertyNames", "not", "if", "then")


def parts(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """A schema and all schemas within it, each with its path."""
    yield name, schema
    for key in NESTED_MAPS:
        for inner, each in schema.get(key, {}).items():
            yield from parts(each, f"{name}/{inner}")
    for key in NESTED_LISTS:
        for each in schema.get(key, []):
            yield from parts(each, name)
    for key in NESTED:
        if isinstance(schema.get(key), dict):
            yield from parts(schema[key], f"{name}/{key}")


def unbilingual(told: dict[str, Any]) -> list[str]:
    """What is missing of title and description in Chinese and English."""
    title, description = titled(told.get("title", "")), described(told.get("description", ""))
    return [
        f"{what}: {text}"
        for what, text in (("title", title), ("description", description))
        if not re.search("[\u4e00-\u9fff]", text.zh) or not re.match("[A-Za-z-]", text.en) or "。" in text.en
    ]


def test_every_event_of_the_vocabulary_has_its_file() -> None:
    assert set(VOCABULARY) <= set(EVENTS)
    assert len(VOCABULARY) == 85


@pytest.mark.parametrize("path", FILES)
def test_a_schema_is_valid_and_says_what_it_is_in_both_languages(path: str) -> None:
    schema = FILES[path]
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert not unbilingual(schema)


@pytest.mark.parametrize("path", FILES)
def test_a_schema_uses_only_what_every_editor_knows(path: str) -> None:
    for name, part in parts(FILES[path]):
        unknown = {key for key in part if key not in KEYWORDS and not key.startswith("x-")}
        assert not unknown, f"{path}{name}: {unknown}"
        assert r"\d" not in part.get("pattern", "") and r"\w" not in part.get("pattern", ""), f"{path}{name}"


def test_the_schemas_can_be_read() -> None:
    assert SCHEMAS.flaws_of_schema == ()
    assert set(SCHEMAS.events) == set(EVENTS)


@pytest.mark.parametrize("name", [*SCHEMAS.shapes, *SCHEMAS.event_shapes])
def test_every_field_says_what_it_is_in_both_languages(name: str) -> None:
    shape = SCHEMAS.shapes.get(name) or SCHEMAS.event_shapes[name]
    named = [
        (f"{where}/{field}", told)
        for where, part in parts(dict(shape.schema))
        for field, told in part.get("properties", {}).items()
        if "$ref" not in told  # it contains itself, and is told where it is defined
    ]
    assert [(where, missing) for where, told in named if (missing := unbilingual(told))] == []


@pytest.mark.parametrize("name", EVENTS)
def test_what_an_event_does_names_what_there_is(name: str) -> None:
    event = SCHEMAS.events[name]
    assert {*event.causes, event.counts_as} - {""} <= set(EVENTS)
    assert not set(event.fields) & COMMON
    assert set(EVENTS[name].get("required", [])) <= {*event.fields, *COMMON}
    assert list(EVENTS[name])[:5] == ["$schema", "title", "description", "type", "properties"]


def test_events_move_a_case_as_the_vocabulary_says() -> None:
    events = SCHEMAS.events
    assert {name for name, event in events.items() if event.back} == {
        "reopened",
        "reinvestigation_ordered",
        "dissatisfaction_recorded",
    }
    assert {name: event.counts_as for name, event in events.items() if event.counts_as} == {
        "decision_communicated": "response_given",
        "archived": "closed",
        "sealed": "archived",
    }
    assert {name for name, event in events.items() if event.stage == "closed"} == {"closed", "held"}
    assert events["reopened"].clears == events["reinvestigation_ordered"].clears != ()


@pytest.mark.parametrize("path", FRAMES)
def test_a_frame_lets_in_no_field_it_does_not_know(path: str) -> None:
    assert FILES[path]["additionalProperties"] is False


@pytest.mark.parametrize(
    ("kind", "file"),
    [
        ("policy", "policies/department-store.yaml"),
        ("register", "policies/register.yaml"),
        ("staff", "policies/staff.yaml"),
        ("calendar", "policies/calendars/cn.yaml"),
    ],
)
def test_the_sample_firm_keeps_to_the_schemas(kind: str, file: str) -> None:
    record = read_yaml(file, (ROOT / file).read_bytes())
    assert isinstance(record, Record), record
    assert SCHEMAS.flaws(kind, record) == ()


DEFINITIONS = {
    "instant": (
        ["2026-11-03", "2026-11-03T09:12", "2026-11-03T09:12:30", "2026-11-03T09:12+08:00", "2026-11-03T01:12Z"],
        ["2026-11-3", "2026/11/03", "2026-13-01", "2026-02-30", "2026-11-03 09:12", "2026-11-03T24:00", "11-03", 2026],
    ),
    "case_number": (["2026-11-0007", "2026-01-12345"], ["2026-11-7", "2026-13-0001", "26-11-0007", "2026-11-0007a"]),
    "receipt": (["7KQF-3M9P", "0000-ZZZZ"], ["7KQF3M9P", "7KQF-3M9I", "7KQF-3M9L", "7KQF-3M9O", "7KQF-3M9U", "7kqf-3m9p"]),
    "who": (["li-wen", "p-7f3a91", "qm-office"], ["李雯", "Li-Wen", "li_wen", "-li", "7li", "li-"]),
    "whos": (["li-wen", ["li-wen", "zhou-min"]], [[], ["李雯"], 7]),
    "amount": ([50, "12.50", "0.5", 0], ["12.505", "-1", -1, "1,000", "¥50", "1e3", ""]),
    "sha256": (["0a" * 32], ["0A" * 32, "0a" * 31]),
    "finding_name": (["done-late:agreed-reply", "ban-broken"], ["done late", "done-late:", ":agreed-reply", "done_late"]),
    "text": (["a", "多行\n文字"], ["", " \n", 7]),
    "may_look_like_number": ([13800000000, "0571-8888", "甲7"], ["", True, ["1"]]),
}  # fmt: skip


@pytest.mark.parametrize("name", DEFINITIONS)
def test_a_shared_definition_takes_what_people_write_and_refuses_the_rest(name: str) -> None:
    case = FILES["case.json"]
    it = {"it": {"$ref": f"#/$defs/{name}"}}
    frame = {**case, "properties": {**case["properties"], **it}, "required": []}
    shape = schemas_from(Files({"schema/case.json": json.dumps(frame)})).shapes["case"]
    taken, refused = DEFINITIONS[name]
    assert [each for each in taken if not shape.is_sound({"it": each})] == []
    assert [each for each in refused if shape.is_sound({"it": each})] == []

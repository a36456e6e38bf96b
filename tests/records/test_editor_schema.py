"""schema/editor.json is generated: it must say what the schemas say, and only what editors understand."""

from __future__ import annotations

import json
from pathlib import Path

from casework.records.editor import editor_schema, editor_text
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from jsonschema import Draft7Validator

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas_from(WorkTree(ROOT))
AGAIN = """schema/editor.json is older than the schemas; write it again:
python -c "from pathlib import Path; from casework.records import editor, schema, source; \
Path('schema/editor.json').write_bytes(editor.editor_text(schema.schemas_from(source.WorkTree(Path('.')))).encode())"
"""


def case(*events: dict) -> dict:
    return {"case": "2026-11-0007", "policy": "department-store", "events": [*events]}


def test_the_file_on_disk_is_what_is_generated():
    assert (ROOT / "schema/editor.json").read_text(encoding="utf-8") == editor_text(SCHEMAS), AGAIN


def test_it_is_a_sound_draft_07_schema_without_references():
    schema = editor_schema(SCHEMAS)
    Draft7Validator.check_schema(schema)
    assert "$ref" not in json.dumps(schema)


def test_it_judges_an_event_by_its_own_fields_as_the_tool_does():
    editor = Draft7Validator(editor_schema(SCHEMAS))
    common = {"at": "2026-11-03T09:12", "by": "li"}
    sound = case({"event": "received", **common}, {"event": "assigned", **common, "to": "zhou"})
    foreign = case({"event": "received", **common, "to": "zhou"})
    unknown = case({"event": "recieved", **common})
    assert [editor.is_valid(each) for each in (sound, foreign, unknown)] == [True, False, False]


def test_every_event_is_offered_and_explained_in_both_languages():
    schema = editor_schema(SCHEMAS)["properties"]["events"]
    event = schema["items"]["properties"]["event"]
    assert event["enum"] == sorted(SCHEMAS.events)
    assert len(event["markdownEnumDescriptions"]) == len(schema["defaultSnippets"]) == len(SCHEMAS.events)
    told = dict(zip(event["enum"], event["markdownEnumDescriptions"], strict=True))
    assert told["received"].startswith("**收到投诉 · Received** ")

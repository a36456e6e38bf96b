"""Records against the register's own schemas."""

from pathlib import Path

from casework.records.schema import KINDS, schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import read_yaml

ROOT = Path(__file__).parents[2]
CASE = """\
case: 2026-11-0007
policy: department-store
events:
  - event: received
    at: 2026-11-03T09:12+08:00
    by: li
"""


def flaws(text: str, kind: str = "case"):
    return schemas_from(WorkTree(ROOT)).flaws(kind, read_yaml("x.yaml", text.encode()))


def test_our_own_schemas_are_sound():
    schemas = schemas_from(WorkTree(ROOT))
    assert schemas.flaws_of_schema == ()
    assert set(schemas.shapes) >= set(KINDS)
    assert schemas.events["received"].title.zh == "收到投诉"


def test_a_sound_case_has_no_flaws():
    assert flaws(CASE) == ()


def test_an_unknown_field_stands_where_its_key_stands():
    (flaw,) = flaws(CASE + "    whom: zhou\n")
    assert flaw.place[1:] == (7, 5)
    assert flaw.text.say("en").startswith("“whom” is no field that may stand here")
    assert flaw.text.say("zh").startswith("这里没有“whom”这个字段")


def test_an_unknown_event_brings_the_nearest_name():
    (flaw,) = flaws(CASE.replace("received", "recieved"))
    assert flaw.place[1:] == (4, 12)
    assert flaw.text.say("en") == "there is no event “recieved”; did you mean “received”?"

"""Each schema error is one sentence of ours, at the key or value to mend; the same with and without jsonschema_rs."""

from __future__ import annotations

import json
import random

import pytest
from casework.records import shape
from casework.records.schema import schemas_from
from casework.records.shape import fits_pattern, is_date, is_instant
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml

NAME = "^[a-z]+(-[a-z]+)*$"
CASE = {
    "title": "案件 · Case",
    "type": "object",
    "properties": {
        "case": {"title": "案号 · Case number", "type": "string", "pattern": "^[0-9]{4}$"},
        "channel": {"title": "渠道 · Channel", "enum": ["phone", "visit", "letter"]},
        "at": {"title": "时间 · Instant", "type": "string", "format": "casework-instant"},
        "day": {"title": "日期 · Day", "type": "string", "format": "casework-date"},
        "flag": {"title": "是否 · Flag", "type": "boolean"},
        "count": {"title": "数 · Count", "type": "integer", "minimum": 1, "maximum": 9},
        "name": {
            "title": "名称 · Name",
            "type": "string",
            "pattern": NAME,
            "patternErrorMessage": "请用小写字母 · Use small letters",
        },
        "text": {"title": "文字 · Text", "type": "string", "minLength": 1, "maxLength": 5},
        "long": {"title": "长文 · Long text", "type": "string", "minLength": 3},
        "list": {"title": "列表 · List", "type": "array", "minItems": 1, "maxItems": 3, "uniqueItems": True},
        "many": {
            "title": "多 · Many",
            "type": ["string", "array"],
            "minItems": 2,
            "items": {"type": "string"},
        },
        "map": {
            "title": "映射 · Map",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 2,
            "propertyNames": {"pattern": NAME, "description": "小写字母。 Small letters."},
            "additionalProperties": {"type": "integer"},
        },
        "either": {"type": "object", "anyOf": [{"required": ["a"]}, {"required": ["b"]}]},
        "both": {"type": "object", "not": {"required": ["a", "b"]}},
        "fixed": {"title": "固定 · Fixed", "const": "yes"},
        "multiple": {
            "title": "倍数 · Multiple",
            "multipleOf": 5,
            "description": "五的倍数。 A multiple of five.",
        },
        "personal": {
            "type": "object",
            "properties": {"phone": {"title": "电话 · Telephone", "type": "string", "pattern": "^1[0-9]+$"}},
            "additionalProperties": False,
        },
        "events": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "event": {"type": "string", "pattern": "^[a-z_]+$"},
                    "by": {"title": "经手人 · By", "type": "string"},
                },
                "required": ["event", "by"],
            },
        },
    },
    "required": ["case"],
    "additionalProperties": False,
}
EVENTS = {
    "received": {"title": "收到投诉 · Received", "type": "object", "properties": {}},
    "told": {
        "title": "告知 · Told",
        "type": "object",
        "properties": {"to": {"title": "对象 · To", "type": "string"}},
        "required": ["to"],
    },
}
OTHERS = ("policy", "register", "staff", "calendar", "month")
FILES = {"schema/case.json": CASE, **{f"schema/{kind}.json": {"type": "object"} for kind in OTHERS}}
FILES |= {f"schema/events/{name}.json": schema for name, schema in EVENTS.items()}
SCHEMAS = schemas_from(Files({path: json.dumps(schema) for path, schema in FILES.items()}))

SAID = {
    "case: '12345'\n": [("1:7", "“12345” does not fit “case” (Case number): ^[0-9]{4}$")],
    "case: 0123\nchanel: phone\n": [
        ("2:1", "“chanel” is no field that may stand here; did you mean “channel”?")
    ],
    "case: 0123\n渠道: phone\n": [("2:1", "“渠道” is no field that may stand here; did you mean “channel”?")],
    "case: 0123\nＣhannel: phone\n": [
        ("2:1", "“Ｃhannel” is no field that may stand here; did you mean “channel”?")
    ],
    "case: 0123\nqqq: 1\nzzz: 2\n": [
        ("2:1", "“qqq” is no field that may stand here"),
        ("3:1", "“zzz” is no field that may stand here"),
    ],
    "channel: phone\n": [("1:1", "“case” (Case number) is missing here")],
    "case: 0123\nchannel: fone\n": [
        ("2:10", "“fone” is not a value of “channel” (Channel); did you mean “phone”?")
    ],
    "case: 0123\nchannel: 电话\n": [
        ("2:10", "“电话” is not a value of “channel” (Channel); there are phone, visit, letter")
    ],
    "case: 0123\nchannel: “visit”\n": [
        ("2:10", "““visit”” is not a value of “channel” (Channel); did you mean “visit”?")
    ],
    "case: 0123\nat: 2026-02-30T10:00\n": [
        ("2:5", "“2026-02-30T10:00” is no real date or time: look at month, day and hour")
    ],
    "case: 0123\nat: 2026-03-01T24:30\nday: 2026-13-01\n": [
        ("2:5", "“2026-03-01T24:30” is no real date or time: look at month, day and hour"),
        ("3:6", "“2026-13-01” is no real date or time: look at month, day and hour"),
    ],
    "case: 0123\nflag: yes\n": [("2:7", "“flag” (Flag) must be true or false, not “yes”")],
    "case: 0123\nflag: 1\n": [("2:7", "“flag” (Flag) must be true or false, but it is “1”")],
    "case: 12\n": [("1:7", "“case” (Case number) must be text: put “12” in quotes")],
    "case: true\n": [("1:7", "“case” (Case number) must be text: put “true” in quotes")],
    "case:\n": [("1:1", "“case” (Case number) has no value: write one, or delete the line")],
    "case: [a]\n": [("1:7", "“case” (Case number) must be text, but it is a list")],
    "case: {a: 1}\n": [("1:7", "“case” (Case number) must be text, but it is a group of fields")],
    "case: 0123\ncount: 0\n": [("2:8", "“count” (Count) must be at least 1")],
    "case: 0123\ncount: 10\n": [("2:8", "“count” (Count) must be at most 9")],
    "case: 0123\ncount: 0x1\n": [("2:8", "“count” (Count) must be a whole number, but it is text")],
    "case: 0123\nname: Li Si\n": [("2:7", "“Li Si” does not fit “name” (Name): Use small letters")],
    'case: 0123\nname: "li\\n"\n': [("2:7", "“li” does not fit “name” (Name): Use small letters")],
    'case: 0123\ntext: ""\n': [("2:7", "“text” (Text) is blank: write something, or delete it")],
    "case: 0123\ntext: 六个字的文字\n": [("2:7", "“text” (Text) is too long: at most 5 characters")],
    "case: 0123\nlong: ab\n": [("2:7", "“long” (Long text) is too short: at least 3 characters")],
    "case: 0123\nlist: []\n": [("2:7", "“list” (List) is blank: write something, or delete it")],
    "case: 0123\nlist:\n  - a\n  - b\n  - a\n": [("5:5", "“a” is in this list already")],
    "case: 0123\nlist: [1, 2, 3, 4]\n": [("2:7", "“list” (List) has too many: at most 3")],
    "case: 0123\nlist: 状态：x\n": [
        (
            "2:9",
            "a full-width colon (：) stands here: for a field write “: ”, a colon and a space; "
            "for running text use quotes",
        )
    ],
    "case: 0123\nmany: [a]\n": [("2:7", "“many” (Many) is too short: it needs at least 2")],
    "case: 0123\nmany: [a, 2]\n": [("2:11", "item 2 of “many” must be text: put “2” in quotes")],
    "case: 0123\nmany: {a: b}\n": [
        ("2:7", "“many” (Many) must be text or a list, but it is a group of fields")
    ],
    "case: 0123\nmap: {}\n": [("2:6", "“map” (Map) is blank: write something, or delete it")],
    "case: 0123\nmap:\n  A: 1\n": [("3:3", "“A” cannot be a name here: Small letters")],
    "case: 0123\nmap: {a: 1, b: 2, c: 3}\n": [("2:6", "“map” (Map) has too many: at most 2")],
    "case: 0123\nmap: {a: x}\n": [("2:10", "“a” must be a whole number, but it is text")],
    "case: 0123\neither: {c: 1}\n": [("2:1", "one of a, b is needed here")],
    "case: 0123\nboth: {a: 1, b: 2}\n": [("2:14", "a, b cannot stand together: keep one")],
    "case: 0123\nfixed: no\n": [("2:8", "“fixed” (Fixed) must be “yes”")],
    "case: 0123\nmultiple: 7\n": [
        ("2:11", "“multiple” (Multiple) is not written as its description asks: A multiple of five")
    ],
    "case: 0123\npersonal:\n  phone: secret\n  name: Li\n": [
        ("3:10", "“Telephone” is not written as it should be: ^1[0-9]+$"),
        ("4:3", "this field may not stand here; there are phone"),
    ],
    "case: 0123\npersonal: {phone: 13800000000}\n": [
        ("2:19", "“Telephone” must be text: put what is written here in quotes")
    ],
    "case: 0123\nevents: [{event: recieved, by: li}]\n": [
        ("2:18", "there is no event “recieved”; did you mean “received”?")
    ],
    "case: 0123\nevents: [{event: 收到投诉, by: li}]\n": [
        ("2:18", "there is no event “收到投诉”; did you mean “received”?")
    ],
    "case: 0123\nevents:\n  - event: told\n    by: li\n    tp: zhou\n": [
        ("3:5", "“to” (To) is missing here"),
        ("5:5", "“tp” is no field that may stand here; there are event, by, to"),
    ],
    "case: 0123\nevents:\n  - {event: received}\n  - by: li\n  - li\n": [
        ("3:5", "“by” (By) is missing here"),
        ("4:5", "“event” is missing here"),
        ("5:5", "item 3 of “events” must be a group of fields, but it is text"),
    ],
}


@pytest.fixture(params=["with jsonschema_rs", "without"])
def schemas(request, monkeypatch):
    if request.param == "without":
        monkeypatch.setattr(shape, "_fast", None)
    return schemas_from(Files({path: json.dumps(schema) for path, schema in FILES.items()}))


def said(flaws) -> list[tuple[str, str]]:
    return [(f"{flaw.place.line}:{flaw.place.column}", flaw.text.say("en")) for flaw in flaws]


@pytest.mark.parametrize("text", SAID)
def test_an_error_is_said_where_it_is_mended(text, schemas):
    flaws = schemas.flaws("case", read_yaml("x.yaml", text.encode()))
    assert said(flaws) == SAID[text]
    for flaw in flaws:
        assert flaw.text.say("zh") not in ("", flaw.text.say("en"))


def test_nothing_of_the_personal_block_is_repeated(schemas):
    text = "case: 0123\npersonal: {phone: secret, secret: 1}\n"
    first, *_ = schemas.flaws("case", read_yaml("x.yaml", text.encode()))
    assert "secret" not in first.text.say("en") + first.text.say("zh")


def test_a_long_value_is_cut_short(schemas):
    (flaw,) = schemas.flaws("case", read_yaml("x.yaml", b"case: 0123\nname: " + b"A b\n  c " * 100))
    assert len(flaw.text.say("en")) < 120


def test_flaws_of_a_file_are_capped(schemas):
    text = "case: 0123\n" + "".join(f"unknown_{n}: 1\n" for n in range(300))
    assert len(schemas.flaws("case", read_yaml("x.yaml", text.encode()))) == 100


def test_both_validators_agree(monkeypatch):
    rnd = random.Random(7)
    words = [
        "0123",
        "12",
        "true",
        "null",
        "phone",
        "2026-02-30",
        "2026-03-01",
        '"a\\n"',
        "[a]",
        "[]",
        "{}",
        "{a: 1}",
        "x",
    ]
    keys = [*CASE["properties"], "other"]
    texts = ["".join(f"{key}: {rnd.choice(words)}\n" for key in rnd.sample(keys, 6)) for _ in range(300)]
    records = [read_yaml("x.yaml", text.encode()) for text in texts]
    quick = [said(SCHEMAS.flaws("case", record)) for record in records]
    monkeypatch.setattr(shape, "_fast", None)
    again = schemas_from(Files({path: json.dumps(schema) for path, schema in FILES.items()}))
    assert quick == [said(again.flaws("case", record)) for record in records]


@pytest.mark.parametrize(
    "text",
    ["2026-11-03", "2026-11-03T09:12", "2026-11-03T09:12:30", "2026-11-03T09:12Z", "2024-02-29T23:59+08:00"],
)
def test_real_instants(text):
    assert is_instant(text)


UNREAL = (
    "2026-02-29 2026-11-03T24:00 2026-11-03T09 2026-11-03T09:60 2026-11-03T09:12+24:00 2026-11-03T09:12+8 20261103"
    " 2026-W01-1 0000-01-01 2026-11-03T09:12:30.5 ２０２６-11-03 2026年3月5日"
)


@pytest.mark.parametrize("text", UNREAL.split())
def test_instants_that_are_none(text):
    assert not is_instant(text)
    assert not is_instant("2026-11-03\n")
    assert not is_instant("2026-11-03 09:12")


def test_days():
    assert is_date("2024-02-29")
    assert not any(map(is_date, ("2026-02-29", "2026-11-03T09:12", "20261103", "2026-11-3", "2026-W01-1")))


def test_patterns_are_read_as_ecma_reads_them():
    assert fits_pattern("^[0-9]+$", "123") and not fits_pattern("^[0-9]+$", "123\n")
    assert not fits_pattern(r"^\d+$", "１２３")
    assert fits_pattern(r"^\$[$]$", "$$") and not fits_pattern(r"^\$[$]$", "$$\n")

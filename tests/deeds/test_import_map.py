"""A map is proved against its register before any row is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from casework.deeds.import_map import Map, columns_left_out, columns_missing
from casework.deeds.import_map_read import read_map
from casework.house import House, house_of
from casework.records.source import Files

REPO = Path(__file__).parents[2]
SCHEMA = {path.relative_to(REPO).as_posix(): path.read_bytes() for path in (REPO / "schema").rglob("*.json")}
FIRM = {
    "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
    for path in (REPO / "tests/firm/policies").rglob("*.yaml")
}

SOUND = """\
source: old-book
policy: standard
id: no
by: li
format: YYYY-MM-DD hh:mm
head:
  channel: {column: how, values: {Tel: phone, Walk-in: visit}}
  product.name: {column: goods}
  product.bought_on: {column: bought, format: D/M/YYYY}
personal:
  name: {column: who}
  pet_name: {column: pet}
events:
  - event: received
    at: {column: came}
  - event: response_given
    when_given: answered
    at: {column: answered}
    by: {column: clerk, values: {L: li, W: wang}}
    mode: [phone, letter]
"""


@pytest.fixture(scope="module")
def house() -> House:
    return house_of(Files({**SCHEMA, **FIRM}))


def flaws(text: str, house: House) -> list[str]:
    made = read_map("map.yaml", text.encode(), house)
    assert not isinstance(made, Map), "the map is sound"
    for flaw in made:
        assert flaw.text.say("zh") != flaw.text.say("en")
    return [f"{flaw.place.line}: {flaw.text.say('en')}" for flaw in made]


def test_a_sound_map(house: House) -> None:
    made = read_map("map.yaml", SOUND.encode(), house)
    assert isinstance(made, Map), made
    assert [cell.column for cell in made.id] == ["no"]
    assert made.head["product.bought_on"].form.written == "D/M/YYYY"
    assert made.events[0].fields["at"].form.written == "YYYY-MM-DD hh:mm"
    assert [*made.events[0].fields] == ["at", "by"]
    assert made.events[0].fields["by"] == "li" and made.events[1].fields["by"].values == {
        "L": "li",
        "W": "wang",
    }
    assert made.events[1].fields["mode"] == ["phone", "letter"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("policy: standard", "policy: standart", "2: there is no policy “standart” in policies/; did you mean “standard”?"),
        ("by: li\n", "by: lee\n", "4: nobody in staff.yaml is “lee”"),
        ("W: wang", "W: wong", "19: nobody in staff.yaml is “wong”; did you mean “wang”?"),
        ("  channel:", "  chanel:", "7: “chanel” is no field that may stand here; did you mean “channel”?"),
        ("product.name", "product.nam", "8: “product.nam” is no field that may stand here; did you mean “product.name”?"),
        ("product.name", "product", "8: “product” is no field that may stand here"),
        ("  pet_name:", "  sealed:", "12: “sealed” is no field that may stand here"),
        ("    mode:", "    moode:", "20: “moode” is no field that may stand here; did you mean “mode”?"),
        ("response_given", "responce_given", "16: there is no event “responce_given”; did you mean “response_given”?"),
        ("event: received", "event: accepted", "14: the first event of every case is received, and it stands here once"),
        ("response_given", "received", "16: the first event of every case is received, and it stands here once"),
        ("response_given", "reply_commitment", "16: the event “reply_commitment” needs “about”"),
        ("{column: came}", "{column: came}\n    id: 7", "16: the id of “received” keeps which row it was"),
        ("{column: came}", "{column: came}\n    when_given: came", "16: every row is received some time"),
        ("format: YYYY-MM-DD hh:mm\n", "", "14: “at” is a date or time: say how the table writes it"),
        ("{column: who}", "{column: who, format: D/M/YYYY}", "11: “name” is no date or time and needs no format"),
        ("D/M/YYYY", "D/M/JJJJ", "9: a format needs YYYY"),
        ("format: YYYY-MM-DD hh:mm", "format: YYYY-MM-MM", "5: a format may name each part only once"),
        ("id: no", "id: no\nzone: Mars/Olympus", "4: there is no time zone “Mars/Olympus”"),
        ("values: {Tel: phone, Walk-in: visit}", "values: {Tel: phone}, word: true", "7: "),
        ("source: old-book", "source: Old Book", "1: "),
        ("    at: {column: answered}\n", "", "16: "),
        ("column: how", "colum: how", "7: "),
    ],
)  # fmt: skip
def test_each_flaw_has_its_line_and_its_sentence(old: str, new: str, said: str, house: House) -> None:
    assert old in SOUND
    told = flaws(SOUND.replace(old, new, 1), house)
    assert any(each.startswith(said) for each in told), told


def test_all_flaws_are_told_at_once(house: House) -> None:
    text = (
        SOUND.replace("by: li\n", "by: lee\n")
        .replace("chanel", "x")
        .replace("event: received", "event: accepted")
    )
    assert len(flaws(text.replace("  channel", "  chanel"), house)) == 3


def test_a_register_that_seals_takes_no_personal_data(house: House) -> None:
    sealed = FIRM["policies/register.yaml"].replace(b"personal: plain", b"personal: sealed")
    firm = house_of(Files({**SCHEMA, **FIRM, "policies/register.yaml": sealed}))
    assert flaws(SOUND, firm)[0].startswith("10: this register seals personal data")


def test_a_flawed_staff_list_is_told_instead_of_all_the_names_it_hides() -> None:
    firm = house_of(Files({**SCHEMA, **FIRM, "policies/staff.yaml": "people: []"}))
    made = read_map("map.yaml", SOUND.encode(), firm)
    assert not isinstance(made, Map) and {flaw.place.path for flaw in made} == {"policies/staff.yaml"}


def test_a_broken_schema_is_told_instead_of_the_fields_it_hides() -> None:
    firm = house_of(Files({**SCHEMA, **FIRM, "schema/events/response_given.json": "{"}))
    made = read_map("map.yaml", SOUND.encode(), firm)
    assert not isinstance(made, Map) and made[0].place.path == "schema/events/response_given.json"


def test_columns_that_the_table_lacks_or_the_map_leaves_out(house: House) -> None:
    made = read_map("map.yaml", SOUND.encode(), house)
    assert isinstance(made, Map)
    there = ("no", "Came", "how", "goods", "bought", "who", "pet", "answered", "weather")
    missing = [(flaw.place.line, flaw.text.say("en")) for flaw in columns_missing(made, there)]
    assert missing == [
        (15, "the table has no column “came”; did you mean “Came”?"),
        (
            19,
            "the table has no column “clerk”; there are no, Came, how, goods, bought, who, pet, answered, weather",
        ),
    ]
    assert columns_left_out(made, there) == ("Came", "weather")

"""What was told becomes a case under the next free number; two at once get two; flawed ones are never written."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from casework.deeds import draft, new
from casework.deeds.new import Complaint, complaint_of, fields_of, file_text, open_case, told_from
from casework.deeds.refused import Refused, Stopped
from casework.house import House, house_of
from casework.records.source import WorkTree
from casework.state.state import State
from casework.trail.git import GitTrouble

PAIRS = [
    ("summary", "the lamp flickers"),
    ("channel", "phone"),
    ("at", "2026-03-20 09:45"),
    ("by", "li"),
    ("personal.name", "欧阳某"),
    ("personal.contacts", "13800001111,0571-1234"),
    ("respondent", "chen"),
    ("product.lot_no", "007"),
]
FILE = """\
# yaml-language-server: $schema=../../../schema/editor.json
case: 2026-03-0002
receipt: RECEIPT
policy: standard
channel: phone
summary: the lamp flickers
respondent: chen

product:
  lot_no: "007"

personal:
  name: 欧阳某
  contacts: [13800001111, 0571-1234]

events:
  - event: received
    at: 2026-03-20T09:45
    by: li
"""


def asked(register: Any, house: House, now: datetime, *more: tuple[str, str]) -> Complaint:
    return complaint_of(register.root, told_from([*PAIRS, *more], house, now), house, now, now)


def test_a_case_is_written_as_by_hand_and_committed_without_personal_data(
    register: Any, house: House, now: datetime
) -> None:
    made, commit = open_case(register.root, asked(register, house, now), house, now, now)
    assert re.fullmatch("[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}", made.receipt)
    assert (register.root / made.path).read_text("utf-8") == FILE.replace("RECEIPT", made.receipt)
    assert made.path == "cases/2026/03/2026-03-0002.yaml"
    assert register.git("log", "-1", "--format=%B").strip() == "2026-03-0002: received"
    assert register.git("show", "--name-only", "--format=", commit.id) == made.path
    assert isinstance(made.state, State)
    assert [each.limit.name for each in made.state.open_deadlines] == ["call-back", "answer"]


@pytest.mark.time
def test_the_number_is_of_the_month_of_registration_in_the_firms_zone(register: Any, house: House) -> None:
    clock = datetime(2026, 3, 31, 16, 30, tzinfo=UTC)  # 00:30 on 1 April in Shanghai
    made = asked(register, house, clock)
    assert (made.number, made.path) == ("2026-04-0001", "cases/2026/04/2026-04-0001.yaml")


def test_numbers_on_other_branches_are_taken(register: Any, house: House, now: datetime) -> None:
    register.git("switch", "-q", "-c", "colleague")
    register.commit({"cases/2026/03/2026-03-0008.yaml": "case: 2026-03-0008\n"})
    register.git("switch", "-q", "main")
    assert asked(register, house, now).number == "2026-03-0009"


def test_two_at_once_get_two_numbers(register: Any, house: House, now: datetime) -> None:
    seen = [asked(register, house, now) for _ in range(3)]
    assert {each.number for each in seen} == {"2026-03-0002"}, "each saw the same number free"
    made: list[Complaint] = []
    threads = [
        threading.Thread(
            target=lambda each=each: made.append(open_case(register.root, each, house, now, now)[0])
        )
        for each in seen
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(each.number for each in made) == ["2026-03-0002", "2026-03-0003", "2026-03-0004"]
    assert {each.receipt for each in made} == {each.receipt for each in seen}, "a receipt already told stays"
    assert register.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("pair", "words"),
    [
        (("channel", "Phone"), "small letters"),
        (("summary", " "), "blank"),
        (("product.lot", "1"), "did you mean 'product.lot_no'"),
        (("sumary", "x"), "did you mean 'summary'"),
        (("case", "2026-03-0099"), "no field 'case'"),
        (("receipt", "AAAA-AAAA"), "no field 'receipt'"),
        (("events", "x"), "no field 'events'"),
        (("policy", "standart"), "did you mean standard"),
        (("at", "2026-02-30"), "no real date"),
        (("at", "yesterday"), "2026-11-03T09:12"),
        (("personal.email", "x"), "name@example.org"),
        (("personal.sealed", "x"), "nothing else may stand"),
        (("product", "x"), "group of fields"),
        (("by", "Li Si"), "id"),
        (("summary", "\ud800"), "not UTF-8"),
    ],
)
def test_what_would_be_flawed_is_refused(
    register: Any, house: House, now: datetime, pair: tuple[str, str], words: str
) -> None:
    pairs = [*(each for each in PAIRS if each[0].partition(".")[0] != pair[0]), pair]
    with pytest.raises(Refused) as refused:
        complaint_of(register.root, told_from(pairs, house, now), house, now, now)
    assert words in refused.value.text.say("en")
    assert refused.value.text.say("zh") != refused.value.text.say("en")
    assert register.git("status", "--porcelain") == ""


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "- x",
        "# no comment",
        "'",
        '"',
        "true",
        "2026-03-01",
        "x\ny",
        "\t",
        "é\u0301\u200b",
        "\x07",
        "{",
        "0",
    ],
)
def test_any_text_comes_back_as_it_was_told(register: Any, house: House, now: datetime, text: str) -> None:
    told = told_from([*PAIRS, ("reasons", f"{text}."), ("personal.statement", f"{text}.")], house, now)
    made = complaint_of(register.root, told, house, now, now)
    assert isinstance(made.state, State)
    head = made.state.case.head
    assert (head["reasons"], head["personal"]["statement"]) == (f"{text}.", f"{text}.")


def test_findings_are_told_not_refused(register: Any, house: House, now: datetime) -> None:
    found = {
        each.rule for each in asked(register, house, now, ("category", "x"), ("note", "13912345678")).findings
    }
    assert found == {"personal-data-outside"}
    odd = complaint_of(
        register.root,
        told_from([("channel", "fax"), ("at", "9:00"), ("by", "lee")], house, now),
        house,
        now,
        now,
    )
    assert {each.rule for each in odd.findings} == {"choice-unknown", "person-unknown"}


def test_a_sealed_register_takes_no_personal_data_in_clear(register: Any, now: datetime) -> None:
    firm = (register.root / "policies/register.yaml").read_text("utf-8").replace("plain", "sealed")
    register.write("policies/register.yaml", firm)
    with pytest.raises(Refused, match="sealed"):
        told_from(PAIRS, house_of(WorkTree(register.root)), now)


def test_a_policy_whose_file_is_flawed_judges_no_new_case(register: Any, now: datetime) -> None:
    register.write("policies/standard.yaml", "policy: standard\n")
    with pytest.raises(Refused, match=r"policies/standard\.yaml is flawed"):
        told_from(PAIRS, house_of(WorkTree(register.root)), now)


def test_a_register_without_its_schema_is_told(register: Any, now: datetime) -> None:
    (register.root / "schema/events/received.json").unlink()
    with pytest.raises(Refused, match=r"received\.json"):
        told_from(PAIRS, house_of(WorkTree(register.root)), now)


def test_outside_git_nothing_is_written(register: Any, house: House, now: datetime) -> None:
    (register.root / ".git").rename(register.root / "gone")
    with pytest.raises(GitTrouble, match="not in a git repository"):
        complaint_of(register.root, told_from(PAIRS, house, now), house, now, now)


def test_the_draft_goes_when_a_file_holds_the_answers_and_stays_otherwise(
    register: Any, house: House, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = asked(register, house, now)
    draft.save(register.root, dict(PAIRS))
    with monkeypatch.context() as patched, pytest.raises(Stopped, match="nothing was written"):
        patched.setattr(new, "write_commit", _interrupted)
        open_case(register.root, seen, house, now, now, is_drafted=True)
    assert draft.load(register.root) == dict(PAIRS)
    made, _ = open_case(register.root, seen, house, now, now, is_drafted=True)
    assert made.number == "2026-03-0002", "the number was not used up"
    assert draft.load(register.root) is None


def _interrupted(*args: object) -> None:
    raise KeyboardInterrupt


def test_the_order_of_the_head_is_the_schemas(house: House) -> None:
    told = {
        "summary": "x",
        "severity": "major",
        "kind": "complaint",
        "policy": "standard",
        "at": "t",
        "by": "li",
    }
    lines = file_text(told, "2026-03-0002", "AAAA-AAAA", fields_of(house.schemas)).splitlines()
    assert [line.partition(":")[0] for line in lines[3:7]] == ["policy", "kind", "severity", "summary"]

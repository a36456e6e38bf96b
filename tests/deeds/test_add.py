"""One event more: nothing else in the file moves, the case is judged before and after, one commit."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from casework.deeds import add
from casework.deeds import files as deeds_files
from casework.deeds.add import (
    Addition,
    addition_to,
    event_named,
    event_told,
    fields_of,
    opened_case,
    write_addition,
)
from casework.deeds.refused import Refused, Stopped
from casework.house import House
from casework.state.state import State
from casework.trail.git import GitTrouble

PATH = "cases/2026/03/2026-03-0001.yaml"
BY = [("at", "2026-03-04T09:00+08:00"), ("by", "li")]


def added(register: Any, house: House, now: datetime, event: str, *told: tuple[str, str]) -> Addition:
    entry = event_told(house, event, [*BY, *told], now, fields_of(house.schemas, event))
    return addition_to(opened_case(register.root, PATH, house), entry, house, now, now)


def test_every_other_byte_stays_and_the_commit_holds_one_file(
    register: Any, house: House, now: datetime
) -> None:
    before = (register.root / PATH).read_bytes()
    addition = added(
        register, house, now, "response_given", ("mode", "phone,visit"), ("note", "已致歉，可退货")
    )
    commit = write_addition(register.root, addition)
    after = (register.root / PATH).read_bytes()
    assert after.startswith(before) and addition.opened.body == before
    assert after[len(before) :].decode() == (
        "  - event: response_given\n    at: 2026-03-04T09:00+08:00\n    by: li\n"
        "    mode: [phone, visit]\n    note: 已致歉，可退货\n"
    )
    assert register.git("log", "-1", "--format=%s") == "2026-03-0001: response_given"
    assert register.git("show", "--name-only", "--format=", commit.id) == PATH
    assert register.git("status", "--porcelain") == ""


def test_windows_line_ends_and_a_byte_order_mark_stay(register: Any, house: House, now: datetime) -> None:
    body = b"\xef\xbb\xbf" + (register.root / PATH).read_bytes().replace(b"\n", b"\r\n")
    (register.root / PATH).write_bytes(body)
    addition = added(register, house, now, "accepted")
    assert addition.body.startswith(body)
    assert b"\n" not in addition.body.replace(b"\r\n", b"")


def test_stage_and_findings_before_and_after(register: Any, house: House, now: datetime) -> None:
    answered = added(register, house, now, "response_given")
    assert isinstance(answered.was, State) and isinstance(answered.becomes, State)
    assert (answered.was.stage, answered.becomes.stage) == ("new", "answered")
    assert answered.brings == (), "the overdue answer is met: that is no new finding"
    promised = added(register, house, now, "outcome_promise")
    assert [each.rule for each in promised.brings] == ["ban-broken"]


@pytest.mark.parametrize(
    ("event", "told", "words"),
    [
        ("assigned", [], "is missing"),
        ("response_given", [("mood", "x")], "did you mean “mode”"),
        ("response_given", [("on_the_spot", "perhaps")], "true or false"),
        ("response_given", [("note", "  ")], "blank"),
        ("compensation_paid", [("amount", "12.345")], "two decimals"),
        ("reply_commitment", [("about", "reply"), ("due_at", "2026-02-30")], "no real date"),
        ("received", [], "open a case of its own"),
        ("response_given", [("at", "x")], "told twice"),
        ("response_given", [("event", "closed")], "told twice"),
    ],
)
def test_what_would_be_flawed_is_refused(
    register: Any, house: House, now: datetime, event: str, told: list[tuple[str, str]], words: str
) -> None:
    before = (register.root / PATH).read_bytes()
    with pytest.raises(Refused) as refused:
        added(register, house, now, event, *told)
    assert words in refused.value.text.say("en")
    assert refused.value.text.say("zh") != refused.value.text.say("en")
    assert (register.root / PATH).read_bytes() == before


def test_the_same_event_twice_wants_an_id(register: Any, house: House, now: datetime) -> None:
    write_addition(register.root, added(register, house, now, "progress_update", ("note", "one")))
    with pytest.raises(Refused, match="id"):
        added(register, house, now, "progress_update", ("note", "two"))
    write_addition(
        register.root, added(register, house, now, "progress_update", ("note", "two"), ("id", "2"))
    )
    assert (register.root / PATH).read_text("utf-8").endswith("    note: two\n    id: 2\n")


def test_a_flawed_file_is_mended_first(register: Any, house: House, now: datetime) -> None:
    register.write(PATH, "case: 2026-03-0001\npolicy: standard\nevents: []\n")
    with pytest.raises(Refused) as refused:
        opened_case(register.root, PATH, house)
    assert f"{PATH}:3" in str(refused.value) and "mend it first" in str(refused.value)
    (register.root / PATH).unlink()
    with pytest.raises(Refused, match="cannot be read"):
        opened_case(register.root, PATH, house)


def test_a_correction_of_the_head_is_typed_by_the_field_it_corrects(
    register: Any, house: House, now: datetime
) -> None:
    def now_of(field: str, value: str) -> object:
        told = [*BY, ("field", field), ("now", value), ("reason", "misheard")]
        return event_told(house, "superseded", told, now, fields_of(house.schemas, "superseded"))["now"]

    assert now_of("summary", "one, two") == "one, two"
    assert now_of("respondent", "chen,gao") == ["chen", "gao"]
    assert now_of("anonymous", "true") is True
    assert now_of("product.lot_no", "007") == "007"
    assert now_of("respondent", "null") is None


def test_a_correction_of_an_entry(register: Any, house: House, now: datetime) -> None:
    write_addition(register.root, added(register, house, now, "accepted"))
    of = [("of.event", "accepted"), ("of.at", "2026-03-04T09:00+08:00"), ("of.by", "li")]
    corrected = added(register, house, now, "superseded", *of, ("reason", "the wrong case"))
    assert corrected.becomes and isinstance(corrected.becomes, State) and corrected.becomes.stage == "new"


@pytest.mark.parametrize(
    "asked",
    ["response_given", "response-given", "Response given", " response_given ", "答复", "Response_Given"],
)
def test_an_event_by_any_of_its_names(house: House, asked: str) -> None:
    assert event_named(house.schemas, asked).name == "response_given"


@pytest.mark.parametrize(
    ("asked", "near"),
    [("respons_given", "response_given (Response given)"), ("答覆", ""), ("", ""), ("x" * 500, "")],
)
def test_no_such_event(house: House, asked: str, near: str) -> None:
    with pytest.raises(Refused) as refused:
        event_named(house.schemas, asked)
    assert near in refused.value.text.say("en") and "schema/events" in refused.value.text.say("zh")


def test_a_file_changed_meanwhile_is_left_alone(register: Any, house: House, now: datetime) -> None:
    addition = added(register, house, now, "accepted")
    (register.root / PATH).write_text("somebody else was here\n")
    with pytest.raises(GitTrouble, match="changed by someone else"):
        write_addition(register.root, addition)
    assert (register.root / PATH).read_text() == "somebody else was here\n"


def test_a_full_disk_leaves_the_old_file(
    register: Any, house: House, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    addition = added(register, house, now, "accepted")

    def full(*args: object, now: bool) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(deeds_files, "_prepare", full)
    with pytest.raises(GitTrouble, match="No space left on device"):
        write_addition(register.root, addition)
    assert (register.root / PATH).read_bytes() == addition.opened.body
    assert register.git("status", "--porcelain") == ""


@pytest.mark.skipif(os.name == "nt", reason="hooks are shell scripts here")
def test_a_hook_that_refuses_is_told_with_both_ways_out(register: Any, house: House, now: datetime) -> None:
    hook(register, "echo 'not on a Friday' >&2; exit 1")
    with pytest.raises(GitTrouble) as refused:
        write_addition(register.root, added(register, house, now, "accepted"))
    for words in ("not on a Friday", "not committed", "git -C", "checkout HEAD"):
        assert words in refused.value.text.say("en")
    assert b"accepted" in (register.root / PATH).read_bytes()


@pytest.mark.parametrize(
    ("is_committed", "words"), [(False, "written but not committed"), (True, "is committed")]
)
def test_ctrl_c_says_how_far_it_came(
    register: Any,
    house: House,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    is_committed: bool,
    words: str,
) -> None:
    def interrupted(*args: Any) -> None:
        (register.root / PATH).write_bytes(addition.body)
        if is_committed:
            register.git("commit", "-q", "-a", "-m", "done")
        raise KeyboardInterrupt

    addition = added(register, house, now, "accepted")
    monkeypatch.setattr(add, "write_commit", interrupted)
    with pytest.raises(Stopped) as stopped:
        write_addition(register.root, addition)
    assert words in stopped.value.text.say("en")


def test_ctrl_c_before_anything_is_written(
    register: Any, house: House, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(add, "write_commit", interrupted)
    with pytest.raises(Stopped, match="nothing was written"):
        write_addition(register.root, added(register, house, now, "accepted"))


def test_no_other_case_is_read(register: Any, house: House, now: datetime) -> None:
    register.commit({"cases/2026/03/2026-03-0002.yaml": "not: [sound"})
    write_addition(register.root, added(register, house, now, "accepted"))
    assert register.git("status", "--porcelain") == ""


def hook(register: Any, script: str) -> None:
    file: Path = register.root / ".git/hooks/pre-commit"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)

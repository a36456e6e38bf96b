"""The questions `new` asks at a terminal: which, in which turn, and the draft that keeps the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from casework.desk.asking import Asker, Question, asker_at, tell, title_of
from casework.desk.desk import Desk
from casework.words import Text

if TYPE_CHECKING:
    from casework.state.policy import Choice, Policy

ALWAYS_ASKED = ("channel", "category", "summary", "respondent", "complainant")
"""Asked under every policy; more where the policy's own choices name them."""


def answers_at(desk: Desk, told: Mapping[str, str]) -> dict[str, str]:
    """Everything told, and the answers to what was not; each is kept as a draft as soon as it is given."""
    from casework.deeds.draft import save
    from casework.trail.git import GitTrouble

    asker = asker_at(desk)
    answers = {**_draft(desk, asker), **told}
    for name in _names(desk, asker, answers):
        if name not in told:
            answers[name] = asker.ask(_question(desk, name, answers))
            with suppress(GitTrouble):  # a disk too full for the draft must not end the conversation
                save(desk.root, answers)
    return {name: answer for name, answer in answers.items() if answer}


def _names(desk: Desk, asker: Asker, answers: Mapping[str, str]) -> Iterator[str]:
    """What to ask for, in turn: the policy says which fields matter; personal data come last, if wanted."""
    from casework.deeds.new import fields_of

    fields = fields_of(desk.house.schemas)
    if len(desk.house.policies) > 1:
        yield "policy"
    yield from ("at", "by")
    wanted = {*ALWAYS_ASKED, *_choices(desk, answers)}
    yield from (name for name in fields if name in wanted)
    yield "note"
    sealed = desk.house.firm.record.value.get("personal") == "sealed"
    if not sealed and asker.confirm(_PERSONAL, default=any(name.startswith("personal.") for name in answers)):
        inner = fields["personal"].get("properties", {})
        yield from (f"personal.{name}" for name in inner if name not in ("sealed", "respondent"))


def _question(desk: Desk, name: str, answers: Mapping[str, str]) -> Question:
    from casework.deeds.new import fields_of
    from casework.deeds.ourselves import who_we_are
    from casework.deeds.typed import field_of, now_text
    from casework.state.policy import Choice

    schema = field_of(fields_of(desk.house.schemas), name) or {}
    default, choice = answers.get(name, ""), _choices(desk, answers).get(name)
    match name:
        case "policy":
            titles = {each: _today(desk, told).title for each, told in desk.house.policies.items()}
            choice = Choice(titles, False, ())
            default = default or desk.house.firm.policy
        case "at":
            default = default or now_text(desk.now, desk.house.firm.zone)
        case "by":
            default = default or who_we_are(desk.root)
    return Question(_TITLES.get(name) or title_of(name, schema), schema, choice, default, name in NEEDED)


def _choices(desk: Desk, answers: Mapping[str, str]) -> Mapping[str, Choice]:
    editions = desk.house.policies.get(answers.get("policy") or desk.house.firm.policy, ())
    return _today(desk, editions).choices if editions else {}


def _today(desk: Desk, editions: tuple[Policy, ...]) -> Policy:
    """The edition by which a complaint that comes today is judged."""
    from casework.state.instant import day_of
    from casework.state.register import edition_at_hand

    return edition_at_hand(editions, day_of(desk.now, desk.house.firm.zone))


def _draft(desk: Desk, asker: Asker) -> dict[str, str]:
    """The answers kept from last time, if there are any and they are wanted; they become the defaults."""
    from casework.deeds.draft import discard, load

    kept = load(desk.root)
    if not kept:
        return {}
    tell(desk, Text("unfinished last time: {summary}", "上次未完成：{summary}", {"summary": _summary(kept)}))
    if asker.confirm(_CONTINUE):
        return {str(name): str(answer) for name, answer in kept.items()}
    discard(desk.root)
    return {}


def _summary(kept: Mapping[str, Any]) -> str:
    return str(kept.get("summary") or kept.get("channel") or kept.get("at") or "–")


NEEDED = ("policy", "at", "by", "summary")
_TITLES = {
    "at": Text("When did it reach us? (at)", "何时收到投诉（at）"),
    "by": Text("Who received it? (by, an id in staff.yaml)", "由谁接待（by，staff.yaml 中的编号）"),
    "note": Text("What was done at once? (note)", "当时如何处理（note）"),
}
_PERSONAL = Text(
    "Write down personal data (name, telephone …)? They stay in the history for good.",
    "是否登记个人信息（姓名、电话等）？写入后将永久留在历史中。",
)
_CONTINUE = Text("Go on with it?", "是否继续填写？")

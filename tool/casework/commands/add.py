"""`casework add`: one event more in a case, judged before it is written, and one commit."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from casework.desk.asking import (
    NOBODY,
    Question,
    asker_at,
    findings_text,
    is_terminal,
    refusals,
    tell,
    title_of,
)
from casework.desk.desk import Desk, at_desk
from casework.words import Text

if TYPE_CHECKING:
    from casework.deeds.add import Addition, Opened
    from casework.deeds.afterwards import Surroundings
    from casework.deeds.typed import Fields
    from casework.records.event_type import EventType

Told = list[tuple[str, str]]


@click.command(short_help="Add an event to a case. · 为案件添加一条记录。")
@click.argument("case")
@click.argument("event")
@click.argument("fields", nargs=-1, metavar="[FIELD=VALUE]...")
@click.option("--at", help="When it happened (now). · 发生时间（默认现在）。", metavar="WHEN")
@click.option("--by", help="Who did it (you). · 经手人（默认本人）。", metavar="WHO")
@click.option("--note", help="What was done. · 备注：处理经过。")
@click.option("--reason", help="Why. · 原因。")
@click.option("--yes", is_flag=True, help="Add it although it brings a finding. · 即使出现问题也添加。")
@at_desk
def command(
    desk: Desk, case: str, event: str, fields: tuple[str, ...], yes: bool, **common: str | None
) -> None:
    """Add EVENT to CASE (its number, the end of it, its receipt or its file), and commit it.

    casework add 0007 response_given mode=phone,visit --note "…"

    为案件添加一条记录并提交。案件可写编号、编号尾数、回执号或文件路径；事件名见 schema/events，也可写中文名。
    """
    from casework.deeds.afterwards import Surroundings

    with refusals(lambda: desk.lang):
        around = Surroundings(desk.root)
        opened, kind, told = _told(desk, case, event, fields, common)
        addition = _judged(desk, opened, kind, told)
        _agree(desk, addition, yes)
        _write(desk, addition, around)


def _told(
    desk: Desk, case: str, event: str, fields: tuple[str, ...], common: dict[str, str | None]
) -> tuple[Opened, EventType, Told]:
    """What was told on the command line, and what a person at the terminal adds to it."""
    from casework.deeds.add import event_named, fields_of, opened_case
    from casework.deeds.typed import now_text, pairs_from
    from casework.deeds.which import case_path

    kind = event_named(desk.house.schemas, event)
    opened = opened_case(desk.root, case_path(desk.root, case), desk.house)
    told = [*((name, each) for name, each in common.items() if each is not None), *pairs_from(fields)]
    given = {name for name, _ in told}
    if "at" not in given:
        told.append(("at", now_text(desk.now, desk.house.firm.zone)))
    if "by" not in given:
        told.append(("by", _who(desk)))
    if is_terminal() and not fields:
        told += _asked(desk, opened, kind, fields_of(desk.house.schemas, kind.name), given)
    return opened, kind, told


def _who(desk: Desk) -> str:
    from casework.deeds.ourselves import who_we_are
    from casework.deeds.refused import Refused

    found = who_we_are(desk.root)
    if not found and is_terminal():
        return asker_at(desk).ask(Question(_BY, {"type": "string"}, must=True))
    if not found:
        raise Refused(NOBODY)
    return found


def _asked(desk: Desk, opened: Opened, kind: EventType, fields: Fields, given: set[str]) -> Told:
    """The fields of this event type, asked one by one; then why and how, where not yet told."""
    from casework.examine import judge
    from casework.state.state import State

    state = judge(opened.case, desk.house, desk.at, desk.now)
    choices = state.policy.choices if isinstance(state, State) else {}
    required = desk.house.schemas.event_shapes[kind.name].schema.get("required", ())
    asker, told = asker_at(desk), []
    for name in (*kind.fields, *(each for each in ("reason", "note") if each in required or each == "note")):
        for field, schema, must in _leaves(name, fields[name], name in required):
            if field not in given and (
                answer := asker.ask(Question(title_of(field, schema), schema, choices.get(field), must=must))
            ):
                told.append((field, answer))
    return told


def _leaves(name: str, schema: Any, must: bool) -> list[tuple[str, Any, bool]]:
    """A field, or the fields of a group: ``of.event``, ``of.at`` …; a group that is not needed is passed over."""
    if schema.get("type") != "object":
        return [(name, schema, must)]
    inner = schema.get("properties", {}) if must else {}
    return [(f"{name}.{each}", inner[each], each in schema.get("required", ())) for each in inner]


def _judged(desk: Desk, opened: Opened, kind: EventType, told: Told) -> Addition:
    from casework.deeds.add import addition_to, event_told, fields_of

    fields = fields_of(desk.house.schemas, kind.name)
    event = event_told(desk.house, kind.name, told, desk.now, fields)
    return addition_to(opened, event, desk.house, desk.at, desk.now)


def _agree(desk: Desk, addition: Addition, yes: bool) -> None:
    """A finding that was not there before is shown, and whoever adds the event says whether to go on."""
    if not addition.brings:
        return
    tell(desk, _BRINGS)
    click.echo(findings_text(addition.brings, desk))
    if yes or (is_terminal() and asker_at(desk).confirm(_GO_ON, default=False)):
        return
    tell(desk, _NOT_ADDED if is_terminal() else _NEEDS_YES)
    sys.exit(1)


def _write(desk: Desk, addition: Addition, around: Surroundings) -> None:
    from casework.deeds.add import write_addition
    from casework.views.deed import next_text, stage_text

    commit = write_addition(desk.root, addition)
    tell(
        desk,
        Text(
            "{subject}  ({path})",
            "{subject}（{path}）",
            {"subject": addition.subject, "path": addition.opened.path},
        ),
        stage_text(addition.was, addition.becomes),
        next_text(addition.becomes, desk.at),
        around.taken_along_text(addition.opened.path),
        around.sharing_text(commit),
        around.uncommitted_text(but=addition.opened.path),
    )


_BY = Text("Who did it (id in staff.yaml)", "经手人（staff.yaml 中的编号）")
_BRINGS = Text("With this entry, check would say:", "添加这条记录后，检查会提示：")
_GO_ON = Text("Add it all the same?", "仍然添加吗？")
_NOT_ADDED = Text("nothing was written", "没有写入任何内容")
_NEEDS_YES = Text(
    "nothing was written: mend it, or say --yes to add it all the same",
    "没有写入任何内容：请改正；确要添加请加 --yes",
)

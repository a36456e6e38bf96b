"""`casework new`: a complaint is taken down, by questions or all by options, and becomes a case."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

import click

from casework.desk.asking import (
    NOBODY,
    NOTHING,
    asker_at,
    findings_text,
    is_terminal,
    refusals,
    tell,
)
from casework.desk.desk import Desk, Refusal, at_desk
from casework.desk.interview import answers_at
from casework.words import Text, same

if TYPE_CHECKING:
    from casework.deeds.afterwards import Surroundings
    from casework.deeds.new import Complaint


@click.command(short_help="Take down a complaint. · 登记一宗投诉。")
@click.option("--policy", help="The policy that judges it. · 适用的制度。", metavar="POLICY")
@click.option("--at", help="When it was received (now). · 收到时间（默认现在）。", metavar="WHEN")
@click.option("--by", help="Who received it (you). · 接待人（默认本人）。", metavar="WHO")
@click.option("--kind", help="Complaint, grievance, report … · 类型。", metavar="WORD")
@click.option("--channel", help="How it reached us: phone, visit … · 渠道。", metavar="WORD")
@click.option("--origin", help="Who raised it or passed it on. · 来源。", metavar="WORD")
@click.option("--category", help="What it is about. · 类别。", metavar="WORD")
@click.option("--severity", help="How serious it is. · 等级。", metavar="WORD")
@click.option(
    "--summary", help="The complaint in a sentence, no names. · 摘要，不写姓名电话。", metavar="TEXT"
)
@click.option("--respondent", help="Who is complained of, by id. · 被投诉人编号。", metavar="WHO")
@click.option("--note", help="What was done when it was received. · 接待时的处理。", metavar="TEXT")
@click.option("--set", "fields", multiple=True, help="Any other field. · 其他字段。", metavar="FIELD=VALUE")
@click.option("--personal", multiple=True, help="Personal data. · 个人信息。", metavar="FIELD=VALUE")
@click.option("--yes", is_flag=True, help="Ask nothing more. · 不再询问。")
@click.option(
    "--discard-draft", is_flag=True, help="Throw away answers kept before. · 丢弃上次未完成的填写。"
)
@at_desk
def command(
    desk: Desk,
    fields: tuple[str, ...],
    personal: tuple[str, ...],
    yes: bool,
    discard_draft: bool,
    **options: str | None,
) -> None:
    """Take down a complaint: number it, write its file and commit it. At a terminal, what is not told is asked.

    casework new --channel phone --category service --summary "…" --personal phone=…

    登记一宗投诉：编号、建立文件并提交。在终端中会逐项询问；也可全部用选项给出。
    """
    from casework.deeds.afterwards import Surroundings

    asking = is_terminal() and not yes
    with refusals(lambda: desk.lang, lambda: _stopped(desk)):
        around = Surroundings(desk.root)
        if discard_draft:
            _discard(desk)
        told = _told(options, fields, personal)
        if not told and not asking:
            _say_how(desk, discard_draft)
        answers = answers_at(desk, told) if asking else dict(_with_defaults(desk, told))
        _agree(desk, complaint := _complaint(desk, answers), yes, asking)
        _open(desk, complaint, around, asking)


def _told(
    options: Mapping[str, str | None], fields: tuple[str, ...], personal: tuple[str, ...]
) -> dict[str, str]:
    """What the options say, field by field; Refused for one told twice."""
    from casework.deeds.refused import Refused
    from casework.deeds.typed import pairs_from, told_twice

    pairs = [(name, told) for name, told in options.items() if told is not None]
    pairs += pairs_from(fields) + [(f"personal.{name}", told) for name, told in pairs_from(personal)]
    for name, _ in pairs:
        if [each for each, _ in pairs].count(name) > 1:
            raise Refused(told_twice(name))
    return dict(pairs)


def _with_defaults(desk: Desk, told: Mapping[str, str]) -> dict[str, str]:
    from casework.deeds.ourselves import who_we_are
    from casework.deeds.refused import Refused
    from casework.deeds.typed import now_text

    by = told.get("by") or who_we_are(desk.root)
    if not by:
        raise Refused(NOBODY)
    return {"at": now_text(desk.now, desk.house.firm.zone), **told, "by": by}


def _complaint(desk: Desk, answers: Mapping[str, str]) -> Complaint:
    from casework.deeds.new import complaint_of, told_from

    told = told_from(list(answers.items()), desk.house, desk.now)
    return complaint_of(desk.root, told, desk.house, desk.at, desk.now)


def _agree(desk: Desk, complaint: Complaint, yes: bool, asking: bool) -> None:
    """A person confirms; without one, only what git could never forget stops the case from being opened."""
    if asking:
        if complaint.findings:
            tell(desk, _WOULD_SAY)
            click.echo(findings_text(complaint.findings, desk))
        if not asker_at(desk).confirm(_REGISTER):
            tell(desk, _stopped(desk))
            sys.exit(1)
    elif not yes and (outside := [each for each in complaint.findings if each.rule == OUTSIDE]):
        click.echo(findings_text(outside, desk))
        tell(desk, _FOR_GOOD)
        sys.exit(1)


def _open(desk: Desk, seen: Complaint, around: Surroundings, is_drafted: bool) -> None:
    from casework.deeds.new import open_case
    from casework.views.deed import next_text

    waiting = partial(tell, desk)
    complaint, commit = open_case(desk.root, seen, desk.house, desk.at, desk.now, waiting, is_drafted)
    tell(
        desk,
        Text("{number}  receipt {receipt}", "{number}  回执号 {receipt}", complaint._asdict()),
        same(complaint.path),
        next_text(complaint.state, desk.at),
    )
    if complaint.findings:
        click.echo(findings_text(complaint.findings, desk))
    tell(desk, around.sharing_text(commit), around.uncommitted_text())


def _discard(desk: Desk) -> None:
    from casework.deeds.draft import discard

    discard(desk.root)
    tell(desk, Text("the draft is thrown away", "草稿已丢弃"))


def _stopped(desk: Desk) -> Text:
    from casework.deeds.draft import load

    return _KEPT if load(desk.root) else NOTHING


def _say_how(desk: Desk, discarded: bool) -> None:
    """Nothing was told and nobody can be asked: an empty case is not opened by mistake."""
    if discarded:
        sys.exit(0)
    raise Refusal(_NOTHING_TOLD, desk.lang)


OUTSIDE = "personal-data-outside"
_REGISTER = Text("Register this complaint?", "确认登记这宗投诉吗？")
_WOULD_SAY = Text("check would say:", "检查会提示：")
_KEPT = Text(
    "stopped: nothing was written. The answers so far are kept on this machine: 'casework new' offers them "
    "again, --discard-draft throws them away",
    "已中止：没有写入案件。已填内容保留在本机：下次运行 casework new 可继续，--discard-draft 可丢弃",
)
_FOR_GOOD = Text(
    "nothing was written, since git never forgets: take it out, or move it to --personal (--yes writes it all the same)",
    "没有写入任何内容，因为 git 永远不会忘记：请删去，或改用 --personal 填写（确要写入请加 --yes）",
)
_NOTHING_TOLD = Text(
    "nothing was told of the complaint: give --channel, --category, --summary … or run this in a terminal",
    "没有填写投诉内容：请给出 --channel、--category、--summary 等选项，或在终端中运行",
)

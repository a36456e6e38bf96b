"""`casework calendar`: what deadlines are counted by: shown, checked, and brought up to the next year announced."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

import click

from casework.desk.asking import asker_at, is_terminal, refusals, tell
from casework.desk.desk import (
    FIRM,
    Desk,
    Refusal,
    at_desk,
    form_option,
    is_colourful,
    width,
)
from casework.desk.seen import seen
from casework.words import Text

if TYPE_CHECKING:
    from casework.deeds.calendar import Update
    from casework.rules import Finding
    from casework.state.register import Register
    from casework.views.calendar_days import Period


@click.group(short_help="Working days, office hours, shifts. · 工作日、办公时间与班次。")
def command() -> None:
    """Show, check or update what deadlines are counted by: working days, office hours and shifts.

    查看、检查或更新计算期限所依据的工作日、办公时间和班次。
    """


@command.command("show", short_help="A year or a month of it. · 查看某年或某月。")
@click.argument("when", default="", metavar="[YEAR|MONTH]")
@form_option("casework.views.calendar")
@at_desk
def show(desk: Desk, when: str, form: str) -> None:
    """Show a year (2026) or a month (2026-10) of the firm's calendar, else the current year, and when the firm is open.

    查看本单位日历的某年（2026）或某月（2026-10），默认为当年；并列出办公时间和班次。
    """
    from casework.views.calendar import FORMS
    from casework.views.calendar_days import Shown

    firm, timetable, period = desk.house.firm, desk.house.timetable, _period(desk, when)
    if timetable.calendar is None:
        raise Refusal(_FLAWED if firm.record.value.get("calendar") else _NONE, desk.lang)
    click.echo(FORMS[form](Shown(firm, timetable, timetable.calendar, period, desk.lang, width())))


@command.command("check", short_help="What is wrong with the calendars. · 检查日历。")
@form_option("casework.views.calendar_check")
@at_desk
def check(desk: Desk, form: str) -> None:
    """Say what is wrong with the calendars, the firm's own days, its office hours and shifts, or missing there.

    检查各日历、本单位自己的日子、办公时间和班次有无错误或缺漏。只读不写。
    """
    from casework.examine import is_red
    from casework.views.calendar_check import FORMS
    from casework.views.findings import Shown

    found = seen(desk, _found)
    shown = Shown(found.register, found.findings, found.at, found.lang, width(), is_colourful())
    click.echo(FORMS[form](shown))
    sys.exit(1 if is_red(shown.findings) else 0)


@command.command("update", short_help="Fetch the next announced years. · 取得新公布年份的安排。")
@click.argument("name", default="")
@click.option(
    "--year",
    type=click.IntRange(1900, 2199),
    help="This year, which you know to be announced. · 只取这一年（须已公布）。",
)
@click.option("--again", is_flag=True, help="Years already here are compared too. · 已有的年份也重新核对。")
@click.option("--yes", is_flag=True, help="Write without asking. · 不再询问，直接写入。")
@at_desk
def update(desk: Desk, name: str, year: int | None, again: bool, yes: bool) -> None:
    """Take the next announced years of calendar NAME (the firm's) from the package 'holidays'; the change is shown first.

    A year whose notice the package has not seen is never written. Nothing is committed: compare the days with the
    notice, and put its title, number and date where the file says so.

    从 holidays 软件包取得日历 NAME（默认为本单位所用）新公布年份的安排；先显示改动，确认后写入。
    尚未收录通知的年份绝不写入。写入后不提交：请与通知核对，并在文件中填上通知的标题、文号和日期。
    """
    from casework.deeds.calendar import differences_text, update_of, write_update
    from casework.views.width import shown

    with refusals(lambda: desk.lang):
        found = update_of(desk.root, name or _named(desk), desk.house.schemas, year, again)
        if found.before == found.after:
            tell(desk, _nothing(found, year, again))
            return
        tell(desk, *differences_text(found.differences))
        click.echo("\n".join(map(shown, found.diff)))
        _agree(desk, yes)
        write_update(desk.root, found)
        tell(desk, Text(*_WRITTEN, {"path": found.path}))


def _period(desk: Desk, when: str) -> Period:
    """The year or month asked for, else the current year."""
    from casework.state.instant import day_of
    from casework.views.calendar_days import Period

    if not when:
        return Period(day_of(desk.at, desk.house.firm.zone).year)
    found = re.fullmatch(r"((?:19|20|21)\d\d)(?:-(0?[1-9]|1[0-2]))?", when, re.ASCII)
    if not found:
        raise Refusal(Text(*_NO_PERIOD, {"when": when}), desk.lang)
    return Period(int(found[1]), int(found[2] or 0))


def _found(desk: Desk) -> tuple[Register, list[Finding]]:
    """The register without its cases, which no calendar depends on, and what is found in what they are counted by."""
    from casework.examine import examine
    from casework.house import CALENDARS
    from casework.records.source import Files, WorkTree

    tree = WorkTree(desk.root)
    source = Files({path: tree.read(path) for path in tree.paths(CALENDARS)})
    register, findings = examine(source, desk.at, desk.now, house=desk.house)
    return register, [each for each in findings if each.place.path.startswith((FIRM, f"{CALENDARS}/"))]


def _named(desk: Desk) -> str:
    named = desk.house.firm.record.value.get("calendar")
    if not named:
        raise Refusal(_NONE, desk.lang)
    return str(named)


def _nothing(found: Update, year: int | None, again: bool) -> Text:
    """Why nothing is to be written."""
    parts = {"path": found.path, "year": year, "next": found.next_year, "version": found.version}
    if again:
        return Text(*_THE_SAME, parts)
    return Text(*_HERE, parts) if year is not None else Text(*(_NO_NEXT if found.knows else _BY_RULE), parts)


def _agree(desk: Desk, yes: bool) -> None:
    if yes:
        return
    if not is_terminal():
        raise Refusal(_SAY_YES, desk.lang)
    if not asker_at(desk).confirm(_WRITE, default=False):
        tell(desk, _NOT_WRITTEN)
        sys.exit(1)


_NONE = Text(
    "register.yaml names no calendar: write 'calendar:' and a name out of policies/calendars",
    "register.yaml 没有指明日历：请写上 calendar: 和 policies/calendars 中的文件名",
)
_FLAWED = Text(
    "the calendar that register.yaml names cannot be used: 'casework calendar check' says why",
    "register.yaml 指明的日历无法使用：原因请运行 casework calendar check 查看",
)
_NO_PERIOD = (
    "'{when}' is neither a year (2026) nor a month (2026-10)",
    "“{when}”既不是年份（2026），也不是月份（2026-10）",
)
_THE_SAME = (
    "holidays {version} says the same of every day in {path}: nothing was written",
    "holidays {version} 与 {path} 逐日一致：没有写入任何内容",
)
_HERE = (
    "{year} is in {path} already; --again compares it with the package",
    "{path} 中已有 {year} 年；加 --again 可与软件包核对",
)
_NO_NEXT = (
    "holidays {version} has not seen the notice for {next} either, and would only guess: nothing was written",
    "holidays {version} 同样没有收录 {next} 年的通知，只会推算：没有写入任何内容",
)
_BY_RULE = (
    "holidays {version} reckons these days by rule and cannot tell whether {next} is announced. "
    "If you have seen the notice, run it again with --year {next}",
    "holidays {version} 按规律推算这些日子，无从得知 {next} 年是否已公布。如果您已看到通知，请加上 --year {next} 再运行一次",
)
_SAY_YES = Text(
    "nothing was written: look at the change, then run it again with --yes",
    "没有写入任何内容：请看过改动后，加上 --yes 再运行一次",
)
_WRITE = Text("Write this change?", "确认写入这些改动吗？")
_NOT_WRITTEN = Text("nothing was written", "没有写入任何内容")
_WRITTEN = (
    "{path} written, not committed: compare the days with the notice, enter its title, number and date, then commit",
    "已写入 {path}，尚未提交：请与通知逐日核对，填上通知的标题、文号和日期，然后提交",
)

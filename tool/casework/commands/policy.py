"""`casework policy`: the firm's policies: what is doubtful in them, and each as a handbook."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from casework.commands.coverage import command as coverage
from casework.desk.desk import (
    Desk,
    Refusal,
    Unread,
    at_desk,
    form_option,
    is_colourful,
    language,
    unread_register,
    width,
)
from casework.words import Text, did_you_mean

if TYPE_CHECKING:
    from datetime import date

    from casework.state.lint.asked import Remark
    from casework.state.policy import Policy
    from casework.views.lint import Linted
    from casework.words import Place


@click.group(short_help="The policies: what is doubtful, and each as a handbook. · 制度：查疑与手册。")
def command() -> None:
    """Say what is doubtful in the policies, or show one as a handbook.

    检查各套制度的疑点，或把一套制度作为手册显示。
    """


@command.command("lint", short_help="What is doubtful in a policy. · 检查制度的疑点。")
@click.argument("policy", default="")
@form_option("casework.views.lint")
@at_desk
def lint(desk: Desk, policy: str, form: str) -> None:
    """Say what is wrong or doubtful in POLICY (else in all), before any case shows it.

    Exit code 0 without an error, 1 with one, 2 for wrong use. What it asks is listed in the guide.

    检查制度 POLICY（默认为全部）的错误和疑点，不必等到案件出问题。没有错误退出码为 0，有错误为 1，用法不对为 2。只读不写。
    """
    from casework.views.lint import FORMS

    linted = _linted(desk, policy)
    click.echo(FORMS[form](linted))
    sys.exit(1 if any(each.level == "error" for each in linted.remarks) else 0)


@command.command("show", short_help="A policy as a handbook. · 把一套制度作为手册显示。")
@click.argument("policy", default="")
@form_option("casework.views.policy")
@at_desk
def show(desk: Desk, policy: str, form: str) -> None:
    """Show POLICY (else the firm's usual one) as a handbook: every entry in words, with its clauses and readings.

    The edition in force on the day we look from; its page on the site draws the procedure too.

    把制度 POLICY（默认为本单位常用的一套）作为手册显示：逐条写明内容、条款和我们的理解。取当日施行的版本；网站页面上还有流程图。
    """
    from casework.state.instant import day_of
    from casework.views.handbook import handbook_of
    from casework.views.policy import FORMS, Handbook
    from casework.views.policy_words import Wording

    house, day = desk.house, day_of(desk.at, desk.house.firm.zone)
    edition = _edition(desk, policy or house.firm.policy, day)
    wording = Wording(edition, house.people, house.schemas.events, house.schemas.head, desk.lang)
    book = Handbook(edition, handbook_of(wording, day), desk.lang, max(40, width()))
    click.echo(FORMS[form](book))


@command.command(
    "what-if", short_help="What a draft would change in past cases. · 新版用于既往案件会有何不同。"
)
@click.argument("policy")
@click.option(
    "--since", required=True, help="Cases received from this day on. · 自此日起收到的案件。", metavar="DATE"
)
@form_option("casework.views.what_if")
@at_desk
def what_if(desk: Desk, policy: str, since: str, form: str) -> None:
    """List the past cases that POLICY, a draft edition, would judge differently, and how.

    POLICY is a file, on the shelf or anywhere else (its name ends in .yaml); or a policy's name, which means the edition
    that begins last. Each case received since DATE is judged by the edition of its day, and again by the draft: deadlines and
    findings that are new, gone or changed, and how long it is kept. Nothing is written; exit code 0, or 2 for wrong use.

    列出若按草案 POLICY 评判，哪些既往案件会有不同，以及有何不同。
    POLICY 为文件（以 .yaml 结尾，放在哪里都可以），或制度名称（指最晚施行的版本）。自 DATE 起收到的每宗案件，
    先按收到当日的版本评判，再按草案评判一次，列出时限和检查结果的新增、消失与变化，以及保存期限的不同。
    只读不写；退出码为 0，用法不对为 2。
    """
    from casework.desk.what_if import edition_asked, what_if
    from casework.views.what_if import FORMS

    day = _day(desk, since)
    click.echo(FORMS[form](what_if(desk, edition_asked(desk, policy), day, width())))


def _day(desk: Desk, text: str) -> date:
    """A day on which cases can have been received already."""
    from casework.state.instant import Instant, day_of, instant_from

    told, zone = instant_from(text, desk.house.firm.zone), desk.house.firm.zone
    if not isinstance(told, Instant) or not told.whole_day:
        raise Refusal(Text(*_NO_DAY, {"text": text}), desk.lang)
    if told.at > desk.at:
        raise Refusal(Text(*_YET_TO_COME, {"day": text, "at": day_of(desk.at, zone)}), desk.lang)
    return day_of(told.at, zone)


def _edition(desk: Desk, asked: str, day: date) -> Policy:
    """The edition of a policy in force on a day, or the first one to come; it must be sound."""
    from casework.state.register import edition_at_hand

    (name,) = _names(desk, asked or _NO_NAME)
    editions = desk.house.policies.get(name, ())
    if not editions:
        raise Refusal(Text(*_FLAWED, {"name": name}), desk.lang)
    return edition_at_hand(editions, day)


def _linted(desk: Desk, asked: str) -> Linted:
    """What is found in the policies asked for; where register.yaml is flawed, that alone."""
    from casework.state.register import Register
    from casework.views.lint import Linted

    try:
        house, names = desk.house, _names(desk, asked)
    except Unread as unread:
        lang = language(desk.asked_lang)
        flawed = tuple(_as_remark(flaw.place, flaw.text) for flaw in unread.flaws)
        return Linted(unread_register(unread.flaws), (), flawed, desk.clock, lang, width(), is_colourful())
    register = Register(house.firm, house.people, house.policies, house.schemas.events)
    remarks = _remarks(desk, names)
    return Linted(register, names, remarks, desk.at, desk.lang, width(), is_colourful())


def _remarks(desk: Desk, names: tuple[str, ...]) -> tuple[Remark, ...]:
    """The flaws of the policies' files, and what every question finds in every edition that is sound."""
    from casework.house import STAFF
    from casework.state.instant import day_of
    from casework.state.lint.asked import Asked
    from casework.state.lint.table import remarks_of

    house, day = desk.house, day_of(desk.at, desk.house.firm.zone)
    flawed = [
        _as_remark(flaw.place, flaw.text)
        for flaw in house.flaws
        if flaw.place.path == STAFF or _is_of(flaw.place.path, names, house.policies.flawed)
    ]
    every = tuple(edition for editions in house.policies.values() for edition in editions)
    found = [
        remark
        for edition in every
        if edition.id in names and house.is_staffed  # without its people everybody would be unknown
        for remark in remarks_of(Asked(edition, house.schemas, house.people, day, every))
    ]
    return tuple(sorted(dict.fromkeys((*flawed, *found)), key=lambda each: (each.place, each.question)))


def _is_of(path: str, names: tuple[str, ...], flawed: frozenset[str]) -> bool:
    """Whether a flaw is of one of the policies, or of guidance while one of them is flawed."""
    if path.startswith("policies/guidance/"):
        return not flawed.isdisjoint(names)
    from casework.bookshelf import named_by

    return named_by(path) in names


def _as_remark(place: Place, text: Text) -> Remark:
    from casework.state.lint.asked import Remark
    from casework.views.lint import FLAWED

    return Remark("error", place, text, question=FLAWED)


def _names(desk: Desk, asked: str) -> tuple[str, ...]:
    """The policies asked for: all, or the one whose name or file it is."""
    from casework.bookshelf import named_by

    known = tuple(sorted({*desk.house.policies, *desk.house.policies.flawed}))
    if not asked:
        return known
    name = named_by(asked)
    if name not in known:
        raise Refusal(Text(*_NONE, {"name": asked, "hint": did_you_mean(name, known)}), desk.lang)
    return (name,)


_NO_DAY = (
    "--since: '{text}' is no day; write it as 2026-01-31",
    "--since：“{text}”不是有效日期；请写成 2026-01-31",
)
_YET_TO_COME = (
    "--since: {day} is yet to come (today is {at}), so no case has been received since",
    "--since：{day} 尚未到来（今天是 {at}），其后还没有收到案件",
)
_NO_NAME = "?"  # no policy is called so
_FLAWED = (
    "policy '{name}' cannot be read: 'casework policy lint {name}' says why",
    "制度“{name}”无法读取：原因请运行 casework policy lint {name} 查看",
)
_NONE = ("there is no policy '{name}'{hint}", "没有“{name}”这套制度{hint}")


command.add_command(coverage, "coverage")

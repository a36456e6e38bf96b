"""What every command starts from: which register, seen from which instant, in which language."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property, wraps
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from casework.words import Lang, Text

if TYPE_CHECKING:
    from casework.house import House
    from casework.records.record import Flaws
    from casework.rules import Finding
    from casework.state.register import Register

FIRM = "policies/register.yaml"
STOPPED = 130  # what a shell expects of a program ended by Ctrl-C
_LANGUAGES: tuple[Lang, Lang] = ("en", "zh")


class Refusal(click.ClickException):
    """A wrong use or a thing that cannot be done: one sentence on the error stream, exit 2."""

    exit_code = 2

    def __init__(self, text: Text, lang: Lang | None = None) -> None:
        from casework.views.width import shown

        super().__init__("\n".join(map(shown, text.say(lang or language()).split("\n"))))


class Unread(Refusal):
    """The register's own file is flawed, so nothing in it can be judged; ``flaws`` say why, all of them."""

    def __init__(self, flaws: Flaws, lang: Lang) -> None:
        en, zh = ("\n".join(f"{flaw.place}: {flaw.text.say(each)}" for flaw in flaws) for each in _LANGUAGES)
        super().__init__(Text(en, zh), lang)
        self.flaws = flaws


@dataclass(frozen=True)
class Desk:
    """The register's folder and what was asked of the command; ``clock`` is now, read once, in UTC."""

    root: Path
    clock: datetime
    asked_as_of: str | None = None
    asked_lang: str | None = None

    @cached_property
    def house(self) -> House:
        """The firm, its people, policies and schemas, from the work tree."""
        from casework.house import NotARegister, house_of
        from casework.records.source import WorkTree

        try:
            return house_of(WorkTree(self.root))
        except NotARegister as wrong:
            raise Unread(wrong.flaws, language(self.asked_lang)) from None

    @property
    def lang(self) -> Lang:
        """``--lang``, else CASEWORK_LANG, else the register's."""
        return language(self.asked_lang) if self.asked_lang or _environment() else self.house.firm.language

    @property
    def now(self) -> datetime:
        """What counts as now: the clock, or what stands for it in a sample register."""
        return self.house.firm.clock or self.clock

    @property
    def at(self) -> datetime:
        """The instant we look from: ``--as-of`` (a day means its end), else now."""
        from datetime import timedelta

        from casework.state.instant import day_of, instant_from
        from casework.state.span import end_of_day

        if not self.asked_as_of:
            return self.now
        zone = self.house.firm.zone
        told = instant_from(_day_written_out(self.asked_as_of), zone)
        if isinstance(told, Text):
            raise Refusal(told, self.lang)
        return (
            end_of_day(day_of(told.at, zone), zone).at - timedelta(seconds=1) if told.whole_day else told.at
        )

    def say(self, text: Text) -> str:
        """A sentence in the desk's language and the firm's zone."""
        return text.say(self.lang, self.house.firm.zone)


def _day_written_out(text: str) -> str:
    """A day in any form of ISO 8601 (``20261101``, ``2026-W44-7``) as ``2026-11-01``; other texts as they are."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return text


def language(asked: str | None = None) -> Lang:
    """The language to speak where no register says: what was asked, else CASEWORK_LANG, else English."""
    return "zh" if (asked or _environment()) == "zh" else "en"


def at_desk(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command its Desk, and the options --root, --as-of and --lang."""

    @click.option("--root", help="The register's folder. · 登记簿所在文件夹。", metavar="DIR")
    @click.option("--as-of", help="The instant or day to look from. · 以某一时刻或某日为准。", metavar="WHEN")
    @click.option("--lang", type=click.Choice(["en", "zh"]), help="Language of the output. · 输出语言。")
    @wraps(command)
    def wrapped(root: str | None, as_of: str | None, lang: str | None, **rest: Any) -> Any:
        general = click.get_current_context().find_root().obj or {}
        asked_lang = lang or general.get("lang")
        desk = Desk(
            root_of(root or general.get("root"), asked_lang),
            datetime.now(UTC).replace(microsecond=0),
            as_of or general.get("as_of"),
            asked_lang,
        )
        return command(desk, **rest)

    return wrapped


class Form(click.ParamType):  # type: ignore[type-arg]  # click 8.1 knows no ParamType[str]
    """A name out of a table FORMS in `views/`; the table is only read when the option is used or explained."""

    name = "form"

    def __init__(self, module: str) -> None:
        self.module = module

    @property
    def choice(self) -> click.Choice[str]:
        """The names that stand in the table now."""
        return click.Choice(list(import_module(self.module).FORMS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The name, if the table has it."""
        return self.choice.convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        """The names, as the help shows them."""
        return self.choice.get_metavar(param, ctx)


def form_option(module: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """--format, with what the views offer."""
    return click.option(
        "--format", "form", default="text", type=Form(module), help="How it is written. · 输出格式。"
    )


def root_of(asked: str | None, lang: str | None = None) -> Path:
    """The register's folder: the one asked for, else the nearest above this one that holds a register."""
    try:
        start = Path(asked or ".").resolve()
    except (OSError, ValueError):  # the folder we stand in was deleted, or the name is none
        raise Refusal(
            Text("there is no folder {folder}", "没有文件夹 {folder}", {"folder": asked or "."}),
            language(lang),
        ) from None
    for folder in (start,) if asked else (start, *start.parents):
        if (folder / FIRM).is_file():
            return folder
    raise Refusal(
        Text(
            "no register in {folder}: there is no {file}; 'casework init' makes one, --root names another folder",
            "{folder} 中没有登记簿（缺少 {file}）：可用 casework init 新建，或用 --root 指定文件夹",
            {"folder": start, "file": FIRM},
        ),
        language(lang),
    )


def examined(desk: Desk) -> tuple[Register, list[Finding]]:
    """The register of the work tree as of the desk's instant, and every finding; progress on a terminal."""
    from casework.examine import examine
    from casework.records.source import WorkTree

    gc.disable()  # a register is read once and has no circles: looking for them would double the time
    at, clock = desk.at, desk.now
    shown = is_colourful(sys.stderr)
    register, findings = examine(
        WorkTree(desk.root), at, clock, _progress if shown else lambda count: None, desk.house
    )
    if shown:
        click.echo("\r\033[K", nl=False, err=True)
    return register, findings


def unread_register(flaws: Flaws) -> Register:
    """What can be said of a register whose own file is flawed: its flaws, instants in UTC."""
    from zoneinfo import ZoneInfo

    from casework.records.record import Record
    from casework.records.strict_yaml import marks_of
    from casework.state.people import People
    from casework.state.register import Firm, Register
    from casework.words import same

    firm = Firm(Record(FIRM, {}, "", marks_of), same(""), ZoneInfo("UTC"))
    return Register(firm, People(), {}, {}, flaws=flaws)


def width() -> int:
    """How many columns there are to write in; 100 where no terminal says."""
    import shutil  # it brings every way of compression along

    return shutil.get_terminal_size((100, 24)).columns


def is_colourful(stream: TextIO | None = None) -> bool:
    """Whether colour may be used: on a terminal, unless NO_COLOR is set."""
    return (stream or sys.stdout).isatty() and not os.environ.get("NO_COLOR")


def _progress(count: int) -> None:
    if count % 250 == 249:
        click.echo(f"\r{count + 1} …", nl=False, err=True)


def _environment() -> str | None:
    told = os.environ.get("CASEWORK_LANG", "")
    return told if told in ("en", "zh") else None

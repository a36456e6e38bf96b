"""Questions to a person at a terminal, and the one sentence that ends a command which was refused or stopped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from casework.desk.desk import STOPPED, Desk, Refusal, is_colourful, width
from casework.words import Lang, Text, same

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from casework.rules import Finding
    from casework.state.policy import Choice

CLEARS = "-"  # typed where Enter would take the answer offered
NOTHING = Text("stopped: nothing was written", "已中止：没有写入任何内容")
NOBODY = Text(
    "who did it? git's e-mail is nobody's in policies/staff.yaml: give --by, or write your e-mail there",
    "是谁经手的？policies/staff.yaml 中没有人使用 git 的邮箱：请用 --by 指定，或在名册中填上您的邮箱",
)


class Question(NamedTuple):
    """One field to ask for: its title, its schema, the values it may take, and what Enter alone means."""

    title: Text
    schema: Mapping[str, Any]
    choice: Choice | None = None
    default: str = ""
    must: bool = False


class Asker(NamedTuple):
    """Asks in one language; ``now`` (UTC) and ``zone`` complete an instant that is only a time of day."""

    lang: Lang
    now: datetime
    zone: ZoneInfo

    def ask(self, question: Question) -> str:
        """The answer as typed, sound by its schema; empty where Enter skipped what is optional."""
        self._show_choices(question)
        while True:
            told = self._prompt(question)
            if told in ("", CLEARS) and not question.must:
                return ""
            answer = _chosen(told, question)
            hint = _wrong(answer, question, self.now, self.zone) if told else _NEEDED
            if hint is None:
                return answer
            click.echo(f"  {hint.say(self.lang)}")

    def confirm(self, text: Text, default: bool = True) -> bool:
        """Yes or no; y, yes, 是 and n, no, 否 are understood."""
        hint = same(" [Y/n]" if default else " [y/N]")
        while True:
            told = click.prompt(
                f"{text.say(self.lang, self.zone)}{hint.say(self.lang)}", default="", show_default=False
            )
            answer = {"": default, "y": True, "yes": True, "是": True, "n": False, "no": False, "否": False}
            if told.strip().lower() in answer:
                return answer[told.strip().lower()]

    def _show_choices(self, question: Question) -> None:
        if question.choice is None:
            return
        click.echo(f"{question.title.say(self.lang)}:" if self.lang == "en" else f"{question.title.zh}：")
        for number, (value, title) in enumerate(question.choice.values.items(), 1):
            click.echo(f"  {number:>2}  {value}  {title.say(self.lang)}")

    def _prompt(self, question: Question) -> str:
        hint = _CLEAR if question.default else _SKIP
        skip = "" if question.must else f" ({hint.say(self.lang)})"
        told: str = click.prompt(
            f"{question.title.say(self.lang)}{skip}",
            default=question.default,
            show_default=bool(question.default),
        )
        return told.strip()


def asker_at(desk: Desk) -> Asker:
    """Whoever asks at this desk."""
    return Asker(desk.lang, desk.now, desk.house.firm.zone)


def title_of(name: str, schema: Mapping[str, Any]) -> Text:
    """A field's title with the name that files and options use."""
    from casework.records.event_type import titled

    title = titled(schema.get("title", name))
    return Text(f"{title.en} ({name})", f"{title.zh}（{name}）")


def is_terminal() -> bool:
    """Whether a person can be asked: both what is read and what is written is a terminal."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def refusals(lang: Callable[[], Lang], stopped: Callable[[], Text] = lambda: NOTHING) -> Iterator[None]:
    """What a user can cause ends in one sentence: exit 2 where refused, 130 where stopped by Ctrl-C."""
    from casework.deeds.refused import Refused, Stopped
    from casework.trail.git import GitTrouble

    try:
        yield
    except (Refused, GitTrouble) as refused:
        raise Refusal(refused.text, lang()) from None
    except Stopped as told:
        _end(told.text, lang())
    except (KeyboardInterrupt, click.Abort):
        _end(stopped(), lang())


def findings_text(findings: Sequence[Finding], desk: Desk) -> str:
    """Findings as `check` words them, one under the other."""
    from casework.views.findings import LEVEL_NAMES
    from casework.views.width import shown, wrapped

    lines: list[str] = []
    for each in findings:
        name = f"{each.rule}:{each.entry}" if each.entry else each.rule
        clauses = f" ({', '.join(each.clauses)})" if each.clauses else ""
        said = f"{LEVEL_NAMES[each.level].say(desk.lang)} [{name}] {desk.say(each.text)}{clauses}"
        lines += wrapped(f"  {shown(said)}", max(40, width()), "      ")
    return "\n".join(lines)


def tell(desk: Desk, *texts: Text | None) -> None:
    """Sentences on lines of their own; those that are None are passed over."""
    from casework.views.width import shown

    for text in texts:
        if text is not None:
            click.echo("\n".join(shown(line) for line in desk.say(text).split("\n")))


def _end(text: Text, lang: Lang) -> None:
    click.echo(f"\n{text.say(lang)}" if is_colourful(sys.stderr) else text.say(lang), err=True)
    sys.exit(STOPPED)


_CLEAR = Text("- for none", "- 表示不填")
_SKIP = Text("Enter skips", "回车跳过")
_NEEDED = Text("this is needed", "此项必填")


def _chosen(told: str, question: Question) -> str:
    """A value picked by its number in the list or by its title stands for itself; several, with commas."""
    from casework.deeds.typed import items_of

    choice = question.choice
    if choice is None:
        return told
    return ",".join(_picked(each, choice) for each in items_of(told, question.schema))


def _picked(told: str, choice: Choice) -> str:
    values = list(choice.values)
    if told.isdecimal() and 0 < int(told) <= len(values):
        return values[int(told) - 1]
    return next((value for value, title in choice.values.items() if told in (title.en, title.zh)), told)


def _wrong(told: str, question: Question, now: datetime, zone: ZoneInfo) -> Text | None:
    from casework.deeds.refused import Refused
    from casework.deeds.typed import items_of, values_from
    from casework.records.event_type import described, titled
    from casework.records.shape import Shape

    try:
        value = values_from([("x", told)], {"x": question.schema}, now, zone)["x"]
    except Refused as refused:
        return refused.text
    choice = question.choice
    if choice and not choice.is_open and not set(items_of(told, question.schema)) <= set(choice.values):
        return Text("one of {values}", "请选 {values}", {"values": list(choice.values)})
    if Shape("answer", question.schema).is_sound(value):
        return None
    hint = question.schema.get("patternErrorMessage")
    return titled(hint) if hint else described(question.schema.get("description", "?"))

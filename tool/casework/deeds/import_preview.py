"""What an import would do, as lines for a terminal: counts, what is left out, samples, bad rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from casework.deeds.import_plan import Plan
from casework.records.event_type import EventType
from casework.records.record import Flaw
from casework.views.findings import LEVEL_NAMES
from casework.views.width import shown, table, wrapped
from casework.words import Lang, Text

SAMPLES = 3
_FEW = 12  # lines named where a count is what matters

READ_AS = ("{name}: {rows} rows, read as {encoding}{guess}", "{name}：{rows} 行，按 {encoding} 读取{guess}")
GUESS = Text(
    " (a guess, since it is not UTF-8: look whether the samples below make sense)",
    "（不是 UTF-8，编码系推测：请看下面的样例是否正常）",
)
NEW = Text("new", "新增")
ALREADY = Text("here already", "登记簿中已有")
DIFFERING = Text("here already, but the table now says otherwise", "登记簿中已有，但表格内容不同")
REPEATED = Text("the same as an earlier row", "与前面的行完全相同")
BLANK = Text("without any content", "空行")
BAD = Text("bad", "有误")
WITHOUT = ("new, without “{event}”", "新增，无“{event}”")
NUMBERS = ("numbers: {numbers}", "编号：{numbers}")
EQUAL = (
    "lines that repeat an earlier one, which alone is taken: {lines}",
    "与前面某行完全相同、不再导入的行：{lines}",
)
LEFT_ALONE = (
    "line {line}: {number} is left as it is; the table differs in {fields}",
    "第 {line} 行：{number} 保持不变；表格中不同的有 {fields}",
)
LEFT_OUT = ("left out, since the map takes nothing from them: {columns}", "对照表未取用的列：{columns}")
NOTHING_LEFT_OUT = Text("every column is taken up", "各列均已取用")
SAMPLES_ARE = ("{n} of the {all} cases, as they would be:", "{all} 宗案件中的 {n} 宗，将写成这样：")
WOULD_SAY = Text("of the new cases 'casework check' would say:", "对新增案件，casework check 会提示：")
SAID = ("{level} [{rule}] of {n} (lines {lines})", "{level} [{rule}] {n} 宗（第 {lines} 行）")
BAD_ROWS = (
    "{name}: {n} rows cannot be imported, so nothing was written. Mend the table or the map and try again:",
    "{name}：有 {n} 行无法导入，因此没有写入任何内容。请修改表格或对照表后重试：",
)
ONE = ("{name}:{lines}: {why}", "{name}:{lines}：{why}")


def preview_lines(
    plan: Plan, left_out: Sequence[str], events: Mapping[str, EventType], lang: Lang, columns: int
) -> Iterator[str]:
    """The preview of a plan; of one with bad rows the counts alone. ``left_out`` are columns not taken up."""
    yield from _count_lines(plan, events, lang, columns)
    for text in () if plan.bad else _sentences(plan, left_out, lang):
        yield from wrapped(text, columns, "  ") if "\n" not in text else text.split("\n")


def _count_lines(plan: Plan, events: Mapping[str, EventType], lang: Lang, columns: int) -> Iterator[str]:
    """How the table was read, and how many of its rows are what."""
    read = plan.table
    parts = {"name": read.name, "rows": len(read.rows) + len(read.bad), "encoding": read.decoded_as}
    said = Text(*READ_AS, {**parts, "guess": GUESS if read.is_guess else ""})
    yield from wrapped(shown(said.say(lang)), columns, "  ")
    counts = [(name.say(lang), str(count)) for name, count in _counts(plan, events)]
    yield from ("  " + line for line in table(counts, columns - 2))


def bad_lines(name: str, bad: Sequence[Flaw], lang: Lang) -> Iterator[str]:
    """Every bad row with its line and every reason; rows with the same reason share a line."""
    rows = len({flaw.place.line for flaw in bad})
    yield shown(Text(*BAD_ROWS, {"name": name, "n": rows}).say(lang))
    grouped: dict[str, list[int]] = defaultdict(list)
    for flaw in bad:
        grouped[flaw.text.say(lang)].append(flaw.place.line)
    for why, lines in grouped.items():
        yield shown(Text(*ONE, {"name": name, "lines": ranges(lines), "why": why}).say(lang))


def ranges(lines: Iterable[int], most: int = 0) -> str:
    """Line numbers, runs of them joined; at most so many runs, if ``most`` is given.

    >>> ranges([2, 3, 4, 9])
    '2-4, 9'
    """
    runs: list[list[int]] = []
    for line in sorted(set(lines)):
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    told = [str(first) if first == last else f"{first}-{last}" for first, last in runs]
    return ", ".join([*told[:most], "…"] if most and len(told) > most else told)


def _sentences(plan: Plan, left_out: Sequence[str], lang: Lang) -> Iterator[str]:
    for text in _named(plan):
        yield text.say(lang)
    yield (Text(*LEFT_OUT, {"columns": tuple(left_out)}) if left_out else NOTHING_LEFT_OUT).say(lang)
    yield from _samples(plan, lang)
    yield from _said(plan, lang)


def _counts(plan: Plan, events: Mapping[str, EventType]) -> Iterator[tuple[Text, int]]:
    rows = plan.sorted
    yield NEW, len(plan.cases)
    yield ALREADY, rows.already
    yield DIFFERING, len(rows.differing)
    yield REPEATED, len(rows.repeated)
    yield BLANK, plan.table.blank
    yield BAD, len({flaw.place.line for flaw in plan.bad})
    for name, count in rows.lacking.items():
        yield Text(*WITHOUT, {"event": events[name].title}), count


def _named(plan: Plan) -> Iterator[Text]:
    """What a count alone would not tell: which numbers, which equal rows, which cases are left as they are."""
    if plan.cases:
        yield Text(*NUMBERS, {"numbers": tuple(_numbers(plan))})
    if plan.sorted.repeated:
        yield Text(*EQUAL, {"lines": tuple(f"{line} = {first}" for line, first in plan.sorted.repeated)})
    for each in plan.sorted.differing:
        yield Text(*LEFT_ALONE, each._asdict())


def _numbers(plan: Plan) -> Iterator[str]:
    months: dict[str, list[str]] = defaultdict(list)
    for case in plan.cases:
        months[case.number[:7]].append(case.number)
    for each in months.values():
        yield each[0] if len(each) == 1 else f"{each[0]}…{each[-1][8:]}"


def _samples(plan: Plan, lang: Lang) -> Iterator[str]:
    last = len(plan.cases) - 1
    chosen = sorted({round(last * n / (SAMPLES - 1)) for n in range(SAMPLES)}) if plan.cases else []
    if chosen:
        yield ""
        yield Text(*SAMPLES_ARE, {"n": len(chosen), "all": len(plan.cases)}).say(lang)
    for at in chosen:
        text = plan.cases[at].body.decode().partition("\n")[2]
        yield "\n".join(["", *(f"  {shown(line)}".rstrip() for line in text.rstrip("\n").split("\n"))])


def _said(plan: Plan, lang: Lang) -> Iterator[str]:
    if plan.said:
        yield ""
        yield WOULD_SAY.say(lang)
    for each in plan.said:
        parts = {"rule": each.rule, "n": len(each.lines), "lines": ranges(each.lines, _FEW)}
        yield "  " + Text(*SAID, {**parts, "level": LEVEL_NAMES[each.level]}).say(lang)

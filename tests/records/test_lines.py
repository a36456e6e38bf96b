"""What is read line by line is what libyaml reads; whatever else a line may hold is left to libyaml."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import yaml
from casework.records.damage import damage_in
from casework.records.lines import line_values
from casework.records.tree import TreeBuilder

CASE = """\
# a case
case: 2026-11-0007
severity: 3
summary: 顾客称：标签与实物不符。 It's "new", he said
owner_unit: ~

personal:
  name: 顾客
  phone: '13800000000'
  statement: |
    第一行
      第二行 # no comment

    - no item: either
  # a comment
  year_of-birth: null

events:
  - event: received
    at: 2026-11-03T09:12+08:00
    mode: [phone, visit]
    to:
  - event: assigned
    members:
    - who: wang
      note: "a: b"
    - who: li
    is_late: false
"""
BITS = (
    " ", "  ", "\n", "\n\n", "- ", ":", ": ", "#", " #", "|", "\n  ", "'", '"', "[", "]", "{", "}", ",", "\\", "a", "0",
    "?", "!", "&", "*", "%", "@", "`", ">", "~", "null", "\r\n", "\r", "：", "---", "...", "\u3000", "\xa0", "=", "<<",
    "  - ", "    ", "a: b\n", "k:\n", "- k: v\n", "  x: y\n", "# c\n", "[a, b]", "[a,b]", "'it'", "|\n  t\n", "\t",
)  # fmt: skip
EACH = 2000


def by_libyaml(text: str) -> Any:
    """The values, or None for a file that is flawed."""
    tree = TreeBuilder("x.yaml", text)
    try:
        value, _ = tree.build()
    except yaml.YAMLError:
        return None
    return None if tree.flaws else value


def damaged(chance: Random) -> Iterator[str]:
    for _ in range(EACH):
        text = CASE
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(text) + 1)
            text = text[:at] + chance.choice((*BITS, "")) + text[at + chance.choice((0, 0, 1, 2, 5)) :]
        yield from (text, shifted(text, chance))


def shifted(text: str, chance: Random) -> str:
    """The same with one line further in, further out, twice, or gone."""
    lines = text.split("\n")
    at = chance.randrange(len(lines))
    line = lines[at]
    lines[at : at + 1] = chance.choice(
        ([f"  {line}"], [f" {line}"], [line[1:]], [line[2:]], [line, line], [])
    )
    return "\n".join(lines)


def test_a_case_is_read_line_by_line() -> None:
    assert line_values(CASE) == by_libyaml(CASE) is not None


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_read_line_by_line_is_what_libyaml_reads(seed: int) -> None:
    texts = [text for text in damaged(Random(seed)) if not any(damage_in("x.yaml", text))]
    read = [(text, values) for text in texts if (values := line_values(text)) is not None]
    assert len(read) > EACH // 10
    for text, values in read:
        assert repr(values) == repr(by_libyaml(text)), text


@pytest.mark.parametrize("text", [CASE.replace("\n", "\r\n"), "\ufeff" + CASE, CASE.replace("  ", "   ", 1)])
def test_line_ends_and_a_byte_order_mark_change_nothing(text: str) -> None:
    assert line_values(text) == by_libyaml(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# nothing\n",
        "a: 1",
        "- a: 1\n",
        "  a: 1\n",
        "a: 1\na: 2\n",
        "a: {b: c}\n",
        "a: b # c\n",
        "a: b: c\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a: >\n  b\n",
        "a: |\n\n  b\n",
        "a: &b c\n",
        "a: !b c\n",
        'a: "\\n"\n',
        "a: b\tc\n",
        "a: b\rc: d\n",
        "---\na: b\n",
        "<<: a\n",
        f"{' ' * 40}a: 1\n",
        "".join(f"{' ' * n}a:\n" for n in range(70)),
    ],
)
def test_what_is_not_so_plain_is_left_to_libyaml(text: str) -> None:
    assert line_values(text) is None

"""Whatever the bytes: never a traceback, never a hang, always a record or flaws with a place and two languages."""

from __future__ import annotations

import random
import tarfile
import time
from pathlib import Path

import pytest
from casework.records.record import Record, line_starts
from casework.records.schema import schemas_from
from casework.records.source import WorkTree
from casework.records.strict_yaml import LARGEST, read_yaml
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SCHEMAS = schemas_from(WorkTree(ROOT))
CASE = """\
# yaml-language-server: $schema=../../../schema/editor.json
case: 2026-11-0007
receipt: 7KQF-3M9P
policy: department-store
channel: phone
summary: 顾客说：“没修好”，要求退货 😀
demand: [apology, redo]

personal:
  name: 王某某
  phone: 13800000000
  statement: |
    第一句：没有发票。
    第二句。
order: {order_no: "0123", amount: 12.50}

events:
  - event: received
    at: 2026-11-03T09:12+08:00
    by: li  # the desk
  - event: assigned
    at: 2026-11-03
    by: 'li'
    to: [zhou, "wang"]
    note: >-
      over two
      lines
"""


def judged(data: bytes) -> bool:
    """Read and judge a file; whether it is sound. What is said of it must be sayable and lie within the file."""
    read = read_yaml("x.yaml", data)
    if isinstance(read, Record):
        flaws = SCHEMAS.flaws("case", read)
        text = read.text
    else:
        flaws, text = read, data.decode(errors="replace")
        assert flaws
    lines = len(line_starts(text))
    assert [*flaws] == sorted(flaws, key=lambda flaw: flaw.place)
    for flaw in flaws:
        assert 1 <= flaw.place.line <= lines
        assert 1 <= flaw.place.column <= len(text) + 1
        assert flaw.text.say("en").strip() and flaw.text.say("zh").strip()
    return not flaws


def test_the_sample_is_sound():
    assert judged(CASE.encode())
    assert judged(CASE.replace("\n", "\r\n").encode())
    assert judged(CASE.replace("\n", "\r").encode())
    assert judged(b"\xef\xbb\xbf" + CASE.encode())


def test_files_cut_off_at_every_byte():
    data = CASE.encode()
    for end in range(len(data)):
        judged(data[:end])


@settings(max_examples=200)
@given(st.binary(max_size=200))
def test_random_bytes(data):
    judged(data)


@settings(max_examples=200)
@given(st.text(alphabet="abé中：，“” \t\n\r:-?[]{},#&*!|>'\"%@`~0.\\\x07\u2028😀", max_size=60))
def test_random_texts_of_yaml_s_own_signs(text):
    judged(text.encode())


SIGNS = [
    *"：，“”、\t\n\r :-?[]{},#&*!|>'\"%@`~0\\",
    "\r\n",
    "  ",
    "\n  ",
    "\n- ",
    ": ",
    "\x07",
    "\u2028",
    "é",
    "😀",
    "---\n",
]


def mutated(text: str, rnd: random.Random) -> bytes:
    """A case file after one to three slips of the hand."""
    for _ in range(rnd.randint(1, 3)):
        at, size = rnd.randrange(len(text)), rnd.choice((0, 0, 1, 1, 2, 8, 40))
        match rnd.randrange(4):
            case 0:
                text = text[:at] + text[at + max(size, 1) :]
            case 1:
                text = text[:at] + rnd.choice(SIGNS) + text[at + size :]
            case 2:
                line = text.rfind("\n", 0, at) + 1
                text = text[:line] + rnd.choice(("  ", " ", "\t", "- ", "# ")) + text[line:]
            case 3:
                text = text[:at] + text[at : at + 30] + text[at:]
    data = text.encode()
    if rnd.random() < 0.05:
        at = rnd.randrange(len(data) + 1)
        data = data[:at] + rnd.randbytes(3) + data[at:]
    return data


@pytest.mark.parametrize("seed", range(10))
def test_five_thousand_slips_of_the_hand(seed):
    rnd = random.Random(seed)
    sound = sum(judged(mutated(CASE, rnd)) for _ in range(500))
    assert 10 < sound < 490  # else the slips are all too small or all too great to show anything


def test_the_yaml_test_suite(shared):
    with tarfile.open(shared / "data/suites/yaml-test-suite-data.tar.gz") as suite:
        files = [
            (member.name, suite.extractfile(member)) for member in suite if member.name.endswith("/in.yaml")
        ]
        assert len(files) > 300
        for _, file in files:
            assert file
            judged(file.read())


LONG = 1 << 18
ENDLESS = {
    "brackets": "[" * LONG,
    "dashes": "- " * (LONG // 2),
    "one key again and again": "a: 1\n" * (LONG // 5),
    "quotes": '"' * LONG,
    "one long word": "k" * LONG,
    "colons": "a: " * (LONG // 3),
    "full-width colons": "a: " + "客户说：" * (LONG // 12),
    "full-width colons, no ordinary one": "：" * (LONG // 3),
    "fields with full-width colons": "".join(f"k{n}：1\n" for n in range(LONG // 10)),
    "tabs": "#\t" * (LONG // 2),
    "lines with tabs": "".join(f"k{n}:\t1\n" for n in range(LONG // 10)),
    "an open quote over many lines": 'a: "' + "x\n" * (LONG // 3),
    "block texts": "".join(f"k{n}: |\n  x：y\n" for n in range(LONG // 20)),
    "curly quotes": "“w” " * (LONG // 8),
    "commas in brackets": "x: [" + "b，c, " * (LONG // 8),
    "hashes": "a：b" + "#" * LONG,
    "anchors": "".join(f"k{n}: &a{n} 1\n" for n in range(LONG // 16)),
    "line ends": "\r\n" * (LONG // 2),
    "conflicts": "<<<<<<< a\n" * (LONG // 10),
    "spaces": "x: [" + " " * LONG,
}


@pytest.mark.parametrize("what", ENDLESS)
def test_endless_files_end(what):
    data = ENDLESS[what].encode()
    assert len(data) <= LARGEST
    start = time.perf_counter()
    judged(data)
    assert time.perf_counter() - start < 10  # a fraction of a second; what is quadratic takes minutes

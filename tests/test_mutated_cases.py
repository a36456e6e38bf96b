"""Five thousand damaged case files: each is judged, or says where it is flawed, in both languages, and nothing hangs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from time import perf_counter

import pytest
from casework.examine import answered, cases_in, judge
from casework.house import House, house_of
from casework.records.record import Flaw
from casework.records.source import Files, WorkTree
from casework.rules import Finding, findings_of
from casework.state.case import Case
from casework.state.register import Register, Unjudged
from casework.state.state import State
from casework.views.findings import Shown, github_of, json_of, text_of

ROOT = Path(__file__).parents[1]
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PARTS, EACH = 10, 500
LONGEST = 10.0  # seconds for one damaged file, where a sound one takes milliseconds
LINE_END = re.compile(rb"\r\n|\r|\n")
VALUES = [
    *(b"", b"null", b"~", b"true", b"no", b"0", b"-1", b"007", b"12:30", b"1e9", b"9" * 18, b"9" * 400),
    *(
        b"[]",
        b"{}",
        b"[[[]]]",
        b"[a, [b, {c: d}]]",
        b"{a: b}",
        b"{? a : b}",
        b"''",
        b'""',
        b"'",
        b'"',
        b"|",
        b">-",
    ),
    *(
        b"2026-02-30",
        b"2026-11-20T24:00",
        b"0001-01-01",
        b"9999-12-31T23:59+19:59",
        b"2026-11-20",
        b"1899-01-01",
    ),
    *(
        b"&a b",
        b"*a",
        b"!x y",
        b"!!python/object:os.system x",
        b"<<: *a",
        b"@a",
        b"`a",
        b"%a",
        b"- a",
        b"? a",
        b"a: b",
    ),
    *(
        "收到".encode(),
        "一".encode() * 3000,
        "“引”".encode(),
        "：".encode(),
        "\u202e".encode(),
        "😀".encode(),
    ),
    *(
        b"{0}",
        b"{text}",
        b"%s",
        b"\\x",
        b"a" * 70_000,
        b"[" * 70 + b"]" * 70,
        b"received",
        b"superseded",
        b"any",
    ),
]
BYTES = [
    b"\x00",
    b"\x7f",
    b"\xff",
    b"\xc3",
    b"\t",
    b"\r",
    b"\n",
    b"\xef\xbb\xbf",
    b":",
    b"#",
    b"\xe2\x80\xa8",
    b"\n---\n",
]


@cache
def house() -> House:
    return house_of(WorkTree(ROOT))


@cache
def sample() -> tuple[tuple[str, bytes], ...]:
    files = sorted((ROOT / "cases").rglob("????-??-*.yaml"))
    return tuple((path.relative_to(ROOT).as_posix(), path.read_bytes()) for path in files)


def flipped(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << random.randrange(8)]) + data[at + 1 :]


def cut_out(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.choice([1, 1, 2, 7, 60]) :]


def put_in(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + random.choice(BYTES) + data[at:]


def cut_short(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def swapped(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"".join(lines)


def left_out(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[random.randrange(len(lines))]
    return b"".join(lines)


def doubled(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    return b"".join([*lines[:at], lines[at], *lines[at:]])


def moved_in(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    at = random.randrange(len(lines))
    lines[at] = random.choice([b" ", b"  ", b"    ", b"\t", b"- "]) + lines[at].lstrip(
        random.choice([b" ", b""])
    )
    return b"".join(lines)


def of_another_type(data: bytes, random: Random) -> bytes:
    lines = data.splitlines(keepends=True)
    with_value = [n for n, line in enumerate(lines) if b": " in line]
    at = random.choice(with_value)
    lines[at] = lines[at].partition(b": ")[0] + b": " + random.choice(VALUES) + b"\n"
    return b"".join(lines)


def of_another_key(data: bytes, random: Random) -> bytes:
    """A key of the same file in place of another: fields stand where they do not belong, or twice."""
    keys = re.findall(rb"(?m)^ *(?:- )?([a-z_]+):", data)
    return re.sub(
        rb"\b%s:" % random.choice(keys), random.choice(keys) + b":", data, count=random.choice([0, 1])
    )


def of_another_event(data: bytes, random: Random) -> bytes:
    names = [name.encode() for name in sorted(house().schemas.events)]
    found = [*re.finditer(rb"event: (\w+)", data)]
    one = random.choice(found)
    return data[: one.start(1)] + random.choice(names) + data[one.end(1) :]


def enlarged(data: bytes, random: Random) -> bytes:
    return (
        data + b"# " + b"x" * (1 << 20)
        if random.random() < 0.1
        else data + data[data.find(b"events:") + 8 :] * 4
    )


def other_line_ends(data: bytes, random: Random) -> bytes:
    return data.replace(b"\n", random.choice([b"\r\n", b"\r", b"\n\n", b"\n\r"]))


def in_other_letters(data: bytes, random: Random) -> bytes:
    text = data.decode()
    return text.encode(random.choice(["gb18030", "utf-16", "utf-8-sig", "utf-16-le"]))


MUTATIONS: list[Callable[[bytes, Random], bytes]] = [
    *(flipped, flipped, cut_out, put_in, put_in, cut_short, swapped, swapped, left_out, doubled, moved_in),
    *(of_another_type, of_another_type, of_another_type, of_another_key, of_another_event, other_line_ends),
    *(enlarged, in_other_letters),
]


def damaged(part: int) -> Iterator[tuple[str, bytes]]:
    """Sample cases with one or two accidents each; the same ones at every run."""
    random = Random(part)
    for _ in range(EACH):
        path, data = random.choice(sample())
        for mutation in random.sample(MUTATIONS, random.choice([1, 1, 2])):
            try:
                data = mutation(data, random) or b"\n"
            except (IndexError, UnicodeDecodeError):  # a second accident where the first left nothing to hit
                continue
        yield path, data


def judged(path: str, data: bytes) -> tuple[Register, list[Finding]]:
    (read,) = cases_in(Files({path: data}), house())
    found = judge(read, house(), AT, AT) if isinstance(read, Case) else None
    states = (found,) if isinstance(found, State) else ()
    unjudged = (found,) if isinstance(found, Unjudged) else ()
    flaws: tuple[Flaw, ...] = () if isinstance(read, Case) else read
    made = house()
    register = Register(made.firm, made.people, made.policies, made.schemas.events, states, unjudged, flaws)
    return register, answered(findings_of(register, AT), states)


def is_in(finding: Finding, data: bytes) -> bool:
    """Whether the place lies in the file, columns counted in code points; in a file of other letters, its line."""
    lines = LINE_END.split(data)
    if not 1 <= finding.place.line <= len(lines):
        return b"\x00" in data or data[:1] in (b"\xff", b"\xfe")
    try:
        line = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return finding.place.column >= 1
    return 1 <= finding.place.column <= len(re.split(r"\r\n|\r|\n", line)[finding.place.line - 1]) + 1


@pytest.mark.parametrize("part", range(PARTS))
def test_a_damaged_case_is_judged_or_says_where_it_is_flawed(part: int) -> None:
    flawed = 0
    for path, data in damaged(part):
        begun = perf_counter()
        register, findings = judged(path, data)
        told = Shown(register, findings[:20], AT, "zh")
        assert json_of(told) and text_of(told) and len(github_of(told)) >= len(told.findings)
        assert perf_counter() - begun < LONGEST, data[:2000]
        flawed += bool(register.flaws)
        assert register.cases or register.flaws or b"received" in data
        for finding in findings:
            if finding.place.path.startswith("policies/"):
                continue
            assert finding.place.path == path
            assert is_in(finding, data), (finding, data)
            english, chinese = finding.text.say("en"), finding.text.say("zh")
            assert english and re.search("[\u4e00-\u9fff]", chinese), finding
            assert re.search("[\u4e00-\u9fff]", finding.text.zh) and finding.text.en != finding.text.zh
    assert flawed > EACH // 3

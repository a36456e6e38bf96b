"""Registers of any size for the benches: complaints of about 2.4 KB and six events each, or the sample's own, copied."""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path

HERE = Path(__file__).resolve().parents[2]
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
WORDS = (
    "顾客称所购商品与标签所示不符，曾到柜台询问未得答复，要求说明原因并予以更换；柜台已当面核对小票与实物。"
)
CASE = """\
# yaml-language-server: $schema=../../../schema/editor.json
case: {number}
receipt: {receipt}
policy: department-store
kind: complaint
channel: visit
area: other
intake_point: floor
category: goods-quality
severity: ordinary
owner_unit: floor
summary: 第 {serial} 宗：{summary}

personal:
  name: 生成顾客{serial}号
  phone: 138{serial:08}
  address: 虚构市虚构路 {serial} 号
  statement: |
    {statement}
    {statement}

events:
  - event: received
    at: {received}
    by: zhou-min
    note: {note}
  - event: registered
    at: {registered}
    by: zhou-min
    document: complaint-form
    note: 已填写顾客投诉表，请顾客过目。
  - event: reply_commitment
    at: {agreed}
    by: zhou-min
    about: reply
    due_at: {due}
    reason: 需厂家鉴定后才能答复
    note: 已说明原因并约定答复时间。
  - event: response_given
    at: {answered}
    by: zhou-min
    mode: phone
    note: 告知鉴定结果，同意更换。
  - event: completed
    at: {completed}
    by: zhou-min
    note: {note}
  - event: follow_up_done
    at: {asked}
    by: zhou-min
    mode: phone
    satisfaction: satisfied
    note: 顾客表示满意。
"""
LATE_ONE_IN = 20


def make_register(root: Path, cases: int, every_policy: bool = False) -> None:
    """Write schema, policies and so many cases below ``root``.

    Cases of the store, every twentieth answered late; or of all policies, the same number of each.
    """
    for folder in ("schema", "policies"):
        shutil.copytree(HERE / folder, root / folder)
    for path, text in copied(cases) if every_policy else generated(cases):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def generated(cases: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """(path, text) of each case: spread over the last days before the sample firm's instant, so nothing else is owed."""
    chance = random.Random(seed)
    for n in range(cases):
        day = datetime(2026, 11, 6) - timedelta(days=30 * (n % 12))
        start = day.replace(day=6, hour=9 + n % 7, minute=n % 60)
        number = f"{start:%Y-%m}-{n // 12 + 1:04}"
        yield f"cases/{start:%Y/%m}/{number}.yaml", _told(n, number, start, chance)


def copied(cases: int, seed: int = 7) -> Iterator[tuple[str, str]]:
    """(path, text) of copies of the sample's cases, policy by policy in turn; each its own number, receipt, code and complainant."""
    chance = random.Random(seed)
    sample: dict[str, list[tuple[str, str]]] = {}
    for path in sorted((HERE / "cases").rglob("20*-*.yaml")):
        text = path.read_text("utf-8")
        policy = re.search(r"^policy: (\S+)", text, re.M)
        sample.setdefault(policy[1] if policy else "", []).append((path.stem[:7], text))
    turns = zip(*(cycle(sample[policy]) for policy in sorted(sample)), strict=True)
    codes: Counter[str] = Counter()
    for n, (month, text) in enumerate(islice((each for turn in turns for each in turn), cases)):
        number = f"{month}-{n + 1:05}"
        own = {"case": number, "receipt": _receipt(chance), "complainant": f"p-{n:06x}"}
        code = re.search(r"^code: '?(.+?)(\d{2,3})'?$", text, re.M)
        if code:
            codes[code[1]] += 1
            own["code"] = f"'{code[1]}{codes[code[1]]:0{len(code[2])}}'"
        for key, value in own.items():
            text = re.sub(rf"^{key}: .*", f"{key}: {value}", text, count=1, flags=re.M)
        yield f"cases/{month.replace('-', '/')}/{number}.yaml", text


def _receipt(chance: random.Random) -> str:
    signs = "".join(chance.choice(ALPHABET) for _ in range(8))
    return f"{signs[:4]}-{signs[4:]}"


def _told(n: int, number: str, start: datetime, chance: random.Random) -> str:
    due = start.replace(hour=17, minute=0)
    late = timedelta(hours=3) if n % LATE_ONE_IN == 0 else timedelta(minutes=-40)
    instants = {
        "received": start,
        "registered": start + timedelta(minutes=5),
        "agreed": start + timedelta(minutes=10),
        "due": due,
        "answered": due + late,
        "completed": due + timedelta(hours=4),
        "asked": due + timedelta(days=1),
    }
    return CASE.format(
        number=number,
        receipt=_receipt(chance),
        serial=n,
        summary=WORDS,
        statement=WORDS * 3,
        note=WORDS,
        **{name: f"{at:%Y-%m-%dT%H:%M}+08:00" for name, at in instants.items()},
    )

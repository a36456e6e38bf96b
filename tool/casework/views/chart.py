"""A grouped bar chart as numbers for a template: where each bar, tick and word stands. The template draws the SVG."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 36, 8, 18, 30


class Bar(NamedTuple):
    """One bar in user units of the drawing; ``series`` is 0 or 1, ``value`` is written above it."""

    series: int
    x: float
    y: float
    width: float
    height: float
    value: int


class Group(NamedTuple):
    """The bars of one month and the words under them; ``middle`` is where these are centred."""

    name: str
    year: str
    middle: float
    bars: tuple[Bar, ...]


class Tick(NamedTuple):
    """A line across the drawing and the number it stands for."""

    y: float
    value: int


class Chart(NamedTuple):
    """A drawing of ``width`` by ``height`` units; ``base`` is where the bars stand."""

    width: int
    height: int
    left: int
    right: float
    base: float
    groups: tuple[Group, ...]
    ticks: tuple[Tick, ...]


def chart_of(months: Sequence[str], series: Sequence[Sequence[int]]) -> Chart:
    """Bars side by side for each month (``2026-11``); every series has one value a month."""
    top = _round_up(max((max(values, default=0) for values in series), default=0))
    base, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    unit = (base - TOP) / top
    room = (right - LEFT) / max(len(months), 1)
    groups = tuple(_group(n, month, series, room, base, unit) for n, month in enumerate(months))
    steps = sorted({0, top // 2, top} if top % 2 == 0 else {0, top})
    return Chart(
        WIDTH, HEIGHT, LEFT, right, base, groups, tuple(Tick(_two(base - n * unit), n) for n in steps)
    )


def _group(
    n: int, month: str, series: Sequence[Sequence[int]], room: float, base: float, unit: float
) -> Group:
    year, _, number = month.partition("-")
    wide = room * 0.68 / len(series)
    start = LEFT + n * room + (room - wide * len(series)) / 2
    bars = tuple(
        Bar(
            k,
            _two(start + k * wide),
            _two(base - values[n] * unit),
            _two(wide - 1),
            _two(values[n] * unit),
            values[n],
        )
        for k, values in enumerate(series)
    )
    return Group(
        str(int(number)), year if n == 0 or number == "01" else "", _two(LEFT + (n + 0.5) * room), bars
    )


def _round_up(highest: int) -> int:
    """A scale's end: 4, 6, 8, 10, 20, 40 … so that half of it is a whole number."""
    top = 4
    for step in (4, 6, 8, 10):
        if highest <= step:
            return step
    power = 10
    while highest > top:
        for step in (2, 4, 6, 8, 10):
            top = step * power
            if highest <= top:
                return top
        power *= 10
    return top


def _two(number: float) -> float:
    return round(number, 2)

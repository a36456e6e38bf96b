"""A policy's procedure as a drawing in numbers: stages and events from top to bottom, limits and order as lines beside.

The template draws the SVG. On the right every limit goes from its label, below the event it is counted from, to the
event that ends it; on the left what must come first goes to whatever waits for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casework.views.case import STAGE_NAMES
from casework.views.handbook import Section
from casework.views.policy_words import Wording
from casework.views.procedure_order import Link, followers_of, links_of, stages_of
from casework.views.width import cut, width_of

ROOM = 250  # for the words between the lines
LANE, EDGE = 7, 8
STAGE, EVENT, LABEL, ARRIVAL = 30, 24, 18, 5
COLUMNS = 36  # of a label's words
LETTER, BOLD, WIDE, INDENT = (
    6.6,
    7.6,
    12.4,
    12.0,
)  # how wide letters are, by and large; how far a label is set in


class Line(NamedTuple):
    """One limit or one order: its path, where its arrows end and its dots stand; ``tone`` tells neighbours apart."""

    entry: str
    force: str
    tone: int
    path: str
    arrows: tuple[str, ...]  # each the path of a head
    dots: tuple[tuple[float, float], ...]
    title: str


class Row(NamedTuple):
    """One line of words: a stage, an event, or the label of a limit or an order; ``y`` is where its letters stand."""

    kind: str  # stage, event, limit, order
    y: float
    text: str
    mark: str = ""  # behind it, paler
    entry: str = ""
    title: str = ""


class Procedure(NamedTuple):
    """A drawing of ``width`` by ``height`` units; the words begin at ``left``, the rail of the stages stands at ``rail``."""

    width: float
    height: float
    left: float
    rail: float
    rail_end: float
    indent: float
    rows: tuple[Row, ...]
    limits: tuple[Line, ...]
    orders: tuple[Line, ...]


def procedure_of(wording: Wording, sections: Iterable[Section]) -> Procedure | None:
    """The drawing of a policy, or None if it has neither limits nor duties that put events in order."""
    ordered = (section for section in sections if section.name in ("limits", "duties"))
    entries = {entry.name: entry for section in ordered for entry in section.entries}
    links = tuple(links_of(wording, entries))
    if not links:
        return None
    stages = stages_of(followers_of(links), wording.events)
    return _Drawing(wording, links, stages).drawn()


class _Drawing:
    """Works the drawing out: rows from top to bottom, then lanes to the left and right of them."""

    def __init__(self, wording: Wording, links: Sequence[Link], stages: Mapping[str, Sequence[str]]) -> None:
        self.wording, self.links, self.stages = wording, links, stages
        self.rows: list[Row] = []
        self.event_y: dict[str, float] = {}
        self.label_y: dict[int, float] = {}
        self.reach: dict[int | str, float] = {}  # label or event → how far its words reach beyond `left`
        self.taken: dict[tuple[str, str], int] = defaultdict(int)  # arrivals at an event, by side
        self.y = 6.0
        self.rail_end = 0.0

    def drawn(self) -> Procedure:
        for stage, events in self.stages.items():
            if stage != "disposed" or events:
                self._stage(stage, events)
        sides = {kind: self._lanes(kind) for kind in ("order", "limit")}
        left = EDGE + LANE * (1 + max(sides["order"].values(), default=-1)) + 22
        right = left + ROOM
        width = right + LANE * (2 + max(sides["limit"].values(), default=-1)) + EDGE
        limits = tuple(self._limit(n, lane, right) for n, lane in sides["limit"].items())
        orders = tuple(self._order(n, lane, left - 20) for n, lane in sides["order"].items())
        return Procedure(
            width, self.y + 6, left, left - 10, self.rail_end, INDENT, tuple(self.rows), limits, orders
        )

    def _stage(self, stage: str, events: Sequence[str]) -> None:
        self.y += STAGE
        self.rail_end = self.y - 4
        name = self.wording.say(STAGE_NAMES[stage])
        self.rows.append(Row("stage", self.y, name[:1].upper() + name[1:]))
        for event in events:
            self._event(event)

    def _event(self, event: str) -> None:
        arriving = max(self._arrivals(event, "limit"), self._arrivals(event, "order"))
        room = max(0, arriving - 3) * ARRIVAL
        self.y += EVENT + room
        self.event_y[event] = self.y - 4 - room / 2
        name = cut(self.wording.event(event), COLUMNS)
        self.reach[event] = _width(name, BOLD) + 8
        self.rows.append(Row("event", self.y - room / 2, name))
        for n, link in enumerate(self.links):
            if link.below == event:
                self.y += LABEL
                self.label_y[n] = self.y - 4
                row = self._label(link)
                self.reach[n] = INDENT + _width(f"{row.text} {row.mark}", LETTER) + 8
                self.rows.append(row)

    def _arrivals(self, event: str, kind: str) -> int:
        return sum(event in (*link.ends, *link.starts) for link in self.links if link.kind == kind)

    def _label(self, link: Link) -> Row:
        clauses = " ".join(link.entry.clauses)
        text = cut(link.text, COLUMNS - min(12, len(clauses)) - 1)
        return Row(link.kind, self.y, text, cut(clauses, 12), link.entry.anchor, link.entry.title)

    def _lanes(self, kind: str) -> dict[int, int]:
        """Link → lane: short lines stand inside; two that overlap never share one."""
        spans = {
            n: self._span(n) for n, link in enumerate(self.links) if link.kind == kind and self._joined(link)
        }
        lanes: dict[int, int] = {}
        for n in sorted(spans, key=lambda each: (spans[each][1] - spans[each][0], each)):
            beside = {lanes[m] for m in lanes if spans[m][0] <= spans[n][1] and spans[n][0] <= spans[m][1]}
            lanes[n] = next(lane for lane in range(len(spans)) if lane not in beside)
        return lanes

    def _joined(self, link: Link) -> tuple[str, ...]:
        return (*link.starts, *link.ends)

    def _span(self, n: int) -> tuple[float, float]:
        ys = [self.label_y[n], *(self.event_y[each] for each in self._joined(self.links[n]))]
        return min(ys) - 6, max(ys) + 6

    def _limit(self, n: int, lane: int, right: float) -> Line:
        """From the label to the right, along its lane, to the events that end it; other beginnings join as dots."""
        link, x, y = self.links[n], right + LANE * (lane + 1), self.label_y[n]
        left = right - ROOM
        starts = [(left + self.reach[each], self._arrive(each, "limit")) for each in link.starts]
        ends = [(left + self.reach[each], self._arrive(each, "limit")) for each in link.ends]
        path = " ".join(_bend(left + self.reach[n], y, x, *to) for to in (*starts, *ends))
        arrows = tuple(_head(to_x, to_y, 5) for to_x, to_y in ends)
        return Line(
            link.entry.name, link.entry.force, lane % 3, path, arrows, tuple(starts), self._said(link)
        )

    def _order(self, n: int, lane: int, left: float) -> Line:
        """From what must come first, along its lane on the left, to what waits for it."""
        link, x, y = self.links[n], left - LANE * (lane + 1), self.label_y[n]
        far = [(left, self._arrive(each, "order")) for each in (*link.starts, *link.ends)]
        path = " ".join(_bend(left, y, x, to_x, to_y) for to_x, to_y in far)
        heads = far if link.ends else [(left, y)]
        dots = [(left, y)] if link.ends else far
        arrows = tuple(_head(to_x + 1, to_y, -5) for to_x, to_y in heads)
        return Line(link.entry.name, link.entry.force, lane % 3, path, arrows, tuple(dots), self._said(link))

    def _arrive(self, event: str, kind: str) -> float:
        """The next free height at an event, so that lines that end there can be told apart."""
        many = self._arrivals(event, kind)
        n = self.taken[event, kind]
        self.taken[event, kind] += 1
        return round(self.event_y[event] + (n - (many - 1) / 2) * ARRIVAL, 1)

    def _said(self, link: Link) -> str:
        facts = "; ".join(f"{each.label}: {each.value}" for each in link.entry.facts)
        return " · ".join(filter(None, (link.entry.title, facts)))


def _width(text: str, letter: float) -> float:
    """About how many units a text takes: fonts differ, so a little too much."""
    wide = width_of(text) - len(text)
    return round(wide * WIDE + (len(text) - wide) * letter, 1)


def _bend(x: float, y: float, lane: float, to_x: float, to_y: float) -> str:
    """A path from one point to a lane, along it, and back, with round corners."""
    way = 1 if lane > x else -1
    down = 1 if to_y > y else -1
    r = min(4.0, abs(to_y - y) / 2)
    return (
        f"M{x:g} {y:g}H{lane - way * r:g}Q{lane:g} {y:g} {lane:g} {y + down * r:g}"
        f"V{to_y - down * r:g}Q{lane:g} {to_y:g} {lane - way * r:g} {to_y:g}H{to_x:g}"
    )


def _head(x: float, y: float, size: float) -> str:
    """An arrow's head that points to ``x``, away from where it came: to the left if the size is positive."""
    return f"M{x:g} {y:g}l{size:g} -3v6z"

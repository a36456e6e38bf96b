"""A policy as a handbook: section by section, each entry in words; for a page as for a terminal."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from casework.views.handbook_facts import FACTS, Told, bearers
from casework.views.handbook_labels import ABOUT, LABEL
from casework.views.labels import SECTIONS
from casework.views.policy_words import Wording, entries_of, listed


class Fact(NamedTuple):
    """One thing an entry says: what it is about, and what it says."""

    label: str
    value: str


class Entry(NamedTuple):
    """One entry in words; ``span`` is what it promises in short, ``reading`` how we read what its source leaves open.

    ``anchor`` is unique on the policy's page: its name, unless an earlier section has that name too.
    """

    name: str
    anchor: str
    title: str
    clauses: tuple[str, ...]
    force: str  # must, should, may; "" where an entry judges nothing
    span: str
    facts: tuple[Fact, ...]
    reading: str


class Section(NamedTuple):
    """A section that has entries."""

    name: str
    title: str
    entries: tuple[Entry, ...]


JUDGED = ("limits", "duties", "bans", "repeats", "retention", "secrecy", "recurring", "numbering")


def handbook_of(wording: Wording, day: date) -> tuple[Section, ...]:
    """Every section of a policy that has entries; who bears a role is told as of the day."""
    found = []
    anchors = {*TAKEN, *(f"section-{name}" for name in SECTIONS)}
    for section, title in SECTIONS.items():
        entries = []
        for name, told in entries_of(wording.policy, section).items():
            anchor = f"{section}.{name}" if name in anchors else name
            anchors.add(name)
            entries.append(_entry(wording, section, name, told or {}, day)._replace(anchor=anchor))
        if entries:
            found.append(Section(section, wording.say(title), tuple(entries)))
    return tuple(found)


TAKEN = ("content", "procedure", "drawing-title", "drawing-said")  # other anchors of the page


def _entry(wording: Wording, section: str, name: str, told: Told, day: date) -> Entry:
    facts = bearers(wording, name, told, day) if section == "roles" else FACTS[section](wording, told)
    return Entry(
        name,
        name,
        _title(wording, section, name, told),
        tuple(map(str, listed(told.get("clause")))),
        told.get("force", "must") if section in JUDGED else "",
        _short(wording, told),
        tuple(Fact(wording.say(LABEL[key]), value) for key, value in facts if value),
        wording.told(told.get("reading")),
    )


def _title(wording: Wording, section: str, name: str, told: Told) -> str:
    if section == "choices" and "title" not in told:
        return wording.field(name)
    if section == "about" and "title" not in told:
        return wording.say(ABOUT[name]) if name in ABOUT else name
    return wording.told(told.get("title") or told.get("text") or name)


def _short(wording: Wording, told: Told) -> str:
    span = told.get("within") or told.get("keep")
    return wording.span(span) if span else ""

"""A policy as a handbook for a terminal and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from casework.state.policy import Policy
from casework.views.handbook import Entry, Fact, Section
from casework.views.labels import LABELS
from casework.views.width import padded, shown, width_of, wrapped
from casework.words import Lang


class Handbook(NamedTuple):
    """A policy and its sections in words, in one language."""

    policy: Policy
    sections: Sequence[Section]
    lang: Lang
    columns: int = 100


def text_of(book: Handbook) -> str:
    """The title, then section by section every entry with what it says."""
    policy = book.policy
    since = f"{LABELS['since'].say(book.lang)} {policy.in_force_from}"
    lines = [f"{policy.title.say(book.lang)}  {policy.id}", f"{since} · {policy.record.path}"]
    for section in book.sections:
        lines += ["", f"{section.title} ({len(section.entries)})"]
        for entry in section.entries:
            lines += ["", *_entry(book, entry)]
    return "\n".join(map(shown, lines))


def json_of(book: Handbook) -> str:
    """The same as data; words are in the language of the output."""
    policy = book.policy
    document = {
        "policy": policy.id,
        "title": {"en": policy.title.en, "zh": policy.title.zh},
        "in_force_from": policy.in_force_from.isoformat(),
        "sections": [
            {"section": each.name, "title": each.title, "entries": [*map(_as_data, each.entries)]}
            for each in book.sections
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


FORMS: Mapping[str, Callable[[Handbook], str]] = {"text": text_of, "json": json_of}


def _entry(book: Handbook, entry: Entry) -> Iterator[str]:
    force = LABELS[f"force_{entry.force}"].say(book.lang) if entry.force in ("should", "may") else ""
    marks = "  ".join(filter(None, (force, ", ".join(entry.clauses), f"[{entry.name}]")))
    yield from wrapped(f"  {entry.title}  {marks}", book.columns, "    ")
    reading = (Fact(LABELS["reading"].say(book.lang), entry.reading),) if entry.reading else ()
    facts = (*entry.facts, *reading)
    wide = max((width_of(each.label) for each in facts), default=0)
    for each in facts:
        yield from wrapped(f"      {padded(each.label, wide)}  {each.value}", book.columns, " " * (8 + wide))


def _as_data(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "title": entry.title,
        "clauses": list(entry.clauses),
        "force": entry.force or None,
        "facts": [[each.label, each.value] for each in entry.facts],
        "reading": entry.reading or None,
    }

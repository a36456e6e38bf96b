"""What a policy asks for, in the words of findings: events, fields, values and people by their titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from typing import Any, NamedTuple

from casework.records.event_type import EventType
from casework.records.record import Record
from casework.state.conditions import PERSON_FIELDS, POSTS
from casework.state.needs import Need
from casework.state.people import People
from casework.words import Text, same, text_from


class Known(NamedTuple):
    """What an entry may name, with titles: the events, the fields of a case, and what the policy itself names."""

    types: Mapping[str, EventType]
    head: Mapping[str, Text]
    records: Sequence[Record] = ()

    def field(self, name: str) -> Text:
        """What people call a field of a case."""
        own = (kind.title_of(name) for kind in self.types.values() if name in {*kind.fields, *kind.common})
        return self.head.get(name) or next(own, same(name))

    def value(self, field: str, value: Any) -> Text:
        """What people call a value of a field: a role or a post, a form, a word of a list, yes or no; else as written."""
        if isinstance(value, bool):
            return YES if value else NO
        name = str(value)
        if field in PERSON_FIELDS:
            return self._titled("roles", name) or POSTS.get(name) or same(name)
        if field == "document":
            return self._titled("forms", name) or same(name)
        for record in self.records:
            listed = ((record.value.get("choices") or {}).get(field) or {}).get("values")
            title = (listed.get(name) or {}).get("title") if isinstance(listed, Mapping) else None
            if title:
                return text_from(title)
        return same(name)

    def _titled(self, section: str, name: str) -> Text | None:
        for record in self.records:
            title = ((record.value.get(section) or {}).get(name) or {}).get("title")
            if title:
                return text_from(title)
        return None


def called(who: str, people: People, known: Known) -> Text:
    """What a person, unit, role or post is called; what is not known stands as written."""
    if who in people.persons:
        return same(people.name_of(who))
    title = people.units.get(who, {}).get("title")
    return text_from(title) if title else known.value("by", who)


YES, NO = Text("yes", "是"), Text("no", "否")
DERIVED = {"days_ahead": Text("Days ahead", "相隔天数")}  # what the fold adds to an agreed time


def titled(need: Need, known: Known) -> Need:
    """A need with what people call the thing asked for: the events that would do, or the fields."""
    if need.kind == "event":
        return need._replace(title=_events(need.told, {}, known))
    titles = {name: known.field(name) for name, _ in need.cond}
    wanted = {name: _condition(name, need.told[name], title, known) for name, title in titles.items()}
    return need._replace(titles=titles, wanted=wanted).lacking(range(len(need.cond)))


def _events(told: Any, where: Mapping[str, Any], known: Known) -> Text:
    """The events that would do, each with its own conditions; those that stand together share theirs."""
    if isinstance(told, Mapping):
        return _events(told["event"], {**where, **(told.get("where") or {})}, known)
    every = told if isinstance(told, list) else [told]
    if any(isinstance(each, Mapping) for each in every):
        return _either(_events(each, where, known) for each in every)
    names = [str(each).partition(".")[0] for each in every]
    events = _either(known.types[name].title if name in known.types else same(name) for name in names)
    first = next((known.types[name] for name in names if name in known.types), None)
    asked = [
        _condition(key, value, first.title_of(key) if first else same(key), known, of_event=True)
        for key, value in where.items()
    ]
    return (
        Text("{events} ({where})", "{events}（{where}）", {"events": events, "where": asked})
        if asked
        else events
    )


def _condition(key: str, value: Any, title: Text, known: Known, of_event: bool = False) -> Text:
    """A field with what it has to be; one of a case that has only to be given is called by its title alone."""
    if not isinstance(value, Mapping):
        return _filled(_IS, title, _either(known.value(key, each) for each in _listed(value)))
    ((word, inner),) = value.items()
    if word == "given":
        return (_filled(_GIVEN, title) if of_event else title) if inner else _filled(_NOT_GIVEN, title)
    if word == "not":
        return _filled(_NOT, title, _either(known.value(key, each) for each in _listed(inner)))
    return _filled(_OVER if word == "over" else _UP_TO, title, same(str(inner)))


def _filled(sentence: Text, field: Text, value: Text = same("")) -> Text:  # noqa: B008 - a constant
    return Text(sentence.en, sentence.zh, {"field": field, "value": value})


def _either(texts: Iterable[Text]) -> Text:
    return reduce(lambda one, other: Text(_OR.en, _OR.zh, {"one": one, "other": other}), texts)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


_OR = Text("{one} / {other}", "{one}或{other}")
_IS = Text("{field}: {value}", "{field}：{value}")
_NOT = Text("{field}: not {value}", "{field}：不是{value}")
_OVER = Text("{field}: over {value}", "{field}：大于 {value}")
_UP_TO = Text("{field}: up to {value}", "{field}：不超过 {value}")
_GIVEN = Text("with {field}", "须写明{field}")
_NOT_GIVEN = Text("without {field}", "不写{field}")

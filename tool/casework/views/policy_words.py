"""A policy's conditions, events, needs and spans in words: what a reader of the handbook sees in place of the YAML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.records.event_type import EventType
from casework.state.conditions import PERSON_FIELDS, POSTS
from casework.state.lint.asked import events_in
from casework.state.people import People
from casework.state.policy import Policy
from casework.state.said import DERIVED, NO, YES
from casework.state.span import span_from
from casework.views.labels import FOLDED, WORDS
from casework.words import Lang, Text, joined, same, text_from


@dataclass(frozen=True, eq=False)
class Wording:
    """Says the parts of one policy in one language. ``titles`` are those of the fields of a case."""

    policy: Policy
    people: People
    events: Mapping[str, EventType]
    titles: Mapping[str, Text]
    lang: Lang

    def say(self, text: Text, **parts: Any) -> str:
        """A sentence in the language of the reader."""
        return Text(text.en, text.zh, parts or text.parts).say(self.lang)

    def told(self, told: Any) -> str:
        """What a policy says in both languages, or plainly; items one after the other."""
        if isinstance(told, Mapping) and told.keys() == {"en", "zh"}:
            return str(told[self.lang])
        if isinstance(told, list):
            return self.all_of(map(self.told, told))
        return self.say(text_from(told)) if told is not None else ""

    def all_of(self, items: Iterable[str]) -> str:
        """Items one after the other."""
        return joined(items, self.lang)

    def any_of(self, items: Iterable[str]) -> str:
        """Items of which one will do."""
        return self.say(_OR).join(items)

    def who(self, name: str) -> str:
        """What a person, unit, role or post is called; what is not known stands as written."""
        if name in self.people.persons:
            return self.people.persons[name].name
        role = entries_of(self.policy, "roles").get(name) or {}
        if name in POSTS and name not in self.policy.roles:
            return self.say(POSTS[name])
        if "title" in role:
            return self.told(role["title"])
        return self.say(self._outside(name) or self.people.title_of(name))

    def _outside(self, name: str) -> Text | None:
        """A body outside the firm, as the lists of choices call it."""
        if name in self.people.units:
            return None
        lists = (choice.values for choice in self.policy.choices.values())
        return next((values[name] for values in lists if name in values), None)

    def whos(self, named: Any) -> str:
        """Several of them."""
        return self.all_of(map(self.who, listed(named)))

    def field(self, name: str, events: Sequence[str] = ()) -> str:
        """What people call a field of an event, or of a case."""
        kinds = [self.events[each] for each in events if each in self.events] or [*self.events.values()]
        of_events = next(
            (each.title_of(name) for each in kinds if name in {*each.fields, *each.common}), None
        )
        of_case = self.titles.get(name) or FOLDED.get(name) or DERIVED.get(name)
        title = (of_events or of_case) if events else (of_case or of_events)
        return self.say(title or same(name))

    def value(self, name: str, value: Any) -> str:
        """One value of a field by its title."""
        if isinstance(value, bool):
            return self.say(YES if value else NO)
        if not isinstance(value, str):
            return str(value)
        if name in PERSON_FIELDS:
            return self.who(value)
        if name == "limit":
            return self.limit(value)
        choice = self.policy.choices.get(name)
        title = choice.values.get(value) if choice else None
        if name == "document":
            title = text_from((entries_of(self.policy, "forms").get(value) or {}).get("title") or value)
        return self.say(title or WORDS.get(value) or same(value))

    def wanted(self, name: str, wanted: Any) -> str:
        """One VALUE: plain, one of a list, not, over, up to, given."""
        if not isinstance(wanted, Mapping):
            return self.any_of(self.value(name, each) for each in listed(wanted))
        (word, inner), *_ = wanted.items()
        if word == "given":
            return self.say(_GIVEN if inner else _NOT_GIVEN)
        if isinstance(inner, bool):
            return self.say(_NOT_YES if inner else _NOT_NO)
        return self.say(_BOUNDS[word], x=self.any_of(self.value(name, each) for each in listed(inner)))

    def cond(self, cond: Mapping[str, Any] | None, events: Sequence[str] = ()) -> str:
        """A whole condition: every field with what it must be."""
        parts = (
            self.say(_IS, field=self.field(name, events), value=self.wanted(name, wanted))
            for name, wanted in (cond or {}).items()
        )
        return self.say(_AND).join(parts)

    def event(self, name: str) -> str:
        """What an event is called."""
        if name in _SEEN:
            return self.say(_SEEN[name])
        return self.say(self.events[name].title) if name in self.events else name

    def ref(self, ref: Any, where: Mapping[str, Any] | None = None) -> str:
        """The events of a REF, each with what is asked of it; ``where`` is asked of all."""
        if isinstance(ref, list):
            return self.say(_OR_ELSE).join(self.ref(each, where) for each in ref)
        if not isinstance(ref, Mapping):
            event, _, reading = str(ref).partition(".")
            return self._event(event, where or {}, reading)
        asked = {**(where or {}), **(ref.get("where") or {})}
        if "lapsed" in events_in(ref) and "limit" in asked:
            return self.say(_LAPSE, limits=self.all_of(map(self.limit, listed(asked["limit"]))))
        if isinstance(ref["event"], list) and any(isinstance(each, Mapping) for each in ref["event"]):
            return self.ref(ref["event"], asked)
        named = self.any_of(map(self.event, events_in(ref)))
        return self._with(named, asked, events_in(ref), str(ref.get("reading") or ""))

    def _event(self, event: str, where: Mapping[str, Any], reading: str) -> str:
        return self._with(self.event(event), where, (event,), reading)

    def _with(self, named: str, where: Mapping[str, Any], events: Sequence[str], reading: str) -> str:
        asked = [self.cond(where, events)] if where else []
        if reading:
            asked.append(self.say(_READ, field=self.field(reading, events)))
        return self.say(_ASKED, event=named, asked=self.say(_AND).join(asked)) if asked else named

    def limit(self, name: str) -> str:
        """The title of a limit."""
        return next((self.say(each.title) for each in self.policy.limits if each.name == name), name)

    def needs(self, need: Any, moment: Sequence[str] = ()) -> list[str]:
        """What is needed, one item each; ``moment`` are the events whose own payload a value is asked of."""
        if isinstance(need, list):
            return [item for each in need for item in self.needs(each, moment)]
        if "event" in need:
            return [self.ref({key: told for key, told in need.items() if key != "clause"})]
        wanted = need.get("value", need.get("case"))
        events = moment if "value" in need else ()
        if not isinstance(wanted, Mapping):
            wanted = {name: {"given": True} for name in listed(wanted)}
        return [self.cond(wanted, events)]

    def span(self, told: str) -> str:
        """A span in words, or what stands there."""
        span = span_from(told)
        return self.say(span.text) if span else told

    def due(self, told: str) -> str:
        """An instant of an event's field, perhaps at a time of day."""
        clock, _, field = told.rpartition(" on ")
        event, _, name = field.partition(".")
        parts = {"field": self.field(name, (event,)), "event": self.event(event), "clock": clock}
        return self.say(_CLOCK_ON if clock else _AT_FIELD, **parts)


def entries_of(policy: Policy, section: str) -> dict[str, Any]:
    """The entries of a section as written, of the policy and of its guidance."""
    found: dict[str, Any] = {}
    for record in (policy.record, *policy.guidance):
        found |= record.value.get(section) or {}
    return found


def listed(told: Any) -> list[Any]:
    """One thing or a list of them, as a list; nothing as none."""
    return told if isinstance(told, list) else [] if told is None else [told]


_OR = Text(" or ", "或")
_OR_ELSE = Text(" or ", "，或")
_AND = Text("; ", "；")
_IS = Text("{field}: {value}", "{field}：{value}")
_ASKED = Text("{event} ({asked})", "{event}（{asked}）")
_READ = Text("its “{field}” counts", "以其“{field}”为准")
_LAPSE = Text("the lapse of: {limits}", "以下时限逾期：{limits}")
_SEEN = {
    "lapsed": Text("A limit lapses", "时限逾期"),
    "any": Text("Whatever happens", "任何事件"),
}
_NOT_YES, _NOT_NO = Text("no, or not stated", "否或未写明"), Text("yes, or not stated", "是或未写明")
_GIVEN, _NOT_GIVEN = Text("stated", "须写明"), Text("not stated", "未写明")
_BOUNDS = {
    "not": Text("not {x}", "不是{x}"),
    "over": Text("over {x}", "超过 {x}"),
    "up_to": Text("up to {x}", "不超过 {x}"),
}
_AT_FIELD = Text("the “{field}” of: {event}", "“{event}”所写的{field}")
_CLOCK_ON = Text("{clock} on the day of the “{field}” of: {event}", "“{event}”所写{field}当天的 {clock}")

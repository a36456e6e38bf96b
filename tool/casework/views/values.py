"""How one value of a case is shown: by its title, as a name, as an instant in the firm's zone; never one of personal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from casework.state.case import Event
from casework.state.conditions import PERSON_FIELDS
from casework.state.instant import Instant, instant_from
from casework.state.personal import is_personal
from casework.state.policy import Policy
from casework.views.labels import WORDS
from casework.views.site import Entry, Site
from casework.words import Text, same


class Detail(NamedTuple):
    """A labelled value; ``is_long`` wants a paragraph of its own; ``page`` is where it leads to, if anywhere."""

    label: str
    value: str
    is_long: bool = False
    page: str = ""


PEOPLE = PERSON_FIELDS | {"incident.persons", "target_unit", "owner_unit", "unit"}
ENTRIES = ("for", "limit")
KNOWN = ("kind", "channel", "mode", "about", "outcome", "incident.state")
INSTANTS = frozenset(("incident.at", "shift_end", "entered_at"))


def shown_value(site: Site, entry: Entry, name: str, value: Any) -> str:
    """One value of the field ``name`` in words, whatever of ``personal:`` stands in it struck out."""
    policy = entry.state.policy if entry.state else None
    if entry.state and name in entry.state.secrecy.mask:
        return site.label("masked")
    return entry.veil.over(_said(site, policy, name, value))


def _said(site: Site, policy: Policy | None, name: str, value: Any) -> str:
    match value:
        case bool():
            return site.label("yes" if value else "no")
        case list() | tuple():
            return site.label("comma").join(_said(site, policy, name, each) for each in value)
        case dict():
            return site.label("semicolon").join(
                f"{_said(site, policy, name, key)} {_said(site, policy, key, each)}"
                for key, each in value.items()
            )
        case str():
            return _word(site, policy, name, value)
    return str(value)


def _word(site: Site, policy: Policy | None, name: str, value: str) -> str:
    if name in PEOPLE:
        return site.who(value, policy)
    if name == "at" or name.endswith("_at") or name in INSTANTS:
        return _instant(site, value)
    choice = policy.choices.get(name) if policy else None
    title = choice.values.get(value) if choice else None
    if title is None and policy and name == "document":
        title = _form_title(policy, value)
    if title is None and policy and name in ENTRIES:
        title = next((entry.title for entry in policy.limits if entry.name == value), None)
    if title is None and name in KNOWN:
        title = WORDS.get(value)
    return site.say(title) if title else value


def _instant(site: Site, value: str) -> str:
    told = instant_from(value, site.register.firm.zone)
    moment = site.moment(told) if isinstance(told, Instant) else None
    return f"{moment.day} {moment.time}".strip() if moment else value


def _form_title(policy: Policy, name: str) -> Text | None:
    form = (policy.record.value.get("forms") or {}).get(name)
    title = form.get("title") if isinstance(form, Mapping) else None
    if isinstance(title, Mapping):
        return Text(str(title.get("en", name)), str(title.get("zh", name)))
    return same(str(title)) if title else None


SEEN_ELSEWHERE = ("event", "at", "by", "personal")


def details_of(site: Site, entry: Entry, event: Event) -> list[Detail]:
    """What an event says beyond when and who: the fields of its type in the schema's order, then the common ones.

    Nothing where no policy judges the case: none says then how secret it is.
    """
    if entry.state is None:
        return []
    return [
        _detail(site, entry, event, name, title)
        for name, title in {**event.type.fields, **event.type.common}.items()
        if name in event.told and name not in SEEN_ELSEWHERE and event.told[name] is not None
    ]


def _detail(site: Site, entry: Entry, event: Event, name: str, title: Text) -> Detail:
    label, value = site.say(title), event.told[name]
    match event.name, name:
        case "superseded", "of":
            return Detail(label, _corrected(site, entry, value))
        case "superseded", "field":
            return Detail(label, site.say(site.register.titles.get(value, same(value))))
        case "superseded", "now":
            return Detail(label, _now(site, entry, event))
        case "linked_repeat", "case" if value in site.by_number:
            return Detail(label, value, page=site.by_number[value].page)
    said = shown_value(site, entry, name, value)
    return Detail(label, said, name in ("note", "reason", "measure") or len(said) > 60)


def _corrected(site: Site, entry: Entry, of: Mapping[str, Any]) -> str:
    """Which entry was corrected: its event, instant and person."""
    kind = site.register.events.get(str(of.get("event")))
    title = site.say(kind.title) if kind else str(of.get("event"))
    by = site.who(str(of.get("by", "")), entry.state.policy if entry.state else None)
    return entry.veil.over(f"{title} {_instant(site, str(of.get('at')))} {by}".strip())


def _now(site: Site, entry: Entry, event: Event) -> str:
    field = str(event.told.get("field", ""))
    if is_personal(field):
        return site.label("not_shown")
    return shown_value(site, entry, field, event.told["now"])


def owners_of(site: Site, entry: Entry, named: tuple[str, ...] = ()) -> str:
    """Whom a policy's owners mean in this case, by name; where it names none, whoever answers for the case."""
    state = entry.state
    if state is None:
        return ""
    who = [each for name in named or ("responsible",) for each in state.whom(name)]
    names = [site.who(each, state.policy) for each in who]
    return entry.veil.over(site.label("comma").join(dict.fromkeys(names)))

"""What an entry of each section says: when it applies, what it counts, who, how far; one function a section."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from casework.state.lint.asked import events_in, moment_of
from casework.views.handbook_labels import DUE, EVERY, FIGURES, LEVEL, RESTART, UNIT_KINDS
from casework.views.labels import LABELS
from casework.views.policy_words import Wording, entries_of, listed
from casework.words import Text, same

Told = Mapping[str, Any]
Facts = Iterator[tuple[str, str]]


def _limit(wording: Wording, told: Told) -> Facts:
    yield "when", wording.cond(told.get("when"))
    yield "from", wording.ref(told["from"]) if "from" in told else ""
    yield "until", wording.ref(told["until"])
    yield "within", wording.span(told["within"]) if "within" in told else ""
    yield "due", wording.due(told["due"]) if "due" in told else ""
    yield "same_as", wording.limit(told["same_as"]) if "same_as" in told else ""
    yield from (("tier", _tier(wording, each)) for each in told.get("tiers") or ())
    yield "target", wording.span(told["target"]) if "target" in told else ""
    yield "extend", _extension(wording, told["extend"]) if "extend" in told else ""
    yield "pause", _pause(wording, told["pause"]) if "pause" in told else ""
    yield "unless", wording.ref(told["unless"]) if "unless" in told else ""
    yield "again", wording.say(_RENEWS) if told.get("again") == "renew" else ""
    yield "per", wording.field(told["per"], events_in(told.get("from"))) if "per" in told else ""
    yield "part_of", wording.limit(told["part_of"]) if "part_of" in told else ""
    yield "settles", wording.say(_SETTLES) if told.get("settles") else ""
    yield "owner", wording.whos(told.get("owner"))


def _tier(wording: Wording, told: Told) -> str:
    promise = wording.span(told["within"]) if "within" in told else ""
    if "due" in told:
        promise = wording.due(told["due"])
    force = LABELS[f"force_{told['force']}"].say(wording.lang) if "force" in told else ""
    says = wording.all_of(filter(None, (promise, force)))
    return wording.say(_TIER, when=wording.cond(told["when"]), says=says)


def _extension(wording: Wording, told: Told) -> str:
    by = wording.ref({"event": told["with"], "where": told.get("where") or {}})
    said = wording.say(_EXTENSION, by=by, up_to=wording.span(told["up_to"]))
    return wording.say(_ONLY_IF, said=said, when=wording.cond(told["when"])) if "when" in told else said


def _pause(wording: Wording, told: Told) -> str:
    return wording.say(_PAUSE, begin=wording.ref(told["from"]), end=wording.ref(told["until"]))


def _duty(wording: Wording, told: Told) -> Facts:
    moment = moment_of(told)
    yield "when", wording.cond(told.get("when"))
    yield moment, wording.ref(told[moment])
    yield "owed_by", wording.ref(told["by"]) if moment == "after" and "by" in told else ""
    needs = wording.needs(told["need"], events_in(told[moment]))
    in_order = told.get("in_order") and len(needs) > 1
    yield "per_same", wording.field(told["per"], events_in(told[moment])) if "per" in told else ""
    yield "need", wording.say(_THEN).join(needs) if in_order else wording.say(_BOTH).join(needs)
    yield "owner", wording.whos(told.get("owner"))


def _ban(wording: Wording, told: Told) -> Facts:
    yield "when", wording.cond(told.get("when"))
    yield "event", wording.ref(told["event"], told.get("where"))
    yield "until_then", wording.ref(told["before"]) if "before" in told else ""
    yield "after", wording.ref(told["after"]) if "after" in told else ""
    yield "owner", wording.whos(told.get("owner"))


def _repeat(wording: Wording, told: Told) -> Facts:
    yield "when", wording.cond(told.get("when"))
    yield "same", wording.all_of(map(wording.field, told["same"]))
    yield "count", str(told["count"])
    yield "in_all", wording.span(told["within"]) if "within" in told else ""
    yield "need", wording.say(_BOTH).join(wording.needs(told["need"]))


def _owner(wording: Wording, told: Told) -> Facts:
    yield "begins", wording.ref(told["from"])
    yield "passes_by", wording.ref(told["passes_by"]) if "passes_by" in told else ""


def _keep(wording: Wording, told: Told) -> Facts:
    yield "when", wording.cond(told.get("when"))
    yield "from", wording.ref(told["from"])
    yield "keep", wording.span(told["keep"])


def _recurring(wording: Wording, told: Told) -> Facts:
    made = dict(_made(wording))
    produce = told["produce"]
    yield "produce", made[produce] if produce in made else wording.event(produce)
    yield "every", wording.say(EVERY[told["every"]])
    yield "for_each", _each(wording, told["per"]) if "per" in told else ""
    yield "at_least", str(told["at_least"]) if "at_least" in told else ""
    yield "due_after", _due_after(wording, str(told["due"])) if "due" in told else ""
    yield from (
        ("window", wording.say(_WINDOW, first=each["from"], last=each["to"], due=each["due"]))
        for each in told.get("windows") or ()
    )


def _each(wording: Wording, kind: str) -> str:
    return wording.say(UNIT_KINDS[kind]) if kind in UNIT_KINDS else wording.say(_UNITS, kind=kind)


def _made(wording: Wording) -> Iterator[tuple[str, str]]:
    """The reports and forms by name, with their titles."""
    for section in ("reports", "forms"):
        for name, told in entries_of(wording.policy, section).items():
            yield name, wording.told((told or {}).get("title") or name)


def _due_after(wording: Wording, due: str) -> str:
    return wording.say(DUE[due]) if due in DUE else wording.span(due)


def _secrecy(wording: Wording, told: Told) -> Facts:
    yield "when", wording.cond(told.get("when"))
    yield "from", wording.ref(told["from"]) if "from" in told else ""
    yield "secret", wording.say(LEVEL[told["level"]]) if "level" in told else ""
    yield "mask", wording.all_of(map(wording.field, listed(told.get("mask"))))
    yield "access", wording.whos(told.get("access"))


def _numbering(wording: Wording, told: Told) -> Facts:
    yield "pattern", told["pattern"]
    yield "restart", wording.say(RESTART[told.get("restart", "never")])


def bearers(wording: Wording, name: str, told: Told, day: date) -> Facts:
    """What a role is called besides, who bears it as of the day, and who stands in."""
    everybody = wording.people.persons.values()
    borne = [each.name for each in everybody if each.bears(name, day) and each.office.holds_on(day)]
    yield "aliases", wording.told(told.get("aliases"))
    yield "borne_by", wording.all_of(borne) if borne else wording.say(_NOBODY)
    yield "substitutes", wording.whos(told.get("substitutes"))


def _choice(wording: Wording, told: Told) -> Facts:
    yield "values", wording.all_of(_values(wording, told.get("values") or ()))
    yield "open", wording.say(_OPEN) if told.get("open") else ""
    yield "many", wording.say(_MANY) if told.get("many") else ""


def _values(wording: Wording, values: Any) -> Iterator[str]:
    """Every value by title, with its clause, and what is below it in brackets."""
    for value in values:
        told = (values[value] if isinstance(values, Mapping) else None) or {}
        below = wording.all_of(_values(wording, told.get("values") or ()))
        marks = wording.say(_COMMA).join(filter(None, (*map(str, listed(told.get("clause"))), below)))
        title = wording.told(told.get("title") or value)
        yield wording.say(_WITH, title=title, marks=marks) if marks else title


def _form(wording: Wording, told: Told) -> Facts:
    yield "contains", wording.all_of(map(wording.field, told.get("contains") or ()))
    for copy, who in (told.get("copies") or {}).items():
        yield "copy", wording.say(_COPY, n=copy, who=wording.whos(who))
    yield "internal", wording.say(_INTERNAL) if told.get("internal") else ""


def _report(wording: Wording, told: Told) -> Facts:
    titles = (FIGURES.get(name) or same(name) for name in told["figures"])
    yield "figures", wording.all_of(wording.say(title) for title in titles)


def _about(wording: Wording, told: Told) -> Facts:
    for key, value in told.items():
        if key in _SOMEBODY:
            names = [
                wording.who(each) if isinstance(each, str) else wording.told(each) for each in listed(value)
            ]
            yield key, wording.all_of(names)
        elif key == "verified":
            yield key, wording.say(_VERIFIED if value else _AS_CITED)
        elif key not in ("clause", "title", "reading", "text"):
            yield key, wording.told(value)


_VERIFIED = Text("yes", "是")
_AS_CITED = Text("no: as the source cites it", "否，仅照原文所引")
_SOMEBODY = ("noted_by", "issuer", "approver", "reviewer", "owner_unit", "executors", "interpreter")


def _nothing(wording: Wording, told: Told) -> Facts:
    yield from ()


FACTS: Mapping[str, Callable[[Wording, Told], Facts]] = {
    "owner": _owner,
    "limits": _limit,
    "duties": _duty,
    "bans": _ban,
    "repeats": _repeat,
    "retention": _keep,
    "secrecy": _secrecy,
    "recurring": _recurring,
    "numbering": _numbering,
    "choices": _choice,
    "forms": _form,
    "reports": _report,
    "about": _about,
    "shown": _nothing,
}
_RENEWS = Text("each new beginning takes the place of the one that runs", "每次重新开始，都取代正在计的一次")
_SETTLES = Text("the case's own limit in the figures", "本案的总期限")
_TIER = Text("{when} → {says}", "{when} → {says}")
_EXTENSION = Text("{by}, up to {up_to} from the beginning", "{by}，自起算时起最长 {up_to}")
_ONLY_IF = Text("{said}, only where {when}", "{said}，仅限{when}")
_PAUSE = Text("from: {begin}; until: {end}", "自{begin}起，至{end}止")
_THEN = Text(", then ", "，然后 ")
_BOTH = Text("; and ", "；并且 ")
_UNITS = Text("each unit of the kind “{kind}”", "“{kind}”类的各部门")
_WINDOW = Text("{first} to {last}, due {due}", "{first} 至 {last}，{due} 前")
_NOBODY = Text("nobody", "无人")
_OPEN = Text("others may be used too", "可以使用清单以外的值")
_MANY = Text("several may be chosen", "可以多选")
_COMMA = Text(", ", "，")
_WITH = Text("{title} ({marks})", "{title}（{marks}）")
_COPY = Text("{n}: {who}", "第 {n} 联：{who}")
_INTERNAL = Text("within the firm, not shown to the complainant", "内部使用，不给投诉人看")

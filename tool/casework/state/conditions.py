"""What a policy's WHO, VALUE, COND and REF mean, compiled once into things that can be asked of a step."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any, NamedTuple

from casework.state.case import Event
from casework.state.people import People
from casework.words import Text

PERSON_FIELDS = frozenset(
    [
        "by",
        "to",
        "from",
        "person",
        "members",
        "approved_by",
        "signed_by",
        "owner",
        "handler",
        "respondent",
        "tracker",
        "of",
        "entered_by",
    ]
)
POSTS: Mapping[str, Text] = {
    "complainant": Text("the complainant", "投诉人"),
    "respondent": Text("the respondent", "被投诉人"),
    "interested": Text("those with an interest", "利害关系人"),
    "first-contact": Text("the first person asked", "首问人"),
    "responsible": Text("whoever answers for the case", "责任人"),
    "holder": Text("whoever has the case", "当前经手人"),
    "handler": Text("the handler", "处理人"),
    "tracker": Text("the tracker", "跟踪人"),
    "team": Text("the investigation team", "调查组成员"),
    "action-owner": Text("whoever owns the corrective action", "整改责任人"),
}


class Step(NamedTuple):
    """One event with the case as it then stood: facts include the event, posts are from just before it (4.1, 4.9)."""

    event: Event
    facts: Mapping[str, Any]
    posts: Mapping[str, tuple[str, ...]]
    people: People
    roles: Mapping[str, tuple[str, ...]]  # role → its substitutes


Test = Callable[[Any, Step], bool]
Cond = tuple[tuple[str, Test], ...]


class Ref(NamedTuple):
    """One event a policy waits for: its names, a condition on its payload, and the field to read instead of its instant."""

    names: frozenset[str]
    where: Cond = ()
    reading: str | None = None


Refs = tuple[Ref, ...]


def fits(refs: Refs, step: Step) -> Ref | None:
    """The first of the refs that the step fits."""
    kinds = step.event.kinds
    for ref in refs:
        if not ref.names.isdisjoint(kinds) and (not ref.where or holds(ref.where, step.event.told, step)):
            return ref
    return None


def names_in(refs: Refs) -> frozenset[str]:
    """Every event name that one of the refs could fit."""
    return frozenset(name for ref in refs for name in ref.names)


def holds(cond: Cond, values: Mapping[str, Any], step: Step) -> bool:
    """Whether all of a condition holds of the values."""
    for name, test in cond:  # noqa: SIM110 - a loop is twice as fast as all(), and this is asked most
        if not test(values.get(name), step):
            return False
    return True


def cond_from(told: Mapping[str, Any] | None, of_ban: bool = False) -> Cond:
    """Compile ``{FIELD: VALUE, …}``; to break a ban's ``not`` it is enough that one item of a list is none of them."""
    return tuple((name, _test_of(name, wanted, of_ban)) for name, wanted in (told or {}).items())


def _test_of(name: str, wanted: Any, of_ban: bool) -> Test:
    test = test_from(name, wanted)
    if name.startswith("personal."):
        return _unless_sealed(test)
    return _some(test) if of_ban and isinstance(wanted, Mapping) and "not" in wanted else test


def _some(test: Test) -> Test:
    """Whether one item of a list, or what is no list, passes."""

    def some(value: Any, step: Step) -> bool:
        return (
            any(test(each, step) for each in value)
            if value and isinstance(value, list)
            else test(value, step)
        )

    return some


def _unless_sealed(test: Test) -> Test:
    """Into a sealed block nobody can look: whatever is asked for counts as given there."""
    return lambda value, step: test(value if is_given(value) else step.facts.get("personal.sealed"), step)


def test_from(name: str, wanted: Any) -> Test:
    """Compile one VALUE: plain, a list (one of), not, over, up_to, given."""
    if isinstance(wanted, Mapping):
        (word, inner), *_ = wanted.items()
        return _WORDS[word](name, inner)
    if name in PERSON_FIELDS:
        who = tuple(listed(wanted))
        return lambda value, step: any(is_who(each, who, step) for each in listed(value))
    return _one_of(tuple(listed(wanted)))


def _one_of(options: tuple[Any, ...]) -> Test:
    """Whether a value, or one item of a list, is one of the options; a plain word is the usual case."""
    words = frozenset(options) if all(isinstance(each, str) for each in options) else None

    def test(value: Any, step: Step) -> bool:
        if words is not None and value.__class__ is str:
            return value in words
        return any(_same(each, option) for each in listed(value) for option in options)

    return test


def _not(name: str, inner: Any) -> Test:
    test = test_from(name, inner)
    return lambda value, step: not test(value, step)


def _over(name: str, inner: Any) -> Test:
    bound = Decimal(str(inner))
    return lambda value, step: (number := number_of(value)) is not None and number > bound


def _up_to(name: str, inner: Any) -> Test:
    bound = Decimal(str(inner))
    return lambda value, step: (number := number_of(value)) is not None and number <= bound


def _given(name: str, inner: Any) -> Test:
    return lambda value, step: is_given(value) == inner


_WORDS: Mapping[str, Callable[[str, Any], Test]] = {
    "not": _not,
    "over": _over,
    "up_to": _up_to,
    "given": _given,
}


def is_given(value: Any) -> bool:
    """Whether a value says anything at all; ``false`` and ``0`` do."""
    return value is not None and value != "" and value != []


def number_of(value: Any) -> Decimal | None:
    """An amount or count as written, as a Decimal; None if it is no number."""
    if value is None or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def is_who(value: Any, who: Sequence[str], step: Step) -> bool:
    """Whether a person, unit or role fits one of WHO on the event's day and in this case (4.9)."""
    return isinstance(value, str) and any(value == each or _fits_one(value, each, step) for each in who)


def _fits_one(value: str, who: str, step: Step) -> bool:
    if who in POSTS:
        held_by = post_of(step.posts, who)
        return value in held_by or (who in _PASSED and _is_of(value, held_by, step))
    if _is_kept_out(value, step):
        return False
    if step.people.bears(value, who, step.event.day):
        return True
    return _stands_in(value, who, step)


def _is_of(value: str, held_by: Sequence[str], step: Step) -> bool:
    """What was passed to a unit or a role was passed to whoever belongs to it, or bears it, that day."""
    day = step.event.day
    return not _is_kept_out(value, step) and any(step.people.bears(value, each, day) for each in held_by)


def post_of(posts: Mapping[str, tuple[str, ...]], post: str) -> tuple[str, ...]:
    """Who holds a post: until someone is assigned the handler is the holder, and the first asked is responsible."""
    return posts.get(post) or posts.get(_UNTIL_THEN.get(post, ""), ())


_PASSED = ("responsible", "holder", "handler", "team", "action-owner")
_UNTIL_THEN = {"handler": "holder", "responsible": "first-contact"}


def _stands_in(value: str, role: str, step: Step) -> bool:
    """A substitute fits only when no holder of the role is available that day (LAW-10)."""
    substitutes = step.roles.get(role, ())
    if not any(step.people.bears(value, each, step.event.day) or value == each for each in substitutes):
        return False
    kept_out = (*step.posts.get("respondent", ()), *step.posts.get("interested", ()))
    return not step.people.available(role, step.event.day, kept_out)


def _is_kept_out(value: str, step: Step) -> bool:
    return value in step.posts.get("respondent", ()) or value in step.posts.get("interested", ())


def refs_from(told: Any, of_ban: bool = False) -> Refs:
    """Compile a REF: an event, ``EVENT.FIELD``, ``{event, where, reading}``, or a list of these."""
    if told is None:
        return ()
    if isinstance(told, list):
        return tuple(ref for each in told for ref in refs_from(each, of_ban))
    if isinstance(told, Mapping):
        where = cond_from(told.get("where"), of_ban)
        return tuple(
            ref._replace(where=(*ref.where, *where), reading=told.get("reading") or ref.reading)
            for ref in refs_from(told["event"], of_ban)
        )
    name, _, reading = told.partition(".")
    return (Ref(frozenset((name,)), (), reading or None),)


def _same(value: Any, option: Any) -> bool:
    if value == option:
        return type(value) is type(option) or not isinstance(value, bool)
    if isinstance(option, int) and not isinstance(option, bool):
        return number_of(value) == option
    return not isinstance(value, bool) and value is not None and str(value) == str(option)


def listed(value: Any) -> Sequence[Any]:
    """A list as it is, one value as a list of it, nothing as none."""
    return value if isinstance(value, list) else () if value is None else (value,)

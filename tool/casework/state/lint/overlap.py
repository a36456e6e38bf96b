"""What conditions say of one another: whether two can hold together, and whether one follows from the other."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from casework.state.conditions import PERSON_FIELDS, number_of


def can_both_hold(one: Mapping[str, Any], two: Mapping[str, Any], many: Collection[str] = ()) -> bool:
    """Whether one case can fit both conditions; a field of ``many``, or of people, may fit several values at once."""
    return all(
        _meet(one[name], two[name], name in PERSON_FIELDS or name in many) for name in one.keys() & two.keys()
    )


def implies(one: Mapping[str, Any], two: Mapping[str, Any]) -> bool:
    """Whether whatever fits the first condition surely fits the second."""
    return all(
        name in one and _within(one[name], wanted, name in PERSON_FIELDS) for name, wanted in two.items()
    )


def _meet(one: Any, two: Any, is_many: bool) -> bool:
    """Whether one value can be both."""
    kinds = {_kind(one), _kind(two)}
    if "absent" in kinds:  # fits what is shut out or absent, and nothing that must be there
        return kinds <= {"absent", "not"}
    if is_many or "given" in kinds or _kind(one) == _kind(two) == "not":
        return True
    if kinds == {"plain", "not"}:
        plain, shut = (one, two) if _kind(one) == "plain" else (two, one)
        return bool(_words(plain) - _words(shut))
    if kinds == {"plain"}:
        return bool(_words(one) & _words(two))
    return _ranges_meet(one, two)


def _within(one: Any, two: Any, is_person: bool) -> bool:
    """Whether a value that fits the first VALUE surely fits the second."""
    kinds = _kind(one), _kind(two)
    if kinds == ("plain", "plain"):
        return _words(one) <= _words(two)
    if kinds[1] == "given":
        return kinds[0] in ("plain", "given", "number")
    if kinds == ("plain", "not"):
        return not is_person and not _words(one) & _words(two)
    if kinds == ("not", "not"):
        return _words(two) <= _words(one)
    return bool(one == two)


def _kind(wanted: Any) -> str:
    """plain, not, number, given, absent."""
    if not isinstance(wanted, Mapping):
        return "plain"
    (word, inner), *_ = wanted.items()
    if word == "given":
        return "given" if inner else "absent"
    return "not" if word == "not" else "number"


def _words(wanted: Any) -> frozenset[str]:
    told = wanted["not"] if isinstance(wanted, Mapping) else wanted
    return frozenset(map(str, told if isinstance(told, list) else [told]))


def _ranges_meet(one: Any, two: Any) -> bool:
    """Whether two bounds, or a bound and a number, leave anything between them; what is no number is let pass."""
    over = [number_of(each["over"]) for each in (one, two) if isinstance(each, Mapping) and "over" in each]
    up_to = [number_of(each["up_to"]) for each in (one, two) if isinstance(each, Mapping) and "up_to" in each]
    return all(low is None or high is None or low < high for low in over for high in up_to)

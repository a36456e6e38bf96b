"""Two judgements of one case held against each other: what belongs together, and what is otherwise."""

from __future__ import annotations

from casework.state.compared import Pair, pairs_of
from hypothesis import given
from hypothesis import strategies as some

Thing = tuple[str, int]
THINGS = some.lists(some.tuples(some.sampled_from("abc"), some.integers(0, 3)))


def otherwise(before: list[Thing], after: list[Thing]) -> list[Pair[Thing]]:
    return list(pairs_of(before, after, named=lambda each: each[0], told=lambda each: each[1]))


def test_new_gone_and_changed() -> None:
    found = otherwise([("a", 1), ("b", 1), ("c", 1)], [("a", 1), ("c", 2), ("d", 1)])
    assert found == [(("b", 1), None), (("c", 1), ("c", 2)), (None, ("d", 1))]
    assert [each.change for each in found] == ["gone", "changed", "new"]


def test_of_several_of_one_name_those_told_alike_belong_together() -> None:
    assert otherwise([("a", 1), ("a", 2)], [("a", 2), ("a", 3)]) == [(("a", 1), ("a", 3))]
    assert otherwise([("a", 1), ("a", 1)], [("a", 1)]) == [(("a", 1), None)]


@given(THINGS)
def test_the_same_in_another_order_is_not_otherwise(things: list[Thing]) -> None:
    assert otherwise(things, things[::-1]) == []


@given(THINGS, THINGS)
def test_nothing_is_lost_and_seen_from_the_other_side_it_is_the_same(
    before: list[Thing], after: list[Thing]
) -> None:
    found = otherwise(before, after)
    gone = len([each for each in found if each.before is not None])
    new = len([each for each in found if each.after is not None])
    assert len(before) - gone == len(after) - new
    back = otherwise(after, before)
    assert len(back) == len(found)

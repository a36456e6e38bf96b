"""Which words of the block are looked for elsewhere, and where they stand as words of their own."""

from __future__ import annotations

import doctest
from time import perf_counter
from typing import Any

import pytest
from casework.state import personal
from casework.state.personal import MANY, likely_in, place_of, private_words
from hypothesis import given
from hypothesis import strategies as some


def test_examples_in_docstrings() -> None:
    told = doctest.testmod(personal)
    assert told.attempted and not told.failed


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"name": "Al", "nickname": "al", "company_name": "3M", "姓名": "李"}, ["Al", "al", "3M"]),
        ({"name": "欧阳", "contacts": ["微信 oy", "o@x"]}, ["欧阳", "微信 oy"]),
        (
            {"phone": 13812345678, "floor": 12, "room": "123456", "card": "1234567"},
            ["13812345678", "1234567"],
        ),
        ({"gender": "female", "birth_year": 1980, "job_title": "Manager", "age": "eighty-one"}, []),
        ({"village": "Newton", "message": "Call me"}, ["Newton", "Call me"]),
        ({"unit": "office", "address": "Rose-Lane", "cat": "Tom"}, ["Rose-Lane"]),
        (
            {"statement": "修好\n三天之内一定修好\nmoney back\nI was told twice."},
            ["三天之内一定修好", "I was told twice."],
        ),
        ({"sealed": "AGE-ENCRYPTED", "is_member": True}, []),
    ],
)
def test_what_points_to_a_person(told: dict[str, Any], words: list[str]) -> None:
    assert list(private_words(told)) == words


@pytest.mark.parametrize(
    ("word", "text", "at"),
    [
        ("Lee", "Lee", 0),
        ("Lee", "Leeds", -1),
        ("Lee", "李Lee说", 1),
        ("13812345678", "order 913812345678", -1),
        ("13812345678", "电话13812345678。", 2),
        ("王小明", "老王小明儿", 1),
        ("A座3号", "BA座3号 A座3号5", 6),
        ("o@x.cn", "mail o@x.cn.", 5),
    ],
)
def test_where_a_word_stands_on_its_own(word: str, text: str, at: int) -> None:
    assert place_of(word, text) == at


@given(
    some.lists(some.text("abc王李", min_size=1, max_size=10), max_size=3 * MANY),
    some.text("abc王李 ", max_size=60),
)
def test_of_many_words_none_that_stands_there_is_passed_over(words: list[str], text: str) -> None:
    assert {word for word in words if word in text} <= set(likely_in(text, words))


def test_thousands_of_lines_are_looked_for_at_once() -> None:
    words = [f"顾客说第{n}天去了柜台并未得到答复" for n in range(20_000)]
    begun = perf_counter()
    assert [*likely_in("顾客说柜台已当面核对小票与实物" * 10_000, words)] == []
    assert perf_counter() - begun < 3.0  # one look for each of them takes a minute

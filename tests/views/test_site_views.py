"""The small pure parts of the site: what is struck out, made visible, drawn, listed and told."""

from __future__ import annotations

import doctest
from types import ModuleType

import pytest
from casework.figures import figure, month
from casework.rules import every_rule
from casework.state.personal import private_words
from casework.views import labels, visible
from casework.views.chart import chart_of
from casework.views.pages_guide import Written, other_of
from casework.views.pages_rules import stories_of
from casework.views.veil import STRUCK, Veil
from casework.views.visible import visible as made_visible
from casework.words import Text
from hypothesis import given
from hypothesis import strategies as some


@pytest.mark.parametrize("module", [figure, month, visible])
def test_examples_in_docstrings(module: ModuleType) -> None:
    told = doctest.testmod(module)
    assert told.attempted and not told.failed


class TestVeil:
    def test_the_longest_goes_first_and_short_words_stay(self) -> None:
        veil = Veil(
            private_words(
                {"name": "欧阳小明", "alias": "欧阳", "initial": "欧", "phone": 15400001234, "pet": "cat"}
            )
        )
        assert veil.over("欧阳小明(欧阳,欧) 15400001234 cat") == f"{STRUCK}({STRUCK},欧) {STRUCK} cat"

    def test_a_part_of_a_longer_word_stays(self) -> None:
        assert Veil(["Lee"]).over("sleepy Leeds, Mr Lee and Lee") == f"sleepy Leeds, Mr {STRUCK} and {STRUCK}"

    def test_a_sealed_block_says_nothing(self) -> None:
        assert list(private_words({"sealed": "AGE-ENCRYPTED"})) == []


class TestVisible:
    def test_tabs_and_lines_stay(self) -> None:
        assert made_visible("a\tb\nc　d") == "a\tb\nc　d"

    @given(some.text())
    def test_whatever_comes_in_can_be_written_and_shows_no_marks(self, text: str) -> None:
        shown = made_visible(text)
        shown.encode()
        assert not set(shown) & set("\x00\x1b\x7f\x85\u202e\u2066\u200f\ud800")


class TestChart:
    def test_bars_stand_on_the_base_and_below_the_top(self) -> None:
        chart = chart_of(["2025-12", "2026-01"], [[0, 7], [3, 8]])
        bars = [bar for group in chart.groups for bar in group.bars]
        assert all(abs(bar.y + bar.height - chart.base) < 0.02 and bar.y >= 0 for bar in bars)
        assert [bar.value for bar in bars] == [0, 3, 7, 8] and [tick.value for tick in chart.ticks] == [
            0,
            4,
            8,
        ]
        assert [group.year for group in chart.groups] == ["2025", "2026"]

    @given(some.lists(some.integers(0, 10**6), max_size=24))
    def test_it_holds_any_numbers(self, values: list[int]) -> None:
        chart = chart_of([f"2026-{n % 12 + 1:02}" for n in range(len(values))], [values, values[::-1]])
        for group in chart.groups:
            assert all(0 <= bar.y <= chart.base and chart.left <= bar.x <= chart.right for bar in group.bars)
        assert chart.ticks[-1].value >= max(values, default=0)


def test_every_rule_tells_its_story_in_both_languages() -> None:
    for rule in every_rule():
        english, chinese = stories_of(rule.story)
        assert english.lead.endswith(".") and english.rest, rule.name
        assert chinese.lead.endswith("。") and chinese.rest, rule.name
        assert "中文" not in english.lead + "".join(english.rest)


def test_every_label_has_both_languages() -> None:
    tables = [told for told in vars(labels).values() if isinstance(told, dict)]
    texts = [text for table in tables for text in table.values() if isinstance(text, Text)]
    assert len(texts) > 200
    for text in texts:
        assert (text.en and text.zh) or text in (labels.LABELS["due_by_end"],)
        assert text.en != text.zh, text


def test_which_page_is_the_same_in_the_other_language() -> None:
    pages = [
        Written(name, name.replace(".md", ".html"), name)
        for name in ("a.md", "a.zh.md", "b.en.md", "b.zh.md", "c.md")
    ]
    other = {each.source: (found.page if (found := other_of(each.source, pages)) else None) for each in pages}
    assert other == {
        "a.md": "a.zh.html",
        "a.zh.md": "a.html",
        "b.en.md": "b.zh.html",
        "b.zh.md": "b.en.html",
        "c.md": None,
    }

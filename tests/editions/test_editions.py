"""Two editions of one policy: each case is judged by the one in force on its day of receipt, to the end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from operator import attrgetter
from pathlib import Path

import pytest
from casework.desk.story import retold
from casework.examine import examine, register_of
from casework.house import House, house_of
from casework.records.source import Files, WorkTree
from casework.state.compared import deadlines_otherwise, judged_anew, judged_since, keeping_otherwise
from casework.state.register import Register, edition_at_hand

HERE = Path(__file__).parent
REPO = HERE.parents[1]
FIRM = HERE.parent / "firm"
AT = datetime(2026, 4, 10, tzinfo=UTC)
DAYS = ((1, 1), (3, 31), (4, 1))
BEGINS = attrgetter("in_force_from")
CASE = """\
case: {number}
receipt: {receipt}
policy: standard
channel: letter
complainant: p-aaaaaa
events:
  - {{event: received, at: {at}, by: li}}
"""


@pytest.fixture
def files() -> dict[str, bytes]:
    """The firm of the tests with both editions of its policy."""
    under = [(FIRM, path) for path in FIRM.rglob("*.yaml")]
    under += [(HERE, path) for path in HERE.glob("policies/*.yaml")]
    under += [(REPO, path) for path in REPO.glob("schema/**/*.json")]
    return {path.relative_to(root).as_posix(): path.read_bytes() for root, path in under}


@pytest.fixture
def house(files: dict[str, bytes]) -> House:
    return house_of(Files(files))


@pytest.mark.parametrize("story", sorted(HERE.glob("stories/*.yaml")), ids=lambda story: story.stem)
def test_a_story_comes_out_as_it_is_told(story: Path, house: House) -> None:
    told = retold(story, house)
    assert told.flaws == ()
    assert [
        (each.told and each.told.written, each.found and each.found.written) for each in told.differences
    ] == []


def test_both_are_on_the_shelf_and_neither_is_flawed(house: House) -> None:
    assert house.flaws == ()
    assert [each.in_force_from.month for each in house.policies["standard"]] == [1, 4]


def test_each_case_bears_the_edition_of_its_own_day(files: dict[str, bytes]) -> None:
    for n, at in enumerate(("2026-03-31", "2026-04-01"), 1):
        number = f"{at[:7]}-{n:04}"
        path = f"cases/2026/{at[5:7]}/{number}.yaml"
        files[path] = CASE.format(number=number, receipt=f"7KQF-3M9{n + 1}", at=at).encode()
    register, _ = examine(Files(files), AT, AT)
    assert {state.number: state.policy.in_force_from.isoformat() for state in register.states} == {
        "2026-03-0001": "2026-01-01",
        "2026-04-0002": "2026-04-01",
    }


def test_a_file_whose_name_says_another_day_is_flawed(files: dict[str, bytes]) -> None:
    body = files.pop("policies/standard@2026-04-01.yaml")
    files["policies/standard@2026-05-01.yaml"] = body
    policies = house_of(Files(files)).policies
    (flaw,) = policies.flaws
    assert "standard" not in policies and flaw.place.line == 4
    assert flaw.text.say("en") == (
        "an edition in force from 2026-04-01 belongs in policies/standard@2026-04-01.yaml: "
        "the file's name says another day"
    )


def test_until_its_day_a_coming_edition_is_only_on_the_shelf(house: House) -> None:
    editions = house.policies["standard"]
    assert [edition_at_hand(editions, date(2026, month, day)).in_force_from.month for month, day in DAYS] == [
        1,
        1,
        4,
    ]
    assert (
        edition_at_hand(editions, date(2025, 12, 31)).in_force_from.month == 1
    )  # none yet: the first to come


@pytest.fixture(scope="module")
def sample() -> Register:
    """The sample register as of its own clock."""
    source = WorkTree(REPO)
    at = house_of(source).firm.clock
    assert at
    return register_of(source, at, at)


def test_an_edition_held_against_itself_changes_nothing(sample: Register) -> None:
    at = sample.firm.clock
    assert at
    compared = 0
    for name, editions in sample.policies.items():
        judged = judged_since(sample, name, date(2020, 1, 1), at)
        anew = {
            each.case.path: each for each in judged_anew(sample, max(editions, key=BEGINS), judged).states
        }
        for each in judged:
            compared += 1
            assert deadlines_otherwise(each.state, anew[each.case.path], at) == ()
            assert keeping_otherwise(each.state, anew[each.case.path]) is None
    assert compared == len(sample.states)

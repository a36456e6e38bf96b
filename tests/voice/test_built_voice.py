"""Cases of every shipped policy in one register: what its commands print and what stands in its built pages is the same."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings

from .made import LEAKING, POLICIES, REPO, Told, cases, told
from .test_one_voice import SINGLE

EACH = 2  # cases of a policy
AT = "2026-11-20T18:00"
ROW = re.compile(r'<tr><th scope="row">.*?</tr>', re.S)
TIME = re.compile(r'<time datetime="([^"]+)">')
STATUS = re.compile(r'data-label="[^"]*"><span class="chip is-([a-z_]+)">')
FINDING = re.compile(
    r'<li class="is-[a-z]+"><span class="chip is-([a-z]+)">.*?<code>([^<]+)</code>.*?([0-9]+)</span></li>',
    re.S,
)


@dataclass(frozen=True)
class Built:
    """A register, its built site, and what `check` prints of it."""

    root: Path
    cases: Mapping[str, list[Told]]
    checked: Mapping[str, Any]

    def pages(self) -> Iterator[Path]:
        return (self.root / ".build/site").rglob("*.html")

    def page(self, case: Told) -> Path:
        return self.root / ".build/site" / case.path.replace(".yaml", ".html")

    def run(self, *asked: str) -> str:
        return run(self.root, *asked)

    def shown(self, case: Told) -> dict[str, Any] | None:
        """What `show` prints; None of a case that is not received yet, or that no policy judges."""
        done = CliRunner().invoke(casework_, ["show", case.path, *options(self.root), "--format", "json"])
        assert done.exit_code in (0, 2), done.output
        return json.loads(done.output) if done.exit_code == 0 else None


def options(root: Path) -> list[str]:
    return ["--root", str(root), "--as-of", AT, "--lang", "en"]


def run(root: Path, *asked: str) -> str:
    done = CliRunner().invoke(casework_, [*asked, *options(root)], catch_exceptions=False)
    assert done.exit_code in (0, 1), done.output
    return done.output


def some_of(policy: str, serial: int) -> list[Told]:
    """A few random cases of a policy, each with a number of its own."""
    found: dict[str, Told] = {}

    @settings(
        max_examples=12,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[*HealthCheck],
    )
    @given(cases(policy, serial))
    def draw(case: Told) -> None:
        if len(case.value["events"]) > 3 and case.value["events"][0]["at"] < "2026-11":
            found[json.dumps(case.value)] = case

    draw()
    few = [*found.values()][:: max(1, len(found) // EACH)][:EACH]
    return [
        told(
            f"{case.value['case'][:7]}-{serial + n:04}",
            {k: v for k, v in case.value.items() if k not in ("case", "events")},
            case.value["events"],
        )
        for n, case in enumerate(few)
    ]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = tmp_path_factory.mktemp("voice")
    for folder in ("schema", "policies"):
        shutil.copytree(REPO / folder, root / folder)
    made = {policy: some_of(policy, 100 * n) for n, policy in enumerate(POLICIES, 1)}
    for case in (case for few in made.values() for case in few):
        (root / case.path).parent.mkdir(parents=True, exist_ok=True)
        (root / case.path).write_bytes(case.body)
    run(root, "site", "build")
    return Built(root, made, json.loads(run(root, "check", "--format", "json")))


def section(page: str, name: str) -> str:
    return page.partition(f'<section aria-labelledby="{name}">')[2].partition("</section>")[0]


def day_of(told: str | None) -> str:
    return (told or "")[:10]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_built_page_says_what_show_and_check_print(built: Built, policy: str) -> None:
    assert len(built.cases[policy]) == EACH
    for case in built.cases[policy]:
        show = built.shown(case)
        if show is None or not built.page(case).exists():
            continue
        page = built.page(case).read_text("utf-8")
        checked = [each for each in built.checked["findings"] if each["path"] == case.path]
        assert show["findings"] == [each for each in checked if each["rule"] in SINGLE]
        begun = [each for each in show["deadlines"] if each["status"] != "not_started"]
        rows = ROW.findall(section(page, "deadlines"))
        assert sorted((*times_of(row), STATUS.findall(row)[-1]) for row in rows) == sorted(
            (day_of(each["start"]), each["due"] or "", day_of(each["met"]), each["status"]) for each in begun
        )
        assert FINDING.findall(section(page, "findings")) == [
            (each["level"], ":".join(filter(None, (each["rule"], each["entry"]))), str(each["line"]))
            for each in checked
        ]
        assert not [word for word in case.private if word in page]
        explained = json.loads(built.run("explain", case.path, "--format", "json"))["deadlines"]
        assert sorted(each["due"] or "" for each in explained) == sorted(each["due"] or "" for each in begun)


def times_of(row: str) -> tuple[str, str, str]:
    """Start, due and met of a row: the days, and the due instant whole."""
    start, due, met = (TIME.findall(cell) for cell in row.split("<td")[1:4])
    return day_of(start[0]), due[0] if due else "", day_of(met[0] if met else None)


def test_of_personal_data_and_of_secret_cases_there_is_nothing_anywhere(built: Built) -> None:
    every = [case for few in built.cases.values() for case in few]
    private = {line for case in every for line in case.private if not any(line in text for text in LEAKING)}
    secret = [case for case in every if case.policy == "employee-whistleblowing"]
    hidden = {case.path for case in secret} | {case.value["case"] for case in secret}
    assert private and secret and built.cases
    for page in built.pages():
        text = page.read_text("utf-8")
        assert not [word for word in {*private, *hidden} if word in text], page
    assert not [case for case in secret if built.page(case).exists()]

"""What `demo` and `test` run, in which order, and what they make of a step that fails."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from launch import steps

PYTHON = Path("python")


codes: dict[str, int] = {}
"""How a command that starts so ends; 0 for all others."""


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were run, after `python -P -m`; none really is."""
    codes.clear()
    commands: list[str] = []

    def run(command: Sequence[str], cwd: Path | None = None, **variables: str) -> int:
        said = " ".join([*command[3:], *variables.values()])
        commands.append(said)
        return next((code for start, code in codes.items() if said.startswith(start)), 0)

    monkeypatch.setattr(steps, "run", run)
    return commands


def demo(*arguments: str) -> int:
    return steps.demo(PYTHON, Path(), steps.wish_from(arguments))


@pytest.mark.parametrize("code", [0, 1])
def test_demo_goes_on_after_findings(ran: list[str], code: int) -> None:
    codes["casework check"] = code
    assert demo() == 0
    assert ran == ["casework check", "casework site build", "casework site serve --port 0"]


def test_demo_serves_where_it_is_told_or_not_at_all(ran: list[str]) -> None:
    assert demo("--port", "8123") == 0
    assert ran.pop() == "casework site serve --port 8123"
    ran.clear()
    assert demo("--no-serve") == 0
    assert ran == ["casework check", "casework site build"]


def test_demo_stops_when_something_is_broken(ran: list[str]) -> None:
    codes["casework check"] = 2
    assert demo() == 2
    codes["casework check"], codes["casework site build"] = 1, 3
    assert demo() == 3
    assert ran == ["casework check", "casework check", "casework site build"]


@pytest.mark.parametrize("arguments", [["--port", "x"], ["--prot", "1"], ["more"]])
def test_a_wrong_wish_is_refused(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        steps.wish_from(arguments)
    assert ended.value.code == 2


def test_test_runs_all_that_ci_runs(ran: list[str]) -> None:
    assert steps.test(PYTHON, Path(), ()) == 0
    assert [command.split()[0] for command in ran] == ["ruff", "ruff", "mypy", *["pytest"] * 4]
    assert [command.split()[-1] for command in ran[-3:]] == list(steps.ZONES)


@pytest.mark.parametrize("broken", ["ruff format", "mypy", "pytest -n auto", "pytest -m time Asia"])
def test_one_broken_step_fails_the_whole_but_stops_nothing(ran: list[str], broken: str, capsys) -> None:
    codes[broken] = 1
    assert steps.test(PYTHON, Path(), ()) == 1
    assert len(ran) == 7
    assert "FAILED" in capsys.readouterr().out.splitlines()[-1]


def test_an_empty_choice_is_a_failure_unless_the_person_chose(ran: list[str]) -> None:
    codes["pytest -m time"] = codes["pytest tests/x.py -m time"] = steps.NO_TEST_CHOSEN
    assert steps.test(PYTHON, Path(), ()) == 1
    assert steps.test(PYTHON, Path(), ("tests/x.py",)) == 0
    codes["pytest tests/x.py"] = steps.NO_TEST_CHOSEN
    assert steps.test(PYTHON, Path(), ("tests/x.py",)) == 1

"""What `demo` and `test` do: a few programs, one after the other, each named as it starts."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from launch.children import run

ZONES = ("UTC", "Asia/Shanghai", "America/New_York")
NO_TEST_CHOSEN = 5
"""pytest's exit code when the selection is empty."""


class Wish(NamedTuple):
    """What the person asked of `demo`."""

    no_serve: bool
    port: int


class Step(NamedTuple):
    """One program of `test`, and whether it may find nothing to do."""

    name: str
    command: tuple[str, ...]
    variables: Mapping[str, str] = MappingProxyType({})
    may_be_empty: bool = False


def wish_from(arguments: Sequence[str]) -> Wish:
    """Read the options of `demo`; SystemExit with code 2 and a usage line when they are wrong."""
    parser = ArgumentParser(
        "python3 tool demo", description="Check, build and serve the sample register. 演示"
    )
    parser.add_argument("--no-serve", action="store_true", help="stop after the build 只生成网站，不启动服务")
    parser.add_argument("--port", type=int, default=0, help="serve on this port, else on a free one 端口")
    return Wish(**vars(parser.parse_args(arguments)))


def casework(python: Path, arguments: Sequence[str], cwd: Path | None = None) -> int:
    """Run the casework command in ``cwd`` (where the person is when none is given); its exit code."""
    return run([str(python), "-P", "-m", "casework", *arguments], cwd)


def demo(python: Path, root: Path, wish: Wish) -> int:
    """Check the sample register, build its site and serve it until Ctrl-C; the exit code of the last step."""
    _say_step("casework check")
    code = casework(python, ["check"], root)
    if code <= 1:  # findings are what the sample register is there to show
        _say_step("casework site build")
        code = casework(python, ["site", "build"], root)
        if code == 0 and not wish.no_serve:
            _say_step("casework site serve")
            code = casework(python, ["site", "serve", "--port", str(wish.port)], root)
    return code


def test_steps(python: Path, arguments: Sequence[str]) -> tuple[Step, ...]:
    """Everything CI runs; ``arguments`` go to pytest, which by itself uses all processors."""
    module = (str(python), "-P", "-m")
    return (
        Step("ruff check", (*module, "ruff", "check", "tool", "tests")),
        Step("ruff format --check", (*module, "ruff", "format", "--check", "tool", "tests")),
        Step("mypy --strict", (*module, "mypy", "--strict", "tool")),
        Step("pytest", (*module, "pytest", *(arguments or ("-n", "auto")))),
        *(
            Step(
                f"pytest -m time in {zone}",
                (*module, "pytest", *arguments, "-m", "time"),
                {"TZ": zone},
                may_be_empty=bool(arguments),
            )
            for zone in ZONES
        ),
    )


def test(python: Path, root: Path, arguments: Sequence[str]) -> int:
    """Run every step to its end, whatever the others said; 0 when all are good, else 1."""
    failed = []
    for step in test_steps(python, arguments):
        _say_step(step.name)
        code = run(step.command, root, **step.variables)
        if code and not (code == NO_TEST_CHOSEN and step.may_be_empty):
            failed.append(step.name)
    if failed:
        print(f"\ntest: FAILED: {', '.join(failed)} · 未通过：{'、'.join(failed)}", flush=True)
        return 1
    print("\ntest: every step is good · 全部通过", flush=True)
    return 0


def _say_step(name: str) -> None:
    print(f"\n── {name}", flush=True)

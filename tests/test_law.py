"""The law of the rooms: imports run downward only and in no circle, the inner rooms are pure, the clock is upstairs."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

STOREYS = (
    ("casework",),  # the package itself: its version
    ("words",),
    ("records", "trail"),
    ("state",),
    ("rules", "figures"),
    ("views",),
    ("bookshelf",),
    ("house",),
    ("examine",),
    ("deeds",),
    ("desk",),
    ("commands", "mkdocs_plugin"),
    ("__main__",),
)
FLOOR = {room: floor for floor, rooms in enumerate(STOREYS) for room in rooms}
PURE = ("state", "rules", "figures", "views")
KNOWS_THE_TIME = (*STOREYS[-3], *STOREYS[-2])

THE_WORLD = {
    "git",
    "click",
    "os",
    "subprocess",
    "socket",
    "time",
    "shutil",
    "tempfile",
    "glob",
    "random",
    "secrets",
}
THE_WORLD |= {
    "http",
    "urllib.request",
    "requests",
    "locale",
    "getpass",
    "pathlib.Path",
    "importlib.resources",
}
TOUCHING = {"open", "print", "input"}
CLOCKS = {"now", "utcnow", "today"}  # time.time() stays free: a lock file's age is not the register's hour


def offences(sources: Mapping[str, str]) -> Iterator[str]:
    """Every breach of the law in these modules: dotted name → source text."""
    edges: dict[str, set[str]] = {}
    for name, source in sources.items():
        if room_of(name) not in FLOOR:
            yield f"{name} lies in no room that the law knows"
            continue
        tree = ast.parse(source)
        imported = sorted(set(imports_in(tree, name, sources)))
        edges[name] = {target for target, _ in imported if target in sources}
        yield from (f"{name}:{line} {what}" for what, line in wrong_imports(name, imported))
        yield from (f"{name}:{line} {what}" for what, line in wrong_calls(name, tree))
    yield from (f"{name} imports itself in a circle" for name in sorted(in_circles(edges)))


def room_of(name: str) -> str:
    return ".".join(name.split(".")[:2]).removeprefix("casework.")


def imports_in(tree: ast.Module, name: str, sources: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """(what is imported, line): a module of ours where there is one by that name, else module.name as written."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((each.name, node.lineno) for each in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = ".".join(filter(None, (package_of(name, level, sources), module)))
                for full in (f"{base}.{each.name}" for each in names):
                    is_ours = full.startswith("casework.")
                    yield (base if is_ours and full not in sources else full, node.lineno)
            case ast.Call(
                func=ast.Attribute(attr="import_module"), args=[ast.Constant(value=str(module)), *_]
            ):
                yield module, node.lineno


def package_of(name: str, level: int, sources: Mapping[str, str]) -> str:
    """What the dots of a relative import mean in this module; nothing when there are none."""
    if not level:
        return ""
    parts = name.split(".")
    is_package = any(other.startswith(f"{name}.") for other in sources)
    return ".".join(parts[: len(parts) - level + is_package])


def wrong_imports(name: str, imported: list[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    room = room_of(name)
    for target, line in imported:
        if target.split(".")[0] == "casework":
            there = room_of(target)
            if there != room and FLOOR.get(there, len(STOREYS)) >= FLOOR[room]:
                yield f"imports {target}, which is not below it", line
        elif room in PURE and any(f"{target}.".startswith(f"{world}.") for world in THE_WORLD):
            yield f"imports {target}, and this room is pure", line
        elif room in PURE and target == "pathlib":
            yield "imports pathlib whole, and this room is pure", line
        elif target.split(".")[0] == "git" and room != "trail":
            yield "imports git, which is for the trail alone", line


def wrong_calls(name: str, tree: ast.Module) -> Iterator[tuple[str, int]]:
    room = room_of(name)
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=word)) if room in PURE and word in TOUCHING:
                yield f"calls {word}(), and this room is pure", node.lineno
            case ast.Call(func=ast.Attribute(attr=word)) if room not in KNOWS_THE_TIME and is_clock(
                node, word
            ):
                yield f"asks {word}(), and the hour is handed in", node.lineno
            case ast.Call(args=[ast.List(elts=[ast.Constant(value="git"), *_]), *_]) if room != "trail":
                yield "starts git, which is for the trail alone", node.lineno


def is_clock(call: ast.Call, word: str) -> bool:
    """Whether the call asks this machine for the hour or, by an empty astimezone(), for its zone."""
    return word in CLOCKS or (word == "astimezone" and not call.args and not call.keywords)


def in_circles(edges: Mapping[str, set[str]]) -> set[str]:
    """The modules that stay when those which import none, or are imported by none, are taken away again and again."""
    left = set(edges)
    while True:
        imported = {target for name in left for target in edges[name] & left}
        kept = {name for name in left & imported if edges[name] & left}
        if kept == left:
            return left
        left = kept


def our_sources(checkout: Path) -> dict[str, str]:
    tool = checkout / "tool"
    files = {file: file.relative_to(tool).with_suffix("") for file in (tool / "casework").rglob("*.py")}
    return {
        ".".join(path.parts).removesuffix(".__init__"): file.read_text("utf-8")
        for file, path in files.items()
    }


def test_the_house_keeps_the_law(checkout: Path) -> None:
    sources = our_sources(checkout)
    assert len(sources) > 50
    assert sorted(offences(sources)) == []


@pytest.mark.parametrize(
    ("name", "source", "offence"),
    [
        (
            "casework.state.a",
            "from casework.views import text",
            ":1 imports casework.views, which is not below",
        ),
        (
            "casework.state.a",
            "def f():\n    import casework.rules.b",
            ":2 imports casework.rules.b, which is not",
        ),
        (
            "casework.state.a",
            "from ..views.text import x",
            ":1 imports casework.views.text, which is not below",
        ),
        (
            "casework.records.a",
            "from casework.trail import git",
            ":1 imports casework.trail, which is not below",
        ),
        (
            "casework.views.a",
            "from casework import examine",
            ":1 imports casework.examine, which is not below",
        ),
        (
            "casework.deeds.a",
            "import_module('x')\nm.import_module('casework.commands.new')",
            ":2 imports casework.comm",
        ),
        ("casework.attic.a", "", " lies in no room"),
        ("casework.rules.a", "import os.path", ":1 imports os.path, and this room is pure"),
        (
            "casework.rules.a",
            "from subprocess import run",
            ":1 imports subprocess.run, and this room is pure",
        ),
        ("casework.figures.a", "from pathlib import Path", ":1 imports pathlib.Path, and this room is pure"),
        ("casework.views.a", "import click", ":1 imports click, and this room is pure"),
        ("casework.views.a", "import time", ":1 imports time, and this room is pure"),
        ("casework.views.a", "print(1)", ":1 calls print(), and this room is pure"),
        ("casework.state.a", "x = datetime.now(tz=zone)", ":1 asks now(), and the hour is handed in"),
        (
            "casework.deeds.a",
            "import datetime as d\nd.date.today()",
            ":2 asks today(), and the hour is handed in",
        ),
        ("casework.state.a", "at.astimezone()", ":1 asks astimezone(), and the hour is handed in"),
        ("casework.deeds.a", "from git import Repo", ":1 imports git, which is for the trail alone"),
        ("casework.commands.a", "run(['git', 'log'])", ":1 starts git, which is for the trail alone"),
    ],
)
def test_each_breach_is_seen(name: str, source: str, offence: str) -> None:
    said = list(offences({"casework.examine": "", name: source}))
    assert len(said) == 1 and said[0].startswith(name + offence)


def test_circles_are_seen_and_only_they() -> None:
    sources = {
        "casework.state.top": "from casework.state import a",
        "casework.state.a": "from casework.state.b import x",
        "casework.state.b": "def later():\n    from .c import x",
        "casework.state.c": "import casework.state.a, casework.state.end",
        "casework.state.end": "",
    }
    assert list(offences(sources)) == [f"casework.state.{name} imports itself in a circle" for name in "abc"]


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("casework.rules.a", "from casework.state.state import State\nfrom casework.words import Text"),
        (
            "casework.rules.a",
            "from pathlib import PurePosixPath\nfrom datetime import datetime\nat.astimezone(zone)",
        ),
        ("casework.commands.a", "import click, os\ndatetime.now(UTC)"),
        ("casework.trail.a", "import git\nrun(['git', 'log'])"),
        ("casework.deeds.a", "import time\ntime.time()\nfrom casework import __version__"),
    ],
)
def test_what_is_lawful_is_not_blamed(name: str, source: str) -> None:
    assert list(offences({name: source})) == []

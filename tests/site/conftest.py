"""What the tests of the site ask for: a register of given files, built; and eyes for what a built page holds."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from casework.commands.main import casework_
from click.testing import CliRunner

REPO = Path(__file__).parents[2]
PAGES = REPO / "site" / "pages"


@dataclass
class Element:
    """One start tag."""

    tag: str
    attributes: dict[str, str]


class Reader(HTMLParser):
    """Every start tag of a page, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))


@dataclass(frozen=True)
class Built:
    """A register and its site."""

    root: Path
    out: Path

    def pages(self) -> list[Path]:
        return sorted(self.out.rglob("*.html"))

    def generated(self) -> list[Path]:
        """The pages that are not written by hand."""
        by_hand = {self.out / path.relative_to(PAGES).with_suffix(".html") for path in PAGES.rglob("*.md")}
        return [page for page in self.pages() if page not in by_hand]

    def text(self, path: str) -> str:
        return (self.out / path).read_text("utf-8")

    def elements(self, path: Path | str) -> list[Element]:
        return Reader((self.out / path).read_text("utf-8")).elements


def write_register(root: Path, files: Mapping[str, str]) -> Path:
    """The sample firm without its cases, and these files over it."""
    for folder in ("schema", "policies"):
        shutil.copytree(REPO / folder, root / folder)
    for path, text in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
    return root


def build(root: Path, *args: str) -> Built:
    out = root / ".build" / "site"
    done = CliRunner().invoke(
        casework_, ["site", "build", "--root", str(root), *args], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    return Built(root, out)


def case_text(
    number: str, head: Mapping[str, Any] | None = None, events: list[dict[str, Any]] | None = None
) -> str:
    """A case file in JSON, which is YAML too."""
    received = {"event": "received", "at": f"{number[:7]}-02T09:00", "by": "zhou-min", "note": "x"}
    told = {
        "case": number,
        "policy": "department-store",
        **(head or {}),
        "events": [received, *(events or [])],
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def path_of(number: str) -> str:
    return f"cases/{number[:4]}/{number[5:7]}/{number}.yaml"


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Built]:
    """(files, further options) → the built site of a fresh register."""

    def made(files: Mapping[str, str], *args: str) -> Built:
        return build(write_register(tmp_path_factory.mktemp("register"), files), *args)

    return made


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The site of this checkout's own sample register, built elsewhere."""
    root = tmp_path_factory.mktemp("sample")
    for folder in ("schema", "policies", "cases"):
        shutil.copytree(REPO / folder, root / folder)
    yield build(root)

"""What is written by hand stays true: README, guide, decisions and CONTRIBUTING held against what they speak of."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import click
import pytest
import yaml
from casework.commands.main import casework_
from casework.deeds.import_map import Map
from casework.deeds.import_map_read import read_map
from casework.examine import examine
from casework.house import house_of
from casework.records.event_type import STAGES
from casework.records.record import Record
from casework.records.source import Files, WorkTree
from casework.records.strict_yaml import read_yaml
from casework.rules import every_rule
from casework.views.case import STATUSES
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / ".github/CONTRIBUTING.md"
PAGES = ROOT / "site/pages"
GUIDES = (PAGES / "guide/keeping.md", PAGES / "guide/keeping.zh.md")
JSON_PAGES = (PAGES / "guide/output.md", PAGES / "guide/output.zh.md")
DECISIONS = sorted((PAGES / "decisions").glob("*.md"))
WRITTEN = sorted((README, CONTRIBUTING, *PAGES.rglob("*.md")))
SCREEN = re.compile(r"```console\n\$ python3 tool (?P<asked>[^\n]+)\n(?P<said>.*?)```", re.DOTALL)


def said_to(asked: str) -> str:
    """What the command prints on the sample register, where no terminal says how wide it is."""
    arguments = ["--root", str(ROOT), *shlex.split(asked)]
    return CliRunner(env={"COLUMNS": "100", "CASEWORK_LANG": ""}).invoke(casework_, arguments).output


def screens(text: str) -> list[re.Match[str]]:
    """Every screen of a page: what was asked, and what is said to have been answered."""
    return list(SCREEN.finditer(text))


def renew(page: Path = README) -> None:
    """Write the screens of a page again (`python tests/test_docs.py`)."""
    text = page.read_text("utf-8")
    fresh = SCREEN.sub(
        lambda at: f"```console\n$ python3 tool {at['asked']}\n{said_to(at['asked'])}```", text
    )
    page.write_text(fresh, "utf-8", newline="\n")


@pytest.mark.parametrize("screen", screens(README.read_text("utf-8")), ids=lambda screen: screen["asked"])
def test_the_readmes_screens_are_what_the_command_says(screen: re.Match[str]) -> None:
    assert screen["said"] == said_to(screen["asked"]), "`python tests/test_docs.py` writes the screens again"


FENCED = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands_in(block: str) -> list[tuple[str, int]]:
    """The commands of a fenced block, continued lines joined, each with the exit code the comment above it names."""
    found, wanted = [], 0
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("#"):
            wanted = int(code[1]) if (code := re.search(r"exit ([0-9])", line)) else 0
        elif line.strip():
            found.append((line, wanted))
            wanted = 0
    return found


def script_of(text: str) -> str:
    """A shell script that runs every command of a page and stops at the first that ends otherwise than it says."""
    told = [command for block in FENCED.findall(text) for command in commands_in(block)]
    return "\n".join(
        f'{command}\ncode=$?; [ $code = {wanted} ] || {{ echo "ended with $code: "{shlex.quote(command)}; exit 9; }}'
        for command, wanted in told
    )


def surroundings(folder: Path) -> dict[str, str]:
    """An empty HOME, nothing of anybody's git, and a `python3 tool` that needs no set-up."""
    for name in ("home", "bin", "tmp"):
        (folder / name).mkdir()
    python3 = folder / "bin" / "python3"
    python3.write_text(f'#!/bin/sh\nshift\nexec {shlex.quote(sys.executable)} -P -m casework "$@"\n')
    python3.chmod(0o755)
    kept = {name: told for name, told in os.environ.items() if not name.startswith(("GIT_", "CASEWORK_"))}
    return {
        **kept,
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder / "home"),
        "XDG_CONFIG_HOME": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "PYTHONUTF8": "1",
    }


@pytest.mark.skipif(os.name == "nt", reason="the tour is written for a POSIX shell")
def test_the_readmes_tour_works_when_it_is_pasted(tmp_path: Path) -> None:
    tour = script_of(README.read_text("utf-8").partition("## Five minutes")[2])
    assert {"init", "new", "add", "check", "show", "list", "retention", "site"} <= set(
        re.findall(r"casework (?:--root \S+ )?([a-z]+)", tour)
    )
    ended = subprocess.run(
        ["bash", "-c", tour],
        cwd=ROOT,
        env=surroundings(tmp_path),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-2000:]
    (register,) = (tmp_path / "tmp").glob("*/corner-shop")
    assert (register / ".build/site/index.html").is_file()
    (case,) = register.glob("cases/*/*/*.yaml")
    assert case.read_text("utf-8").count("- event:") == 4  # the one the policy forbids was not added


# ── commands ─────────────────────────────────────────────────────────────────────────────────────────────────


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by the words it is called with."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found
        if isinstance(found, click.Group):
            yield from commands(found, f"{above}{name} ")
        else:
            yield f"{above}{name}", found


COMMANDS = dict(commands(casework_))
CHINESE = re.compile("[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,}")


def helps_of(command: click.Command) -> dict[str, str]:
    """Its own help, the line in the list, and the help of every option."""
    options = {each.opts[0]: each.help or "" for each in command.params if isinstance(each, click.Option)}
    return {"help": command.help or "", "short": command.short_help or "", **options}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help_in_both_languages(name: str) -> None:
    helps = helps_of(COMMANDS[name])
    halves = {each: told.partition("\n\n" if each == "help" else " · ") for each, told in helps.items()}
    assert {each for each, (english, _, _) in halves.items() if not ENGLISH.search(english)} == set()
    assert {each for each, (_, _, chinese) in halves.items() if not CHINESE.search(chinese)} == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guide_names_every_command(guide: Path) -> None:
    text = guide.read_text("utf-8")
    assert {name for name in COMMANDS if f"casework {name}" not in text} == set()


def calls_in(text: str) -> Iterator[list[str]]:
    """Every call of casework in inline code and in fenced blocks, as words."""
    fenced = re.findall(r"```(?:sh|console)\n(.*?)```", text, re.DOTALL)
    lines = [line for block in fenced for line in block.replace("\\\n", " ").splitlines()]
    for told in (*re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL)), *lines):
        match told.removeprefix("$ ").split():
            case ["casework", *words] | ["python3", "tool", *words]:
                yield words


def unknown_in(words: list[str]) -> Iterator[str]:
    """What in a call casework does not know: the command, or an option of it."""
    options = {option for each in casework_.params for option in each.opts} | {"-h", "--help", "--version"}
    given = [word.partition("=")[0] for word in words if word.startswith("--")]
    named = [word for word in words if not word.startswith("-")]
    if words[:1] == ["--root"]:
        named = named[1:]
    if named[:1] in (["demo"], ["test"]) or named in ([], ["…"]):
        return
    name = next((each for each in COMMANDS if named[: len(each.split())] == each.split()), None)
    if name is None and named[:1] not in (["site"],):
        yield f"command {named[0]}"
    options |= {option for each in COMMANDS.get(name or "", casework_).params for option in each.opts}
    yield from (f"option {each} of {name}" for each in given if each not in options)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_calls_what_is_not_there(page: Path) -> None:
    assert [each for words in calls_in(page.read_text("utf-8")) for each in unknown_in(words)] == []


# ── what the guides tell of files ────────────────────────────────────────────────────────────────────────────

CLOCK = datetime(2026, 11, 20, 10, tzinfo=UTC)
HOUSE = {
    path.relative_to(ROOT).as_posix(): path.read_bytes()
    for path in (*ROOT.glob("schema/**/*.json"), *ROOT.glob("policies/*.yaml"))
}


def blocks_in(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def case_in(guide: Path) -> str:
    (case,) = (block for block in blocks_in(guide, "yaml") if "\ncase: " in block)
    return case


def findings_of_file(text: str) -> list[tuple[str, str]]:
    number = re.search(r"^case: (\d{4})-(\d{2})-(\d+)", text, re.MULTILINE)
    assert number
    path = "cases/{}/{}/{}-{}-{}.yaml".format(*number.groups()[:2], *number.groups())
    _, findings = examine(Files({**HOUSE, path: text}), CLOCK, CLOCK)
    return [(each.rule, each.text.say("en")) for each in findings if each.place.path == path]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guides_case_is_sound_and_only_waits(guide: Path) -> None:
    assert findings_of_file(case_in(guide)) == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_every_entry_of_the_guide_fits_behind_its_case(guide: Path) -> None:
    entries = [block for block in blocks_in(guide, "yaml") if block.lstrip().startswith("- event:")]
    assert len(entries) >= 5
    said = {rule for entry in entries for rule, _ in findings_of_file(case_in(guide) + entry)}
    # the two stories that speak of other cases: an answer to a breach, a follow-up before the settling
    assert said <= {"irregularity-void", "duty-unmet", "event-before-cause"}


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guides_map_is_sound_and_takes_the_columns_it_speaks_of(guide: Path) -> None:
    (written,) = (block for block in blocks_in(guide, "yaml") if "\nsource: " in block)
    found = read_map("map.yaml", written.encode(), house_of(WorkTree(ROOT)))
    assert isinstance(found, Map)
    spoken = guide.read_text("utf-8").partition(written)[0].partition("{#import}")[2]
    assert {cell.column for cell in found.cells if cell.column not in spoken} == set()


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guide_speaks_of_events_and_rules_that_are_there(guide: Path) -> None:
    text = guide.read_text("utf-8")
    table = text[text.index("{#events}") : text.index("{#instants}")]
    events = {path.stem for path in (ROOT / "schema/events").glob("*.json")}
    named = {
        name
        for row in re.findall(r"^\|[^|]*\|(.*)\|$", table, re.MULTILINE)
        for name in re.findall("`([a-z_]+)`", row)
    }
    assert len(named) > 30 and named <= events
    rules = {rule.name for rule in every_rule()}
    findings = text[text.index("{#check}") : text.index("{#deadlines}")]
    said = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", findings))
    assert len(said) > 10 and said <= rules
    # the others stand on pages made from the rules, and in what editors list of schema/events
    assert "../rules.html" in text and "schema/events/" in text


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.name)
def test_the_guides_working_time_and_next_year_are_sound(guide: Path) -> None:
    (own,) = (block for block in blocks_in(guide, "yaml") if "\noffice_hours:" in block)
    (year,) = (block for block in blocks_in(guide, "yaml") if block.startswith("announced_through:"))
    head = HOUSE["policies/register.yaml"].decode().partition("calendar:")[0]
    calendars = {
        path.relative_to(ROOT).as_posix(): path.read_bytes() for path in ROOT.glob("policies/calendars/*")
    }
    calendars["policies/calendars/next.yaml"] = (
        f"name: {{en: Next, zh: 次年}}\nweekend: [sat, sun]\n{year}".encode()
    )
    _, findings = examine(Files({**HOUSE, **calendars, "policies/register.yaml": head + own}), CLOCK, CLOCK)
    about = [
        each for each in findings if each.place.path.startswith(("policies/register", "policies/calendars"))
    ]
    assert [(each.rule, each.text.say("en")) for each in about] == []


# ── the JSON page ────────────────────────────────────────────────────────────────────────────────────────────


def fields_on(page: Path, anchor: str) -> set[str]:
    """What stands in the first column of a section's first table."""
    section = re.search(
        rf"\{{#{anchor}\}}\n(.*?)(?=^## |\Z)", page.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert section
    rows = section[1].strip().split("\n\n| ")[-1 if section[1].strip().startswith("|") else 1].splitlines()
    return {name for row in rows for name in re.findall(r"`([a-z_]+)`", row.strip("| ").partition("|")[0])}


def json_of(*arguments: str) -> Any:
    return yaml.safe_load(said_to(" ".join((*arguments, "--format json"))))


@pytest.mark.parametrize("page", JSON_PAGES, ids=lambda page: page.name)
def test_the_json_page_has_every_field_and_no_other(page: Path) -> None:
    check, shown = json_of("check"), json_of("show", "2026-11-0002")
    listed, kept = json_of("list"), json_of("retention")
    real = {
        "check": check,
        "finding": check["findings"][0],
        "show": shown,
        "deadline": shown["deadlines"][0],
        "retention": kept[0],
        "calendar": json_of("calendar", "show", "2026-10"),
    }
    assert {name: fields_on(page, name) for name in real} == {name: set(told) for name, told in real.items()}
    assert set(listed[0]) == set(shown) - {"findings"}
    assert set(shown["policy"]) == {"id", "in_force_from"} and set(check["findings"][0]["message"]) == {
        "en",
        "zh",
    }


@pytest.mark.parametrize("page", JSON_PAGES, ids=lambda page: page.name)
def test_the_json_page_has_every_status_and_stage(page: Path) -> None:
    text = page.read_text("utf-8")
    assert re.findall(
        r"^\| `([a-z_]+)` \|", text[text.index("not_started") - 3 : text.index("{#explain}")], re.M
    ) == [*STATUSES]
    assert {stage for stage in STAGES if f"`{stage}`" not in text} == set()


# ── decisions, CONTRIBUTING, and what all pages have in common ───────────────────────────────────────────────


def headings_of(page: Path) -> list[str]:
    prose = re.sub(r"^```.*?^```", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return re.findall(r"^#+ .*$", prose, re.MULTILINE)


def test_decisions_are_numbered_without_gaps() -> None:
    assert [int(page.name[:4]) for page in DECISIONS] == [*range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_a_decision_is_one_page_with_its_three_parts(page: Path) -> None:
    title, *parts = headings_of(page)
    assert re.match(rf"# {int(page.name[:4])}\. \S", title)
    assert parts == ["## Context", "## Decision", "## Consequences"]
    assert len(page.read_text("utf-8").splitlines()) <= 50


def pairs() -> list[tuple[Path, Path]]:
    return [
        (page.with_name(page.name.replace(".zh.md", ".md")), page) for page in sorted(PAGES.rglob("*.zh.md"))
    ]


@pytest.mark.parametrize(("english", "chinese"), pairs(), ids=lambda page: page.name)
def test_both_languages_have_the_same_headings(english: Path, chinese: Path) -> None:
    anchors = re.compile(r"^(#+) .*?(\{#[a-z-]+\})?$")
    shapes = [[anchors.sub(r"\1 \2", line) for line in headings_of(page)] for page in (english, chinese)]
    assert shapes[0] == shapes[1]
    assert all(CHINESE.search(line) or "casework" in line for line in headings_of(chinese)[1:])


def made_pages() -> set[str]:
    """Pages every register's site has, whoever keeps it."""
    fixed = {"index.html", "cases.html", "months.html", "rules.html", "policies.html", "contents.html"}
    return fixed | {f"rules/{rule.name}.html" for rule in every_rule()}


def links_in(page: Path) -> list[str]:
    prose = re.sub(r"^```.*?^```|`[^`\n]*`", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return [to for to in re.findall(r"\]\(([^)\s]+)\)", prose) if "://" not in to]


def anchors_of(page: Path) -> set[str]:
    slug = re.compile(r"[^\w -]")
    return {
        given[1]
        if (given := re.search(r"\{#([a-z-]+)\}", line))
        else slug.sub("", line.lstrip("# ").lower()).replace(" ", "-")
        for line in headings_of(page)
    }


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_link_leads_nowhere(page: Path) -> None:
    dead = []
    for link in links_in(page):
        path, _, anchor = link.partition("#")
        there = Path(os.path.normpath(page.parent / path)) if path else page
        is_made = there.is_relative_to(PAGES) and there.relative_to(PAGES).as_posix() in made_pages()
        if not (there.exists() or is_made) or (anchor and anchor not in anchors_of(there)):
            dead.append(link)
    assert dead == []


TOP = ("tool/", "tests/", "schema/", "policies/", "site/", ".github/", ".venv/bin/", "cases/", ".ci/")
IMAGINED = re.compile(
    r"[<*]|dental-practice|2026/04/month|matters\.yaml|suppliers\.yaml|2026-11-0007|^site/pages$"
)


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_file_named_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    tree = re.findall(r"^(\S+/\S*)(?:, (\S+/))? {2,}", text, re.MULTILINE) if page == README else []
    named = {*re.findall(r"`([\w./@-]+/[\w./@-]*)`", text), *(each for pair in tree for each in pair)}
    ours = {name for name in named if name.startswith(TOP) and not IMAGINED.search(name)}
    assert {name for name in ours if not (ROOT / name).exists() and not name.startswith(".venv/")} == set()


@pytest.mark.parametrize("page", [CONTRIBUTING, PAGES / "guide/tour.md"], ids=lambda page: page.name)
def test_every_function_named_is_there(page: Path) -> None:
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "tool").rglob("*.py"))
    named = set(re.findall(r"`([a-z_]+)\(", page.read_text("utf-8")))
    assert {name for name in named if not re.search(rf"\bdef {name}\b", source)} == set()


def test_contributings_rule_speaks_and_is_silent() -> None:
    (source,) = blocks_in(CONTRIBUTING, "python")
    rule: Any = ModuleType("rule")
    exec(compile(source, "rule", "exec"), rule.__dict__)
    firm = {
        "policies/" + path.as_posix().rpartition("/policies/")[2]: path.read_bytes()
        for path in (ROOT / "tests/firm/policies").rglob("*.yaml")
    }
    case = "case: 2026-03-0001\npolicy: standard\nevents:\n"
    case += "- {event: received, at: 2026-03-02, by: li}\n- {event: closed, at: 2026-03-03, by: li%s}\n"
    for reason, says in (("", 1), (", reason: it was a test", 0)):
        files = Files({**HOUSE, **firm, "cases/2026/03/2026-03-0001.yaml": case % reason})
        register, _ = examine(files, CLOCK, CLOCK)
        assert len([*rule.check(register.states[0], CLOCK)]) == says


def test_the_editors_schema_is_written_by_the_command_contributing_names(tmp_path: Path) -> None:
    assert "python3 tool editor" in CONTRIBUTING.read_text("utf-8")
    for path, body in HOUSE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body if path != "schema/editor.json" else b"")
    done = CliRunner().invoke(casework_, ["editor", "--root", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert (tmp_path / "schema/editor.json").read_bytes() == HOUSE["schema/editor.json"]


def test_contributing_opens_with_what_to_touch() -> None:
    text = CONTRIBUTING.read_text("utf-8")
    assert text.index("| to add | touch exactly |") < 300
    law = re.search(r"^words < .*$", text, re.MULTILINE)
    assert law, "the law of the rooms, as tests/test_law.py has it"
    from_law = [room for floor in law[0].split(" < ") for room in floor.split(", ")]
    spoken = {
        path.stem for path in (ROOT / "tool/casework").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    assert set(from_law) <= spoken


@pytest.mark.parametrize("page", WRITTEN, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_yaml_on_every_page_reads_strictly(page: Path) -> None:
    for block in blocks_in(page, "yaml"):
        whole = block if not block.lstrip().startswith("- event:") else f"events:\n{block}"
        assert isinstance(read_yaml(page.name, whole.encode()), Record), block


if __name__ == "__main__":
    renew()

"""Begin a register: the schemas, the policies chosen and the firm's first two files, in one commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from casework.bookshelf import guidance_path
from casework.deeds.refused import Refused, flaw_text, listed
from casework.deeds.typed import UNWRITABLE
from casework.deeds.write import Commit, write_commit
from casework.house import NotARegister, house_of
from casework.records.data import FIRMS_OWN, data_folder
from casework.records.record import Record
from casework.records.source import Files
from casework.records.strict_yaml import read_yaml
from casework.records.write_yaml import write_yaml
from casework.trail.git import GitTrouble, ask, tell
from casework.words import Lang, Text

FIRM, STAFF = "policies/register.yaml", "policies/staff.yaml"
SUBJECT = "register begun"
_REGISTER_THERE = (
    "{folder} holds a register already; nothing was changed",
    "{folder} 中已有登记簿；没有改动任何内容",
)
_NOT_GITS = (
    "{folder} holds files and is not a git folder: name an empty one, or run 'git init' there first",
    "{folder} 中已有文件，又不是 git 文件夹：请换一个空文件夹，或先在其中运行 git init",
)


class Firm(NamedTuple):
    """What register.yaml will say; the first policy is the default one, ``since`` a day in ``zone``."""

    en: str
    zh: str
    zone: str
    language: Lang
    policies: tuple[str, ...]
    since: date


class Person(NamedTuple):
    """The first member of staff: usually whoever begins the register."""

    id: str
    name: str
    email: str = ""
    roles: tuple[str, ...] = ()


class Begun(NamedTuple):
    """A register just begun; ``kept`` are files that were there and stayed as they are."""

    commit: Commit
    kept: tuple[str, ...]


def policies_there() -> dict[str, Record]:
    """The policies that came with the tool, by name, in the edition that is in force last."""
    folder = data_folder() / "policies"
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.yaml")):
        read = read_yaml(f"policies/{path.name}", path.read_bytes())
        if f"policies/{path.name}" not in FIRMS_OWN and isinstance(read, Record):
            found.setdefault(path.stem.partition("@")[0], read)
    return found


def zone_of(name: str) -> ZoneInfo:
    """A time zone by its IANA name; Refused with the nearest names."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        zones = available_timezones()
        ends = {zone.rpartition("/")[2].casefold(): zone for zone in sorted(zones)}
        near = get_close_matches(name, zones, 3) or [
            ends[each] for each in get_close_matches(name.rpartition("/")[2].casefold(), ends, 3)
        ]
    hint = Text("; did you mean {near}?", "；是否指 {near}？", {"near": near}) if near else Text("", "")
    raise Refused(
        Text(
            "no time zone is called '{zone}'{hint}",
            "没有名为“{zone}”的时区{hint}",
            {"zone": name, "hint": hint},
        )
    )


def files_of(firm: Firm, person: Person) -> dict[str, bytes]:
    """Every file of the new register, by path; Refused where they would not make a sound one."""
    data = data_folder()
    files = {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in [*sorted((data / "schema").rglob("*.json")), *_policy_files(data, firm.policies)]
    }
    calendar = _calendar_of(data, firm.zone)
    if calendar:
        files[f"policies/calendars/{calendar.name}"] = calendar.read_bytes()
    try:
        files |= {path: text.encode() for path, text in _written(firm, person, calendar).items()}
    except ValueError:
        raise Refused(UNWRITABLE) from None
    try:
        flaws = house_of(Files(files)).flaws
    except NotARegister as wrong:
        flaws = wrong.flaws
    if flaws:
        why = Text("the register would be flawed; nothing was written:", "登记簿会有误，没有写入任何内容：")
        raise Refused(listed(why, map(flaw_text, flaws)))
    return files


def refuse_folder(folder: Path) -> None:
    """Refused unless the folder is empty, not there yet, or in a git work tree; and in no other register."""
    for each in (folder, *folder.parents):
        if (each / FIRM).exists():
            raise Refused(Text(*_REGISTER_THERE, {"folder": each}))
    if folder.exists() and not folder.is_dir():
        raise Refused(
            Text("{folder} is a file, not a folder", "{folder} 是文件，不是文件夹", {"folder": folder})
        )
    try:
        is_empty = not folder.exists() or not any(folder.iterdir())
    except OSError as error:
        raise Refused(_unusable(folder, error)) from None
    if not is_empty and not _is_in_git(folder):
        raise Refused(Text(*_NOT_GITS, {"folder": folder}))


def begin(folder: Path, files: Mapping[str, bytes]) -> Begun:
    """Make the folder and its repository where needed, write and commit; nothing that is there is overwritten.

    Refused or GitTrouble before anything is written if a file is in the way or git does not know who we are.
    """
    refuse_folder(folder)
    _refuse_without_identity(folder)
    kept = tuple(path for path in files if (folder / path).exists())
    _refuse_in_the_way(path for path in kept if path.startswith(("schema/", "policies/")))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Refused(_unusable(folder, error)) from None
    if not _is_in_git(folder):
        tell(folder, "-c", f"init.defaultBranch={_branch(folder)}", "init", "--quiet")
    new = {path: body for path, body in files.items() if path not in kept}
    return Begun(write_commit(folder, new, SUBJECT), kept)


def _policy_files(data: Path, names: Iterable[str]) -> list[Path]:
    """All editions of the policies chosen, and the guidance they include."""
    there = policies_there()
    for name in names:
        if name not in there:
            raise Refused(
                Text(
                    "the tool brings no policy '{name}'; there are {there}",
                    "工具中没有名为“{name}”的制度；可用的有 {there}",
                    {"name": name, "there": sorted(there)},
                )
            )
    every = sorted((data / "policies").glob("*.yaml"))
    chosen = [path for path in every if path.stem.partition("@")[0] in names]
    read = (read_yaml(path.name, path.read_bytes()) for path in chosen)
    included = {name for each in read if isinstance(each, Record) for name in each.value.get("include") or ()}
    return [*chosen, *(data / guidance_path(name) for name in sorted(included))]


def _calendar_of(data: Path, zone: str) -> Path | None:
    """The calendar that came with the tool for a zone; none is assumed where there is none."""
    for path in sorted((data / "policies/calendars").glob("*.yaml")):
        read = read_yaml(f"policies/calendars/{path.name}", path.read_bytes())
        if isinstance(read, Record) and read.value.get("zone") == zone:
            return path
    return None


def _written(firm: Firm, person: Person, calendar: Path | None) -> dict[str, str]:
    from casework.deeds import init_texts

    return {
        FIRM: init_texts.REGISTER + write_yaml(_firm_value(firm, calendar)) + init_texts.TIME,
        STAFF: init_texts.STAFF + write_yaml({"people": {person.id: _person_value(person, firm.since)}}),
        "README.md": init_texts.README.format(en=_line(firm.en), zh=_line(firm.zh)),
        ".gitattributes": init_texts.GITATTRIBUTES,
        ".gitignore": init_texts.GITIGNORE,
        "cases/.gitkeep": "",
    }


def _firm_value(firm: Firm, calendar: Path | None) -> dict[str, Any]:
    return {
        "name": {"en": firm.en, "zh": firm.zh},
        "zone": firm.zone,
        "language": firm.language,
        "policy": firm.policies[0] if firm.policies else "",
        "since": firm.since.isoformat(),
        "personal": "plain",
        **({"calendar": calendar.stem} if calendar else {}),
    }


def _person_value(person: Person, since: date) -> dict[str, Any]:
    told: dict[str, Any] = {"name": person.name}
    if person.email:
        told["email"] = person.email
    if person.roles:
        told["roles"] = [{"role": role, "from": since.isoformat()} for role in person.roles]
    return told


def _line(name: str) -> str:
    return " ".join(name.split())


def _is_in_git(folder: Path) -> bool:
    try:
        return ask(folder, "rev-parse", "--is-inside-work-tree").strip() == b"true"
    except GitTrouble as trouble:
        if "not a git repository" in trouble.said or not folder.exists():
            return False
        raise


def _refuse_without_identity(folder: Path) -> None:
    ask(next(each for each in (folder, *folder.parents) if each.is_dir()), "var", "GIT_COMMITTER_IDENT")


def _branch(folder: Path) -> str:
    try:
        return ask(folder, "config", "init.defaultBranch").decode().strip()
    except GitTrouble:
        return "main"


def _refuse_in_the_way(paths: Iterable[str]) -> None:
    if found := list(paths):
        raise Refused(
            Text(
                "these files are in the way, and nothing is overwritten: {paths}",
                "以下文件已经存在，不会覆盖：{paths}",
                {"paths": [*found[:6], *(["…"] if len(found) > 6 else [])]},
            )
        )


def _unusable(folder: Path, error: OSError) -> Text:
    parts = {"folder": folder, "said": error.strerror or str(error)}
    return Text("{folder} cannot be used: {said}", "无法使用 {folder}：{said}", parts)

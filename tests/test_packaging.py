"""What is shipped: the locks, and the same schema, policies and site from wheel, sdist and editable install."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from casework.records.data import FIRMS_OWN, data_folder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"(?P<name>[a-z0-9-]+)==(?P<version>[0-9a-z.]+)( ; [^\\]+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
PARTS = ("schema", "policies", "site")
IGNORED = shutil.ignore_patterns("__pycache__")


def pins(checkout: Path, lock: str) -> dict[str, str]:
    """name → version of a lock, each line of which must be a pin or a hash and nothing else."""
    lines = (checkout / "tool" / lock).read_text("utf-8").splitlines()
    assert not [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))]
    assert not [pin for pin, below in pairwise(lines) if "==" in pin and "--hash" not in below]
    return {pin["name"]: pin["version"] for pin in map(PIN.fullmatch, lines) if pin}


def wanted(checkout: Path) -> tuple[list[str], list[str]]:
    """The requirements of pyproject.toml: those to run, those for tests."""
    project = tomllib.loads((checkout / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    extras = project["project"]["optional-dependencies"]["fast"]
    return [*project["project"]["dependencies"], *extras, *groups["setup"]], groups["dev"]


def test_the_locks_hold_what_the_project_asks_for(checkout: Path) -> None:
    run, dev = wanted(checkout)
    for requirements, lock in ((run, "requirements.lock"), (run + dev, "requirements-dev.lock")):
        pinned = pins(checkout, lock)
        for requirement in map(Requirement, requirements):
            assert pinned[canonicalize_name(requirement.name)] in requirement.specifier


def test_the_test_lock_holds_the_run_lock(checkout: Path) -> None:
    assert pins(checkout, "requirements.lock").items() < pins(checkout, "requirements-dev.lock").items()


@pytest.fixture(scope="module")
def project(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built from, with a policy nobody has named anywhere and a firm of its own."""
    copy = tmp_path_factory.mktemp("project")
    for part in (*PARTS, "tool"):
        shutil.copytree(checkout / part, copy / part, ignore=IGNORED)
    for file in ("pyproject.toml", *(each.name for each in checkout.glob("README*"))):
        shutil.copy(checkout / file, copy)
    shutil.copy(checkout / ".gitignore", copy)
    for path in (
        *FIRMS_OWN,
        "policies/made-up.yaml",
        "policies/letters/made-up.html",
        "cases/2026/11/2026-11-0001.yaml",
    ):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        (copy / path).write_text("")
    return copy


def built(project: Path, target: str, out: Path) -> Path:
    """Build with the hatchling of this environment, as `pip install --no-build-isolation` would."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(out)]
    ended = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    (made,) = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(project, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def sdist(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(project, "sdist", tmp_path_factory.mktemp("sdist"))


def shipped(project: Path) -> set[str]:
    """The data a wheel must hold, by path below the data folder."""
    files = {file.relative_to(project).as_posix() for part in PARTS for file in (project / part).rglob("*")}
    return {path for path in files if (project / path).is_file()} - set(FIRMS_OWN)


def files_below(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def data_folder_of(installed: Path, tmp_path: Path) -> Path:
    """What data_folder() says to a Python that has only ``installed`` to import from."""
    script = f"import site; site.addsitedir({str(installed)!r})\n"
    script += "from casework.records.data import data_folder; print(data_folder())"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return Path(ended.stdout.rstrip("\n"))


def unzipped(wheel: Path, folder: Path) -> Path:
    with ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_a_wheel_brings_its_data_and_no_firm(project: Path, wheel: Path, tmp_path: Path) -> None:
    installed = unzipped(wheel, tmp_path / "installed")
    folder = data_folder_of(installed, tmp_path)
    assert folder == installed / "casework" / "_data"
    assert files_below(folder) == shipped(project)
    assert {path.name for path in installed.iterdir()} == {
        "casework",
        f"{wheel.name.removesuffix('-py3-none-any.whl')}.dist-info",
    }


def test_a_wheel_built_from_the_sdist_is_the_same(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    shutil.unpack_archive(sdist, tmp_path)
    again = built(tmp_path / sdist.name.removesuffix(".tar.gz"), "wheel", tmp_path / "again")
    with ZipFile(wheel) as one, ZipFile(again) as other:
        assert {each.filename: each.CRC for each in one.infolist()} == {
            each.filename: each.CRC for each in other.infolist()
        }


def test_the_sdist_holds_no_firm_and_no_cases(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    assert "policies/made-up.yaml" in inside
    assert not inside & set(FIRMS_OWN)
    assert not [name for name in inside if name.startswith("cases/")]


def test_an_editable_install_reads_the_checkout_itself(project: Path, tmp_path: Path) -> None:
    installed = unzipped(built(project, "wheel:editable", tmp_path / "out"), tmp_path / "installed")
    assert data_folder_of(installed, tmp_path) == project
    assert not [path for path in files_below(installed) if "_data" in path]


def test_this_very_environment_finds_its_data() -> None:
    assert {path.name for path in data_folder().iterdir()} >= set(PARTS)


def test_the_entry_points_name_the_command_and_the_plugin(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        said = archive.read(path).decode()
    assert "casework = casework.commands.main:main" in said
    assert "casework = casework.mkdocs_plugin:CaseworkPlugin" in said

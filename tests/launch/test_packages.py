"""What pip says, told in one sentence a person can act on; pip is real, only dry, and sees one small wheel."""

from __future__ import annotations

import sys
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from launch.packages import install_lock
from launch.speech import Trouble


@pytest.fixture
def wheel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel in the only folder where pip may look."""
    made = tmp_path / "madeup-1-py3-none-any.whl"
    with ZipFile(made, "w") as archive:
        archive.writestr("madeup-1.dist-info/METADATA", "Metadata-Version: 2.1\nName: madeup\nVersion: 1\n")
        archive.writestr(
            "madeup-1.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        archive.writestr("madeup-1.dist-info/RECORD", "")
    settings = {
        "DRY_RUN": "1",
        "NO_INDEX": "1",
        "FIND_LINKS": str(tmp_path),
        "TARGET": str(tmp_path / "astray"),
    }
    for name, value in settings.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    return made


def lock_of(folder: Path, line: str) -> Path:
    lock = folder / "requirements.lock"
    lock.write_text(line)
    return lock


def test_what_the_lock_names_is_taken(wheel: Path) -> None:
    good = sha256(wheel.read_bytes()).hexdigest()
    install_lock(Path(sys.executable), lock_of(wheel.parent, f"madeup==1 --hash=sha256:{good}\n"))
    assert not (wheel.parent / "astray").exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (f"madeup==1 --hash=sha256:{'0' * 64}\n", "hash differs"),
        (f"elsewhere==1 --hash=sha256:{'0' * 64}\n", "could not be fetched"),
        ("what is this\n", "what is this"),
        ("madeup==1\n", "pip could not install"),
    ],
)
def test_what_goes_wrong_is_told(wheel: Path, line: str, sentence: str) -> None:
    with pytest.raises(Trouble) as told:
        install_lock(Path(sys.executable), lock_of(wheel.parent, line))
    assert sentence in told.value.en
    assert "\n" not in told.value.en + told.value.zh

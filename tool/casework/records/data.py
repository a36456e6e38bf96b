"""Where the tool's own schema, policies and site lie: in the installed package, or at a checkout's root."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]

FIRMS_OWN = (
    "policies/register.yaml",
    "policies/staff.yaml",
    "policies/matters.yaml",
    "policies/suppliers.yaml",
)
"""What a firm writes for itself: a checkout holds the sample firm's, a wheel none; ``init`` copies none."""


def data_folder() -> Path:
    """The folder that holds ``schema/``, ``policies/`` and ``site/`` as they came with the tool.

    In a wheel that is ``casework/_data``; in a checkout (editable install) the repository's root, so that an
    edit there is seen at once. FileNotFoundError when the installation is damaged.
    """
    for folder in (PACKAGE / "_data", PACKAGE.parents[1]):
        if (folder / "schema").is_dir():
            return folder
    raise FileNotFoundError(f"casework's own schema/ is not beside {PACKAGE}; install casework again")

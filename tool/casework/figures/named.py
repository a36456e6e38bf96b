"""The figures a policy's report may name, each with what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from casework.figures.flow import flow_of
from casework.figures.on_time import late_of
from casework.figures.received import received_by

MADE: Mapping[str, Callable[..., Any]] = {
    "received": flow_of,
    "closed-cases": flow_of,
    "by-category": received_by,
    "by-channel": received_by,
    "late-by-owner": late_of,
}

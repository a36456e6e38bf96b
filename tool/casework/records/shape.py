"""A shape is one schema made ready: a quick yes or no for every value, and the errors of those few that fail."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, lru_cache
from types import ModuleType
from typing import Any, NamedTuple

try:
    import jsonschema_rs
except ImportError:  # the fast pass is an extra; the answers are the same without it
    _fast: ModuleType | None = None
else:
    _fast = jsonschema_rs

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_INSTANT = re.compile(
    rf"{_DATE}(?:T[0-9]{{2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})?)?\Z"
)
_DAY = re.compile(rf"{_DATE}\Z")


def is_instant(text: object) -> bool:
    """Whether a text is a real instant or date (ISO 8601, seconds and offset optional); true for what is no text."""
    return not isinstance(text, str) or _is_real(_INSTANT, text)


def is_date(text: object) -> bool:
    """Whether a text is a real day of the calendar, ``2026-11-03``; true for what is no text."""
    return not isinstance(text, str) or _is_real(_DAY, text)


@lru_cache(maxsize=4096)
def _is_real(form: re.Pattern[str], text: str) -> bool:
    try:
        return bool(form.match(text) and datetime.fromisoformat(text))
    except ValueError:
        return False


FORMATS: Mapping[str, Callable[[object], bool]] = {"casework-instant": is_instant, "casework-date": is_date}


class Misfit(NamedTuple):
    """One way in which a value does not fit a schema."""

    steps: tuple[str | int, ...]  # to the misfitting value, from the value validated
    keyword: str
    wanted: Any  # what the keyword says
    value: Any
    schema: Mapping[str, Any]  # the subschema that says it
    is_name: bool  # whether the value is a member's name


class BadSchema(ValueError):
    """No validator can be made of a schema."""


@dataclass(frozen=True)
class Shape:
    """One schema, inlined. Validators are built on first use and once."""

    path: str
    schema: Mapping[str, Any] = field(repr=False)

    def is_sound(self, value: Any) -> bool:
        """Whether a value fits; BadSchema if the schema is none."""
        if self._fast is not None:
            return bool(self._fast.is_valid(value))
        return next(self.misfits(value), None) is None

    def misfits(self, value: Any) -> Iterator[Misfit]:
        """Every way in which a value does not fit; BadSchema if the schema is none."""
        for error in self._errors(value):
            schema = error.schema if isinstance(error.schema, dict) else {}
            is_name = "propertyNames" in error.absolute_schema_path
            steps = tuple(error.absolute_path)
            yield Misfit(steps, str(error.validator), error.validator_value, error.instance, schema, is_name)

    def _errors(self, value: Any) -> Iterator[Any]:
        try:
            yield from self._thorough.iter_errors(value)
        except re.error as error:
            raise BadSchema(self.path) from error

    @cached_property
    def _fast(self) -> Any:
        if _fast is None:
            return None
        try:
            return _fast.Draft202012Validator(self.schema, formats=dict(FORMATS), validate_formats=True)
        except ValueError as error:
            raise BadSchema(self.path) from error

    @cached_property
    def _thorough(self) -> Any:
        return _validator(self.schema, self.path, is_checked=self._fast is not None)


def _validator(schema: Mapping[str, Any], path: str, is_checked: bool) -> Any:
    # Imported here: it takes longer than reading a hundred sound files.
    from jsonschema import Draft202012Validator, FormatChecker, SchemaError
    from jsonschema.validators import extend

    checker = FormatChecker(formats=())
    for name, fits in FORMATS.items():
        checker.checks(name)(fits)
    try:
        if not is_checked:
            Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        raise BadSchema(path) from error
    strict: Any = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    return strict(schema, format_checker=checker)


def _pattern(validator: Any, pattern: str, instance: Any, schema: Any) -> Iterator[Any]:
    from jsonschema.exceptions import ValidationError

    if validator.is_type(instance, "string") and not fits_pattern(pattern, instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def fits_pattern(pattern: str, text: str) -> bool:
    """Whether a text fits a JSON Schema pattern, read as ECMA-262 reads it."""
    return _compiled(pattern).search(text) is not None


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    # Python's $ also fits before a final line break, and its \d and \w know every script; JSON Schema's do not.
    return re.compile(
        re.sub(r"(\\.|\[(?:\\.|[^\]])*\])|\$", lambda found: found[1] or r"\Z", pattern), re.ASCII
    )

"""Puts every $ref of a schema in its place, so that whoever uses the schema needs no resolver."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Any, NamedTuple

Schema = dict[str, Any]
_HOLDERS = (dict, list)  # all else stands as it is, and most of a schema is that


class NoSuchDefinition(KeyError):
    """A ``$ref`` names nothing; ``str()`` gives the reference as written."""

    def __str__(self) -> str:
        return str(self.args[0])


class _Address(NamedTuple):
    path: str
    pointer: str

    @property
    def name(self) -> str:
        return f"{PurePosixPath(self.path).stem}-{self.pointer.rpartition('/')[2]}"


class Inliner:
    """Writes out the schemas among ``files`` (path → parsed JSON). What it gives is shared: never change it."""

    def __init__(self, files: Mapping[str, Any]) -> None:
        self._files = files
        self._recursive: dict[_Address, None] = {}
        self._left_as_refs = 0
        self._done: dict[_Address, Schema] = {}

    def inlined(self, path: str) -> Schema:
        """The schema of one file with all definitions written out; NoSuchDefinition if one is missing.

        A definition that contains itself cannot be written out: it stays under ``$defs`` and is referred to
        there. Keys beside a ``$ref`` win over the definition's own.
        """
        self._recursive = {}
        root = {key: value for key, value in self._files[path].items() if key not in ("$defs", "$schema")}
        schema: Schema = self._out(root, path, ())
        kept: Schema = {}
        while left := [address for address in self._recursive if address.name not in kept]:
            kept[left[0].name] = self._definition(left[0], ())
        return {**schema, "$defs": kept} if kept else schema

    def _out(self, node: Any, path: str, inside: tuple[_Address, ...]) -> Any:
        if isinstance(node, list):
            return [self._out(each, path, inside) if type(each) in _HOLDERS else each for each in node]
        out = {
            key: self._out(value, path, inside) if type(value) in _HOLDERS else value
            for key, value in node.items()
        }
        written = node.get("$ref")
        if isinstance(written, str):
            del out["$ref"]
            return {**self._referred(_address(written, path), inside), **out}
        return out

    def _referred(self, address: _Address, inside: tuple[_Address, ...]) -> Schema:
        if address in inside:
            self._recursive[address] = None
            self._left_as_refs += 1
            return {"$ref": f"#/$defs/{address.name}"}
        return self._done.get(address) or self._definition(address, inside)

    def _definition(self, address: _Address, inside: tuple[_Address, ...]) -> Schema:
        before = self._left_as_refs
        node = self._files.get(address.path)
        for step in address.pointer.split("/")[1:]:
            node = node.get(step) if isinstance(node, dict) else None
        if not isinstance(node, dict):
            raise NoSuchDefinition(f"{address.path}#{address.pointer}")
        written: Schema = self._out(node, address.path, (*inside, address))
        if self._left_as_refs == before:
            self._done[address] = written
        return written


@lru_cache(maxsize=1024)
def _address(written: str, path: str) -> _Address:
    file, _, pointer = written.partition("#")
    return _Address(
        posixpath.normpath(posixpath.join(posixpath.dirname(path), file)) if file else path, pointer
    )

"""schema/editor.json in the real yaml-language-server: what a person sees on completing, hovering and erring."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
SERVER = shutil.which("yaml-language-server", path=str(ROOT / "node_modules/.bin")) or shutil.which(
    "yaml-language-server"
)
pytestmark = pytest.mark.skipif(
    not SERVER, reason="yaml-language-server is not installed (npm install yaml-language-server)"
)
CASE = """\
# yaml-language-server: $schema=../schema/editor.json
case: 2026-11-0007
policy: department-store
events:
  - event: received
    at: 2026-11-03T09:12+08:00
    by: li
"""
PAID = "  - event: compensation_paid\n    at: 2026-11-03\n    by: li\n"


class Editor:
    """As much of the Language Server Protocol as an editor needs to open, complete and hover."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self.sent = 0
        self.problems: dict[str, Any] = {}
        document = {
            "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown"]}}
        }
        can = {"workspace": {"configuration": True}, "textDocument": document}
        self.ask("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": can})
        self.tell("initialized", {})

    def open(self, name: str, text: str) -> dict[str, str]:
        uri = (self.folder / "cases" / name).as_uri()
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        return {"uri": uri}

    def at(self, method: str, text: str) -> Any:
        """Ask at the | in a text."""
        before, after = text.split("|")
        document = self.open(f"{abs(hash((method, text)))}.yaml", before + after)
        line, column = before.count("\n"), len(before) - before.rfind("\n") - 1
        return self.ask(method, {"textDocument": document, "position": {"line": line, "character": column}})

    def problems_of(self, text: str) -> list[tuple[int, int, str]]:
        uri = self.open(f"{abs(hash(text))}.yaml", text)["uri"]
        while uri not in self.problems:
            self.answer_one()
        return [
            (each["range"]["start"]["line"] + 1, each["range"]["start"]["character"] + 1, each["message"])
            for each in self.problems[uri]
        ]

    def ask(self, method: str, params: Any) -> Any:
        self.sent += 1
        self.send({"id": self.sent, "method": method, "params": params})
        while True:
            message = self.answer_one()
            if message.get("id") == self.sent and "method" not in message:
                return message.get("result")

    def tell(self, method: str, params: Any) -> None:
        self.send({"method": method, "params": params})

    def answer_one(self) -> dict[str, Any]:
        """Read one message of the server's; answer what it asks."""
        assert self.process.stdout
        size = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                size = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(size))
        if message.get("method") == "workspace/configuration":
            settings = {
                "yaml": {
                    "validate": True,
                    "hover": True,
                    "completion": True,
                    "schemaStore": {"enable": False},
                }
            }
            wanted = [settings.get(item.get("section")) or {} for item in message["params"]["items"]]
            self.send({"id": message["id"], "result": wanted})
        elif "method" in message and "id" in message:
            self.send({"id": message["id"], "result": None})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self.problems[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("register")
    (folder / "cases").mkdir()
    (folder / "schema").mkdir()
    shutil.copy(ROOT / "schema/editor.json", folder / "schema")
    editor = Editor(folder)
    yield editor
    editor.process.kill()
    editor.process.wait()


def labels(found: Any) -> list[str]:
    return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]


def test_event_names_are_completed(editor):
    found = labels(editor.at("textDocument/completion", CASE + "  - event: re|\n"))
    assert {"received", "reopened", "response_given"} <= set(found)


def test_an_event_s_own_fields_are_completed_and_no_others(editor):
    found = labels(editor.at("textDocument/completion", CASE + PAID + "    |\n"))
    assert {"amount", "basis", "currency", "note", "reason"} <= set(found)
    assert not {"shift_end", "to", "due_at", "event"} & set(found)


def test_a_new_entry_is_offered_by_its_chinese_name(editor):
    found = editor.at("textDocument/completion", CASE + "  |\n")
    told = {
        item["label"]: item["textEdit"]["newText"]
        for item in (found["items"] if isinstance(found, dict) else found)
    }
    assert told["收到投诉 · received"].startswith("- event: received\n  at: ${1:${CURRENT_YEAR}-")


def test_hovering_explains_in_both_languages(editor):
    found = editor.at("textDocument/hover", CASE + PAID + "    am|ount: 5\n")
    assert "金额 · Amount" in found["contents"]["value"]
    found = editor.at("textDocument/hover", CASE.replace("received", "recei|ved"))
    assert "**收到投诉 · Received**" in found["contents"]["value"]


def test_what_the_tool_would_refuse_is_underlined_where_it_stands(editor):
    text = CASE + PAID + "    amuont: 5\n    zone: City\n  - event: nonsense\n    at: x\n    by: li\n"
    found = {(line, column): message for line, column, message in editor.problems_of(text)}
    assert "amuont" in found[11, 5]
    assert found[12, 11].startswith("请用小写字母")
    assert "Valid values" in found[13, 12]
    assert found[14, 9].startswith("请写成 2026-11-03T09:12")


def test_a_sound_case_is_underlined_nowhere(editor):
    assert editor.problems_of(CASE + PAID + "    amount: 12.50\n") == []

"""What the launcher says, always in English and Chinese: it speaks before any language has been chosen."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TextIO


class Trouble(Exception):
    """Something a person can mend, one sentence in each language; the launcher then ends with exit code 2."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en, zh)
        self.en = en
        self.zh = zh


def say(en: str, zh: str) -> None:
    """Write a sentence to stderr in both languages; stdout belongs to the command that is run."""
    print(en, zh, sep="\n", file=sys.stderr, flush=True)


def never_stumble(*streams: TextIO) -> None:
    """Let Chinese on a console that cannot show it come out as `?` instead of ending the program."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


class Progress:
    """One line that rewrites itself on a terminal; elsewhere nothing, so that logs stay short."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.width = 0

    def show(self, words: str) -> None:
        """Put ``words`` where the last ones stood."""
        if self.stream.isatty():
            self.stream.write("\r" + words[:78].ljust(self.width))
            self.stream.flush()
            self.width = len(words[:78])

    def clear(self) -> None:
        """Leave the line empty for whatever is said next."""
        if self.width:
            self.show("")
            self.stream.write("\r")
            self.width = 0

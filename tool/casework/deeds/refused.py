"""Why a deed was not done, or not to its end: a sentence for whoever asked for it."""

from __future__ import annotations

from collections.abc import Iterable

from casework.records.record import Flaw
from casework.words import Text


class Refused(Exception):
    """What was asked cannot be done; ``text`` says why and what to do instead. Nothing has been written."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.say("en"))
        self.text = text


class Stopped(Exception):
    """Ctrl-C while a deed was writing; ``text`` says what is now true on disk and in git."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.say("en"))
        self.text = text


def listed(first: Text, others: Iterable[Text]) -> Text:
    """A sentence with others under it, one a line."""
    every = {f"t{n}": each for n, each in enumerate((first, *others))}
    pattern = "\n  ".join(f"{{{name}}}" for name in every)
    return Text(pattern, pattern, every)


def flaw_text(flaw: Flaw, with_place: bool = True) -> Text:
    """A flaw as a sentence, after its place."""
    parts = {"place": str(flaw.place), "said": flaw.text}
    return Text("{place}: {said}", "{place}：{said}", parts) if with_place else flaw.text

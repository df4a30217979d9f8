"""Talks to the person at the terminal, on stderr: stdout belongs to what a command puts out."""

import os
import sys
import time
from dataclasses import dataclass, field
from typing import TextIO

_WIDTH = 100
_QUIET_SECONDS = 5.0  # between two lines of progress where a line can't be overwritten


class SetupError(Exception):
    """Set-up can't go on; the message says what is wrong and what to do."""


def wants_colour(environment: dict[str, str], *, tty: bool) -> bool:
    """Whether to colour, by https://no-color.org and what a dumb terminal can."""
    return tty and not environment.get("NO_COLOR") and environment.get("TERM") != "dumb"


@dataclass(slots=True)
class Terminal:
    """Steps and their progress: one line that is overwritten on a terminal, few plain lines in a log."""

    stream: TextIO = field(default_factory=lambda: sys.stderr)
    _shown: float = 0.0
    _open: bool = False

    @property
    def tty(self) -> bool:
        """Whether a line can be overwritten."""
        return self.stream.isatty()

    def say(self, text: str) -> None:
        """One line (or several) that stays."""
        self._close()
        print(text, file=self.stream, flush=True)

    def step(self, text: str) -> None:
        """Begin something that takes a while."""
        colour = wants_colour(dict(os.environ), tty=self.tty)
        self.say(f"\x1b[1;36m▸\x1b[0m {text}" if colour else f"> {text}")
        self._shown = time.monotonic()

    def progress(self, text: str) -> None:
        """How far the step is; every call overwrites the last, or is dropped if one was shown just now."""
        now = time.monotonic()
        if self.tty:
            print(f"\r\x1b[2K  {text[:_WIDTH]}", end="", file=self.stream, flush=True)
            self._open = True
        elif now - self._shown >= _QUIET_SECONDS:
            print(f"  {text}", file=self.stream, flush=True)
            self._shown = now

    def _close(self) -> None:
        if self._open:
            print("\r\x1b[2K", end="", file=self.stream)
            self._open = False

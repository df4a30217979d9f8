"""What a command says: results to standard output, all else to standard error, in the reader's language."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from app.domain.problem import Problem
from app.i18n import Translator, known_language

if TYPE_CHECKING:  # most commands explain no row, and each start pays for imports
    from app.services.reasons.told_rows import Step

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def reader_language(wanted: str | None, environment: Mapping[str, str], default: str) -> str:
    """Return the language to speak: the one asked for, else the terminal's, else `default`.

    The terminal's is the first of LC_ALL, LC_MESSAGES and LANG that is set, as POSIX has it; `C` names none.
    """
    if known_language(wanted) is not None:
        return str(wanted)
    locale = next((environment[name] for name in _VARIABLES if environment.get(name)), "")
    return known_language(locale.partition("_")[0].partition(".")[0].lower()) or default


class Bar:
    """A bar at one step of the work. Call it with (done, of) as the work goes on; 0 of how much isn't known."""

    def __init__(self, show: Callable[[str, int, int], None], message: str) -> None:
        """Show the step that `message` names, from the first call on."""
        self._show = show
        self._message = message

    def __call__(self, done: int, of: int) -> None:
        """Show how far the step is."""
        self._show(self._message, done, of)

    def step(self, message: str) -> "Bar":
        """Return the same bar at a later step, which it shows from that one's first call on."""
        return Bar(self._show, message)


class Console:
    """Prints for one reader."""

    def __init__(self, language: str) -> None:
        """Speak `language`."""
        self.t = Translator(language)

    def result(self, text: str) -> None:
        """Print a line of the result."""
        print(text)

    def say(self, message: str, **values: str | int) -> None:
        """Tell how things stand."""
        self.tell(self.t(message, **values))

    def tell(self, text: str) -> None:
        """Tell what is a sentence already."""
        print(text, file=sys.stderr, flush=True)

    def problems(self, problems: Iterable[Problem]) -> int:
        """Print each problem with its place and code, remedies below; return how many are errors.

        Problems that follow one another and are mended in the same way share the remedy's line.
        """
        errors = 0
        due = ""
        for problem in problems:
            errors += problem.is_error
            text = self.t.problem(problem)
            if due and text.remedy != due:
                print(f"    {due}", file=sys.stderr)
            where = f"{text.where}: " if text.where else ""
            print(f"{where}{problem.code} {text.what}", file=sys.stderr)
            due = text.remedy
        if due:
            print(f"    {due}", file=sys.stderr)
        return errors

    def trace(self, steps: "Iterable[Step]") -> None:
        """Print why something came out as it did: each step with its place, deeper ones further in."""
        for line in self.told(steps):
            print(f"    {line}", file=sys.stderr)

    def told(self, steps: "Iterable[Step]") -> Iterator[str]:
        """Yield the lines of an explanation."""
        from app.services.reasons.phrases import say  # noqa: PLC0415 - where there is something to explain

        for step in steps:
            where = f"  ({step.where})" if step.where is not None else ""
            yield f"{'  ' * step.depth}{say(step.said, self.t)}{where}"

    @contextmanager
    def progress(self, message: str, *, alone: bool = False) -> Iterator[Bar]:
        """Show a bar while the block runs, at the step that `message` names. Silent where nobody watches.

        `alone` draws when it is called and never beside the work, for what measures time.
        """
        if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            yield Bar(lambda _message, _done, _of: None, message)
            return
        from rich.console import Console as Terminal  # noqa: PLC0415 - only where somebody watches
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(
            *columns,
            console=Terminal(stderr=True),
            transient=True,
            auto_refresh=not alone,
            redirect_stdout=sys.stdout.isatty(),  # results that go to a file stay out of the terminal
        ) as bars:
            at, task = message, bars.add_task(self.t(message), total=None)

            def show(step: str, done: int, of: int) -> None:
                nonlocal at, task
                if step == at:
                    bars.update(task, completed=done, total=of or None, refresh=alone)
                    return
                bars.remove_task(task)  # a task never forgets of how much it was
                at, task = step, bars.add_task(self.t(step), completed=done, total=of or None)

            yield Bar(show, message)

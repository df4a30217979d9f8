"""What questions need of the page that they stand on, and what that page and a repeat's rows need of questions."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from typing import Any, Final, Protocol

from app.domain.submission import Asked
from app.i18n import Translator
from app.services.form_views import FormView
from app.services.unasked import LEFT
from app.ui.controls import Control
from app.ui.widgets import Question, keeper

BESIDE: Final = (keeper.SUBJECTS, keeper.WHOM, LEFT)
"""What a draft holds that is no answer to a question."""


class Host(Protocol):
    """What questions need of the page that they stand on."""

    t: Translator
    view: FormView
    answers: dict[str, Any]
    controls: Mapping[str, Control]
    narrowed: Mapping[str, Any]
    """The paths of questions that the browser can narrow by itself."""

    async def keep_file(self, name: str, accepted: Collection[str], content: bytes) -> dict[str, Any]:
        """Keep an uploaded file. Raises ProblemError."""
        ...

    def changing(self, change: Callable[[], None]) -> None:
        """Carry a change of the answers out, and show what follows from it."""

    def drawn(self, sheet: "Questions", name: str, value: dict[str, Any]) -> Awaitable[None]:
        """Take in a drawing, which is a file from then on."""


class Questions(Protocol):
    """Some questions as they are drawn: a form's, or those of one row."""

    host: Host
    values: dict[str, Any]
    questions: dict[str, Question]

    def draw(self) -> None:
        """Draw them where the caller stands."""

    def set(self, name: str, value: Any) -> Awaitable[None] | None:  # noqa: ANN401 - JSON is any of its types
        """Answer a question."""

    def redraw(self, name: str) -> None:
        """Show an answer that has changed by itself."""

    def show(self, asked: Asked, *, numbered: bool) -> None:
        """Show what is asked by now."""

    def clear_faults(self) -> None:
        """Take all faults away."""

    def fault(self, path: str, sentence: str) -> Question | None:
        """Say beside a question what is wrong and return it; None where it can't be seen."""
